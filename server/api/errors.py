"""Every refusal in one shape: ``{"detail": [{"loc", "msg", "type"}]}``.

Nothing that was sent is echoed: NaN or a lone surrogate in an error could not be encoded.
"""

import logging
from collections.abc import Callable, Sequence
from typing import Any, Literal, cast, get_args, get_origin

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from server.admission import AtCapacityError
from server.api import bounds, methods
from server.api.answers import Refusal, Refused
from server.api.http import JSON, TooManyValuesError
from server.encoding import to_json
from server.errors import (
    CLIENT_LEFT,
    CancelledError,
    DeadlineError,
    InputError,
    nearest,
    unknown_id_message,
)
from server.halls.errors import HallError, unavailable
from server.halls.keeping import UnreachableError
from server.maps.running import UnavailableError
from server.middleware.requests import note_reason

logger = logging.getLogger("steepest")

Location = tuple[int | str, ...]
PlaceOf = Callable[[Location], Location]


IN_QUERY: dict[Location, str] = {
    ("surface", "id"): "surface",
    ("runs", 0, "optimizer", "id"): "optimizer",
    ("runs", 0, "schedule", "id"): "schedule",
    ("runs", 0, "clipping", "id"): "clipping",
    ("surface", "domain"): "domain",
    ("starts",): "start",
}
"""Places in a body whose name in a query is not the last word of the place."""


def place_in_query(location: Location) -> Location:
    """Where a query says what a body says at this place."""
    for place, name in IN_QUERY.items():
        if location[: len(place)] == place:
            return (name, *location[len(place) :])
    words = [part for part in location if isinstance(part, str)]
    return (words[-1],) if words else location


SERVER_ERROR: Refusal = {
    "loc": [],
    "msg": "an error of the server; it was logged",
    "type": "server_error",
}
"""What a client is told of a defect of ours; the log has the story."""


REFUSED_AT_CAPACITY: Refused = {
    "detail": [{"loc": [], "msg": "at capacity; try again shortly", "type": "at_capacity"}]
}
"""What is told to whoever would have to wait too long."""


class RefusedError(Exception):
    """Refusals found by our own reading of a request, already as a user should read them."""

    def __init__(self, *detail: Refusal):
        super().__init__(detail)
        self.detail = detail


def explain(error: dict[str, Any], model: type[BaseModel] | None) -> Refusal:
    """One of pydantic's errors as a user should read it.

    The tag that pydantic puts into the location of a discriminated union is not a place in
    the request, so it is left out.
    """
    location: Location = tuple(error["loc"])
    kind, message = str(error["type"]), str(error["msg"])
    place, models = _walk(location, model)
    if kind == "union_tag_invalid":
        context = error["ctx"]
        known = [tag.strip(" '") for tag in context["expected_tags"].split(",")]
        # In a list the place is a number, which names nothing.
        what = place[-1] if isinstance(place[-1], str) else "id"
        message = unknown_id_message(what, str(context["tag"]), known)
        place = (*place, "kind" if context["discriminator"] == "'kind'" else "id")
    elif kind == "union_tag_not_found":
        message = "field required: say which one by its id"
        message += ", or give a formula" if place[-1:] == ("surface",) else ""
        place = (*place, "id")
    elif kind == "extra_forbidden" and models:
        accepted = sorted({name for one in models for name in one.model_fields})
        name = str(place[-1])
        near = nearest(name, accepted, 1)
        message = f"unknown field; accepted here: {', '.join(accepted) or 'none'}"
        message += f"; did you mean {near[0]}?" if near else ""
    elif kind == "json_invalid":
        message = f"not valid JSON: {error.get('ctx', {}).get('error', message)}"
        place = place[:1]
    elif kind in ("model_attributes_type", "model_type") and place == ("body",):
        message = "send a JSON object, with Content-Type: application/json"
    return {"loc": [_place(part) for part in place], "msg": _encodable(message), "type": kind}


def _walk(
    location: Location, model: type[BaseModel] | None
) -> tuple[Location, list[type[BaseModel]]]:
    """The location without union tags, and the models that the last part was looked up in."""
    if model is None:
        return location, []
    place: list[int | str] = []
    owners, candidates = [model], [model]
    chosen = False
    for part in location:
        tagged = [one for one in candidates if not chosen and _tag(one) == part]
        chosen = bool(tagged)
        if tagged:
            candidates = tagged
            continue
        place.append(part)
        if isinstance(part, int) or (not place[:-1] and part in ("body", "query")):
            continue
        owners = candidates
        annotations = [one.model_fields[part] for one in owners if part in one.model_fields]
        candidates = [one for field in annotations for one in _models(field.annotation)]
    return tuple(place), owners


def _tag(model: type[BaseModel]) -> object:
    field = model.model_fields.get("id") or model.model_fields.get("kind")
    return get_args(field.annotation)[0] if field and _is_literal(field.annotation) else None


def _is_literal(annotation: object) -> bool:
    return get_origin(annotation) is Literal


def _models(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in get_args(annotation) for model in _models(inner)]


def _place(part: int | str) -> int | str:
    return part if isinstance(part, int) else _encodable(part)


def _encodable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()[:500]


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
        models = _models(route.body_field.field_info.annotation)
        return models[0] if models else None
    return None


async def on_invalid(request: Request, error: Exception) -> Response:
    """What the request models refused."""
    assert isinstance(error, RequestValidationError)
    model = _body_model(request)
    return refusal(422, explained(error.errors(), model))


def explained(
    errors: Sequence[Any], model: type[BaseModel] | None, place: PlaceOf | None = None
) -> list[Refusal]:
    """Pydantic's errors as a user should read them: the first of them, and how many more.

    Args:
        errors: all of them.
        model: in which they were found.
        place: where something stands in what was sent, if that is not what the model read.
    """
    shown = [explain(dict(one), model) for one in errors[: bounds.REPORTED]]
    if place is not None:
        shown = [cast(Refusal, {**one, "loc": place(tuple(one["loc"]))}) for one in shown]
    more = len(errors) - len(shown)
    if more > 0:
        shown.append({"loc": [], "msg": f"and {more} more", "type": "more"})
    return shown


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
    app.add_exception_handler(CancelledError, on_left)
    app.add_exception_handler(HallError, on_hall_error)
    app.add_exception_handler(UnreachableError, on_halls_away)
    app.add_exception_handler(TooManyValuesError, on_too_many_values)
    app.add_exception_handler(HTTPException, on_http_error)
    app.add_exception_handler(Exception, on_unexpected)
