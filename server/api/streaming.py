"""Long work that reports its progress and stops when its client goes away."""

import asyncio
import logging
from asyncio import FIRST_COMPLETED
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from threading import Event
from typing import Any

from fastapi import Request, Response
from fastapi.sse import EventSourceResponse, format_sse_event

from server.admission import Admission
from server.api.errors import SERVER_ERROR, refused
from server.api.http import JSON, preferred
from server.encoding import to_json
from server.errors import CancelledError, InputError

logger = logging.getLogger("steepest")

EVENTS = "text/event-stream"
OFFERED = (JSON, EVENTS)
LOOK = 0.25
"""Seconds between looks whether a client that waits for one answer is still there."""


@dataclass(frozen=True)
class Watch:
    """What long work is given: whom to tell, and when to stop.

    ``tell`` takes the content of a ``progress`` event; ``cancelled`` says whether nobody waits
    any more, when the work ends by ``CancelledError``.
    """

    tell: Callable[[dict[str, Any]], None]
    cancelled: Callable[[], bool]


Work = Callable[[Watch], bytes]


async def respond(request: Request, admission: Admission, work: Work) -> Response:
    """Do the work in a compute thread, and answer it whole or as a stream of events.

    With ``Accept: text/event-stream`` there come ``progress`` events and at last ``result``.
    What goes wrong before the first of them is answered as anywhere else, later as ``error``.

    Raises:
        AtCapacityError: all threads are busy and the queue is full.
        InputError: whatever the work refuses before it first tells of progress.
    """
    stop = Event()
    loop = asyncio.get_running_loop()
    told: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    def tell(content: dict[str, Any]) -> None:
        loop.call_soon_threadsafe(told.put_nowait, content)

    doing = asyncio.ensure_future(admission.compute(work, Watch(tell, stop.is_set)))
    # Whoever leaves never asks what became of it.
    doing.add_done_callback(lambda done: done.cancelled() or done.exception())
    wants_events = preferred(request.headers.get("accept", ""), OFFERED) == EVENTS
    first = asyncio.ensure_future(told.get())
    try:
        awaited = {doing, first} if wants_events else {doing}
        while not (await asyncio.wait(awaited, timeout=LOOK, return_when=FIRST_COMPLETED))[0]:
            if await request.is_disconnected():
                stop.set()
    except BaseException:
        stop.set()
        raise
    finally:
        if not (wants_events and first.done()):
            first.cancel()
    if wants_events and first.done():
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no", "Vary": "Accept"}
        events = _events(doing, first.result(), told, stop)
        return EventSourceResponse(events, headers=headers)
    return Response(await _finished(doing), media_type=JSON, headers={"Vary": "Accept"})


async def _finished(doing: "asyncio.Future[bytes]") -> bytes:
    """The work's answer; empty for a client that has gone."""
    try:
        return await doing
    except CancelledError:
        return b""


async def _events(
    doing: "asyncio.Future[bytes]",
    first: dict[str, Any],
    told: "asyncio.Queue[dict[str, Any]]",
    stop: Event,
) -> AsyncIterator[bytes]:
    """Every event as it comes; leaving the loop, for whatever reason, stops the work."""
    waiting = None
    try:
        yield _event("progress", to_json(first))
        while not (doing.done() and told.empty()):
            waiting = asyncio.ensure_future(told.get())
            await asyncio.wait({doing, waiting}, return_when=FIRST_COMPLETED)
            if waiting.done():
                yield _event("progress", to_json(waiting.result()))
            else:
                waiting.cancel()
        yield _event("result", await doing)
    except asyncio.CancelledError:
        raise
    except InputError as error:
        yield _event("error", to_json({"detail": [refused(error, "body")]}))
    except CancelledError:
        pass  # Nobody listens any more.
    except Exception:
        logger.exception("unexpected error in a stream")
        yield _event("error", to_json({"detail": [SERVER_ERROR]}))
    finally:
        stop.set()
        if waiting is not None:
            waiting.cancel()


def _event(name: str, content: bytes) -> bytes:
    return format_sse_event(event=name, data_str=content.decode())
