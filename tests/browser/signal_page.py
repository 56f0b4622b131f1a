"""The Signal page: what it shows, and what the API answers to the same."""

import json
import urllib.request

from tests.browser.ready import SIGNALLED

SMALL = "#depth=6&width=16&dataset.size=32&seeds=2"


def answered(server, **changes):
    """The API's own answer to what ``SMALL`` shows, written down by hand."""
    body = {
        "depth": 6,
        "width": 16,
        "activation": {"id": "sigmoid"},
        "initializer": {"id": "xavier"},
        "dataset": {"id": "moons", "size": 32},
        "seeds": 2,
        **changes,
    }
    request = urllib.request.Request(
        f"{server}/api/v1/networks/signal",
        json.dumps(body).encode(),
        {"content-type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def open_signal(open_page, address=SMALL, **options):
    page = open_page(f"signal.html{address}", ready=False, **options)
    page.wait_for_selector(SIGNALLED)
    return page


def trained(page):
    """Wait for a training whose program may have to be compiled first."""
    page.wait_for_selector("#training[data-state=done]", timeout=120_000)


def after(page, action):
    """Do something that asks the server, and wait for what it draws."""
    revision = page.get_attribute("body", "data-revision")
    action()
    page.wait_for_selector(f'body:not([data-revision="{revision}"])')


def column(page, setting, name):
    cells = page.locator(f'.numbers [data-setting={setting}] [data-column="{name}"]')
    return cells.all_inner_texts()
