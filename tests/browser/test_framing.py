"""The page in a frame of another site: where it is allowed, and only there."""

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import expect

from tests.browser.ready import DRAWN
from tests.serving import serving


@contextmanager
def site():
    """A site of another name on loopback; ``/<isolation>/<address>`` frames that address."""

    class Lms(BaseHTTPRequestHandler):
        def do_GET(self):
            _, isolation, address = self.path.split("/", 2)
            page = f"<!doctype html><title>LMS</title><iframe src='{address}'></iframe>".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(page)))
            if isolation == "isolated":
                self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
                self.send_header("Cross-Origin-Opener-Policy", "same-origin")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Lms) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://localhost:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def lms():
    with site() as address:
        yield address


@pytest.fixture(scope="module")
def embeddable(lms):
    with serving(STEEPEST_FRAME_ANCESTORS=lms) as server:
        yield server.address


def framed(browser, address, isolation, ours):
    page = browser.new_page()
    page.goto(f"{address}/{isolation}/{ours}")
    return page


@pytest.mark.parametrize("isolation", ["plain", "isolated"])
def test_a_site_that_is_named_shows_the_page(browser, lms, embeddable, isolation):
    page = framed(browser, lms, isolation, embeddable)
    expect(page.frame_locator("iframe").locator(DRAWN)).to_be_attached()
    page.close()


def test_no_other_site_shows_the_page(browser, lms, server):
    page = browser.new_page()
    refusals = []
    page.on("console", lambda message: refusals.append(message.text))
    page.goto(f"{lms}/plain/{server}")
    assert page.frames[1].locator("body").locator("#picture").count() == 0
    assert any("frame-ancestors 'self'" in one for one in refusals)
    page.close()
