"""A real server, a real browser; every page must end without an error in its console."""

import json
import os

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser import chromium
from tests.browser.ready import DRAWN
from tests.browser.watching import watch
from tests.serving import serving

PATIENCE = 60_000
"""Milliseconds in which what is waited for comes, on a machine whose cores all have other work."""


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """It serves the bundle, as a hall is served; maps of earlier servers are not known to it."""
    with serving(STEEPEST_MAPS=str(tmp_path_factory.mktemp("maps"))) as server:
        assert "plain modules" not in "".join(server.lines), "run: make page"
        yield server.address


@pytest.fixture(scope="session")
def browser():
    # Playwright's loop runs in this thread; JAX and the API tests do not need one here.
    with sync_playwright() as playwright:
        os.environ.setdefault("NODE_NO_WARNINGS", "1")
        expect.set_options(timeout=PATIENCE)
        browser = chromium.launch(playwright, "--process-per-site")
        yield browser
        browser.close()


MISTAKE = ("status of 422",)


class Complaints(list):
    """What any page complained of since a test began, but for what that test expects."""

    test = None

    def is_expected(self, text):
        expected = (*self.test.expected, *(MISTAKE if self.test.mistakes else ()))
        return any(one in text for one in expected)


@pytest.fixture(scope="session")
def complaints():
    return Complaints()


@pytest.fixture(scope="session")
def context(browser, server, complaints):
    """A browser's context with given options: made once, since its pages are new each time.

    A page that stays open keeps the process of its site alive, and with it the compiled scripts:
    loading the next page takes a third of the work. Nothing that a page does outlives it: it
    stores nothing in the browser.
    """
    made = {}

    def context(**options):
        key = json.dumps(options, sort_keys=True)
        if key not in made:
            made[key] = browser.new_context(**options)
            made[key].new_page().goto(f"{server}/healthz")
            watch(made[key], complaints, complaints.is_expected)
        return made[key]

    return context


@pytest.fixture
def open_page(server, context, complaints):
    """Open a new page with an address, and check at the end that it complained of nothing.

    A browser logs every request that is refused or fails; a test that means them says which, in
    ``expected`` parts of what is logged, or has ``mistakes``.
    """
    opened = []
    complaints.clear()

    def open_page(address="", *, locale="en-US", size=(1366, 768), ready=True, **options):
        width, height = size
        usual = {"viewport": {"width": width, "height": height}, "reduced_motion": "reduce"}
        page = context(**{**usual, "locale": locale, **options}).new_page()
        opened.append(page)
        page.set_default_timeout(PATIENCE)
        page.goto(f"{server}/{address}")
        if ready:
            page.wait_for_selector(DRAWN)
        return page

    open_page.complaints = complaints
    open_page.mistakes = False
    open_page.expected = ()
    complaints.test = open_page
    yield open_page
    for page in opened:
        page.close()
    assert complaints == []
