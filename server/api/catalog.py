"""``/catalog`` and its parts: what there is, and all that is needed to draw its controls."""

from asyncio import wrap_future
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter, Request, Response

from server.api import queries
from server.api.http import cacheable
from server.api.state import Serving
from server.encoding import to_json

KINDS = {
    "surfaces": "surface",
    "optimizers": "optimizer",
    "schedules": "schedule",
    "clippings": "clipping",
    "activations": "activation",
    "initializers": "initializer",
    "losses": "loss",
    "datasets": "dataset",
    "scenarios": "scenario",
}
"""Parts of the catalogue, and what one entry of each is called."""

router = APIRouter(tags=["catalogue"])


@router.get("/catalog", summary="Everything there is")
async def read_catalog(request: Request, serving: Serving) -> Response:
    """Surfaces, optimizers and the rest, the limits, the device and the version."""
    return cacheable(request, to_json(await wrap_future(serving.catalog)))


def _list_of(kind: str) -> Callable[[Request, Serving], Awaitable[Response]]:
    async def read_all(request: Request, serving: Serving) -> Response:
        entries = (await wrap_future(serving.catalog))[kind]
        return cacheable(request, to_json(entries))

    return read_all


def _entry_of(kind: str) -> Callable[[str, Request, Serving], Awaitable[Response]]:
    async def read_one(entry_id: str, request: Request, serving: Serving) -> Response:
        whole = await wrap_future(serving.catalog)
        entries: dict[str, Any] = {entry["id"]: entry for entry in whole[kind]}
        queries.known_id(KINDS[kind], entry_id, entries)
        return cacheable(request, to_json(entries[entry_id]))

    return read_one


for kind in KINDS:
    router.get(f"/{kind}", name=f"read_{kind}", summary=f"All {kind}")(_list_of(kind))
    router.get(f"/{kind}/{{entry_id}}", name=f"read_one_of_{kind}", summary=f"One of the {kind}")(
        _entry_of(kind)
    )
