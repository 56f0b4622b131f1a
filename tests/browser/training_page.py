"""The Signal page's training: started, answered, played."""

import re

from tests.browser.reading import number

DONE = '#training[data-state="done"]'


def is_training(request):
    return "networks/training" in request.url and request.method == "POST"


def open_training(open_page, address="", **options):
    """The page, and what it asks the server to train."""
    page = open_page(f"signal.html#{address}", ready=False, **options)
    asked = []
    # A network is looked at by GET before it is trained.
    page.on("request", lambda one: is_training(one) and asked.append(one))
    page.click("#view-training")
    page.wait_for_selector("#train:not([disabled])")
    return page, asked


def train(page):
    before = page.get_attribute("#training", "data-revision")
    page.click("#train")
    page.wait_for_selector(f'{DONE}:not([data-revision="{before}"])', timeout=120_000)


def answered(page, server, request):
    """What the API answers to the same body, asked for as plain JSON."""
    url = f"{server}/api/v1/networks/training"
    return page.request.post(url, data=request.post_data_json, timeout=120_000).json()


def go_to(page, step):
    page.fill("#step", str(step))
    page.press("#step", "Enter")
    page.wait_for_selector(f'#training[data-step="{step}"]')


def shown_loss(page, key="A"):
    text = page.inner_text(f'.trained-run[data-key="{key}"] .now')
    found = re.search(r"loss ([\d.]+(?:×10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)", text)
    assert found, text
    return number(found[1])
