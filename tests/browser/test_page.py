"""The page as a lecturer uses it, in a real browser."""

import re
import urllib.parse

import pytest

PICTURE = "#picture"


def revision(page):
    return int(page.get_attribute(PICTURE, "data-revision"))


def next_picture(page, before):
    """Wait until paths newer than ``before`` are drawn."""
    page.wait_for_selector(f'{PICTURE}:not([data-revision="{before}"])')


def step(page):
    return int(page.get_attribute(PICTURE, "data-step"))


def at_step(page, number):
    page.wait_for_selector(f'{PICTURE}[data-step="{number}"]')


def final_losses(page):
    return page.locator("#table td.column-final").all_inner_texts()


def fragment(page):
    return urllib.parse.parse_qs(urllib.parse.urlsplit(page.url).fragment)


def address_of(page, **expected):
    """The address, once it has been written with what is expected."""
    pattern = "|".join(re.escape(f"{name}={value}") for name, value in expected.items())
    page.wait_for_url(re.compile(f".*({pattern}).*"))
    return fragment(page)


def pixels(page, selector):
    """How many pixels of a canvas are painted."""
    return page.locator(selector).evaluate(
        """canvas => {
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          let painted = 0;
          for (let i = 3; i < data.length; i += 4) if (data[i] > 0) painted += 1;
          return painted;
        }"""
    )


def test_opens_with_six_optimisers_on_one_surface(open_page):
    page = open_page()
    names = page.locator("#runs .run-name").all_inner_texts()
    assert names == ["SGD", "Momentum", "Nesterov", "Adagrad", "RMSProp", "Adam"]
    assert page.title() == "Rosenbrock · Steepest"
    assert len(set(final_losses(page))) == 6
    assert page.locator("#plot .contour").count() == 1
    assert page.locator("#surface math").count() >= 1
    assert page.locator("#editor .rule math").count() == 1
    assert pixels(page, "#picture canvas >> nth=0") > 500


def test_numbers_on_the_page_are_the_apis(open_page, server):
    page = open_page("#surface=bowl&run=sgd,learning_rate:0.01&steps=7")
    answer = page.request.get(
        f"{server}/api/v1/trajectories?surface=bowl&optimizer=sgd&learning_rate=0.01&steps=7"
    ).json()
    final = answer["runs"][0]["trajectories"][0]["final"]["loss"]
    assert float(final_losses(page)[0]) == pytest.approx(final, rel=5e-3)


def test_plays_by_itself_to_the_end(open_page):
    page = open_page("#steps=60", reduced_motion="no-preference")
    at_step(page, 60)
    page.wait_for_selector('#player[data-playing="false"]')


def test_reduced_motion_shows_the_end_at_once(open_page):
    page = open_page("#steps=321")
    at_step(page, 321)
    assert page.get_attribute("#player", "data-playing") == "false"


def test_player_buttons_and_keys(open_page):
    page = open_page("#steps=100&step=50")
    at_step(page, 50)
    page.click("#forward")
    at_step(page, 51)
    page.click("#back")
    page.click("#back")
    at_step(page, 49)
    page.locator("body").press("Home")
    at_step(page, 0)
    page.locator("body").press("ArrowRight")
    at_step(page, 1)
    page.locator("body").press("Shift+ArrowRight")
    at_step(page, 11)
    page.locator("body").press("End")
    at_step(page, 100)
    page.locator("body").press(" ")
    page.wait_for_selector('#player[data-playing="true"]')
    page.locator("body").press(" ")
    page.wait_for_selector('#player[data-playing="false"]')
    page.fill("#step", "42")
    page.locator("#step").press("Enter")
    at_step(page, 42)


def test_keys_typed_into_a_field_do_not_move_the_player(open_page):
    page = open_page("#steps=100&step=50")
    at_step(page, 50)
    page.locator("#editor .label").press_sequentially("a b")
    page.locator("#editor .label").press("Home")
    assert step(page) == 50


def test_loop_starts_again(open_page):
    page = open_page("#steps=20&step=20&speed=8&loop=1")
    page.click("#play")
    page.wait_for_selector('#picture[data-step="20"]')
    page.wait_for_selector('#picture:not([data-step="20"])')
    assert page.get_attribute("#player", "data-playing") == "true"


def test_table_and_trails_follow_the_step(open_page):
    page = open_page("#surface=bowl&step=0")
    at_step(page, 0)
    first = page.locator("#table td.column-loss").all_inner_texts()
    assert len(set(first)) == 1
    empty = pixels(page, "#picture canvas >> nth=0")
    page.locator("body").press("End")
    at_step(page, 500)
    assert page.locator("#table td.column-loss").all_inner_texts() == final_losses(page)
    assert pixels(page, "#picture canvas >> nth=0") > empty + 500
    page.locator("body").press("Home")
    at_step(page, 0)
    assert pixels(page, "#picture canvas >> nth=0") == empty


def test_a_slider_drag_changes_the_paths_before_the_finger_is_up(open_page):
    page = open_page("#edit=1")
    before = final_losses(page)
    box = page.locator('#editor input[type=range][data-parameter="learning_rate"]').bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.4, y)
    page.mouse.down()
    seen = revision(page)
    page.mouse.move(box["x"] + box["width"] * 0.3, y, steps=4)
    next_picture(page, seen)
    during = final_losses(page)
    assert during[0] != before[0]
    assert during[1:] == before[1:]
    page.mouse.up()
    assert "learning_rate" in address_of(page, run="sgd,learning_rate")["run"][0]


def test_a_surface_slider_changes_paths_and_picture(open_page):
    page = open_page("#surface=bowl")
    before = final_losses(page)
    contour = page.locator("#plot .contourlines, #plot .contour").first.inner_html()
    seen = revision(page)
    page.fill("#parameter-condition_number", "80")
    next_picture(page, seen)
    page.wait_for_selector("#picture:not(.waiting-grid)")
    assert final_losses(page) != before
    assert page.locator("#plot .contourlines, #plot .contour").first.inner_html() != contour


def test_a_click_moves_the_start(open_page):
    page = open_page("#surface=bowl")
    box = page.locator(PICTURE).bounding_box()
    seen = revision(page)
    page.mouse.click(box["x"] + 0.6 * box["width"], box["y"] + 0.3 * box["height"])
    next_picture(page, seen)
    x = float(page.input_value('input[data-start="0"][data-axis="x"]'))
    y = float(page.input_value('input[data-start="0"][data-axis="y"]'))
    assert x > 0 and y > 0 and (x, y) != (-3.5, 1.5)


def test_a_start_is_dragged_and_paths_follow_meanwhile(open_page):
    page = open_page("#surface=bowl&start=0,2")
    handle = page.evaluate(
        """() => {
          const axis = document.querySelector("#plot")._fullLayout;
          const box = document.querySelector("#picture").getBoundingClientRect();
          return [box.x + axis.xaxis._offset + axis.xaxis.d2p(0),
                  box.y + axis.yaxis._offset + axis.yaxis.d2p(2)];
        }"""
    )
    seen = revision(page)
    page.mouse.move(*handle)
    page.mouse.down()
    page.mouse.move(handle[0] + 60, handle[1] + 30, steps=5)
    next_picture(page, seen)
    assert float(page.input_value('input[data-start="0"][data-axis="x"]')) > 0.2
    page.mouse.up()
    assert page.locator("#starts li").count() == 1


def test_several_starts_by_shift_click_and_button_and_back(open_page):
    page = open_page("#surface=himmelblau")
    box = page.locator(PICTURE).bounding_box()
    seen = revision(page)
    page.keyboard.down("Shift")
    page.mouse.click(box["x"] + 0.3 * box["width"], box["y"] + 0.7 * box["height"])
    page.keyboard.up("Shift")
    next_picture(page, seen)
    assert page.locator("#starts li").count() == 2
    page.click("#add-start")
    assert page.locator("#starts li").count() == 3
    assert len(address_of(page, selected=3)["start"]) == 3
    page.locator("#starts li >> nth=2").get_by_role("button").last.click()
    page.locator("body").press("Delete")
    assert page.locator("#starts li").count() == 1


def test_the_wheel_zooms_and_the_button_comes_back(open_page):
    page = open_page("#surface=bowl")
    box = page.locator(PICTURE).bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.wheel(0, -400)
    view = [float(v) for v in address_of(page, view="")["view"][0].split(",")]
    assert view[1] - view[0] < 8
    page.click("#zoom-reset")
    page.wait_for_url(re.compile(r"^(?!.*view=).*$"))


def test_hover_tells_step_loss_gradient_and_rate(open_page):
    page = open_page("#surface=bowl&run=sgd,learning_rate:0.05")
    at_step(page, 500)
    place = page.evaluate(
        """() => {
          const axis = document.querySelector("#plot")._fullLayout;
          const box = document.querySelector("#picture").getBoundingClientRect();
          return [box.x + axis.xaxis._offset + axis.xaxis.d2p(-3.5 * 0.95 ** 3),
                  box.y + axis.yaxis._offset + axis.yaxis.d2p(1.5 * 0.5 ** 3)];
        }"""
    )
    page.mouse.move(*place)
    shown = page.locator("#tooltip dd").all_inner_texts()
    assert shown[0] == "3"
    # x₃ = −3.5·0.95³ and y₃ = 1.5·0.5³ in closed form
    assert float(shown[2]) == pytest.approx((3.5**2 * 0.95**6 + 10 * 1.5**2 * 0.5**6) / 2, rel=1e-3)
    assert float(shown[4]) == 0.05


def test_runs_are_added_twice_switched_off_and_removed(open_page):
    page = open_page("#surface=bowl")
    seen = revision(page)
    page.select_option(".add-run", "adam")
    next_picture(page, seen)
    names = page.locator("#runs .run-name").all_inner_texts()
    assert names[-2:] == ["Adam 1", "Adam 2"]
    seen = revision(page)
    page.fill("#parameter-learning_rate", "0.3")
    next_picture(page, seen)
    losses = final_losses(page)
    assert losses[-1] != losses[-2]
    seen = revision(page)
    page.locator("#runs li >> nth=0").get_by_role("checkbox").uncheck()
    next_picture(page, seen)
    assert page.locator("#table tbody tr").count() == 6
    seen = revision(page)
    page.locator("#runs li >> nth=6").get_by_role("button").last.click()
    next_picture(page, seen)
    assert page.locator("#runs li").count() == 6


def test_conventions_change_rule_note_and_defaults(open_page):
    page = open_page("#surface=bowl&edit=5")
    lecture = page.locator("#editor .rule").inner_html()
    assert page.input_value("#parameter-decay") == "0.9"
    page.select_option("#editor select[data-control=convention]", "pytorch")
    page.wait_for_selector("text=torch.optim.RMSprop")
    assert page.input_value("#parameter-decay") == "0.99"
    assert page.locator("#editor .rule").inner_html() != lecture
    seen = revision(page)
    page.select_option(".all-conventions", "keras")
    next_picture(page, seen)
    assert page.input_value("#parameter-decay") == "0.9"
    assert all("Keras" in name for name in page.locator("#runs .run-name").all_inner_texts())


def test_every_surface_can_be_picked_and_drawn(open_page, server):
    page = open_page()
    for surface in page.request.get(f"{server}/api/v1/surfaces").json():
        page.select_option("#surface-picker", surface["id"])
        page.wait_for_selector(f'{PICTURE}[data-surface="{surface["id"]}"]')
        assert page.locator("#plot .contour").count() == 1
        assert page.locator(".notice").count() == 0


def test_a_link_restores_the_whole_state(open_page):
    address = (
        "#surface=bowl&condition_number=50&start=-3,1&start=2,2&selected=2"
        "&run=adam,pytorch,learning_rate:0.2,color:5&run=sgd,learning_rate:0.01,color:0,off"
        "&run=nesterov,momentum:0.5,color:2,label:mine&edit=3&steps=200&precision=float32"
        "&view=-4,4,-4.9,4.9&step=77&speed=2&loop=1&lang=ru&theme=dark"
    )
    page = open_page(address)
    at_step(page, 77)
    assert page.evaluate("document.documentElement.lang") == "ru"
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.input_value("#parameter-condition_number") == "50"
    assert page.locator("#starts li").count() == 2
    names = page.locator("#runs .run-name").all_inner_texts()
    assert names == ["Adam · PyTorch", "SGD", "mine"]
    assert page.input_value("#parameter-momentum") == "0.5"
    assert page.input_value("#steps") == "200"
    assert page.is_checked("#float32")
    assert page.input_value("#speed") == "2"
    assert page.locator("#table tbody tr").count() == 2
    losses = final_losses(page)
    page.click("#forward")
    written = address_of(page, step=78)
    again = open_page(f"#{urllib.parse.urlsplit(page.url).fragment}")
    at_step(again, 78)
    assert final_losses(again) == losses
    assert fragment(again) == written


def test_a_broken_link_is_explained_and_the_rest_used(open_page):
    page = open_page(
        "#surface=bowl&condition_number=-1&start=1,x&run=adam,beta1:7&run=nosuch&steps=0"
    )
    notice = page.locator('.notice[data-kind="address"]').inner_text()
    for wrong in ("condition_number=-1", "start=1,x", "adam,beta1:7", "nosuch", "steps=0"):
        assert wrong in notice
    assert page.locator("#runs .run-name").all_inner_texts() == ["Adam"]
    assert page.get_attribute(PICTURE, "data-surface") == "bowl"


def test_the_copied_link_is_the_address(open_page):
    page = open_page("#surface=beale", permissions=["clipboard-read", "clipboard-write"])
    page.click("#copy-link")
    page.wait_for_selector(".notice.flash")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.url
    assert "surface=beale" in copied and "run=sgd" in copied


def test_a_wrong_number_is_refused_beside_its_field(open_page):
    page = open_page("#surface=bowl&edit=1")
    seen = final_losses(page)
    page.fill("#parameter-learning_rate", "1000")
    error = page.locator("#parameter-learning_rate-error")
    assert "10" in error.inner_text()
    assert page.get_attribute("#parameter-learning_rate", "aria-invalid") == "true"
    assert final_losses(page) == seen
    page.fill("#parameter-learning_rate", "0,2")
    assert error.inner_text() == ""


def test_divergence_is_shown(open_page):
    page = open_page("#surface=bowl&run=sgd,learning_rate:5&run=adam")
    assert "diverged" in page.locator("#table tbody tr >> nth=0").inner_text()
    assert "diverged" not in page.locator("#table tbody tr >> nth=1").inner_text()


def test_too_many_points_is_said_over_the_picture(open_page):
    runs = "".join("&run=sgd" for _ in range(16))
    starts = "".join(f"&start={i / 10},1" for i in range(64))
    page = open_page(f"#surface=bowl{runs}{starts}&steps=10000", ready=False)
    page.wait_for_selector('.notice[data-kind="paths"]')
    assert "400000" in page.locator('.notice[data-kind="paths"]').inner_text()
    assert [text for text in open_page.complaints if "422" in text]
    open_page.complaints.clear()


@pytest.mark.parametrize("locale, word", [("ru-RU", "Методы"), ("en-GB", "Optimizers"),
                                          ("de-DE", "Optimizers")])  # fmt: skip
def test_language_comes_from_the_browser(open_page, locale, word):
    assert open_page(locale=locale).locator("#runs h2").inner_text() == word


def test_language_switches_every_text(open_page):
    page = open_page("#surface=saddle")
    page.click("#language-ru")
    page.wait_for_selector("text=Методы")
    page.wait_for_selector("#picture:not(.waiting-grid)")
    assert page.title() == "Седло · Steepest"
    page.wait_for_selector("#plot >> text=потери")
    allowed = re.compile(
        r"SGD|Adagrad|RMSProp|Adam|Steepest|API|EN|RU|float32|Keras|Optax|PyTorch|f|x|y|[αβγεvGgκ]"
    )
    texts = page.evaluate(
        """() => {
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const texts = [];
          while (walker.nextNode()) {
            const { parentElement: parent, data } = walker.currentNode;
            if (!parent.closest("math, script, noscript, .source") && data.trim()) {
              texts.push(data.trim());
            }
          }
          return texts;
        }"""
    )
    english = [text for text in texts if re.search("[A-Za-z]{2}", allowed.sub("", text))]
    assert english == []
    page.click("#language-en")
    page.wait_for_selector("text=Optimizers")


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (1024, 768), (390, 844), (360, 740)])
@pytest.mark.parametrize("locale", ["en-US", "ru-RU"])
def test_nothing_overflows(open_page, size, locale):
    page = open_page("#surface=himmelblau", size=size, locale=locale)
    width, height = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    )
    assert width <= size[0]
    wide, shown = page.locator("#table").evaluate("table => [table.scrollWidth, table.clientWidth]")
    assert wide <= shown or size[0] < 500
    if size[0] > 760:
        assert height <= size[1]
        for selector in ("#player #loop", "#table tbody tr:last-child", "#copy-link"):
            box = page.locator(selector).bounding_box()
            assert box["x"] + box["width"] <= size[0]
            assert box["y"] + box["height"] <= size[1]


def test_axes_have_one_scale(open_page):
    page = open_page("#surface=branin")
    width, height = page.evaluate(
        """() => {
          const { xaxis, yaxis } = document.querySelector("#plot")._fullLayout;
          return [xaxis._length / (xaxis.range[1] - xaxis.range[0]),
                  yaxis._length / (yaxis.range[1] - yaxis.range[0])];
        }"""
    )
    assert width == pytest.approx(height, rel=1e-6)


def test_themes(open_page):
    light = open_page(color_scheme="light")
    dark = open_page(color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert light.evaluate(ground) != dark.evaluate(ground)
    light.click("#theme-dark")
    light.wait_for_selector('html[data-theme="dark"]')
    assert light.evaluate(ground) == dark.evaluate(ground)


def test_docs_open_without_internet(open_page):
    page = open_page("docs", ready=False)
    page.wait_for_selector("text=Walk up to 16 runs")
