"""A flat query string becomes the nested body that POST would take.

``?surface=bowl&condition_number=50&optimizer=adam&beta1=0.8&steps=200`` names surface
parameters and hyperparameters side by side; each goes where it belongs, and an error comes
back under the name that was in the query.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.datastructures import QueryParams

from server.api.errors import RefusedError, explain
from server.encoding import ENCODERS, Encoding
from server.errors import unknown_id_message

Model = TypeVar("Model", bound=BaseModel)
Location = tuple[int | str, ...]


def read(query: QueryParams) -> dict[str, Any]:
    """The query as one value a name, lists where a name may be repeated.

    Raises:
        RefusedError: a name that takes one value is repeated.
    """
    values: dict[str, Any] = {}
    for name in query:
        given = query.getlist(name)
        if name == "include":
            values[name] = [word for text in given for word in text.split(",")]
        elif name == "start":
            values[name] = [text.split(",") for text in given]
        elif len(given) > 1:
            raise refused(("query", name), "given more than once; give it once", "repeated")
        else:
            values[name] = given[0]
    return values


def numbers_of(declared: type[Any] | None, values: dict[str, Any]) -> dict[str, Any]:
    """Remove a declaration's own numbers from the values and return them."""
    names = {field.name for field in fields(declared)} if declared else set[str]()
    return {name: values.pop(name) for name in sorted(names & values.keys())}


def encoding(values: dict[str, Any]) -> Encoding:
    """Remove ``encoding`` from the values and return it.

    Raises:
        RefusedError: there is no such encoding.
    """
    wanted = values.pop("encoding", "plain")
    for known in ENCODERS:
        if wanted == known:
            return known
    accepted = ", ".join(ENCODERS)
    raise refused(("query", "encoding"), f"unknown encoding; accepted: {accepted}", "enum")


def validate(model: type[Model], body: Mapping[str, Any], renamed: Mapping[Location, str]) -> Model:
    """Validate a body made from a query; text becomes numbers where numbers are wanted.

    Args:
        model: what the body should be.
        body: as POST would take it.
        renamed: places in the body whose name in the query is not the last word of the place.

    Raises:
        RefusedError: errors placed at the query's own names.
    """
    try:
        return model.model_validate(body, strict=False)
    except ValidationError as error:
        explained = [explain(dict(one), model) for one in error.errors(include_url=False)]
        for one in explained:
            one["loc"] = ("query", *_place(tuple(one["loc"]), renamed))
        raise RefusedError(*explained) from error


def _place(location: Location, renamed: Mapping[Location, str]) -> Location:
    for place, name in renamed.items():
        if location[: len(place)] == place:
            return (name, *location[len(place) :])
    words = [part for part in location if isinstance(part, str)]
    return (words[-1],) if words else location


def refused(location: Location, message: str, kind: str) -> RefusedError:
    """One error at one place."""
    return RefusedError({"loc": location, "msg": message, "type": kind})


def described(
    own: Iterable[tuple[str, dict[str, Any], str, bool]], declared: Iterable[type[Any]]
) -> list[dict[str, Any]]:
    """OpenAPI query parameters: a route's own, then every declaration's numbers."""
    listed = [
        {"name": name, "in": "query", "required": required, "schema": schema, "description": text}
        for name, schema, text, required in own
    ]
    owners: dict[str, list[str]] = {}
    for declaration in declared:
        for field in fields(declaration):
            owners.setdefault(field.name, []).append(declaration.id)
    for name, ids in owners.items():
        schema = {"type": "string"} if name == "convention" else {"type": "number"}
        text = f"Taken by {', '.join(ids)}; bounds are in the catalogue."
        listed.append(
            {"name": name, "in": "query", "required": False, "schema": schema, "description": text}
        )
    return listed


def known_id(what: str, name: str, known: Iterable[str]) -> None:
    """Refuse a path whose id is unknown.

    Raises:
        RefusedError: names the nearest ids.
    """
    known = list(known)
    if name not in known:
        message = unknown_id_message(what, name, known)
        raise refused(("path", f"{what}_id"), message, "unknown_id")
