"""Points pasted into the page: what was read is said, and can be read otherwise."""

import pytest

from tests.browser.actions import address_of, next_picture, revision

REGRESSION = "#surface=linear_regression&run=newton"
UNDECIDED = "1,200;950\n1,300;4\n2,100;1"
FLATS = "Площадь;Цена;Этаж\n54,5;8,1;3\n72;10,4;9\n39,5;6,3;1"


def paste(page, text):
    if not page.locator("#points").is_visible():
        page.click(".own-points summary")
    page.locator("#points").fill(text)


def drawn(page, axis, values):
    page.wait_for_function(
        """([axis, values]) => JSON.stringify(
             Array.from(document.querySelector("#fit-plot")._fullData?.[0][axis] ?? []))
             === JSON.stringify(values)""",
        arg=[axis, values],
    )


def titles(page):
    return page.evaluate(
        """() => ["xaxis", "yaxis"].map(
             (axis) => document.querySelector("#fit-plot")._fullLayout[axis].title.text)"""
    )


def test_what_was_read_is_said_and_names_label_the_axes(open_page):
    page = open_page(REGRESSION)
    paste(page, FLATS)
    drawn(page, "x", [54.5, 72, 39.5])
    said = page.inner_text(".points-reading .hint")
    assert said == (
        "3 rows, semicolons between columns, decimal comma, names in the first row, "
        "columns 1 and 2 of 3."
    )
    assert titles(page) == ["Площадь", "Цена"]
    assert page.locator("#points-switch").count() == 0


def test_columns_are_chosen_and_exchanged_and_the_link_brings_them_along(open_page):
    page = open_page(REGRESSION)
    paste(page, FLATS)
    drawn(page, "y", [8.1, 10.4, 6.3])
    page.select_option("#points-column-y", "3")
    drawn(page, "y", [3, 9, 1])
    page.select_option("#points-column-x", "3")
    drawn(page, "x", [3, 9, 1])
    drawn(page, "y", [54.5, 72, 39.5])
    assert titles(page) == ["Этаж", "Площадь"]
    link = address_of(page, columns="3,1")
    assert link["columns"] == ["3,1"]
    other = open_page("#" + page.url.split("#")[1])
    drawn(other, "x", [3, 9, 1])
    assert other.input_value("#points-column-y") == "1"
    # What was chosen is forgotten with the table for which it was.
    paste(other, "1,2\n3,4")
    drawn(other, "x", [1, 3])
    assert "columns" not in address_of(other, points="1,2")


def test_a_cell_that_may_be_two_numbers_is_asked_about(open_page):
    open_page.mistakes = True
    page = open_page(REGRESSION)
    paste(page, UNDECIDED)
    page.wait_for_selector('#points[aria-invalid="true"]')
    assert page.inner_text("#points-error") == (
        "Cannot be used: row 1, column 1: is “1,200” 1200 or 1.2?"
    )
    offered = page.locator(".points-reading button").all_inner_texts()
    assert offered == ["1200: decimal point, commas between thousands", "1.2: decimal comma"]
    page.get_by_role("button", name="1.2: decimal comma").click()
    drawn(page, "x", [1.2, 1.3, 2.1])
    assert page.inner_text("#points-error") == ""
    link = address_of(page, decimal="comma")
    assert link["separator"] == ["semicolon"] and link["grouping"] == ["none"]
    # The other reading stays one choice away, here and behind the link.
    other = open_page("#" + page.url.split("#")[1])
    drawn(other, "x", [1.2, 1.3, 2.1])
    other.select_option("#points-switch", label="decimal point, commas between thousands")
    drawn(other, "x", [1200, 1300, 2100])
    assert address_of(other, decimal="point")["grouping"] == ["comma"]


def test_refused_cells_are_shown_in_russian_and_other_columns_can_be_taken(open_page):
    open_page.mistakes = True
    page = open_page(f"{REGRESSION}&lang=ru")
    paste(page, "a;b;день\n1,5;2;2020-01-01\n2,5;4;2021-01-01")
    page.wait_for_selector('#points[aria-invalid="true"]')
    assert page.inner_text("#points-error") == (
        "Не подходит: строка 2, столбец 3: «2020-01-01» — не число"
    )
    page.click("#points-use")
    drawn(page, "x", [1.5, 2.5])
    assert page.inner_text(".points-reading .hint") == (
        "2 строки, между столбцами точка с запятой, десятичная запятая, "
        "в первой строке названия, взяты столбцы 1 и 2 из 3."
    )


def test_writing_goes_on_while_the_server_reads(open_page):
    """The first table that is one changes the card; what is typed meanwhile stays."""
    open_page.mistakes = True
    page = open_page(REGRESSION)
    page.click(".own-points summary")
    page.focus("#points")
    page.keyboard.type("0 1\n1 3\n2 5\n3 7\n4 9", delay=15)
    drawn(page, "x", [0, 1, 2, 3, 4])
    assert page.input_value("#points") == "0 1\n1 3\n2 5\n3 7\n4 9"
    page.wait_for_selector('#points:not([aria-invalid="true"])')


def test_names_are_text_and_never_markup(open_page):
    page = open_page(REGRESSION)
    seen = revision(page)
    paste(page, "<b>a</b>;<a href='https://example.org'>b</a> & c\n1;2\n3;4")
    next_picture(page, seen)
    drawn(page, "x", [1, 3])
    assert page.locator("#fit-plot a").count() == 0
    shown = page.locator("#fit-plot .xtitle").text_content()
    assert shown == "<b>a</b>"


@pytest.mark.parametrize("width, height", [(1366, 768), (390, 844)])
def test_nothing_is_wider_than_its_card(open_page, width, height):
    page = open_page(REGRESSION, size=(width, height))
    paste(page, "1.234 5.678 7\n2 3 4")
    page.wait_for_selector("#points-switch")
    inside = page.evaluate(
        """() => [...document.querySelectorAll(".own-points *")].every((element) =>
             element.getBoundingClientRect().right
             <= document.querySelector("#surface").getBoundingClientRect().right)"""
    )
    assert inside
