"""Schedules, clipping, penalties, batches, the local truth and the search, in a browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.actions import PICTURE, address_of, at_step, next_picture, revision


def waiting_for_contours(page, count):
    page.wait_for_function(
        f"() => document.querySelectorAll('#picture .contour').length === {count}"
    )


def fold_out(page, part):
    page.click(f'#editor [data-part="{part}"] summary')


def test_a_schedule_is_drawn_under_the_loss(open_page):
    page = open_page("#surface=bowl&run=sgd,learning_rate:0.1")
    page.wait_for_selector("#rates", state="hidden")
    fold_out(page, "schedule")
    seen = revision(page)
    page.select_option("#schedule", "cosine")
    next_picture(page, seen)
    page.wait_for_selector("#rates:not([hidden]) .xy", state="attached")
    page.fill('[id="parameter-schedule.warmup_steps"]', "50")
    assert "schedule:cosine" in address_of(page, run="sgd,learning_rate:0.1,schedule")["run"][0]
    top = page.evaluate("document.querySelector('#rate-plot')._fullLayout.yaxis.range[1]")
    assert top == pytest.approx(0.1, rel=0.1)


def test_clipped_steps_are_ringed(open_page):
    """After a step of length 1 a ring is painted: pale inside, where a longer step is dark."""

    def first_point(clipping):
        page = open_page(f"#surface=bowl&start=-3.5,0&run=sgd,learning_rate:1,{clipping}&step=1")
        at_step(page, 1)
        return page.evaluate(
            """x => {
              const canvas = document.querySelector("#picture canvas.trails");
              const { xaxis, yaxis } = document.querySelector("#plot")._fullLayout;
              const ratio = window.devicePixelRatio;
              const at = [(xaxis._offset + xaxis.d2p(x)) * ratio,
                          (yaxis._offset + yaxis.d2p(0)) * ratio];
              return [...canvas.getContext("2d").getImageData(...at.map(Math.round), 1, 1).data];
            }""",
            -2.5,
        )

    free = first_point("")
    ringed = first_point("clipping:norm,clipping.threshold:1")
    assert sum(ringed[:3]) > sum(free[:3]) + 80


def test_a_penalty_changes_the_picture_and_decay_does_not(open_page):
    page = open_page("#surface=himmelblau&run=adam&run=sgd&edit=1")
    plain = page.locator("#picture .contour").inner_html()
    fold_out(page, "penalties")
    page.fill('[id="parameter-penalty.weight_decay"]', "1")
    address_of(page, run="adam,penalty.weight_decay:1")
    page.wait_for_selector("#picture:not(.waiting-grid):not(.waiting-paths)")
    assert page.locator("#picture .contour").inner_html() == plain
    page.fill('[id="parameter-penalty.l2"]', "20")
    page.wait_for_selector("#plot >> text=penalty")
    assert page.locator("#picture .contour").inner_html() != plain
    # The other run has no penalty: its picture is the plain surface.
    page.click("#runs .run-name >> nth=1")
    page.wait_for_selector("#plot >> text=loss f(x, y)")
    page.wait_for_function("html => document.querySelector('#picture .contour').innerHTML === html",
                           arg=plain)  # fmt: skip


def test_a_paused_batch_shows_its_own_lines_and_a_playing_one_does_not(open_page):
    # Five thousand steps: it still plays when somebody looks late.
    page = open_page(
        "#surface=linear_regression&run=sgd,batch:5&run=adam&edit=1&step=20&steps=5000"
    )
    waiting_for_contours(page, 2)
    lines = page.locator("#picture .contour").nth(1).inner_html()
    page.locator("#scrub").press("ArrowRight")
    at_step(page, 21)
    page.wait_for_function(
        "before => { const all = document.querySelectorAll('#picture .contour');"
        " return all.length === 2 && all[1].innerHTML !== before; }",
        arg=lines,
    )
    page.click("#play")
    waiting_for_contours(page, 1)
    page.click("#play")
    waiting_for_contours(page, 2)
    page.click("#runs .run-name >> nth=1")
    waiting_for_contours(page, 1)


def test_batch_and_noise_change_the_path_and_the_seed_too(open_page):
    page = open_page("#surface=linear_regression&run=sgd&step=500")
    before = page.inner_text("#table td.column-loss")
    fold_out(page, "noise")
    seen = revision(page)
    page.fill('[id="parameter-training.batch"]', "3")
    next_picture(page, seen)
    page.wait_for_function(
        "before => document.querySelector('#table td.column-loss').textContent !== before",
        arg=before,
    )
    assert "3 of 50" in page.inner_text('[data-part="noise"] .training-value')
    noisy = page.inner_text("#table td.column-loss")
    page.fill("#seed", "7")
    page.press("#seed", "Enter")
    page.wait_for_function(
        "before => document.querySelector('#table td.column-loss').textContent !== before",
        arg=noisy,
    )
    assert address_of(page, seed=7)["seed"] == ["7"]


def test_the_local_truth_of_a_bowl(open_page):
    page = open_page("#surface=bowl&run=sgd,learning_rate:0.25&step=3&steps=5000")
    page.wait_for_selector('#truth[data-step="3"]')
    facts = {fact.get_attribute("data-fact"): fact for fact in page.locator("#truth .fact").all()}
    assert "1; 10" in facts["eigenvalues"].inner_text()
    assert facts["condition"].inner_text().endswith("10")
    assert facts["critical"].inner_text().endswith("0.2")
    assert facts["rate"].inner_text().startswith("α = 0.25")
    assert "warning" in facts["rate"].get_attribute("class")
    page.click("#play")
    page.wait_for_selector("#truth:not([data-step])")


def test_optimisers_come_in_groups_with_their_own_conventions(open_page):
    page = open_page("#surface=bowl&run=sgd")
    groups = page.locator(".add-run optgroup").evaluate_all("all => all.map(one => one.label)")
    assert groups == ["In the lecture", "In frameworks", "To compare with"]
    page.select_option(".add-run", "rprop")
    options = page.locator('[data-control="convention"] option').all_inner_texts()
    assert options == ["Optax", "PyTorch"]
    seen = revision(page)
    page.select_option('[data-control="convention"]', "pytorch")
    next_picture(page, seen)
    page.select_option(".add-run", "newton")
    page.wait_for_function("() => document.querySelectorAll('#table tbody tr').length === 3")
    assert page.locator('#editor [data-part="clipping"]').count() == 0
    assert page.locator('#editor [data-part="penalties"]').count() == 1


def test_the_lectures_adam_can_be_corrected_and_its_formula_says_so(open_page):
    page = open_page("#surface=bowl&run=adam,learning_rate:0.1,bias_correction:1&steps=20")
    switch, rule = page.locator("#parameter-bias_correction"), page.locator(".formula.rule")
    assert switch.is_checked()
    assert "^" in rule.inner_text()
    switch.uncheck()
    page.wait_for_function(
        "() => !document.querySelector('.formula.rule').textContent.includes('^')"
    )
    # Frameworks always correct: there is nothing to switch, and nothing is refused.
    page.select_option('[data-control="convention"]', "pytorch")
    expect(switch).to_have_count(0)
    page.select_option('[data-control="convention"]', "lecture")
    assert not switch.is_checked()
    assert page.locator(".notice").count() == 0


def test_a_link_restores_how_runs_are_trained(open_page):
    address = (
        "#surface=neuron&activation=tanh&size=30&run=adamw,pytorch,weight_decay:0.5,"
        "schedule:step,schedule.every:20,schedule.warmup_steps:5,clipping:value,"
        "clipping.threshold:0.5,penalty.l1:0.01,noise:0.1,batch:7&seed=3&steps=60&step=10"
    )
    page = open_page(address)
    at_step(page, 10)
    assert page.input_value("#parameter-activation") == "tanh"
    assert page.input_value("#schedule") == "step"
    assert page.input_value('[id="parameter-schedule.every"]') == "20"
    assert page.input_value("#clipping") == "value"
    assert page.input_value('[id="parameter-clipping.threshold"]') == "0.5"
    assert page.input_value('[id="parameter-penalty.l1"]') == "0.01"
    assert page.input_value('[id="parameter-training.batch"]') == "7"
    assert page.locator(".notice").count() == 0
    again = address_of(page, seed=3)["run"][0]
    for part in re.findall(r"[a-z._]+:[a-z0-9.]+", address.split("run=")[1].split("&")[0]):
        assert part in again


def test_a_batch_left_over_from_data_does_not_break_a_plain_surface(open_page):
    page = open_page("#surface=linear_regression&run=sgd,batch:5")
    page.select_option("#surface-picker", "bowl")
    page.wait_for_selector(f'{PICTURE}[data-surface="bowl"]')
    page.wait_for_selector("#picture:not(.waiting-paths)")
    assert page.locator(".notice").count() == 0
