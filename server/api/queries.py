"""A flat query string becomes the nested body that POST would take.

``?surface=bowl&condition_number=50&optimizer=adam&beta1=0.8&steps=200`` names surface
parameters and hyperparameters side by side; each goes where it belongs, and an error comes
back under the name that was in the query.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar, get_args

from fastapi import Path
from pydantic import BaseModel, TypeAdapter, ValidationError
from starlette.datastructures import QueryParams

from server import limits
from server.api.errors import RefusedError
from server.api.explaining import explained, place_in_query
from server.api.http import bounded
from server.declarations import BY_ID
from server.encoding import Encoding
from server.errors import unknown_id_message
from surfaces.data import DataSurface
from surfaces.declaration import Described, parameters
from surfaces.pasted.conventions import Convention, Decimal, Grouping, Separator
from surfaces.surface import Surface

Model = TypeVar("Model", bound=BaseModel)
Location = tuple[int | str, ...]


Values = dict[str, str | list[str] | list[list[str]]]
"""A query: text by name, lists where a name may be repeated; a reader takes out what it knows."""
Body = dict[str, object]
"""What POST would take, its numbers still text."""


def read(query: QueryParams) -> Values:
    """The query as one value a name, lists where a name may be repeated.

    Raises:
        RefusedError: a name that takes one value is repeated.
    """
    given: dict[str, list[str]] = {}
    for name, text in query.multi_items():
        given.setdefault(name, []).append(text)
    values: Values = {}
    for name, texts in given.items():
        if name == "include":
            values[name] = [word for text in texts for word in text.split(",")]
        elif name == "start":
            values[name] = [text.split(",") for text in texts]
        elif len(texts) > 1:
            raise refused(("query", name), "given more than once; give it once", "repeated")
        else:
            values[name] = texts[0]
    return values


def text_of(name: str, values: Values) -> str:
    """Remove one value from the values and return it; it is not repeated."""
    value = values.pop(name)
    assert isinstance(value, str)
    return value


def take_numbers(declared: type[object] | None, values: Values) -> Body:
    """Remove a declaration's own numbers from the values and return them."""
    names = {field.name for field in parameters(declared)} if declared else set[str]()
    return {name: values.pop(name) for name in sorted(names & values.keys())}


def chosen(by_id: Mapping[str, type[Described]], name: str, values: Values) -> Body:
    """Remove a choice and its numbers from the values and return them as POST takes them.

    Args:
        by_id: what there is to choose from.
        name: the query parameter that holds the id.
        values: of the query.
    """
    if name not in values:
        return {}
    wanted = text_of(name, values)
    return {**take_numbers(by_id.get(wanted), values), "id": wanted}


def surface(values: Values) -> Body:
    """Remove a surface or a formula from the values and return it as POST takes it."""
    if "formula" in values:
        asked: Body = {"formula": values.pop("formula")}
        if "domain" in values:
            ends = text_of("domain", values).split(",")
            asked["domain"] = [ends[:2], ends[2:]]
        return asked if "surface" not in values else {**asked, "id": values.pop("surface")}
    given = points(BY_ID.surfaces.get(str(values.get("surface"))), values)
    numbers = chosen(BY_ID.surfaces, "surface", values)
    named = {"id": numbers.pop("id")} if "id" in numbers else {}
    return {**named, **given, "parameters": numbers}


def points(declared: type[Surface] | None, values: Values) -> Body:
    """Remove pasted points and how to read them from the values; return them as POST takes them.

    Beside a surface that takes none they stay, to be refused by their names.
    """
    if "points" not in values or (declared and not issubclass(declared, DataSurface)):
        return {}
    given: Body = {"points": values.pop("points")}
    if "columns" in values:
        given["columns"] = text_of("columns", values).split(",")
    reading = {name: values.pop(name) for name in Convention._fields if name in values}
    return {**given, "reading": reading} if reading else given


QueryParameter = tuple[str, Mapping[str, object], str, bool]
"""Name, JSON Schema, description, whether it is required."""


def of_model(model: type[BaseModel], **texts: str) -> list[QueryParameter]:
    """Query parameters that are fields of a request's model, with its bounds and defaults.

    Args:
        model: what the query becomes.
        **texts: what each of these fields is.
    """
    fields = model.model_json_schema()["properties"]
    listed: list[QueryParameter] = []
    for name, text in texts.items():
        field: dict[str, Any] = fields[name]
        # What may be null in a body is left out of a query.
        kinds = [one for one in field.pop("anyOf", ()) if one != {"type": "null"}]
        schema = {**field, **(kinds[0] if len(kinds) == 1 else {})}
        kept = {key: schema[key] for key in schema if key != "title" and schema[key] is not None}
        listed.append((name, kept, text, False))
    return listed


ENCODING: QueryParameter = (
    "encoding",
    {"enum": list(get_args(Encoding)), "default": "plain"},
    "How JSON carries arrays.",
    False,
)

POINTS = (
    (
        "points",
        {"type": "string", "minLength": 1, "maxLength": limits.CSV},
        "Points of a surface of points, as a pasted table.",
        False,
    ),
    (
        "columns",
        {"type": "string", "minLength": 1},
        "Columns of the points that are used, with commas: numbers from 1, or names.",
        False,
    ),
    *(
        (name, {"enum": list(get_args(words))}, f"Of the points' {what}; found if left out.", False)
        for name, words, what in (
            ("separator", Separator, "columns"),
            ("decimal", Decimal, "fractions"),
            ("grouping", Grouping, "thousands"),
        )
    ),
)
"""Query parameters of pasted points."""


def one_of(known: Iterable[str]) -> Any:
    """A path's id, whose refusal names the nearest of those known."""
    return Path(json_schema_extra={"enum": list(known)})


def words(*known: str) -> dict[str, object]:
    """The schema of some of these words, with commas between."""
    word = f"({'|'.join(known)})"
    return {"type": "string", "pattern": f"^{word}(,{word})*$"}


def numbers(count: int) -> dict[str, object]:
    """The schema of so many numbers with commas between."""
    number = r"[+-]?[0-9]{1,12}(\.[0-9]{1,12})?"
    return {"type": "string", "pattern": f"^{number}(,{number}){{{count - 1}}}$"}


def encoding(values: Values) -> Encoding:
    """Remove ``encoding`` from the values and return it.

    Raises:
        RefusedError: there is no such encoding.
    """
    wanted = values.pop("encoding", "plain")
    accepted: tuple[Encoding, ...] = get_args(Encoding)
    for known in accepted:
        if wanted == known:
            return known
    raise refused(
        ("query", "encoding"), f"unknown encoding; accepted: {', '.join(accepted)}", "enum"
    )


def validate(model: type[Model], body: Mapping[str, object]) -> Model:
    """Validate a body made from a query; text becomes numbers where numbers are wanted.

    Args:
        model: what the body should be.
        body: as POST would take it.

    Raises:
        RefusedError: errors placed at the query's own names.
    """
    bounded(body)
    try:
        return model.model_validate(body, strict=False)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        raise RefusedError(*explained(errors, model, _placed)) from error


def _placed(location: Location) -> Location:
    return ("query", *place_in_query(location))


def refused(location: Location, message: str, kind: str) -> RefusedError:
    """One error at one place."""
    return RefusedError({"loc": location, "msg": message, "type": kind})


def described(
    own: Iterable[QueryParameter], declared: Iterable[type[object]]
) -> list[dict[str, object]]:
    """OpenAPI query parameters: a route's own, then every declaration's numbers."""
    listed: list[dict[str, object]] = [
        {"name": name, "in": "query", "required": required, "schema": schema, "description": text}
        for name, schema, text, required in own
    ]
    owners: dict[str, dict[str, dict[str, Any]]] = {}
    for declaration in declared:
        properties = TypeAdapter[Any](declaration).json_schema().get("properties", {})
        for field in parameters(declaration):
            owner = getattr(declaration, "id", "any run")
            owners.setdefault(field.name, {})[owner] = properties.get(field.name, {})
    for name, schemas in owners.items():
        schema = _widest(list(schemas.values()))
        text = f"Taken by {', '.join(schemas)}, and refused beside others."
        text += " Bounds of each are in the catalogue." if len(schemas) > 1 else ""
        listed.append(
            {"name": name, "in": "query", "required": False, "schema": schema, "description": text}
        )
    return listed


def _widest(schemas: Sequence[Mapping[str, Any]]) -> dict[str, object]:
    """A schema that takes what any of some takes."""
    kinds = {one.get("type", "string") for one in schemas}
    # What is a whole number here may be any there.
    kind = kinds.pop() if len(kinds) == 1 else "number"
    widest: dict[str, object] = {"type": kind}
    for bound, furthest in (("minimum", min), ("maximum", max)):
        found = [one[bound] for one in schemas if bound in one]
        if len(found) == len(schemas):
            widest[bound] = furthest(found)
    words = [word for one in schemas for word in one.get("enum", ())]
    return {**widest, "enum": list(dict.fromkeys(words))} if words else widest


class DescribedQuery(dict[str, Any]):
    """What OpenAPI says of a route's query: an ``openapi_extra`` of FastAPI.

    It takes JSON Schemas of all declarations, longer than all else that a start does, so it is
    worked out when the document is asked for.

    Args:
        own: the route's own parameters.
        declared: what else may be named in the query.
    """

    def __init__(
        self, own: Callable[[], Iterable[QueryParameter]], declared: Iterable[type[object]]
    ):
        super().__init__(parameters=[])
        self._own, self._declared = own, declared

    def work_out(self) -> None:
        """Fill it, if it is not."""
        if not self["parameters"]:
            self["parameters"] = described(self._own(), self._declared)


def known_id(what: str, name: str, known: Iterable[str]) -> None:
    """Refuse a path whose id is unknown.

    Raises:
        RefusedError: names the nearest ids.
    """
    known = list(known)
    if name not in known:
        message = unknown_id_message(what, name, known)
        raise refused(("path", f"{what}_id"), message, "unknown_id")
