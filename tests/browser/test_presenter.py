"""The lecture on a projector: large type, a dark screen, a dot, a window for the audience."""

import math

from tests.browser.actions import at_step, step, tiles
from tests.browser.presenting import SMALLEST, audience_of

OPENED = "#surface=bowl&run=sgd,learning_rate:0.15&run=momentum&step=40&lang=en"


def middle(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def origin(page):
    """Where the axes have their zeros."""
    x, y = (page.locator(f"#picture .{way}tick text:text-is('0')") for way in "xy")
    return middle(x)[0], middle(y)[1]


def asked_of(page, kind):
    """What the window asks for maps of a kind from now on."""
    bodies = []
    page.on(
        "request",
        lambda request: (
            bodies.append(request.post_data_json)
            if request.method == "POST" and f"/maps/{kind}" in request.url
            else None
        ),
    )
    return bodies


def test_everything_is_read_from_the_back_row_and_controls_are_away(open_page):
    page = open_page(OPENED)
    page.keyboard.press("p")
    page.wait_for_selector("html[data-presenting]")
    size, text = page.evaluate(SMALLEST)
    assert size >= 24, text
    for away in ("#header", "#sidebar", "#player", "#table"):
        assert not page.locator(away).is_visible()
    page.keyboard.press("ArrowRight")
    at_step(page, 41)
    page.keyboard.press("b")
    assert page.locator("#curtain").is_visible()
    page.keyboard.press("b")
    assert not page.locator("#curtain").is_visible()
    page.keyboard.press("p")
    page.wait_for_selector("#sidebar")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "16px"


def test_the_audiences_window_follows_step_surface_theme_language_and_dot(open_page):
    page = open_page(OPENED)
    audience = audience_of(page)
    at_step(audience, 40)
    assert audience.evaluate("'presenting' in document.documentElement.dataset")
    page.keyboard.press("End")
    at_step(audience, 500)
    page.locator("#theme-dark").click()
    audience.wait_for_selector("html[data-theme=dark]")
    page.locator("#language-ru").click()
    audience.wait_for_selector("html[lang=ru]")
    page.evaluate("location.hash = '#surface=himmelblau&step=7'")
    audience.wait_for_url("**#surface=himmelblau**")
    at_step(audience, 7)
    page.keyboard.press("b")
    audience.wait_for_selector("#curtain:visible")
    page.keyboard.press("b")
    page.keyboard.press("l")
    # At the origin, which is elsewhere in a window of other proportions.
    page.mouse.move(*origin(page))
    audience.wait_for_selector("#laser:visible")
    assert math.dist(middle(audience.locator("#laser")), origin(audience)) < 3
    # The speaker keeps what is the speaker's.
    assert page.locator("#speaker .speaker-time").is_visible()
    assert audience.locator("#speaker").count() == 0
    assert page.locator("#sidebar").is_visible()


def test_the_audience_goes_to_another_page_with_the_speaker(open_page):
    page = open_page(OPENED)
    audience = audience_of(page)
    page.locator("nav.pages a[href*='/signal.html']").click()
    audience.wait_for_url("**/signal.html**")
    page.locator("#view-training").click()
    audience.wait_for_selector("body[data-view=training]")
    page.wait_for_selector("#speaker")


def test_two_lectures_in_one_browser_do_not_mix(open_page):
    page, other = open_page(OPENED), open_page(OPENED.replace("bowl", "matyas"))
    audience, others = audience_of(page), audience_of(other)
    page.bring_to_front()
    page.keyboard.press("Home")
    at_step(audience, 0)
    other.keyboard.press("End")
    at_step(others, 500)
    assert step(audience) == 0
    assert "matyas" in others.url and "bowl" in audience.url


def test_a_scene_is_read_from_the_back_row_and_its_knobs_are_away(open_page):
    page = open_page("scene/momentum_in_a_ravine", ready=False)
    page.wait_for_selector(".scene-option")
    page.wait_for_selector("#picture[data-drawn]")
    page.keyboard.press("p")
    page.wait_for_selector("html[data-presenting]")
    size, text = page.evaluate(SMALLEST)
    assert size >= 24, text
    assert not page.locator("#scene-controls").is_visible()
    page.keyboard.press("2")
    page.keyboard.press(" ")
    page.wait_for_selector("body[data-phase=shown]")
    page.keyboard.press("End")
    page.wait_for_selector("#scene-verdict[data-verdict=right]:visible")
    size, text = page.evaluate(SMALLEST)
    assert size >= 24, text


def test_type_is_large_before_a_chart_is_drawn_for_its_new_room(open_page):
    """A chart's type has the size of the page's, however the room of the chart has changed."""
    page = open_page("scene/through", ready=False)
    page.wait_for_selector(".prediction .axes text")
    size, text = page.evaluate(
        f"""() => {{
          const key = {{ key: 'p', code: 'KeyP', bubbles: true, cancelable: true }};
          document.body.dispatchEvent(new KeyboardEvent('keydown', key));
          return ({SMALLEST})();
        }}"""
    )
    assert size >= 24, text


def test_in_a_scene_the_audience_sees_what_the_speaker_does_and_no_more(open_page):
    page = open_page("scene/momentum_in_a_ravine", ready=False)
    page.wait_for_selector(".scene-option")
    page.wait_for_selector("#picture[data-drawn]")
    audience = audience_of(page, "#picture[data-drawn]")
    assert not audience.locator("#hall").is_visible()
    page.keyboard.press("2")
    audience.wait_for_selector('[data-option="1"][aria-pressed=true]')
    assert audience.evaluate("document.body.dataset.hidden") == "true"
    page.keyboard.press("g")
    audience.wait_for_selector("body[data-phase=shown]")
    page.locator("#step").fill("20")
    page.keyboard.press("Enter")
    at_step(audience, 20)
    # Nobody plays on where the speaker stands still.
    page.locator("#picture").click(position={"x": 5, "y": 5})
    page.keyboard.press("a")
    audience.wait_for_selector("#anatomy[data-step]")
    assert (step(page), step(audience)) == (20, 20)
    page.locator("#speaker .icon-button").click()
    page.keyboard.press("ArrowRight")
    audience.wait_for_url("**/scene/momentum_passes_a_dent**")


def test_the_mode_goes_on_to_a_scene_of_another_page(open_page):
    page = open_page("scene/one_neuron_two_starts")
    page.keyboard.press("p")
    page.wait_for_function("() => document.fullscreenElement !== null")
    page.keyboard.press("PageDown")
    page.wait_for_url("**/scene/activation_slopes**")
    page.wait_for_selector("html[data-presenting] body[data-scene=activation_slopes]")
    # No page begins with the whole screen: the next key asks for it.
    assert page.evaluate("document.fullscreenElement === null")
    page.keyboard.press("b")
    page.wait_for_function("() => document.fullscreenElement !== null")
    assert page.locator("#curtain").is_visible()
    page.keyboard.press("PageUp")
    page.wait_for_url("**/scene/one_neuron_two_starts**")
    page.wait_for_selector("html[data-presenting] #curtain:visible")
    page.keyboard.press("b")
    page.keyboard.press("p")
    page.wait_for_selector("html:not([data-presenting])")
    page.keyboard.press("PageDown")
    page.wait_for_url("**/scene/activation_slopes**")
    page.wait_for_selector("body[data-scene=activation_slopes] .scene-option")
    page.wait_for_selector("html:not([data-presenting])")


def test_maps_of_numbers_are_the_same_in_both_windows_and_computed_once(open_page):
    page = open_page("maps.html#view=stability&detail=64&lang=en", ready=False)
    whole = "#picture[data-status=ready][data-done='1']"
    # Workers may begin with it.
    page.wait_for_selector(whole, timeout=120_000)
    first = tiles(page)
    middle_of_map = middle(page.locator(".map-window"))
    page.mouse.move(*middle_of_map)
    page.mouse.wheel(0, -200)
    page.wait_for_selector("#zoom-level:not([data-zoom='1.000'])")
    page.wait_for_selector(whole)
    audience = audience_of(page, whole)
    asked, shown = asked_of(page, "stability"), asked_of(audience, "stability")
    size, text = audience.evaluate(SMALLEST)
    assert size >= 24, text
    numbers = "() => document.querySelector('#chosen').dataset.numbers"
    before, zoom = page.evaluate(numbers), page.get_attribute("#zoom-level", "data-zoom")
    page.mouse.move(*middle_of_map)
    with audience.expect_request("**/maps/stability*"):
        page.mouse.wheel(0, -400)
    page.wait_for_selector(f"#zoom-level:not([data-zoom='{zoom}'])")
    page.mouse.click(*middle_of_map)
    page.wait_for_function(f"before => ({numbers})() !== before", arg=before)
    told = page.evaluate(numbers)
    audience.wait_for_function(f"(told) => ({numbers})() === told", arg=told)
    for window in (page, audience):
        window.wait_for_selector(f"#zoom-level:not([data-zoom='{zoom}'])")
        window.wait_for_selector(whole)
    # What both ask for in one form the server computes once.
    assert asked == shown
    # Two maps since then: a tile of each level, and one of the pixels that float64 checks.
    assert 0 < tiles(page) - first <= 2 * 4
    audience.reload()
    audience.wait_for_selector(whole)
    audience.wait_for_function(f"(told) => ({numbers})() === told", arg=told)
    assert asked[-1] == shown[-1]
    page.keyboard.press("l")
    # Closer by, the axis has longer numbers.
    page.mouse.move(*middle(page.locator(".map-window")))
    audience.wait_for_selector("#laser:visible")
    dot = middle(audience.locator("#laser"))
    assert math.dist(dot, middle(audience.locator(".map-window"))) < 3
    page.locator("#view-trainability").click()
    audience.wait_for_selector("body[data-view=trainability]")


def test_the_audience_sees_maps_side_by_side_and_asks_for_each_once(open_page):
    page = open_page(OPENED.replace("bowl", "himmelblau") + "&ground=basins&beside=1")
    page.wait_for_selector("#picture[data-map=basins]", timeout=120_000)
    asked = []
    page.context.on("page", lambda other: asked.append(asked_of(other, "basins")))
    audience = audience_of(page, "#picture[data-map=basins]")
    computed = tiles(page)
    size, text = audience.evaluate(SMALLEST)
    assert size >= 24, text
    assert not audience.locator("#picture .ground").is_visible()
    page.keyboard.press("End")
    at_step(audience, 500)
    page.locator("#theme-dark").click()
    audience.wait_for_selector("html[data-theme=dark]")
    audience.wait_for_selector("#picture[data-map=basins]")
    # One of each run; neither steps nor colours ask for another.
    assert len(asked[0]) == 2
    assert tiles(page) == computed
    page.keyboard.press("l")
    page.mouse.move(*middle(page.locator(".beside-field").nth(1)))
    audience.wait_for_selector("#laser:visible")
    dot = middle(audience.locator("#laser"))
    assert math.dist(dot, middle(audience.locator(".beside-field").nth(1))) < 3


def test_the_scoreboard_is_read_from_the_back_row_and_followed(open_page):
    page = open_page("scoreboard.html#tags=convex&starts=2&steps=50&lang=en", ready=False)
    page.wait_for_selector("#board table")
    audience = audience_of(page, "#board table")
    size, text = audience.evaluate(SMALLEST)
    assert size >= 24, text
    assert not audience.locator("#controls").is_visible()
    page.locator(".tag", has_text="Saddle").click()
    audience.wait_for_url("**#tags=convex,saddle**")
    # What is stopped here is asked for no more there either.
    page.select_option("#board-tuned", "both")
    page.click("#all-surfaces")
    page.click('[data-stops="true"]')
    audience.wait_for_selector('[data-stops="false"]')
    page.locator("nav.pages a[href*='/maps.html']").click()
    audience.wait_for_url("**/maps.html**")
