"""The table shows the outcome of the step it stands on, and the end when it is there."""

from playwright.sync_api import expect

from tests.browser.actions import address_of, at_step, final_losses
from tests.browser.training_page import answered, go_to, open_training, train

RACE = "#surface=bowl&run=sgd,learning_rate:0.1&run=sgd,learning_rate:0.201&steps=500"


def outcomes(page):
    return page.locator("#table tbody tr").evaluate_all(
        "rows => rows.map(({ dataset }) => dataset.outcome)"
    )


def shown(page):
    """All that can be read or hovered in the table."""
    return page.locator("#table").evaluate(
        """table => [table.innerText, ...[...table.querySelectorAll("[title], [aria-label]")]
          .flatMap((one) => [one.title, one.getAttribute("aria-label") ?? ""])].join(" ")"""
    )


def answer(page, server):
    asked = {"surface": {"id": "bowl"}, "steps": 500, "include": ["outcomes"], "runs": [
        {"optimizer": {"id": "sgd", "learning_rate": rate}} for rate in (0.1, 0.201)]}  # fmt: skip
    runs = page.request.post(f"{server}/api/v1/trajectories", data=asked).json()["runs"]
    return [run["trajectories"][0] for run in runs]


def test_at_step_6_nothing_says_how_step_500_ends(open_page, server):
    page = open_page(f"{RACE}&step=6")
    at_step(page, 6)
    still, growing = answer(page, server)
    assert (still["outcome"]["id"], growing["outcome"]["id"]) == ("minimum", "growing")
    assert outcomes(page)[0] == "descending"
    assert "minimum" not in page.locator("#table td.column-outcome").first.inner_text()
    assert final_losses(page) == ["·", "·"]
    assert page.locator("#table td.column-steps").all_inner_texts() == ["–", "–"]
    text = shown(page)
    assert still["outcome"]["text"]["en"] not in text
    assert growing["outcome"]["text"]["en"] not in text
    assert page.locator("#table .outcome.minimum").count() == 0


def test_nobody_is_there_before_they_are(open_page, server):
    page = open_page(f"{RACE}&step=0")
    at_step(page, 0)
    since = answer(page, server)[0]["converged_at"]
    for step, word in ((since - 1, "descending"), (since, "minimum"), (since - 1, "descending")):
        page.fill("#step", str(step))
        page.locator("#step").press("Enter")
        at_step(page, step)
        assert outcomes(page)[0] == word
        steps = page.locator("#table td.column-steps").first.inner_text()
        assert steps == (str(since) if word == "minimum" else "–")


def test_the_end_shows_all(open_page, server):
    page = open_page(f"{RACE}&edit=1")
    at_step(page, 500)
    still, growing = answer(page, server)
    assert outcomes(page) == ["minimum", "growing"]
    assert all(any(digit in text for digit in "0123456789") for text in final_losses(page))
    expect(page.locator("#table .sentence")).to_contain_text(still["outcome"]["text"]["en"])
    assert still["outcome"]["text"]["en"] in shown(page)
    page.locator("#table tbody tr").nth(1).click()
    expect(page.locator("#table .sentence")).to_contain_text(growing["outcome"]["text"]["en"])
    # One sign each, whatever their colour.
    signs = page.locator("#table .outcome .sign").all_inner_texts()
    assert signs[0] == "✓" and signs[1] != "✓"


def test_a_switch_reveals_the_end_and_stays_in_the_address(open_page):
    page = open_page(f"{RACE}&step=6")
    at_step(page, 6)
    widths = page.locator("#table th").evaluate_all("all => all.map((th) => th.offsetWidth)")
    page.click("#reveal")
    expect(page.locator("#reveal")).to_have_attribute("aria-pressed", "true")
    assert "·" not in final_losses(page)
    assert outcomes(page)[0] == "descending"
    fragment = address_of(page, reveal="1")
    assert fragment["step"] == ["6"]
    again = open_page(page.url[page.url.index("#") :])
    at_step(again, 6)
    assert final_losses(again) == final_losses(page)
    again.click("#reveal")
    expect(again.locator("#table td.column-final").first).to_have_text("·")
    assert again.locator("#table th").evaluate_all(
        "all => all.map((th) => th.offsetWidth)") == widths  # fmt: skip


def test_a_saddle_has_no_green_tick(open_page):
    page = open_page("#surface=saddle&start=1,0&run=sgd,learning_rate:0.5&lang=ru")
    at_step(page, 500)
    assert outcomes(page) == ["saddle"]
    assert "✓" not in page.inner_text("#table")
    expect(page.locator("#table .sentence")).to_contain_text("Седло, а не минимум")


def test_a_start_without_derivative_is_told_so(open_page):
    open_page.mistakes = True
    page = open_page("#surface=formula&formula=sqrt(x^2%2By^2)&start=0,0", ready=False)
    expect(page.locator("#notices")).to_contain_text("derivative")


def test_a_training_tells_its_end_at_its_end(open_page, server):
    page, asked = open_training(open_page, "depth=2&width=16&steps=60")
    train(page)
    end = page.locator(".trained-run .outcome")
    [request] = asked
    said = answered(page, server, request)["outcome"]
    go_to(page, 60)
    expect(end).to_be_visible()
    expect(end).to_contain_text(said["text"]["en"])
    go_to(page, 59)
    expect(end).to_be_hidden()
