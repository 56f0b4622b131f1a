"""Links of every age open what they meant, in the tab as it stands; a bad part is told."""

import urllib.parse

from playwright.sync_api import expect

from tests.browser.actions import PICTURE, address_of, asked, fragment

SGD = {"id": "sgd", "convention": "lecture"}
POINTS = "x;y\n0;1,5\n1;2,5\n2;4,5"
QUOTED = urllib.parse.quote(POINTS)

# Links as they were written before parameters had a namespace; what is asked for because of each,
# by its place in the request; and what the page then writes into the address (whose plus signs
# Python reads as spaces). No two neighbours ask for the same, which is not asked twice.
OLD = [
    ("surface=bowl&condition_number=50", {"surface.parameters": {"condition_number": 50}},
     {"surface.condition_number": "50"}),
    ("surface=rosenbrock&steepness=7.000000000000001",
     {"surface.parameters": {"steepness": 7.000000000000001}},
     {"surface.steepness": "7.000000000000001"}),
    ("surface=linear_regression&loss_function=huber&huber_delta=0.3&size=20",
     {"surface.parameters": {"loss_function": "huber", "huber_delta": 0.3, "size": 20}},
     {"surface.loss_function": "huber", "surface.size": "20"}),
    ("surface=formula&formula=x%5E2%2By%5E4&start=1,2",
     {"surface": {"formula": "x^2+y^4"}, "starts": [[1, 2]]}, {"formula": "x^2 y^4"}),
    (f"surface=linear_regression&points={QUOTED}&separator=semicolon&decimal=comma&columns=1,2",
     {"surface.points": POINTS, "surface.columns": [1, 2],
      "surface.reading": {"separator": "semicolon", "decimal": "comma"}},
     {"points": POINTS, "columns": "1,2", "separator": "semicolon"}),
    ("surface=bowl&start=0.30000000000000004,-1e-7", {"starts": [[0.30000000000000004, -1e-7]]},
     {"start": "0.30000000000000004,-1e-7"}),
    ("surface=bowl&start=1,1&start=2,2&selected=2", {"starts": [[1, 1], [2, 2]]},
     {"selected": "2"}),
    ("surface=bowl&run=sgd,learning_rate:0.01&edit=1",
     {"runs.0.optimizer": {**SGD, "learning_rate": 0.01}},
     {"run": "sgd,learning_rate:0.01,color:0"}),
    ("surface=bowl&run=adam,pytorch,beta1:0.8&run=sgd,off",
     {"runs.0.optimizer": {"id": "adam", "convention": "pytorch", "beta1": 0.8}}, {"edit": "2"}),
    ("surface=bowl&run=sgd,schedule:cosine,color:4", {"runs.0.schedule": {"id": "cosine"}},
     {"run": "sgd,schedule:cosine,color:4"}),
    ("surface=bowl&run=sgd,clipping:norm,clipping.threshold:0.5",
     {"runs.0.clipping": {"id": "norm", "threshold": 0.5}},
     {"run": "sgd,clipping:norm,clipping.threshold:0.5,color:0"}),
    ("surface=bowl&run=sgd,penalty.l2:0.25,noise:0.5",
     {"runs.0.regularization": {"l2": 0.25}, "runs.0.gradient_noise": 0.5},
     {"run": "sgd,penalty.l2:0.25,noise:0.5,color:0"}),
    ("surface=bowl&run=sgd,label:a%252Cb%2520%25D1%258F", {"runs.0.optimizer": SGD},
     {"run": "sgd,color:0,label:a%2Cb%20%D1%8F"}),
    ("surface=linear_regression&run=sgd,batch:8", {"runs.0.batch_size": 8},
     {"run": "sgd,batch:8,color:0"}),
    ("surface=bowl&run=sgd,tuned:abc12", {"runs.0.optimizer": SGD},
     {"run": "sgd,color:0,tuned:abc12"}),
    ("surface=bowl&steps=123&step=45&seed=7", {"steps": 123, "seed": 7}, {"step": "45"}),
    ("surface=bowl&precision=float32&tolerance=0.05",
     {"precision": "float32", "tolerance": 0.05}, {"precision": "float32", "tolerance": "0.05"}),
    ("surface=booth&view=-4,4,-4.5,4.5&aspect=apart&ground=gradient&scale=linear",
     {"surface.id": "booth"},
     {"view": "-4,4,-4.5,4.5", "aspect": "apart", "ground": "gradient", "scale": "linear"}),
    ("surface=matyas&speed=0.25&loop=1&reveal=1&graph=0", {"surface.id": "matyas"},
     {"speed": "0.25", "loop": "1", "reveal": "1"}),
    ("surface=beale&lang=ru&theme=dark", {"surface.id": "beale"}, {"lang": "ru", "theme": "dark"}),
]  # fmt: skip


def at(body, place):
    for part in place.split("."):
        body = body[int(part) if part.isdigit() else part]
    return body


def test_twenty_old_links_open_what_they_meant(open_page):
    page = open_page("#surface=cliff&run=sgd")
    page.evaluate("window.stays = true")
    assert len(OLD) == 20
    for link, expected, written in OLD:
        with page.expect_request("**/trajectories*") as request:
            link_there = page.evaluate("link => (location.hash = link, location.hash)", link)
        body = asked(request.value)
        for place, value in expected.items():
            assert at(body, place) == value, link
        # The page writes its own address as the race begins.
        page.wait_for_function("link => location.hash !== link", arg=link_there)
        address = fragment(page)
        for name, value in written.items():
            assert value in address[name], (link, address)
        assert page.locator(".notice.error").count() == 0, link
    assert page.evaluate("window.stays")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_what_nobody_knows_is_told_and_the_rest_is_used(open_page):
    page = open_page(
        "#surface=bowl&constructor=1&__proto__=2&surface.constructor=3&surface.__proto__=4"
        "&toString=5&run=constructor&run=sgd,__proto__:6,toString,label:100%25&100%=7&steps=40"
    )
    told = page.locator('.notice[data-kind="address"]').inner_text()
    for wrong in ("constructor=1", "__proto__=2", "surface.constructor=3", "surface.__proto__=4",
                  "toString=5", "run=constructor", "sgd,__proto__:6", "sgd,toString",
                  "sgd,label:100%", "100%=7"):  # fmt: skip
        assert wrong in told, wrong
    assert page.input_value("#steps") == "40"
    assert page.locator("#runs .run-name").all_inner_texts() == ["SGD"]
    page.click("#language-ru")
    expect(page.locator('.notice[data-kind="address"]')).to_contain_text("Часть ссылки")


def test_back_and_forward_go_between_surfaces_in_the_same_tab(open_page):
    page = open_page("#surface=bowl&run=sgd&surface.condition_number=30")
    page.evaluate("window.stays = true")
    for surface in ("booth", "matyas"):
        page.select_option("#surface-picker", surface)
        page.wait_for_selector(f'{PICTURE}[data-surface="{surface}"]')
    page.go_back()
    page.wait_for_selector(f'{PICTURE}[data-surface="booth"]')
    page.go_back()
    page.wait_for_selector(f'{PICTURE}[data-surface="bowl"]')
    assert page.input_value("#parameter-condition_number") == "30"
    page.go_forward()
    page.wait_for_selector(f'{PICTURE}[data-surface="booth"]')
    assert page.input_value("#surface-picker") == "booth"
    assert page.evaluate("window.stays")


def test_what_was_just_changed_is_not_lost_with_the_page(open_page):
    page = open_page("#surface=bowl&run=sgd")
    page.locator("#scale-linear").evaluate(
        "button => { button.click(); dispatchEvent(new Event('pagehide')); }"
    )
    assert fragment(page)["scale"] == ["linear"]


def test_every_setting_can_be_taken_back_and_all_of_them_be_reset(open_page):
    page = open_page("#surface=bowl&run=sgd&run=adam&edit=1&lang=en&theme=dark")
    steps, runs = page.locator("#steps"), page.locator("#runs li")
    page.select_option("#surface-picker", "booth")
    steps.fill("77")
    steps.press("Enter")
    page.select_option(".add-run", "momentum")
    page.click("#scale-linear")
    page.click("#starts h2")
    expect(runs).to_have_count(3)
    page.keyboard.press("Control+z")
    expect(page.locator("#scale-log")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Control+z")
    expect(runs).to_have_count(2)
    page.keyboard.press("Control+z")
    expect(steps).to_have_value("500")
    page.keyboard.press("Control+z")
    page.wait_for_selector(f'{PICTURE}[data-surface="bowl"]')
    for _ in range(3):
        page.keyboard.press("Control+y")
    expect(steps).to_have_value("77")
    expect(runs).to_have_count(3)
    assert address_of(page, steps="77")["surface"] == ["booth"]
    page.click("#reset-all")
    page.wait_for_selector(f'{PICTURE}[data-surface="rosenbrock"]')
    expect(runs).to_have_count(6)
    kept = address_of(page, surface="rosenbrock")
    assert (kept["theme"], kept["lang"], kept["steps"]) == (["dark"], ["en"], ["500"])
    page.click("#undo")
    page.wait_for_selector(f'{PICTURE}[data-surface="booth"]')
    expect(runs).to_have_count(3)
