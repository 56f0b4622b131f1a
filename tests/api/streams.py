"""Streams in the loop of the application: a client that stays, and all that it is told."""

import asyncio

from starlette.requests import Request

from server.api.streaming import respond
from server.engine.price import Price
from tests.api.reading import events


async def receive():
    """A client that stays."""
    await asyncio.Event().wait()


def asking():
    scope = {"type": "http", "method": "POST", "headers": [(b"accept", b"text/event-stream")]}
    return Request(scope, receive)


def streamed(client, answer, *args):
    """All events of a stream, in the loop of the application."""
    sent = []

    async def send(message):
        sent.append(message.get("body", b""))

    async def ask():
        request = asking()
        response = await respond(request, client.app.state.services, Price(1.0), answer, *args)
        await response(request.scope, receive, send)

    client.portal.call(ask)
    return events(b"".join(sent).decode())
