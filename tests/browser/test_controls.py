"""Sliders, starts, runs and conventions, in a real browser."""

import re

from tests.browser.actions import PICTURE, address_of, final_losses, next_picture, revision


def test_a_slider_drag_changes_the_paths_before_the_finger_is_up(open_page):
    page = open_page("#edit=1")
    before = final_losses(page)
    slider = page.locator('#editor input[type=range][data-parameter="learning_rate"]')
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
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
    contour = page.locator("#picture .contour").first.inner_html()
    seen = revision(page)
    page.fill("#parameter-condition_number", "80")
    next_picture(page, seen)
    page.wait_for_selector("#picture:not(.waiting-grid)")
    assert final_losses(page) != before
    assert page.locator("#picture .contour").first.inner_html() != contour


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
    page.click("#add-start")
    page.click("#add-start")
    # None lies on another.
    assert len(set(address_of(page, selected=5)["start"])) == 5
    for index in (4, 3):
        page.locator(f"#starts li >> nth={index}").get_by_role("button").last.click()
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


def test_a_wrong_number_is_refused_beside_its_field(open_page):
    page = open_page("#surface=bowl&edit=1")
    seen = final_losses(page)
    page.fill("#parameter-learning_rate", "1e11")
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
    assert "400,000" in page.locator('.notice[data-kind="paths"]').inner_text()
    assert [text for text in open_page.complaints if "422" in text]
    open_page.complaints.clear()


def test_default_rates_follow_the_condition_number_and_a_touched_one_stays(open_page):
    page = open_page("#surface=bowl&edit=1")
    rate = page.locator("#parameter-learning_rate")
    before = float(rate.input_value())
    page.fill("#parameter-condition_number", "100")
    page.wait_for_function(
        "before => Number(document.getElementById('parameter-learning_rate').value) < before / 5",
        arg=before,
    )
    # Under 2/λ_max, where descent zigzags and comes down.
    assert 1 / 100 < float(rate.input_value()) < 2 / 100
    seen = revision(page)
    rate.fill("0.003")
    next_picture(page, seen)
    page.fill("#parameter-condition_number", "10")
    page.wait_for_selector("#picture:not(.waiting-grid)")
    assert float(rate.input_value()) == 0.003


def test_the_opening_race_is_said_to_be_tuned_until_somebody_changes_it(open_page):
    page = open_page("")
    hint = page.locator(".fairness .hint")
    tuned = hint.inner_text()
    seen = revision(page)
    x = page.locator('input[data-start="0"][data-axis="x"]')
    x.fill("-1")
    x.press("Tab")
    next_picture(page, seen)
    assert hint.inner_text() != tuned
    assert "500" in tuned
