"""A real server, a real browser; every page must end without an error in its console."""

import os

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser import chromium
from tests.serving import serving


@pytest.fixture(scope="session")
def server():
    with serving() as server:
        yield server.address


@pytest.fixture(scope="session")
def browser():
    # Playwright's loop runs in this thread; JAX and the API tests do not need one here.
    with sync_playwright() as playwright:
        os.environ.setdefault("NODE_NO_WARNINGS", "1")
        expect.set_options(timeout=20_000)
        browser = chromium.launch(playwright)
        yield browser
        browser.close()


DRAWN = '#picture[data-drawn]:not([data-revision="0"])'


@pytest.fixture
def open_page(server, browser):
    """Open the page with an address, and check at the end that it complained of nothing."""
    contexts, complaints = [], []

    def listen(message):
        # The tests themselves read pixels back; the page never does.
        if message.type in ("error", "warning") and "willReadFrequently" not in message.text:
            # A browser logs every refused request; some tests make mistakes on purpose.
            if open_page.mistakes and "status of 422" in message.text:
                return
            complaints.append(message.text)

    def open_page(address="", *, locale="en-US", size=(1366, 768), ready=True, **options):
        width, height = size
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=locale,
            reduced_motion=options.pop("reduced_motion", "reduce"),
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", listen)
        page.goto(f"{server}/{address}")
        if ready:
            page.wait_for_selector(DRAWN)
        return page

    open_page.complaints = complaints
    open_page.mistakes = False
    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
