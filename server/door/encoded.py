"""Answers in a content coding: made once for each answer, in threads beside the event loop."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from server.door.answers import PLAIN, Answer
from server.door.coding import CODINGS, worth_coding

_threads = ThreadPoolExecutor(1, thread_name_prefix="coding")
INLINE = 8192
"""Bytes that are coded sooner than another thread would have begun."""


async def encoded(answer: Answer, coding: bytes) -> bytes:
    """Which coding of an answer is sent: the one asked for, unless nothing is gained."""
    body = answer.bodies[PLAIN]
    kind = next((value for name, value in answer.headers if name == b"content-type"), b"")
    if coding == PLAIN or not worth_coding(kind, body):
        return PLAIN
    if coding not in answer.bodies:
        code = CODINGS[coding]
        if len(body) <= INLINE:
            answer.bodies[coding] = code(body)
        else:
            making = answer.making.get(coding)
            if making is None:
                making = asyncio.get_running_loop().run_in_executor(_threads, code, body)
                answer.making[coding] = making
            answer.bodies[coding] = await asyncio.shield(making)
            answer.making.pop(coding, None)
    return coding
