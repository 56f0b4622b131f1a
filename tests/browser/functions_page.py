"""The Functions page: what it shows of each activation at its z."""

import math

from tests.browser.reading import number
from tests.browser.ready import ALL_DRAWN


def logistic(z):
    return 1 / (1 + math.exp(-z))


def shown(page, activation):
    card = f'[data-activation="{activation}"]'
    return tuple(
        number(page.locator(f"{card} [data-of={name}]").inner_text())
        for name in ("value", "derivative")
    )


def open_functions(open_page, address="", wait=ALL_DRAWN, **options):
    page = open_page(f"functions.html{address}", ready=False, **options)
    page.wait_for_selector(wait)
    return page


def current_z(page):
    return float(page.get_attribute("#activations", "data-z"))
