"""What nobody has asked an installation for is compiled first: the page says so meanwhile."""

import json
import urllib.request
from threading import Thread

import pytest
from playwright.sync_api import expect

from tests.browser.ready import DRAWN, MAPPED, SIGNALLED
from tests.browser.watching import watch
from tests.serving import serving

TEXTS = {
    "en-US": "Preparing this computation, once. Next time it is there at once.",
    "ru-RU": "Этот расчёт готовится, один раз. В следующий раз он будет готов сразу.",
}


@pytest.fixture(scope="module")
def unprepared():
    """It compiles nothing ahead, and keeps no map."""
    with serving(STEEPEST_WARM_UP="false", STEEPEST_MAPS="off") as server:
        yield server.address


HOLDS_MAPS = """
    // The first event of a map comes through, the others once the page says so.
    const fetched = window.fetch;
    const told = new Promise((resolve) => { window.letThrough = resolve; });
    window.fetch = async (address, options) => {
        const answer = await fetched(address, options);
        if (!String(address).includes("/maps/")) return answer;
        let began = false;
        const gate = new TransformStream({
            async transform(piece, controller) {
                if (began) await told;
                const text = new TextDecoder().decode(piece);
                const end = began ? text.length : text.indexOf("\\n\\n") + 2;
                controller.enqueue(piece.slice(0, end));
                began = true;
                if (end === text.length) return;
                await told;
                controller.enqueue(piece.slice(end));
            },
        });
        return new Response(answer.body.pipeThrough(gate), answer);
    };
"""


def ask(url):
    with urllib.request.urlopen(url, timeout=300) as answer:
        answer.read()


def preparing(server):
    """What the server says it compiles, once it compiles something."""
    while True:
        with urllib.request.urlopen(f"{server.address}/preparing", timeout=300) as answer:
            told = json.load(answer)
        if told["preparing"]:
            return told


def until(page, true):
    """Let the browser go on until something is so."""
    while not true():
        page.wait_for_timeout(20)


@pytest.mark.parametrize(
    ("address", "drawn", "locale", "size"),
    [
        ("maps.html", MAPPED, "en-US", (1366, 768)),
        ("maps.html#view=trainability", MAPPED, "ru-RU", (390, 844)),
        ("#ground=basins", "#picture .mapped:not([data-painting])", "ru-RU", (1366, 768)),
    ],
)
def test_the_page_says_that_a_map_is_prepared_though_its_price_has_come(
    browser, unprepared, address, drawn, locale, size
):
    """Held in the browser after the price, until the notice was seen, however fast anything is."""
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, locale=locale)
    complaints = []
    watch(context, complaints)
    with context:
        page = context.new_page()
        page.add_init_script(HOLDS_MAPS)
        page.route("**/preparing", lambda route: route.fulfill(json={"preparing": ["map"]}))
        with page.expect_response("**/api/v1/maps/**"):
            page.goto(f"{unprepared}/{address}")
        notice = page.get_by_text(TEXTS[locale])
        expect(notice).to_be_visible()
        page.evaluate("window.letThrough()")
        expect(notice).to_have_count(0, timeout=120_000)
        page.wait_for_selector(drawn, timeout=120_000)
        assert complaints == []


@pytest.mark.parametrize(
    ("address", "path", "drawn", "locale", "size"),
    [
        ("", "trajectories", DRAWN, "en-US", (1366, 768)),
        ("signal.html", "networks/signal", SIGNALLED, "ru-RU", (390, 844)),
    ],
)
def test_the_page_says_that_it_is_prepared_once(
    browser, tmp_path, address, path, drawn, locale, size
):
    """The answer is held in the browser until the notice was seen, however fast anything is."""
    width, height = size
    apart = {"STEEPEST_PROGRAMS": str(tmp_path / "programs"), "STEEPEST_WARM_UP": "false"}
    context = browser.new_context(viewport={"width": width, "height": height}, locale=locale)
    complaints, held, questions, told = [], [], [], []
    watch(context, complaints)
    with serving(ready=False, **apart) as server, context:
        page = context.new_page()
        page.route(f"**/api/v1/{path}**", lambda route: held.append(route))
        # Asked before the server compiles anything, the question waits until it does.
        page.route(
            "**/preparing",
            lambda route: route.fulfill(json=told[0]) if told else questions.append(route),
        )
        page.goto(f"{server.address}/{address}")
        until(page, lambda: held)
        notice = page.get_by_text(TEXTS[locale])
        expect(notice).to_have_count(0)

        asked = held[0].request
        asking = Thread(target=ask, args=(asked.url,))
        asking.start()
        told.append(preparing(server))
        for route in questions:
            route.fulfill(json=told[0])
        expect(notice).to_be_visible()
        asking.join()

        page.unroute(f"**/api/v1/{path}**")
        for route in held:
            route.continue_()
        page.wait_for_selector(drawn, timeout=120_000)
        expect(notice).to_have_count(0, timeout=120_000)
        assert complaints == []
