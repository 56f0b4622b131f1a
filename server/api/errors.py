"""Every refusal in one shape: ``{"detail": [{"loc", "msg", "type"}]}``."""

import logging
from collections.abc import Sequence
from typing import Any, Literal, cast

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from server.admission import AtCapacityError
from server.api import methods
from server.api.answers import Refusal, Refused
from server.api.explaining import explained, models_in, place_in_query
from server.api.http import JSON, TooManyValuesError
from server.connections import refusals
from server.encoding import to_json
from server.errors import CLIENT_LEFT, CancelledError, DeadlineError, EndingError, InputError
from server.halls.errors import HallError, unavailable
from server.halls.keeping import UnreachableError
from server.maps.running import UnavailableError
from server.middleware.requests import note_reason

logger = logging.getLogger("steepest")

SERVER_ERROR: Refusal = {
    "loc": [],
    "msg": "an error of the server; it was logged",
    "type": "server_error",
}
"""What a client is told of a defect of ours; the log has the story."""

ENDING: Refusal = {"loc": [], "msg": refusals.ENDING.message, "type": refusals.ENDING.reason}
"""What a client is told whose stream is not finished before the server ends."""

REFUSED_AT_CAPACITY: Refused = {
    "detail": [{"loc": [], "msg": "at capacity; try again shortly", "type": "at_capacity"}]
}
"""What is told to whoever would have to wait too long."""


class RefusedError(Exception):
    """Refusals found by our own reading of a request, already as a user should read them."""

    def __init__(self, *detail: Refusal):
        super().__init__(detail)
        self.detail = detail


def refusal(status: int, detail: Sequence[Refusal], **headers: str) -> Response:
    """An error answer in the one shape."""
    content: Refused = {"detail": detail}
    return Refusing(to_json(content), status, headers, JSON, reason=detail[0]["type"])


class Refusing(Response):
    """A refusal; the log and the metrics hear why, in one word."""

    def __init__(self, *args: Any, reason: str):
        super().__init__(*args)
        self._reason = reason

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        note_reason(scope, self._reason)
        await super().__call__(scope, receive, send)


def refuse(status: int, message: str) -> Response:
    """An error answer of what no route has seen yet."""
    return refusal(status, [{"loc": [], "msg": message, "type": f"http_{status}"}])


def _body_model(request: Request) -> type[BaseModel] | None:
    route = request.scope.get("route")
    if isinstance(route, APIRoute) and route.body_field is not None:
        models = models_in(route.body_field.field_info.annotation)
        return models[0] if models else None
    return None


async def on_invalid(request: Request, error: Exception) -> Response:
    """What the request models refused."""
    assert isinstance(error, RequestValidationError)
    model = _body_model(request)
    return refusal(422, explained(error.errors(), model))


async def on_refused(request: Request, error: Exception) -> Response:
    """What our reading of a query refused."""
    assert isinstance(error, RefusedError)
    return refusal(422, error.detail)


async def on_input_error(request: Request, error: Exception) -> Response:
    """What the engine refused, placed where the request said it."""
    assert isinstance(error, InputError)
    return refusal(422, [refused(error, "body" if request.method == "POST" else "query")])


def refused(error: InputError, part: Literal["body", "query"]) -> Refusal:
    """What the engine refused, as an entry of ``detail``."""
    place = error.field if part == "body" else place_in_query(error.field)
    content: Refusal = {"loc": (part, *place), "msg": error.message, "type": error.kind}
    return cast(Refusal, {**content, **error.place})


async def on_capacity(request: Request, error: Exception) -> Response:
    """The queue is full."""
    assert isinstance(error, AtCapacityError)
    headers = {"Retry-After": str(error.retry_after)}
    return refusal(503, REFUSED_AT_CAPACITY["detail"], **headers)


def too_long(error: DeadlineError) -> Refusal:
    """What took longer than it may, as an entry of ``detail``."""
    return {"loc": [], "msg": f"{error}; ask for less", "type": "too_long"}


async def on_deadline(request: Request, error: Exception) -> Response:
    """The work took longer than it may: its price was too low, or the machine is too busy."""
    assert isinstance(error, DeadlineError)
    return refusal(503, [too_long(error)], **{"Retry-After": "10"})


def not_now(error: UnavailableError) -> Refusal:
    """What nobody can compute now, as an entry of ``detail``."""
    return {"loc": [], "msg": error.message, "type": error.kind}


async def on_unavailable(request: Request, error: Exception) -> Response:
    """Whoever computes maps is away, or died of one; the log says which."""
    assert isinstance(error, UnavailableError)
    return refusal(503, [not_now(error)], **{"Retry-After": str(error.retry_after)})


async def on_ending(request: Request, error: Exception) -> Response:
    """The server ends before there was anything to tell; the next one answers."""
    assert isinstance(error, EndingError)
    return refusal(503, [ENDING], **{"Retry-After": str(refusals.ENDING.retry_after)})


async def on_left(request: Request, error: Exception) -> Response:
    """The client has gone, so that nobody reads this; the log of requests shows it."""
    assert isinstance(error, CancelledError)
    return Response(status_code=CLIENT_LEFT)


async def on_hall_error(request: Request, error: Exception) -> Response:
    """A hall does not do that."""
    assert isinstance(error, HallError)
    headers = {"Retry-After": str(error.retry_after)} if error.retry_after else {}
    detail: Refusal = {"loc": [], "msg": error.message, "type": error.kind}
    return refusal(error.status, [detail], **headers)


async def on_halls_away(request: Request, error: Exception) -> Response:
    """What keeps the halls does not answer; the log says why."""
    logger.warning("halls cannot be reached: %s", error)
    return await on_hall_error(request, unavailable())


async def on_too_many_values(request: Request, error: Exception) -> Response:
    """A body or a query of more values than may be."""
    assert isinstance(error, TooManyValuesError)
    place = ["body" if request.method == "POST" else "query"]
    return refusal(422, [{"loc": place, "msg": error.detail, "type": "too_many_values"}])


async def on_http_error(request: Request, error: Exception) -> Response:
    """Not found, method not allowed, body too large: what the framework refuses."""
    assert isinstance(error, HTTPException)
    status, message = error.status_code, str(error.detail)
    headers = dict(error.headers or {})
    if status in (404, 405) and (allowed := methods.allowed(request, static=status == 405)):
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": ", ".join(allowed)})
        # Files that are not there are looked for under every path, those of routes too.
        status, message = 405, f"accepted methods: {', '.join(allowed)}"
        headers["Allow"] = ", ".join(allowed)
    detail: Refusal = {"loc": [], "msg": message, "type": f"http_{status}"}
    return refusal(status, [detail], **headers)


async def on_unexpected(request: Request, error: Exception) -> Response:
    """A defect of ours: the log has the story, the client an answer in the usual shape."""
    logger.exception("unexpected error at %s", request.url.path, exc_info=error)
    return refusal(500, [SERVER_ERROR])


def install(app: FastAPI) -> None:
    """Give the app its one way of refusing."""
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(RefusedError, on_refused)
    app.add_exception_handler(InputError, on_input_error)
    app.add_exception_handler(AtCapacityError, on_capacity)
    app.add_exception_handler(DeadlineError, on_deadline)
    app.add_exception_handler(UnavailableError, on_unavailable)
    app.add_exception_handler(EndingError, on_ending)
    app.add_exception_handler(CancelledError, on_left)
    app.add_exception_handler(HallError, on_hall_error)
    app.add_exception_handler(UnreachableError, on_halls_away)
    app.add_exception_handler(TooManyValuesError, on_too_many_values)
    app.add_exception_handler(HTTPException, on_http_error)
    app.add_exception_handler(Exception, on_unexpected)
