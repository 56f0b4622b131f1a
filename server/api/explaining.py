"""What pydantic refuses, as a user should read it: where in the request, and what would do.

Nothing that was sent is echoed: NaN or a lone surrogate in an error could not be encoded.
"""

from collections.abc import Callable, Sequence
from typing import Any, Literal, cast, get_args, get_origin

from pydantic import BaseModel

from server.api import bounds
from server.api.answers import Refusal
from server.errors import nearest, unknown_id_message

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
        candidates = [one for field in annotations for one in models_in(field.annotation)]
    return tuple(place), owners


def _tag(model: type[BaseModel]) -> object:
    field = model.model_fields.get("id") or model.model_fields.get("kind")
    return get_args(field.annotation)[0] if field and _is_literal(field.annotation) else None


def _is_literal(annotation: object) -> bool:
    return get_origin(annotation) is Literal


def models_in(annotation: object) -> list[type[BaseModel]]:
    """The models that an annotation names, alone or among others."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in get_args(annotation) for model in models_in(inner)]


def _place(part: int | str) -> int | str:
    return part if isinstance(part, int) else _encodable(part)


def _encodable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()[:500]
