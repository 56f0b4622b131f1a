"""The Signal page trains networks: streamed, cancelled, played, compared, and honest at the end."""

import pytest
from playwright.sync_api import expect

from tests.browser.actions import address_of, pixels, with_sources
from tests.browser.reading import number
from tests.browser.training_page import DONE, answered, go_to, open_training, shown_loss, train

PARSED = """async () => {
  const { eventsOf } = await import("/sources/api/events.js");
  const text = ": ping\\n\\nevent: progress\\r\\ndata: {\\"я\\": 1}\\r\\n\\r\\n" +
    "data:two\\rdata: lines\\r\\rid: 7\\nretry: 5\\n\\nevent: result\\ndata: done\\n\\ndata: cut";
  const bytes = new TextEncoder().encode(text);
  const found = new Set();
  for (const size of [1, 2, 3, 5, 7, 11, 1000]) {
    const stream = new ReadableStream({ start(controller) {
      for (let at = 0; at < bytes.length; at += size) {
        controller.enqueue(bytes.slice(at, at + size));
      }
      controller.close();
    } });
    const events = [];
    for await (const event of eventsOf(stream)) events.push(event);
    found.add(JSON.stringify(events));
  }
  return [...found].map((text) => JSON.parse(text));
}"""

# Where a canvas shows a place of the plane, and the colour there.
COLOUR = """(canvas, [x, y, ratio]) => {
  const at = [Math.round(x * (canvas.width - 1)), Math.round(y * (canvas.height - 1))];
  return [...canvas.getContext("2d").getImageData(...at, 1, 1).data];
}"""

# How many pixels of the boundary's height nothing cuts off or covers.
BOUNDARY_IN_SIGHT = """() => {
  const boundary = document.querySelector(".prediction");
  const { left, top, bottom, width } = boundary.getBoundingClientRect();
  let seen = 0;
  for (let y = Math.ceil(top); y < Math.min(bottom, innerHeight); y += 1) {
    seen += boundary.contains(document.elementFromPoint(left + width / 2, y));
  }
  return seen;
}"""


def test_events_are_read_whole_wherever_the_stream_is_cut(open_page):
    page, _ = open_training(open_page)
    assert with_sources(page).evaluate(PARSED) == [
        [
            {"event": "progress", "data": '{"я": 1}'},
            {"event": "message", "data": "two\nlines"},
            {"event": "result", "data": "done"},
        ]
    ]


def test_progress_is_streamed_and_the_result_drawn(open_page, server):
    page, asked = open_training(open_page, "depth=4&width=64&steps=200")
    page.evaluate(
        """() => {
          window.seen = [];
          new MutationObserver(() => {
            const row = document.querySelector(".progress");
            if (row) window.seen.push(Number(row.dataset.done));
          }).observe(document.querySelector("#training"),
            { attributes: true, subtree: true, attributeFilter: ["data-done"] });
        }"""
    )
    train(page)
    seen = page.evaluate("window.seen")
    assert len(set(seen)) > 5
    assert seen == sorted(seen)
    assert seen[-1] == 200
    [request] = asked
    answer = answered(page, server, request)
    assert shown_loss(page) == pytest.approx(answer["loss"][200], rel=6e-3)
    assert "200 steps" in page.inner_text(".outcome")
    for canvas in (".loss", ".accuracy", ".heat", ".ratio", ".prediction", ".histogram"):
        assert pixels(page, f"{canvas} canvas >> nth=0") > 300, canvas


def test_seeking_shows_the_state_of_the_step(open_page, server):
    page, asked = open_training(open_page, "depth=3&width=64&steps=150")
    train(page)
    answer = answered(page, server, asked[0])
    frames = answer["prediction"]["steps"]
    for step in (0, 77, 150):
        go_to(page, step)
        assert shown_loss(page) == pytest.approx(answer["loss"][step], rel=6e-3)
        frame = max(one for one in frames if one <= step)
        assert page.get_attribute(".trained-prediction", "data-frame") == str(frame)
    # The surest points of the grid have the colours of their classes: green is 0, purple 1.
    rows = answer["prediction"]["values"][-1]
    places = [(rows[j][i], i / 31, 1 - j / 31) for j in range(2, 30) for i in range(2, 30)]
    for probability, x, y in (min(places), max(places)):
        canvas = page.locator(".prediction canvas >> nth=0")
        red, green, *_ = canvas.evaluate(COLOUR, [x, y])
        assert (red > green) == (probability > 0.5)
    page.locator("#step").blur()
    page.locator("body").press("Home")
    page.wait_for_selector('#training[data-step="0"]')
    page.locator("body").press("ArrowRight")
    page.wait_for_selector('#training[data-step="1"]')
    # Round and round, so that it still plays when somebody looks late.
    page.click("#loop")
    page.locator("body").press(" ")
    page.wait_for_selector('.trained-player[data-playing="true"]')
    # What is changed meanwhile is in the address before it pauses.
    page.click("#language-ru")
    page.wait_for_url("**lang=ru**")
    assert page.get_attribute(".trained-player", "data-playing") == "true"
    page.locator("body").press(" ")
    page.wait_for_selector('.trained-player[data-playing="false"]')


def test_a_training_is_read_without_its_pictures(open_page, server):
    page, asked = open_training(open_page, "depth=3&width=32&steps=60")
    train(page)
    answer = answered(page, server, asked[0])
    page.click(".in-numbers summary")
    go_to(page, 20)
    layers = page.locator(".in-numbers table").first
    assert "20" in layers.locator("caption").inner_text()
    norms = [row[19] for row in answer["weight_gradient_norm"]]
    norms.append(answer["output"]["weight_gradient_norm"][19])
    ratios = [row[19] for row in answer["update_ratio"]]
    ratios.append(answer["output"]["update_ratio"][19])
    cells = layers.locator("td").all_inner_texts()
    assert [number(text) for text in cells[::2]] == pytest.approx(norms, rel=6e-3)
    assert [number(text) for text in cells[1::2]] == pytest.approx(ratios, rel=6e-3)
    rows = page.locator(".in-numbers table").last.locator("tbody tr")
    last = rows.last.locator("td").all_inner_texts()
    assert rows.last.locator("th").inner_text() == "60"
    assert number(last[0]) == pytest.approx(answer["loss"][60], rel=6e-3)
    # Every picture that is drawn on a canvas has a name.
    unnamed = page.locator(".trained-runs canvas:not([aria-label]):not([aria-hidden])")
    assert unnamed.count() == 0


def test_a_run_that_explodes_is_said_to_have_ended(open_page, server):
    page, asked = open_training(
        open_page,
        "depth=5&width=64&dataset=curve&activation=relu&initializer=he&steps=100"
        "&optimizer=sgd&optimizer.learning_rate=10",
    )
    train(page)
    answer = answered(page, server, asked[0])
    assert answer["status"] == "diverged"
    assert page.get_attribute(".trained-run", "data-status") == "diverged"
    said = page.inner_text(".outcome")
    assert f"Step {answer['diverged_at']} left the finite range" in said
    assert page.get_attribute("#scrub", "max") == str(len(answer["learning_rate"]))


def test_two_settings_stand_side_by_side_on_the_same_axes(open_page, server):
    page, asked = open_training(
        open_page, "depth=8&width=64&steps=60&activation=sigmoid&b=activation:relu,initializer:he"
    )
    train(page)
    assert page.locator(".trained-run").count() == 2
    a, b = (page.locator(f'.trained-run[data-key="{key}"]') for key in "AB")
    assert a.locator("h2").inner_text() != b.locator("h2").inner_text()
    boxes = [column.bounding_box() for column in (a, b)]
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]
    for panel in (".loss", ".ratio", ".heat"):
        ticks = [column.locator(f"{panel} .tick").all_inner_texts() for column in (a, b)]
        assert ticks[0] == ticks[1] != []
    answers = [answered(page, server, request) for request in asked]
    go_to(page, 30)
    for key, answer in zip("AB", answers, strict=True):
        assert shown_loss(page, key) == pytest.approx(answer["loss"][30], rel=6e-3)


def test_a_curve_is_fitted_where_the_server_says(open_page, server):
    page, asked = open_training(open_page, "depth=1&width=64&dataset=curve&steps=120")
    train(page)
    prediction = answered(page, server, asked[0])["prediction"]
    panel = page.locator(".trained-prediction")
    assert panel.get_attribute("data-kind") == "curve"
    # The line's pixels stand at the heights that the API predicts, on the axis that is drawn.
    ticks = panel.locator(".tick").evaluate_all(
        """(ticks) => ticks.filter((tick) => tick.getAttribute("text-anchor") === "end")
          .map((tick) => [Number(tick.textContent.replace("−", "-")),
            Number(tick.getAttribute("y")) - 0.34 * parseFloat(
              getComputedStyle(document.documentElement).getPropertyValue("--chart"))])"""
    )
    (low, y_low), *_, (high, y_high) = sorted(ticks)
    top = panel.locator(".pane").last.evaluate("pane => pane.offsetTop")
    for index in (200, 512, 800):
        wanted = prediction["values"][-1][index]
        place = y_low + (wanted - low) / (high - low) * (y_high - y_low) - top
        heights = panel.locator("canvas >> nth=0").evaluate(
            """(canvas, part) => {
              const x = Math.round(part * (canvas.width - 1));
              const column = canvas.getContext("2d").getImageData(x, 0, 1, canvas.height).data;
              return [...Array(canvas.height).keys()].filter((y) => column[4 * y + 3] > 128);
            }""",
            index / 1023,
        )
        assert sum(heights) / len(heights) == pytest.approx(place, abs=1.5)


@pytest.mark.parametrize("size", [(390, 844), (360, 640), (768, 1024)])
def test_an_upright_screen_shows_the_boundary_and_reaches_every_knob(open_page, size):
    touched = {"size": size, "has_touch": True, "is_mobile": True}
    page, _ = open_training(open_page, "steps=20&depth=2&width=8&lang=ru", **touched)
    rights = page.eval_on_selector_all(
        ".sidebar .card", "(cards) => cards.map((card) => card.getBoundingClientRect().right)"
    )
    assert len(rights) == 3
    assert max(rights) <= size[0]
    train(page)
    seen = page.evaluate(BOUNDARY_IN_SIGHT)
    assert seen >= 200


def test_changed_settings_are_said_to_need_a_training(open_page):
    page, _ = open_training(open_page, "depth=2&width=64&steps=40")
    train(page)
    assert page.get_attribute("#training", "data-stale") == "false"
    page.fill('[id="parameter-depth"]', "3")
    page.wait_for_selector('#training[data-stale="true"]')
    assert "Settings have changed" in page.inner_text(".training-hint")
    assert page.locator(".trained-run").count() == 1
    train(page)
    assert page.get_attribute("#training", "data-stale") == "false"


def test_training_goes_on_with_a_changed_rate(open_page, server):
    page, asked = open_training(open_page, "depth=2&width=16&steps=40")
    train(page)
    page.fill('[id="parameter-optimizer.learning_rate"]', "0.02")
    before = page.get_attribute("#training", "data-revision")
    page.click("#go-on:has-text('40'):has-text('0.02')")
    page.wait_for_selector(f'{DONE}:not([data-revision="{before}"])', timeout=120_000)
    first, more = [request.post_data_json for request in asked]
    assert more == {**first, "steps": 80, "changes": [{"step": 40, "learning_rate": 0.02}]}
    # What was trained stays what it was; from there on it is another rate.
    one, other = (answered(page, server, request) for request in asked)
    assert other["loss"][:41] == one["loss"]
    assert other["learning_rate"][39:41] == pytest.approx([0.003, 0.02])
    go_to(page, 60)
    assert shown_loss(page) == pytest.approx(other["loss"][60], rel=6e-3)
    assert pixels(page, ".learning-rate canvas") > 100
    # The address says so too, and the control shows the present rate.
    address = address_of(page, changes="40:0.02")
    assert address["steps"] == ["80"] and "optimizer.learning_rate" not in address
    assert page.input_value('[id="parameter-optimizer.learning_rate"]') == "0.02"
    assert page.get_attribute("#training", "data-stale") == "false"
    page.click(".rate-changes button")
    page.wait_for_selector('#training[data-stale="true"]')
    assert page.input_value('[id="parameter-optimizer.learning_rate"]') == "0.003"


TABLE = "x1;x2;label\n{};2;1\n1,100;3;0\n-1,200;-2;1\n2,250;-1;0"


def test_pasted_points_are_trained_on(open_page, server):
    page, asked = open_training(open_page, "depth=2&width=16&steps=20")
    open_page.mistakes = True
    page.select_option("#parameter-dataset", "points")
    page.wait_for_selector("#train[disabled]")
    # Nobody can know whether this is 1200 or 1.2.
    page.fill("#points", TABLE.format("1,200"))
    page.wait_for_selector("#points[aria-invalid=true]")
    assert page.locator(".notice").count() == 0
    page.click('.own-points button:has-text("1.2")')
    page.wait_for_selector("#points[aria-invalid=false]")
    expect(page.locator(".own-points .hint").last).to_contain_text("4 rows")
    train(page)
    [request] = asked
    dataset = request.post_data_json["dataset"]
    assert dataset["reading"]["decimal"] == "comma"
    answer = answered(page, server, request)
    assert answer["data"]["x1"] == [1.2, 1.1, -1.2, 2.25]
    go_to(page, 20)
    assert shown_loss(page) == pytest.approx(answer["loss"][20], rel=6e-3)
    address = address_of(page, **{"dataset.decimal": "comma"})
    assert address["dataset.points"] == [TABLE.format("1,200")]


def test_too_much_work_is_refused_in_the_readers_language(open_page):
    page, _ = open_training(open_page, "depth=64&width=256&steps=300&lang=ru")
    open_page.mistakes = True
    page.click("#train")
    page.wait_for_selector('#training[data-state="failed"]')
    notice = page.inner_text('.notice[data-kind="training.A"]')
    assert "Слишком много работы" in notice


def test_a_training_is_watched_by_whoever_sees_it(open_page):
    page, _ = open_training(open_page, "depth=2&width=64&steps=200", reduced_motion="no-preference")
    # Both in one task of the page: no answer comes between.
    page.evaluate(
        '() => ["#train", "#view-signal"].forEach((it) => document.querySelector(it).click())'
    )
    page.wait_for_selector(f"{DONE}", state="attached", timeout=120_000)
    assert page.get_attribute("#training", "data-step") == "0"
    page.click("#view-training")
    page.wait_for_selector('#training[data-step="200"]')
