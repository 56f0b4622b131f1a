"""Opening, playing, stepping and reading values, in a real browser."""

import pytest

from tests.browser.actions import at_step, final_losses, pixels, step


def test_opens_with_six_optimisers_on_one_surface(open_page):
    page = open_page()
    names = page.locator("#runs .run-name").all_inner_texts()
    assert names == ["SGD", "Momentum", "Nesterov", "Adagrad", "RMSProp", "Adam"]
    assert page.title() == "Rosenbrock · Steepest"
    assert len(set(final_losses(page))) == 6
    assert page.locator("#picture .contour").count() == 1
    assert page.locator("#surface math").count() >= 1
    assert page.locator("#editor .rule math").count() == 1
    assert pixels(page, "#picture canvas.trails") > 500


def test_numbers_on_the_page_are_the_apis(open_page, server):
    page = open_page("#surface=bowl&run=sgd,learning_rate:0.01&steps=7")
    answer = page.request.get(
        f"{server}/api/v1/trajectories?surface=bowl&optimizer=sgd&learning_rate=0.01&steps=7"
    ).json()
    final = answer["runs"][0]["trajectories"][0]["final"]["loss"]
    assert float(final_losses(page)[0]) == pytest.approx(final, rel=5e-3)


def test_plays_by_itself_to_the_end(open_page):
    page = open_page("#steps=60", reduced_motion="no-preference")
    at_step(page, 60)
    page.wait_for_selector('#player[data-playing="false"]')


def test_reduced_motion_shows_the_end_at_once(open_page):
    page = open_page("#steps=321")
    at_step(page, 321)
    assert page.get_attribute("#player", "data-playing") == "false"


def test_player_buttons_and_keys(open_page):
    # Long enough to be seen playing by whoever looks late.
    page = open_page("#steps=5000&step=50")
    at_step(page, 50)
    page.click("#forward")
    at_step(page, 51)
    page.click("#back")
    page.click("#back")
    at_step(page, 49)
    page.locator("body").press("Home")
    at_step(page, 0)
    page.locator("body").press("ArrowRight")
    at_step(page, 1)
    page.locator("body").press("Shift+ArrowRight")
    at_step(page, 11)
    page.locator("body").press("End")
    at_step(page, 5000)
    page.locator("body").press(" ")
    page.wait_for_selector('#player[data-playing="true"]')
    page.locator("body").press(" ")
    page.wait_for_selector('#player[data-playing="false"]')
    page.fill("#step", "42")
    page.locator("#step").press("Enter")
    at_step(page, 42)


def test_keys_typed_into_a_field_do_not_move_the_player(open_page):
    page = open_page("#steps=100&step=50")
    at_step(page, 50)
    page.locator("#editor .label").press_sequentially("a b")
    page.locator("#editor .label").press("Home")
    assert step(page) == 50


def test_loop_starts_again(open_page):
    page = open_page("#steps=100&step=100&speed=1&loop=1")
    # Every step that is shown is written down: how often Playwright looks does not matter.
    page.evaluate(
        """() => {
          const picture = document.querySelector("#picture");
          window.shown = [];
          new MutationObserver(() => window.shown.push(Number(picture.dataset.step)))
            .observe(picture, { attributes: true, attributeFilter: ["data-step"] });
        }"""
    )
    page.click("#play")
    page.wait_for_function(
        "() => window.shown.some((step, i, all) => i > 0 && step < 100 && all[i - 1] === 100)"
    )
    assert page.get_attribute("#player", "data-playing") == "true"


def test_table_and_trails_follow_the_step(open_page):
    page = open_page("#surface=bowl&step=0")
    at_step(page, 0)
    first = page.locator("#table td.column-loss").all_inner_texts()
    assert len(set(first)) == 1
    empty = pixels(page, "#picture canvas.trails")
    page.locator("body").press("End")
    at_step(page, 500)
    assert page.locator("#table td.column-loss").all_inner_texts() == final_losses(page)
    assert pixels(page, "#picture canvas.trails") > empty + 500
    page.locator("body").press("Home")
    at_step(page, 0)
    assert pixels(page, "#picture canvas.trails") == empty


def test_hover_tells_step_loss_gradient_and_rate(open_page):
    page = open_page("#surface=bowl&run=sgd,learning_rate:0.05")
    at_step(page, 500)
    place = page.evaluate(
        """() => {
          const axis = document.querySelector("#plot")._fullLayout;
          const box = document.querySelector("#picture").getBoundingClientRect();
          return [box.x + axis.xaxis._offset + axis.xaxis.d2p(-3.5 * 0.95 ** 3),
                  box.y + axis.yaxis._offset + axis.yaxis.d2p(1.5 * 0.5 ** 3)];
        }"""
    )
    page.mouse.move(*place)
    shown = page.locator("#tooltip dd").all_inner_texts()
    assert shown[0] == "3"
    # x₃ = −3.5·0.95³ and y₃ = 1.5·0.5³ in closed form
    assert float(shown[2]) == pytest.approx((3.5**2 * 0.95**6 + 10 * 1.5**2 * 0.5**6) / 2, rel=1e-3)
    assert float(shown[4]) == 0.05
