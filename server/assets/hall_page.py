"""The page that phones open, at ``/h/<hall>``: one file for all halls, one level down."""

from asyncio import to_thread
from collections.abc import Callable
from typing import Final

from server.assets.asset import ASK, Asset, asset
from server.assets.codings import IDENTITY, Coding, compressed
from server.assets.scene_pages import one_level_down

PREFIX: Final = "/h"
PAGE: Final = "hall.html"


class HallPage:
    """The page, whatever the hall is called: its script asks whether there is one.

    Args:
        html: the page as it is served beside its files.
    """

    def __init__(self, html: Callable[[], bytes]):
        self._html = html
        self._known: tuple[bytes, Asset] | None = None

    async def __call__(self, address: str) -> Asset | None:
        """The page of a hall; None below it, and of no hall."""
        name = address.removeprefix("/")
        return await to_thread(self._made) if name and "/" not in name else None

    def _made(self) -> Asset:
        html = self._html()
        if self._known is None or self._known[0] != html:
            body = one_level_down(html.decode()).encode()
            bodies: dict[Coding, bytes] = {IDENTITY: body, **compressed(body, quickly=True)}
            self._known = html, asset(".html", ASK, bodies)
        return self._known[1]
