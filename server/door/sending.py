"""Whole answers on their way out."""

import asyncio

from starlette.types import Scope, Send

from server.admission import client_of
from server.api.errors import REFUSED_AT_CAPACITY
from server.door.answers import PLAIN, Answer
from server.door.unsent import Unsent
from server.encoding import to_json

AT_CAPACITY = to_json(REFUSED_AT_CAPACITY)
PIECE = 65_536
"""Bytes that are handed to a connection at once: it holds no more of a slow reader's answer."""


async def send_answer(
    answer: Answer,
    coding: bytes,
    scope: Scope,
    send: Send,
    headers: list[tuple[bytes, bytes]],
    unsent: Unsent,
) -> None:
    """Send an answer in pieces, each when the connection has taken those before.

    A reader who is cut off for others' sake sees an answer that is shorter than was said.

    Args:
        answer: to be sent.
        coding: in which of its codings.
        scope: of the request; HEAD is sent no body.
        send: to the connection.
        headers: more than the route gave.
        unsent: where it is counted.
    """
    body = answer.bodies.get(coding, b"")
    known = {name for name, _ in headers}
    own = [one for one in answer.headers if one[0] not in known]
    if coding != PLAIN:
        own.append((b"content-encoding", coding))
    if answer.status != 304:
        own.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": own + headers})
    if scope["method"] == "HEAD":
        body = b""
    with unsent.reading(client_of(scope), body) as sending:
        try:
            for at in range(0, len(body) or 1, PIECE):
                piece, more = body[at : at + PIECE], at + PIECE < len(body)
                await send({"type": "http.response.body", "body": piece, "more_body": more})
        except asyncio.CancelledError:
            if sending.task is None or not sending.ended:
                raise
            sending.task.uncancel()


async def send_refusal(seconds: int, send: Send) -> None:
    """Say that the server is at capacity: as cheaply as can be, since many are told at once."""
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(AT_CAPACITY)).encode()),
        (b"retry-after", str(seconds).encode()),
    ]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": AT_CAPACITY})
