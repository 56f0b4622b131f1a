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


def test_units_that_die_in_a_training_are_told_and_lead_to_their_steps(open_page, server):
    """ReLU with a rate of 5: layers die within a few steps, and no gradient is left."""
    asked = "depth=3&width=12&activation=relu&initializer=he&optimizer=sgd"
    page = open_page(
        f"signal.html#view=training&{asked}&optimizer.learning_rate=5", ready=False, locale="ru-RU"
    )
    with page.expect_request(lambda one: one.url.endswith("training?encoding=typed")) as sent:
        page.click("#train:not([disabled])")
    page.wait_for_selector('#training[data-state="done"]', timeout=120_000)
    url, body = f"{server}/api/v1/networks/training", sent.value.post_data_json
    events = page.request.post(url, data=body, timeout=120_000).json()["events"]
    assert events[-1]["numbers"]["count"] == 12 and events[-1]["numbers"]["gradient"] == 0
    page.fill("#step", "300")
    page.locator("#step").press("Enter")
    items, sentence = page.locator(".trained-run .event"), page.locator(".trained-run .sentence")
    expect(items).to_have_count(len(events))
    expect(page.locator(".trained-player .event-tick")).to_have_count(len(events))
    expect(sentence).to_contain_text(events[-1]["text"]["ru"])
    items.last.click()
    expect(page.locator("#training")).to_have_attribute("data-step", str(events[-1]["step"]))
    page.fill("#step", str(events[-1]["step"] - 1))
    page.locator("#step").press("Enter")
    expect(items).to_have_count(len([one for one in events if one["step"] < events[-1]["step"]]))
