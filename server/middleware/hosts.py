"""Answers under the names it was told, so that no other name can be made to point at it."""

import re
from collections.abc import Callable, Sequence

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

ANY_NAME = ("/healthz", "/readyz", "/metrics")
"""Asked by address, by what runs a container; they say nothing about who reads them."""

NAME = re.compile(r"(\[[0-9a-f:.]+\]|[^\s:/@\[\]]+?)\.?(?::[0-9]*)?")
"""What a ``Host`` names; its port and the dot that ends a full name left out."""

Refuse = Callable[[int, str], Response]
"""An answer in the one shape of refusals, of a status and a message."""


class Hosts:
    """Refuses a request whose ``Host`` is none of ours; the port is not looked at.

    Args:
        app: what answers.
        allowed: names in small letters, ``*.example.org`` for all below one; any if there are none
            or ``*`` is among them.
        refuse: how it is refused.
    """

    def __init__(self, app: ASGIApp, *, allowed: Sequence[str], refuse: Refuse):
        self.app = app
        self._any = not allowed or "*" in allowed
        self._names = {one.rstrip(".") for one in allowed if not one.startswith("*")}
        self._below = tuple(one[1:].rstrip(".") for one in allowed if one.startswith("*."))
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self._any or scope["path"] in ANY_NAME:
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).getlist("host")
        if len(given) == 1 and self._is_ours(given[0]):
            await self.app(scope, receive, send)
            return
        await self._refuse(400, "this server has other names; see STEEPEST_ALLOWED_HOSTS")(
            scope, receive, send
        )

    def _is_ours(self, header: str) -> bool:
        found = NAME.fullmatch(header.lower())
        return found is not None and (found[1] in self._names or found[1].endswith(self._below))
