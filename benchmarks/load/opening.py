"""What a real browser asks as it opens the page: recorded from Chromium, replayed by clients."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import CDPSession, sync_playwright

from benchmarks.load.client import Client
from benchmarks.load.tally import Outcome
from benchmarks.load.wire import raw_request
from tests.browser import chromium

PATIENCE = 100.0
"""Seconds after which a refused visitor asks no more."""
DRAWN = '#picture[data-drawn]:not([data-revision="0"])'
MARK = "performance.timeOrigin + performance.getEntriesByName('first-picture')[0].startTime"


@dataclass(frozen=True)
class Asked:
    """One request of the opening.

    Attributes:
        method: of it.
        path: with its query.
        body: as sent.
        after: indices of the requests whose answers it waits for.
        needed: whether the first picture waits for its answer.
    """

    method: str
    path: str
    body: bytes
    after: tuple[int, ...]
    needed: bool


@dataclass
class _Seen:
    """One request as Chromium tells of it; seconds of Chromium's clock."""

    sent: float
    wall: float
    url: str
    method: str
    body: str
    by: str
    by_script: bool
    ended: float = field(default=float("inf"))


def record(port: int) -> list[Asked]:
    """Open the page at this port in a new browser, and note what it asks for, and why then.

    What the browser names as the cause of a request is what it waits for; what a script asks
    for waits for everything that had come by then.
    """
    origin = f"http://127.0.0.1:{port}"
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        page = context.new_page()
        seen = _watch(context.new_cdp_session(page))
        page.goto(f"{origin}/")
        page.wait_for_selector(DRAWN)
        page.wait_for_load_state("networkidle")
        drawn = page.evaluate(MARK) / 1000
        browser.close()
    ours = [one for one in seen.values() if one.url.startswith(origin)]
    first = {one.url: index for index, one in reversed(list(enumerate(ours)))}
    return [
        Asked(
            one.method,
            one.url.removeprefix(origin),
            one.body.encode(),
            tuple(
                other
                for other, earlier in enumerate(ours[:index])
                if (one.by_script and earlier.ended <= one.sent) or other == first.get(one.by)
            ),
            one.ended + one.wall - one.sent <= drawn,
        )
        for index, one in enumerate(ours)
    ]


def _watch(session: CDPSession) -> dict[str, _Seen]:
    seen: dict[str, _Seen] = {}

    def sent(event: dict[str, Any]) -> None:
        asked, by = event["request"], event["initiator"]
        seen[event["requestId"]] = _Seen(
            event["timestamp"],
            event["wallTime"],
            asked["url"],
            asked["method"],
            asked.get("postData", ""),
            by.get("url", ""),
            by["type"] == "script" and "stack" in by,
        )

    def ended(event: dict[str, Any]) -> None:
        if event["requestId"] in seen:
            seen[event["requestId"]].ended = event["timestamp"]

    session.on("Network.requestWillBeSent", sent)
    session.on("Network.loadingFinished", ended)
    session.send("Network.enable")
    return seen


@dataclass
class Opened:
    """One visit.

    Attributes:
        scheduled: when it was to begin.
        outcomes: of its requests.
        picture: seconds until all that the first picture needs had come.
        asked: how many requests reached the server.
    """

    scheduled: float
    outcomes: list[Outcome]
    picture: float

    @property
    def asked(self) -> int:
        return sum(one.kind != "cached" for one in self.outcomes)


async def visit(client: Client, opening: list[Asked], scheduled: float) -> Opened:
    """Open the page as recorded; what the server refuses is asked for again when it says.

    The laptop's own work (parsing, drawing) takes no time here: it is not the server's.
    """
    await asyncio.sleep(scheduled - time.perf_counter())
    outcomes: list[Outcome] = []
    tasks: list[asyncio.Task[float]] = []

    async def one(asked: Asked) -> float:
        if asked.after:
            await asyncio.wait([tasks[other] for other in asked.after])
        moment = None if asked.after else scheduled
        while True:
            if asked.method == "GET":
                outcome = await client.get(asked.path, moment)
            else:
                raw = raw_request(asked.method, asked.path, asked.body)
                outcome = await client.send(raw, moment)
            outcomes.append(outcome)
            if outcome.kind != "503" or outcome.ended > scheduled + PATIENCE:
                return outcome.ended if outcome.good else float("inf")
            await asyncio.sleep(client.retry_after)

    for asked in opening:
        tasks.append(asyncio.ensure_future(one(asked)))
    ended = await asyncio.gather(*tasks)
    picture = max(end for end, asked in zip(ended, opening, strict=True) if asked.needed)
    return Opened(scheduled, outcomes, picture - scheduled)
