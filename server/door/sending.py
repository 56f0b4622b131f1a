"""Whole answers on their way out."""

from starlette.types import Scope, Send

from server.door.answers import PLAIN, Answer

PIECE = 65_536
"""Bytes that are handed to a connection at once: it holds no more of a slow reader's answer."""


async def send_answer(
    answer: Answer, coding: bytes, scope: Scope, send: Send, headers: list[tuple[bytes, bytes]]
) -> None:
    """Send an answer in pieces, each when the connection has taken those before.

    Args:
        answer: to be sent.
        coding: in which of its codings.
        scope: of the request; HEAD is sent no body.
        send: to the connection.
        headers: more than the route gave.
    """
    body = answer.bodies.get(coding, b"")
    known = {name for name, _ in headers}
    own = [one for one in answer.headers if one[0] not in known]
    if coding != PLAIN:
        own.append((b"content-encoding", coding))
    if answer.status != 304:
        own.append((b"content-length", str(len(body)).encode()))
    start = {"type": "http.response.start", "status": answer.status, "headers": own + headers}
    await send(start)
    if scope["method"] == "HEAD":
        body = b""
    for at in range(0, len(body), PIECE):
        piece, more = body[at : at + PIECE], at + PIECE < len(body)
        await send({"type": "http.response.body", "body": piece, "more_body": more})
    if not body:
        await send({"type": "http.response.body", "body": b""})
