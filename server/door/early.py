"""Refusals before a request has become one of the application: bytes of whole answers.

When ten times as many come as can be served, nine tenths of the work is to say so.
"""

from collections.abc import Sequence

from server.admission import Admission, Client
from server.door.sending import AT_CAPACITY


class Early:
    """Whether a request is refused by its client alone, and with which bytes.

    Args:
        admission: who may come in.
        prefix: beginning of the addresses that it is asked for.
        headers: that every answer carries.
        besides: beginning of those among them that compute nothing, and always pass.
    """

    def __init__(
        self,
        admission: Admission,
        prefix: str,
        headers: Sequence[tuple[bytes, bytes]],
        besides: str | None = None,
    ):
        self._admission, self._prefix = admission, prefix.encode()
        self._besides = besides.encode() if besides else None
        fixed = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(AT_CAPACITY)).encode()),
            (b"cache-control", b"no-store"),
            *headers,
        ]
        self._head = b"".join(b"%b: %b\r\n" % one for one in fixed)

    def __call__(self, url: bytes, address: str, connection: int) -> tuple[bytes, bytes] | None:
        """Headers and body of a 503, or nothing: then it is the application's.

        Args:
            url: path and query.
            address: of the client.
            connection: its number.
        """
        if not url.startswith(self._prefix):
            return None
        if self._besides and url.startswith(self._besides):
            return None
        seconds = self._admission.crowded(Client(address, connection))
        if not seconds:
            return None
        return b"%bretry-after: %d\r\n" % (self._head, seconds), AT_CAPACITY
