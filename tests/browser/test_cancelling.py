"""Trainings that are cancelled: long ones, on a server that takes more work than usual."""

import pytest
from playwright.sync_api import expect

from tests.browser.training_page import open_training
from tests.serving import serving

LONG = "depth=48&width=64&steps=2000"


@pytest.fixture(scope="session")
def server():
    with serving(STEEPEST_WORK_SECONDS="60") as one:
        yield one.address


def test_cancelling_stops_the_work_on_the_server_too(open_page, server):
    # Both of the server's compute threads are taken, and given back at once.
    opened = [open_training(open_page, f"{LONG}&seed={seed}") for seed in range(2)]
    pages = [page for page, _ in opened]
    for page in pages:
        page.click("#train")
        page.wait_for_selector('.progress:not([data-done="0"])', timeout=120_000)
    # The same from both would be computed once.
    assert [asked[0].post_data_json["seed"] for _, asked in opened] == [0, 1]
    for page in pages:
        page.click("#cancel")
        page.wait_for_selector('#training[data-state="cancelled"]')
        assert "Cancelled after step" in page.inner_text(".training-hint")
        assert page.locator("#train").is_enabled()
    url = f"{server}/api/v1/networks/signal"
    answer = pages[0].request.post(url, data={"depth": 3, "width": 64, "seeds": 1}, timeout=10_000)
    assert answer.ok


def test_cancelling_the_second_training_keeps_the_first(open_page):
    page, _ = open_training(open_page, "depth=2&width=64&steps=2000&b=depth:48")
    page.click("#train")
    page.wait_for_selector('.progress.second:not([data-done="0"])', timeout=120_000)
    page.click("#cancel")
    page.wait_for_selector('#training[data-state="cancelled"]')
    expect(page.locator(".trained-run")).to_have_count(1)
    assert page.get_attribute(".trained-run", "data-key") == "A"
    page.fill('[id="parameter-steps"]', "50")
    expect(page.locator(".training-hint")).to_contain_text("Settings have changed")
