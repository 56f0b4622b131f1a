"""The lecture on a projector: large type, a dark screen, a dot, a window for the audience."""

from tests.browser.actions import at_step, step

DRAWN = '#picture[data-drawn]:not([data-revision="0"])'
OPENED = "#surface=bowl&run=sgd,learning_rate:0.15&run=momentum&step=40&lang=en"

SMALLEST = """() => {
  const seen = [...document.querySelectorAll('body *')].filter((one) =>
    one.checkVisibility({ visibilityProperty: true }) && !one.closest('.for-screen-readers') &&
    [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()));
  const scaled = (one) => {
    const { a, b } = one instanceof SVGElement ? one.getScreenCTM() : { a: 1, b: 0 };
    return Math.hypot(a, b);
  };
  const sizes = seen.map((one) =>
    [scaled(one) * parseFloat(getComputedStyle(one).fontSize), one.textContent]);
  return sizes.sort((one, other) => one[0] - other[0])[0];
}"""


def audience_of(page, ready=DRAWN):
    with page.context.expect_page() as found:
        page.keyboard.press("w")
    audience = found.value
    audience.wait_for_selector(ready)
    return audience


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
    box = page.locator("#picture").bounding_box()
    page.mouse.move(box["x"] + 0.25 * box["width"], box["y"] + 0.5 * box["height"])
    audience.wait_for_selector("#laser:visible")
    there = audience.locator("#picture").bounding_box()
    dot = audience.locator("#laser").bounding_box()
    assert abs(dot["x"] + dot["width"] / 2 - there["x"] - 0.25 * there["width"]) < 3
    assert abs(dot["y"] + dot["height"] / 2 - there["y"] - 0.5 * there["height"]) < 3
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
