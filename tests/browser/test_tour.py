"""The way round the page: at most five steps, skipped at will, and never back by itself."""

OPENED = "#surface=bowl&lang=en"


def test_the_tour_goes_round_in_at_most_five_steps_and_gives_the_focus_back(open_page):
    page = open_page(OPENED)
    page.locator("#surface select").first.focus()
    page.keyboard.press("Escape")
    page.locator("#play").focus()
    page.keyboard.press("t")
    told = []
    while page.locator("#tour").is_visible():
        told.append(page.locator("#tour p").first.inner_text())
        assert page.locator(".toured").count() == 1
        assert page.evaluate("document.activeElement.id") == "tour-next"
        page.keyboard.press("Enter")
    assert 3 <= len(set(told)) == len(told) <= 5
    assert page.evaluate("document.activeElement.id") == "play"
    assert page.locator(".toured").count() == 0


def test_the_tour_is_skipped_by_a_button_or_by_escape(open_page):
    page = open_page(OPENED)
    for leave in (lambda: page.click("#tour-skip"), lambda: page.keyboard.press("Escape")):
        page.locator("#play").focus()
        page.keyboard.press("t")
        assert page.locator("#tour").is_visible()
        leave()
        assert not page.locator("#tour").is_visible()
