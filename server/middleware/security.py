"""Headers that every answer carries: what a page may load, who may show it, what may be guessed."""

from collections.abc import Sequence

from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Plotly writes style attributes, hence 'unsafe-inline' for styles and for nothing else.
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
)
UNUSED = (
    "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer",
    "microphone", "midi", "payment", "usb",
)  # fmt: skip
"""What a browser could give to a page, and this one never asks for."""
OWN = ("'self'", "'none'")
"""Ancestors that are no other site."""
YEAR = 31_536_000
"""Seconds."""

Header = tuple[bytes, bytes]


def security_headers(frame_ancestors: Sequence[str], shared: bool) -> list[Header]:
    """What every answer carries, over TLS or not; see ``SecurityHeaders``."""
    framed = any(one not in OWN for one in frame_ancestors)
    ancestors = f"frame-ancestors {' '.join(frame_ancestors)}"
    headers = {
        "Content-Security-Policy": f"{CONTENT_SECURITY_POLICY}; {ancestors}",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": ", ".join(f"{one}=()" for one in UNUSED),
        # A page that an LMS opens in a window of its own may tell it that it was closed.
        "Cross-Origin-Opener-Policy": "unsafe-none" if framed else "same-origin",
        # A page that is isolated shows in its frames only what lets others embed it.
        "Cross-Origin-Resource-Policy": "cross-origin" if framed or shared else "same-origin",
    }
    if framed:
        headers["Cross-Origin-Embedder-Policy"] = "require-corp"
    return [(name.lower().encode(), text.encode()) for name, text in headers.items()]


class SecurityHeaders:
    """Adds them to whatever is answered, refusals and defects among it.

    Args:
        app: what answers.
        frame_ancestors: who may show the page in a frame, as a content security policy says it.
        shared: whether pages of other origins may read what is answered.
    """

    def __init__(
        self, app: ASGIApp, *, frame_ancestors: Sequence[str] = ("'self'",), shared: bool = False
    ):
        self.app = app
        self._headers = security_headers(frame_ancestors, shared)
        secured = (b"strict-transport-security", f"max-age={YEAR}".encode())
        self._secured: list[Header] = [*self._headers, secured]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        # Over plain HTTP it would say nothing (RFC 6797, section 7.2).
        added = self._secured if scope["scheme"] == "https" else self._headers

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), *added]}
            await send(message)

        await self.app(scope, receive, send_with_headers)
