"""How a route has its answer computed: once for all who ask the same, and for nobody who left."""

import asyncio
from asyncio import FIRST_COMPLETED
from collections.abc import Callable, Hashable
from contextlib import suppress
from typing import Any, TypeVarTuple

from fastapi import Request
from pydantic import BaseModel
from starlette.types import Receive

from server.admission import Tell
from server.api.state import Services
from server.engine.price import Price
from server.engine.token import Token
from server.errors import CancelledError

Rest = TypeVarTuple("Rest")
PLACE = "steepest.place"
"""Where the door puts into a request's scope whose share its work is charged to."""
PATIENCE = 0.1
"""Seconds after which it is watched whether a client is still there; most answers come sooner."""


async def compute(
    request: Request,
    services: Services,
    price: Price,
    answer: Callable[[Services, *Rest], bytes],
    *args: *Rest,
) -> bytes:
    """The answer's bytes, computed in a thread of the lane that its price says.

    Args:
        request: whose client is watched.
        services: handed on, with programs that ask this work's token.
        price: of the work.
        answer: computes and encodes.
        *args: the rest of what it takes; with it they are all that the bytes depend on.

    Raises:
        InputError: it is too much work, or whatever the answer refuses.
        AtCapacityError: all threads of its lane are busy and the queue is full.
        CancelledError: the client has left.
        DeadlineError: it took longer than it may.
    """
    services.check(price)

    def work(token: Token, _: Tell) -> bytes:
        return answer(services.under(token), *args)

    key = key_of(answer, *args)
    place = request.scope.get(PLACE)
    with services.admission.joined(key, price.seconds, work, place) as job:
        await asyncio.wait({job.answer}, timeout=PATIENCE)
        if not job.answer.done():
            await answered_or_left(request.receive, job.answer)
        return job.answer.result()


def key_of(*parts: object) -> Hashable:
    """What an answer depends on: requests by what they say, everything else by itself."""
    return tuple(
        (type(one), one.model_dump_json(exclude_unset=True)) if isinstance(one, BaseModel) else one
        for one in parts
    )


async def answered_or_left(
    receive: Receive, answer: "asyncio.Future[Any]", *others: "asyncio.Future[Any]"
) -> None:
    """Wait until the answer is there, or one of some other things.

    Raises:
        CancelledError: the client, of whom ``receive`` tells, has left before.
    """
    left = asyncio.ensure_future(_left(receive))
    try:
        await asyncio.wait({answer, left, *others}, return_when=FIRST_COMPLETED)
    finally:
        left.cancel()
        with suppress(asyncio.CancelledError):
            await left
    if left.done() and not left.cancelled() and not answer.done():
        raise CancelledError


async def _left(receive: Receive) -> None:
    """Return when the client has gone; the request was read before."""
    while (await receive())["type"] != "http.disconnect":
        pass
