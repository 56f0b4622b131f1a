"""What happened to a run: told up to the step, marked on the timeline, each a way to its step."""

from playwright.sync_api import expect

from tests.browser.actions import at_step

# A heavy ball in a ravine of curvatures 1 and 10: it swings, overshoots and arrives.
RACE = "#surface=bowl&run=momentum,learning_rate:0.02&steps=400"


def told(page, server):
    asked = {"surface": {"id": "bowl"}, "steps": 400, "include": ["events"], "runs": [
        {"optimizer": {"id": "momentum", "learning_rate": 0.02}}]}  # fmt: skip
    [run] = page.request.post(f"{server}/api/v1/trajectories", data=asked).json()["runs"]
    return run["trajectories"][0]["events"]


def test_events_are_told_once_they_are_played_and_lead_to_their_steps(open_page, server):
    page = open_page(f"{RACE}&step=0")
    events = told(page, server)
    assert {one["kind"] for one in events} >= {"overshoot", "linear_rate"}
    items, ticks = page.locator("#events .event"), page.locator(".event-tick")
    at_step(page, 0)
    assert items.count() == ticks.count() == 0
    last = events[-1]
    page.fill("#step", str(last["step"] - 1))
    page.locator("#step").press("Enter")
    expect(items).to_have_count(len([one for one in events if one["step"] < last["step"]]))
    assert last["text"]["en"] not in page.locator("body").inner_text()
    page.locator("#step").press("Escape")
    page.fill("#step", "400")
    page.locator("#step").press("Enter")
    expect(items).to_have_count(len(events))
    assert ticks.count() == len(events)
    expect(page.locator("#events .sentence")).to_contain_text(last["text"]["en"])
    # By keyboard: the sentence while it has the focus, its step when it is pressed.
    items.first.focus()
    expect(page.locator("#events .sentence")).to_contain_text(events[0]["text"]["en"])
    items.first.press("Enter")
    at_step(page, events[0]["step"])
    expect(page.locator('#legend [data-mark="event"]')).to_be_visible()


def test_events_speak_russian_and_are_of_the_selected_run(open_page, server):
    page = open_page(f"{RACE}&run=sgd,learning_rate:0.05&step=400&selected=1", locale="ru-RU")
    at_step(page, 400)
    page.locator("#table tbody tr").first.click()
    sentence = page.locator("#events .sentence")
    expect(sentence).to_contain_text(told(page, server)[-1]["text"]["ru"])
    page.locator("#table tbody tr").nth(1).click()
    # Gradient descent at αλ = 0.5 on the steeper axis swings and overshoots nowhere.
    expect(page.locator('#events [data-kind="overshoot"]')).to_have_count(0)
