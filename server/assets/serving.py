"""Answers static files from memory: no thread, no disk, no copy for each reader."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from server.assets.asset import Asset, Form
from server.assets.codings import IDENTITY

METHODS: Final = ("GET", "HEAD")
PIECE: Final = 65_536
"""Bytes handed over at once: a reader that stops holds no more, and no copy of them."""


Others = Callable[[str], Awaitable[Asset | None]]


class Assets:
    """An ASGI application over files by their address, and others that are looked for."""

    def __init__(self, assets: Mapping[str, Asset], others: Others | None = None):
        self._assets = assets
        self._others = others

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        asset = self._assets.get(path)
        if asset is None and self._others is not None:
            asset = await self._others(path)
        if asset is None:
            raise HTTPException(404, "there is nothing at this address")
        if scope["method"] not in METHODS:
            raise HTTPException(
                405, f"accepted methods: {', '.join(METHODS)}", {"Allow": ", ".join(METHODS)}
            )
        asked = Headers(scope=scope)
        accepted = asked.getlist("accept-encoding")
        chosen = asset.form(",".join(accepted) if accepted else None)
        if chosen is None:
            raise HTTPException(406, f"accepted codings: {', '.join(asset.forms)}")
        coding, form = chosen
        if asset.status == 200 and _is_known(form, asked):
            await _send(send, 304, _headers(asset, form), b"")
            return
        headers = _headers(asset, form) | {
            "content-type": asset.media_type,
            "content-length": str(len(form.body)),
        }
        if coding != IDENTITY:
            headers["content-encoding"] = coding
        await _send(send, asset.status, headers, form.body if scope["method"] == "GET" else b"")


def _headers(asset: Asset, form: Form) -> dict[str, str]:
    own = {"etag": form.etag, "cache-control": asset.caching, "vary": "Accept-Encoding"}
    return {**asset.headers, **own}


def _is_known(form: Form, asked: Headers) -> bool:
    """Whether the client says that it has these bytes (RFC 9110, section 13.1.2)."""
    tags = {tag.strip().removeprefix("W/") for tag in asked.get("if-none-match", "").split(",")}
    return form.etag in tags or "*" in tags


async def _send(send: Send, status: int, headers: Mapping[str, str], body: bytes) -> None:
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    whole = memoryview(body)
    for begin in range(0, len(body), PIECE):
        piece = whole[begin : begin + PIECE]
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
