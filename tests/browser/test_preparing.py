"""What nobody has asked an installation for is compiled first: the page says so meanwhile."""

import json
import urllib.request
from threading import Thread
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.actions import until
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
    // The first event of a map comes through, which is its price; the others once they may.
    const fetched = window.fetch;
    const told = new Promise((resolve) => { window.letThrough = resolve; });
    window.fetch = async (address, options) => {
        const answer = await fetched(address, options);
        if (!String(address).includes("/maps/")) return answer;
        // A piece of a stream ends anywhere.
        let begun = new Uint8Array();
        let isPriced = false;
        const gate = new TransformStream({
            async transform(piece, controller) {
                let rest = piece;
                if (!isPriced) {
                    begun = Uint8Array.from([...begun, ...piece]);
                    const end = begun.findIndex((byte, at) => byte === 10 && begun[at + 1] === 10);
                    if (end === -1) return;
                    isPriced = true;
                    controller.enqueue(begun.slice(0, end + 2));
                    window.price = new TextDecoder().decode(begun.slice(0, end));
                    rest = begun.slice(end + 2);
                }
                await told;
                controller.enqueue(rest);
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


@pytest.mark.parametrize(
    ("address", "others", "drawn", "locale", "size"),
    [
        ("maps.html", ["trajectories"], MAPPED, "en-US", (1366, 768)),
        ("maps.html#view=trainability", [], MAPPED, "ru-RU", (390, 844)),
        (
            "#ground=basins",
            ["trajectories", "grid"],
            "#picture .mapped:not([data-painting])",
            "ru-RU",
            (1366, 768),
        ),
    ],
)
def test_the_page_says_that_a_map_is_prepared_though_its_price_has_come(
    browser, unprepared, address, others, drawn, locale, size
):
    """Held in the browser after the price, and alone: what else was asked has come before."""
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, locale=locale)
    complaints, came, preparing = [], [], []
    watch(context, complaints)
    with context:
        page = context.new_page()
        page.add_init_script(HOLDS_MAPS)
        page.route("**/preparing", lambda route: route.fulfill(json={"preparing": preparing}))
        page.on("requestfinished", lambda one: came.append(urlsplit(one.url).path.split("/")[-1]))
        page.goto(f"{unprepared}/{address}")
        page.wait_for_function("() => window.price", timeout=120_000)
        assert '"done":0,' in page.evaluate("window.price")
        until(page, lambda: {"catalog", *others} <= {*came})
        if "grid" in others:
            page.wait_for_selector(DRAWN)
        notice = page.get_by_text(TEXTS[locale])
        expect(notice).to_have_count(0)
        preparing.append("map")
        expect(notice).to_be_visible()
        page.evaluate("window.letThrough()")
        expect(notice).to_have_count(0, timeout=120_000)
        page.wait_for_selector(drawn, timeout=120_000)
        assert complaints == []


def test_the_notice_is_there_as_long_as_something_is_prepared(browser, unprepared):
    """An answer is held that is long in coming for other reasons, too."""
    context = browser.new_context(locale="en-US")
    complaints, held, asked, preparing = [], [], [], ["trajectories"]

    def answer(route):
        asked.append(route)
        route.fulfill(json={"preparing": preparing})

    watch(context, complaints)
    with context:
        page = context.new_page()
        page.route("**/api/v1/trajectories**", lambda route: held.append(route))
        page.route("**/preparing", answer)
        page.goto(unprepared)
        notice = page.get_by_text(TEXTS["en-US"])
        expect(notice).to_be_visible()
        preparing.clear()
        expect(notice).to_have_count(0)
        preparing.append("grid")
        expect(notice).to_be_visible()
        # Closed by hand it stays closed, though it is asked again and answered the same.
        page.locator(".notice", has=notice).get_by_role("button", name="Close").click()
        before = len(asked)
        until(page, lambda: len(asked) >= before + 3)
        expect(notice).to_have_count(0)
        until(page, lambda: held)
        for route in held:
            route.continue_()
        page.wait_for_selector(DRAWN, timeout=120_000)
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
