"""What a connection is told before its request reaches the application: bytes of whole answers.

They have the shape of every other refusal, ``{"detail": [{"loc", "msg", "type"}]}``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

from server.encoding import to_json

URL_BYTES = 16 * 1024
HEADER_BYTES = 32 * 1024
"""Of a request's line and headers together."""
HEADERS = 100
PIPELINED = 32
"""Requests that a client may have sent ahead of an answer on one connection."""


@dataclass(frozen=True)
class Refusal:
    """An answer that ends its connection.

    Attributes:
        status: of HTTP.
        where: what was wrong, for ``loc``.
        message: what was wrong with it, and what would be accepted.
        reason: under which it is counted.
        retry_after: seconds; ``None`` where trying again changes nothing.
    """

    status: HTTPStatus
    where: tuple[str, ...]
    message: str
    reason: str
    retry_after: int | None = None

    def encoded(self, headers: Iterable[tuple[bytes, bytes]] = ()) -> bytes:
        """The whole answer, with headers such as the date."""
        kind = f"http_{self.status.value}"
        content = to_json({"detail": [{"loc": self.where, "msg": self.message, "type": kind}]})
        own = {
            "content-type": "application/json",
            "content-length": len(content),
            "cache-control": "no-store",
            "x-content-type-options": "nosniff",
            "connection": "close",
        }
        if self.retry_after is not None:
            own["retry-after"] = self.retry_after
        lines = [f"HTTP/1.1 {self.status.value} {self.status.phrase}".encode()]
        lines += [name + b": " + value for name, value in headers]
        lines += [f"{name}: {value}".encode() for name, value in own.items()]
        return b"\r\n".join([*lines, b"", content])


MALFORMED = Refusal(
    HTTPStatus.BAD_REQUEST, (), "this is no request of HTTP/1.1 or HTTP/1.0", "malformed"
)
PIPELINE = Refusal(
    HTTPStatus.BAD_REQUEST,
    (),
    f"at most {PIPELINED} requests may be sent ahead of their answers on one connection",
    "pipeline",
)
URL = Refusal(
    HTTPStatus.REQUEST_URI_TOO_LONG,
    ("url",),
    f"the address is longer than {URL_BYTES} bytes; send the request as the body of a POST",
    "header_size",
)
HEADER_SIZE = Refusal(
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    ("header",),
    f"a request's headers may take {HEADER_BYTES} bytes and be {HEADERS} in number",
    "header_size",
)
HEADER_TIME = Refusal(
    HTTPStatus.REQUEST_TIMEOUT, ("header",), "the headers took too long to arrive", "header"
)
BODY_TIME = Refusal(
    HTTPStatus.REQUEST_TIMEOUT, ("body",), "the body took too long to arrive", "body"
)
FULL = Refusal(
    HTTPStatus.SERVICE_UNAVAILABLE,
    (),
    "as many connections are open as may be; try again shortly",
    "full",
    retry_after=2,
)
ENDING = Refusal(
    HTTPStatus.SERVICE_UNAVAILABLE,
    (),
    "the server is ending; try again shortly",
    "ending",
    retry_after=2,
)
