"""Long work that reports its progress, and stops when nobody waits for it any more."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from typing import Any, NamedTuple

from fastapi import Request, Response
from fastapi.sse import EventSourceResponse, format_sse_event
from starlette.types import Receive, Scope, Send

from server.admission import Job, Lane, Tell
from server.api.errors import ENDING, SERVER_ERROR, not_now, refused, too_long
from server.api.http import JSON, preferred
from server.api.serving import PLACE, answered_or_left, key_of
from server.api.state import Services
from server.connections.register import Connections
from server.encoding import to_json
from server.engine.price import Price
from server.engine.token import Token
from server.errors import CancelledError, DeadlineError, EndingError, InputError
from server.maps.running import UnavailableError

logger = logging.getLogger("steepest")

EVENTS = "text/event-stream"
OFFERED = (JSON, EVENTS)


class Piece(NamedTuple):
    """Something told that is an event by its own name; its content is JSON."""

    name: str
    content: bytes


Telling = Callable[..., bytes]
"""Computes and encodes: a function of the services, whom to tell, the request, and its format."""


async def respond(
    request: Request,
    services: Services,
    price: Price,
    answer: Telling,
    *args: Any,
    lane: Lane | None = None,
    most: float | None = None,
) -> Response:
    """Compute as ``serving.compute`` does, and answer whole or as a stream of events.

    With ``Accept: text/event-stream`` there come ``progress`` events and at last ``result``.
    What goes wrong before the first of them is answered as anywhere else, later as ``error``; so
    is that the server ends, which a stream does not hold up.

    Args:
        request: whose client is watched.
        services: handed on, with programs that ask this work's token.
        price: of the work.
        answer: computes and encodes; it is also given whom to tell of its progress, as the
            contents of ``progress`` events, or as a ``Piece``.
        args: the rest of what it takes; with it they are all that the bytes depend on.
        lane: of the work; by its price if left out.
        most: seconds that it may cost; as any request if left out.

    Raises:
        AtCapacityError: all threads of its lane are busy and the queue is full.
        InputError: too much work, or what is refused before the first progress.
        CancelledError: the client has left before the first progress.
        DeadlineError: it took longer than it may.
        UnavailableError: nobody can compute it now.
        EndingError: the server ends, and there was no progress to stream yet.
    """
    wants_events = preferred(request.headers.get("accept", ""), OFFERED) == EVENTS
    services.check(price, most)

    def work(token: Token, tell: Tell) -> bytes:
        return answer(services.under(token), tell, *args)

    async with AsyncExitStack() as leaving:
        joined = services.admission.joined(
            key_of(answer, *args), price.seconds, work, request.scope.get(PLACE), lane
        )
        job = leaving.enter_context(joined)
        if not wants_events:
            await answered_or_left(request.receive, job.answer)
            return Response(job.answer.result(), media_type=JSON, headers={"Vary": "Accept"})
        news, ending = asyncio.Event(), services.connections.at_end
        job.listeners.append(news)
        leaving.callback(job.listeners.remove, news)
        wake = news.set
        ending.append(wake)
        if services.connections.ending:
            wake()
        leaving.callback(ending.remove, wake)
        if not job.told:
            begun = asyncio.ensure_future(news.wait())
            leaving.callback(begun.cancel)
            await answered_or_left(request.receive, job.answer, begun)
        if not job.told and not job.answer.done():
            raise EndingError
        if not job.told:
            # Refused, or done, before anything was told.
            content = job.answer.result()
            return Response(content, media_type=JSON, headers={"Vary": "Accept"})
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no", "Vary": "Accept"}
        return _Stream(_events(job, news, services.connections), leaving.pop_all(), headers)


class _Stream(EventSourceResponse):
    """Events; however they end, their client leaves the work."""

    def __init__(
        self, events: AsyncIterator[bytes], leaving: AsyncExitStack, headers: dict[str, str]
    ):
        super().__init__(events, headers=headers)
        self._leaving = leaving

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with self._leaving:
            await super().__call__(scope, receive, send)


async def _events(job: Job, news: asyncio.Event, connections: Connections) -> AsyncIterator[bytes]:
    """Every event as it comes, those before the client's own coming too."""
    sent = 0
    while True:
        news.clear()
        for told in job.told[sent:]:
            sent += 1
            yield (
                _event(told.name, told.content)
                if isinstance(told, Piece)
                else _event("progress", to_json(told))
            )
        if sent == len(job.told) and job.answer.done():
            break
        if connections.ending:
            yield ENDS
            return
        if not news.is_set():
            await news.wait()
    try:
        yield _event("result", job.answer.result())
    except InputError as error:
        yield _event("error", to_json({"detail": [refused(error, "body")]}))
    except DeadlineError as error:
        yield _event("error", to_json({"detail": [too_long(error)]}))
    except UnavailableError as error:
        yield _event("error", to_json({"detail": [not_now(error)]}))
    except CancelledError:
        pass  # Nobody listens any more.
    except Exception:
        logger.exception("unexpected error in a stream")
        yield _event("error", to_json({"detail": [SERVER_ERROR]}))


def _event(name: str, content: bytes) -> bytes:
    return format_sse_event(event=name, data_str=content.decode())


ENDS = _event("error", to_json({"detail": [ENDING]}))
"""The last event of any stream that is not over when the server is told to end."""
