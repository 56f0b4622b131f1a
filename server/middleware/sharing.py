"""Pages of other origins read answers only where a setting names them."""

from collections.abc import Callable, Sequence

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp

METHODS = ("GET", "HEAD", "POST")
ASKED = ("Content-Type", "If-None-Match", "X-Request-ID")
"""Headers that a page may send, besides those that any page may."""
SHOWN = ("ETag", "Retry-After", "X-Request-ID", "Allow", "Content-Disposition")
"""Headers that a page may read, besides those that any page may."""
DAY = 86_400
"""Seconds that a browser may remember what it was told before it asked."""


class Sharing(CORSMiddleware):
    """CORS for the origins named, without cookies or passwords, which nothing here has.

    Args:
        app: what answers.
        origins: those named, ``*`` for any.
        refuse: how a question of another is refused, by a status and a message.
    """

    def __init__(
        self, app: ASGIApp, *, origins: Sequence[str], refuse: Callable[[int, str], Response]
    ):
        super().__init__(
            app,
            allow_origins=origins,
            allow_methods=METHODS,
            allow_headers=ASKED,
            expose_headers=SHOWN,
            max_age=DAY,
        )
        self._refuse = refuse

    def preflight_response(self, request_headers: Headers) -> Response:
        """What a browser asks before it asks; a refusal in the usual shape."""
        answer = super().preflight_response(request_headers)
        if answer.status_code == 200:
            return answer
        refused = self._refuse(answer.status_code, bytes(answer.body).decode())
        kept = (name for name in answer.headers if name not in refused.headers)
        for name in kept:
            refused.headers[name] = answer.headers[name]
        return refused
