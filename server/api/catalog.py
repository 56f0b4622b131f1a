"""``/catalog`` and its parts: what there is, and all that is needed to draw its controls."""

from asyncio import wrap_future
from collections.abc import Awaitable, Callable
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Request, Response

from server.api import queries
from server.api.answers import Refused
from server.api.catalog_answer import (
    ActivationEntry,
    Catalog,
    ClippingEntry,
    DatasetEntry,
    Entry,
    FormulaEntry,
    InitializerEntry,
    LossEntry,
    OptimizerEntry,
    SurfaceEntry,
)
from server.api.http import JSON
from server.api.state import Serving
from server.declarations import BY_ID
from server.encoding import to_json

Part = Literal[
    "surfaces",
    "optimizers",
    "schedules",
    "clippings",
    "activations",
    "initializers",
    "losses",
    "datasets",
]
PARTS: Final[dict[Part, tuple[str, type[Entry]]]] = {
    "surfaces": ("surface", SurfaceEntry),
    "optimizers": ("optimizer", OptimizerEntry),
    "schedules": ("schedule", FormulaEntry),
    "clippings": ("clipping", ClippingEntry),
    "activations": ("activation", ActivationEntry),
    "initializers": ("initializer", InitializerEntry),
    "losses": ("loss", LossEntry),
    "datasets": ("dataset", DatasetEntry),
}
"""Parts of the catalogue that have a path: what one entry of each is called, and its type."""

router = APIRouter(tags=["catalogue"])


@router.get(
    "/catalog",
    summary="Everything there is",
    response_class=Response,
    responses={200: {"model": Catalog}},
)
async def read_catalog(request: Request, serving: Serving) -> Response:
    """Surfaces, optimizers and the rest, the limits, the device and the version."""
    return Response(to_json(await wrap_future(serving.catalog)), media_type=JSON)


def _list_of(part: Part) -> Callable[[Request, Serving], Awaitable[Response]]:
    async def read_all(request: Request, serving: Serving) -> Response:
        entries = (await wrap_future(serving.catalog))[part]
        return Response(to_json(entries), media_type=JSON)

    return read_all


def _entry_of(part: Part, what: str) -> Callable[[str, Request, Serving], Awaitable[Response]]:
    async def read_one(entry_id: str, request: Request, serving: Serving) -> Response:
        whole = await wrap_future(serving.catalog)
        entries = {entry["id"]: entry for entry in whole[part]}
        queries.known_id(what, entry_id, entries)
        return Response(to_json(entries[entry_id]), media_type=JSON)

    known = BY_ID.__dict__.get(part)
    if known:
        read_one.__annotations__["entry_id"] = Annotated[str, queries.one_of(known)]
    return read_one


UNKNOWN = {"description": "There is no such entry"}


def _of(answer: type[Entry | Refused]) -> dict[str, object]:
    """A schema that ``/openapi.json`` has already, of the whole catalogue or of a refusal.

    Handed over as models, the entries would cost a start of the server a tenth of a second.
    """
    return {"$ref": f"#/components/schemas/{answer.__name__}"}


def _json(schema: dict[str, object]) -> dict[str, object]:
    return {"content": {JSON: {"schema": schema}}}


for part, (what, entry) in PARTS.items():
    router.get(
        f"/{part}",
        name=f"read_{part}",
        summary=f"All {part}",
        response_class=Response,
        responses={200: _json({"type": "array", "items": _of(entry)})},
    )(_list_of(part))
    router.get(
        f"/{part}/{{entry_id}}",
        name=f"read_one_of_{part}",
        summary=f"One of the {part}",
        response_class=Response,
        responses={200: _json(_of(entry)), 422: _json(_of(Refused)) | UNKNOWN},
    )(_entry_of(part, what))
