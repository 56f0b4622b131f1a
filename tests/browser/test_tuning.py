"""Tuning the rates on the page: exact, undone by Escape, and told in words where it is luck."""

import re

import pytest
from playwright.sync_api import expect

from server.api.search_answer import SearchAnswer
from tests.api.asking import as_documented
from tests.browser.actions import address_of, asked, final_losses, fragment, next_picture, revision
from tests.browser.ready import DRAWN

SEARCH = "/api/v1/learning-rate-search"
RATE = "#parameter-learning_rate"
TUNED = '#tuning[data-objective="held_loss"]'


def tune(page):
    page.click("#tune")
    page.wait_for_selector(TUNED)


def keep(page):
    page.get_by_role("button", name="Keep the tuned rates").click()


def rates_of(page):
    """Every learning rate that the address has, as text."""
    return re.findall(r"learning_rate:([^,&]+)", page.url)


def hold(page):
    """Leave the next search of a page without an answer."""
    page.route(f"**{SEARCH}*", lambda _: None, times=1)


def test_tuning_gives_every_run_the_best_rate_and_says_on_what_terms(open_page, server):
    page = open_page("#surface=rosenbrock&run=sgd&run=adam&run=gradient_flow&edit=1")
    assert "not tuned" in page.inner_text(".fairness")
    tune(page)
    body = {
        "surface": {"id": "rosenbrock"},
        "runs": [{"optimizer": {"id": one}} for one in ("sgd", "adam")],
    }
    found = page.request.post(f"{server}{SEARCH}", data=body).json()["runs"]
    cells = page.locator("#tuning tbody tr").all_inner_texts()
    assert len(cells) == 3 and "nothing to tune" in cells[2]
    # A line a run, a mark at its best, and 2/λ_max for gradient descent alone.
    assert page.evaluate("document.querySelector('#tuning .plot').data.length") == 4
    assert page.evaluate("document.querySelector('#tuning .plot').layout.shapes.length") == 1
    terms = page.inner_text("#tuning .tuning-terms")
    assert "128" in terms and "500" in terms and "(−1.2; 1)" in terms
    assert "leaves out" in page.inner_text("#tuning")
    keep(page)
    assert page.locator("#runs .tuned").count() == 2
    assert "All rates are tuned" in page.inner_text(".fairness")
    # A link keeps the rates to the last digit, and the marks.
    link = address_of(page, run="sgd,learning_rate")
    assert [float(text) for text in rates_of(page)] == [
        run["best"]["learning_rate"] for run in found
    ]
    assert all("tuned:" in run for run in link["run"][:2])
    again = open_page(page.url[page.url.index("#") :])
    assert again.locator("#runs .tuned").count() == 2
    # Any change of the terms takes the marks away.
    page.fill(RATE, "0.001")
    expect(page.locator("#runs .tuned")).to_have_count(1)
    assert "Some are tuned" in page.inner_text(".fairness")
    page.fill("#steps", "400")
    page.press("#steps", "Enter")
    expect(page.locator("#runs .tuned")).to_have_count(0)


def test_a_rate_keeps_all_its_digits_through_fields_and_links(open_page, server):
    """0.5910899064227981 ends at 0.11 where 0.59109, which fields show, ends elsewhere."""
    exact, start = "0.5910899064227981", "0.12345678901234566,-1.0000000000000002"
    address = f"#surface=rastrigin&run=rmsprop,learning_rate:{exact}&start={start}&steps=500"

    def final(rate):
        path = page.request.get(
            f"{server}/api/v1/trajectories?surface=rastrigin&optimizer=rmsprop"
            f"&learning_rate={rate}&start={start}"
        ).json()["runs"][0]["trajectories"][0]
        return path["final"]["loss"]

    page = open_page(address)
    assert page.input_value(RATE) == "0.59109"
    for _ in range(2):
        # Visiting the fields changes nothing.
        page.click(RATE)
        page.keyboard.press("Tab")
        page.click("#starts input")
        page.keyboard.press("Tab")
        link = address_of(page, start=start)
        assert f"learning_rate:{exact}" in link["run"][0]
        shown = float(final_losses(page)[0])
        assert shown == pytest.approx(final(exact), rel=5e-3)
        assert shown != pytest.approx(final("0.59109"), rel=5e-3)
        page.reload()
        page.wait_for_selector(DRAWN)
    # What is typed is as exact, and leaves the other coordinate alone.
    page.fill("#starts input[data-axis=y]", "0.30000000000000004")
    page.keyboard.press("Enter")
    address_of(page, start="0.12345678901234566,0.30000000000000004")


@pytest.mark.parametrize(
    "page_name, address, kept",
    [
        ("signal.html", "#depth=3&dataset.noise=0.12345678901234566", "0.12345678901234566"),
        ("functions.html", "#view=activations&elu.alpha=0.7000000000000001", "0.7000000000000001"),
    ],
)
def test_the_other_pages_keep_every_digit_too(open_page, page_name, address, kept):
    page = open_page(f"{page_name}{address}", ready=False)
    # The address is written anew once something changes.
    page.get_by_role("button", name="RU", exact=True).click()
    page.wait_for_url(re.compile("lang=ru"))
    assert kept in page.url


def test_by_another_objective_and_back(open_page):
    page = open_page("#surface=bowl&run=momentum,learning_rate:0.05&edit=1")
    tune(page)
    assert "largest distance to the minimum" in page.inner_text(".tuning-objective")
    for objective in ("best_loss", "final_loss", "steps_to_tolerance"):
        page.select_option("#objective", objective)
        page.wait_for_selector(f'#tuning[data-objective="{objective}"]')
    page.wait_for_selector("#tuning .plot >> text=steps to tolerance")
    page.click("#untune")
    assert page.input_value(RATE) == "0.05"
    assert page.locator("#runs .tuned").count() == 0


@pytest.mark.parametrize("way", ["Escape", "cross"])
def test_escape_puts_the_old_rates_back(open_page, way):
    page = open_page("#surface=bowl&run=momentum,learning_rate:0.05&edit=1")
    tune(page)
    assert page.input_value(RATE) != "0.05"
    if way == "Escape":
        page.keyboard.press("Escape")
    else:
        page.click("#tuning .icon-button")
    expect(page.locator(RATE)).to_have_value("0.05")
    assert page.locator("#tuning[open], #runs .tuned, #undo-tuning").count() == 0


def test_an_answer_after_escape_applies_nothing(open_page):
    page = open_page("#surface=bowl&run=momentum,learning_rate:0.05&edit=1")
    hold(page)
    with page.expect_request(f"**{SEARCH}*"):
        page.click("#tune")
    with page.expect_event("requestfailed"):
        page.keyboard.press("Escape")
    assert page.input_value(RATE) == "0.05"
    # The next one is answered as ever.
    tune(page)
    assert page.input_value(RATE) != "0.05"


def test_an_objective_changed_in_flight_never_shows_the_older_answer(open_page):
    page = open_page("#surface=bowl&run=momentum,learning_rate:0.05&edit=1")
    hold(page)
    page.evaluate(
        """() => {
          window.seen = [];
          new MutationObserver(() => window.seen.push(document.querySelector("#tuning")
            .dataset.objective)).observe(document.querySelector("#tuning"),
            { attributes: true, attributeFilter: ["data-objective"] });
        }"""
    )
    with page.expect_request(f"**{SEARCH}*") as first:
        page.click("#tune")
    with page.expect_request(f"**{SEARCH}*") as second:
        page.select_option("#objective", "best_loss")
    objectives = [asked(one.value)["search"]["objective"] for one in (first, second)]
    assert objectives == ["held_loss", "best_loss"]
    page.wait_for_selector('#tuning[data-objective="best_loss"]')
    assert set(page.evaluate("window.seen")) <= {"best_loss", None}


def test_kept_rates_can_be_taken_back(open_page):
    page = open_page("#surface=bowl&run=momentum,learning_rate:0.05,momentum:0.8&run=sgd&edit=1")
    tune(page)
    keep(page)
    assert page.input_value(RATE) != "0.05"
    page.fill("#parameter-momentum", "0.7")
    page.click("#undo-tuning")
    expect(page.locator(RATE)).to_have_value("0.05")
    # What was changed since stays, and there is nothing more to take back.
    assert page.input_value("#parameter-momentum") == "0.7"
    assert page.locator("#undo-tuning, #runs .tuned").count() == 0
    address_of(page, run="momentum,momentum:0.7,learning_rate:0.05")
    assert fragment(page)["run"][1].startswith("sgd") and "learning" not in fragment(page)["run"][1]


def test_keeping_rates_is_one_change_among_others(open_page):
    page = open_page("#surface=bowl&run=momentum,learning_rate:0.05,momentum:0.8&run=sgd&edit=1")
    momentum = page.locator("#parameter-momentum")
    tune(page)
    keep(page)
    tuned = page.input_value(RATE)
    assert tuned != "0.05"
    momentum.fill("0.7")
    page.click("#runs h2")
    page.keyboard.press("Control+z")
    expect(momentum).to_have_value("0.8")
    assert page.input_value(RATE) == tuned
    page.keyboard.press("Control+z")
    expect(page.locator(RATE)).to_have_value("0.05")
    expect(page.locator("#runs .tuned")).to_have_count(0)
    page.keyboard.press("Control+Shift+z")
    expect(page.locator(RATE)).to_have_value(tuned)
    expect(page.locator("#runs .tuned")).to_have_count(2)


def test_a_rate_changed_by_hand_is_not_undone(open_page):
    page = open_page("#surface=bowl&run=momentum,learning_rate:0.05&edit=1")
    tune(page)
    keep(page)
    page.fill(RATE, "0.003")
    expect(page.locator("#undo-tuning")).to_have_count(0)
    page.click("#runs h2")
    page.keyboard.press("Control+z")
    # The browser's own undo may take back what was typed, but the rates from before stay away.
    assert page.input_value(RATE) != "0.05"


def test_luck_is_told_in_words(open_page, server):
    """RMSProp is chaotic on Goldstein and Price's function, Adagrad on a needle on Rosenbrock's."""

    def doubts(surface, optimizer):
        page = open_page(f"#surface={surface}&run={optimizer}")
        tune(page)
        body = {"surface": {"id": surface}, "runs": [{"optimizer": {"id": optimizer}}]}
        answer = page.request.post(f"{server}{SEARCH}", data=body).json()
        as_documented(SearchAnswer, answer)
        [words] = page.locator(".tuning-doubts li").all_inner_texts()
        signs = page.locator("#tuning tbody .doubt").all()
        return answer["runs"][0]["best"], words, [one.get_attribute("aria-label") for one in signs]

    best, words, signs = doubts("rosenbrock", "adagrad")
    assert best["fragile"] and not best["skipped"]
    assert words.startswith("Adagrad: the rates beside") and "10 times worse" in words
    assert signs == [words]
    best, words, signs = doubts("goldstein_price", "rmsprop")
    assert best["skipped"] and best["reproduced"] and not best["fragile"]
    assert words.startswith("RMSProp: 1 better rate was passed over (")
    assert signs == []


def test_the_selected_start_is_tuned_and_named(open_page):
    page = open_page("#surface=himmelblau&run=sgd&start=0,0&start=-3.5,2.25&selected=2")
    assert page.inner_text("#table caption") == "Start 2: (−3.5; 2.25)"
    assert page.locator("#loss-plot >> text=start 2").count() == 1
    tune(page)
    assert "(−3.5; 2.25)" in page.inner_text(".tuning-terms")
    keep(page)
    seen = revision(page)
    page.click(".start-name >> nth=0")
    next_picture(page, seen)
    assert page.inner_text("#table caption") == "Start 1: (0; 0)"
    # Tuned it still is, from the other start.
    assert page.locator("#runs .tuned").count() == 1
    page.click("#starts .icon-button >> nth=-1")
    expect(page.locator("#runs .tuned")).to_have_count(0)
    expect(page.locator("#table caption")).to_have_count(0)


def names(page, selector="#runs .run-title"):
    return page.locator(selector).all_inner_texts()


def test_runs_are_named_by_what_differs(open_page):
    page = open_page(
        "#surface=linear_regression&run=sgd&run=sgd,batch:8&run=adam,learning_rate:0.01"
        "&run=adam,learning_rate:0.1&run=adam,pytorch&edit=4"
    )
    expected = ["SGD", "SGD, batch 8", "Adam, α = 0.01", "Adam, α = 0.1", "Adam · PyTorch"]
    assert names(page) == expected
    assert names(page, "#table tbody th") == expected
    assert page.get_attribute("#editor .label", "placeholder") == "Adam, α = 0.1"
    # A name follows its number, and goes where the difference goes.
    page.fill(RATE, "0.25")
    expect(page.locator("#runs .run-title").nth(3)).to_have_text("Adam, α = 0.25")
    assert page.get_attribute("#editor .label", "placeholder") == "Adam, α = 0.25"
    page.click('#editor [data-part="clipping"] summary')
    page.select_option("#clipping", "norm")
    expect(page.locator("#runs .run-title").nth(3)).to_have_text("Adam, α = 0.25, clipped at 1")
    page.fill(RATE, "0.01")
    expect(page.locator("#runs .run-title").nth(3)).to_have_text("Adam, clipped at 1")
    assert names(page)[2] == "Adam"
    page.get_by_role("button", name="RU", exact=True).click()
    expect(page.locator("#runs .run-title").nth(3)).to_have_text("Adam, обрезка до 1")
    assert names(page)[1] == "SGD, батч 8"
    page.select_option("#clipping", "")
    expect(page.locator("#runs .run-title").nth(3)).to_have_text("Adam 2")
