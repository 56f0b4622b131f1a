"""What a request asks, read from its head alone: what its answer depends on, besides its body."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from urllib.parse import parse_qsl, urlencode

from starlette.types import Scope

from server.api import bounds
from server.api.errors import RefusedError

JSON_BY_DEFAULT = frozenset({b"", b"*/*", b"application/json"})
"""Values of Accept that mean JSON at every route; others are kept apart as they are."""
READING = ("GET", "HEAD")
REQUEST = "request"
"""The query parameter that holds the JSON that POST would take."""
VERSION = "version"
"""The query parameter of GET that says which answers are meant, by the name of all of them."""


class TooLongError(Exception):
    """The query is longer than may be."""


@dataclass(frozen=True)
class Question:
    """One request as far as its answer depends on it.

    Attributes:
        method: with which a route is asked; HEAD and GET are one.
        path: of the route.
        parameters: of the query, each name's values in their order, names sorted.
        accept: which media types are wanted.
        body: what POST takes; ``None`` where it is still to be read.
        version: which answers are meant, where the address says it; the answer is the same.
    """

    method: str
    path: str
    parameters: tuple[tuple[str, str], ...]
    accept: bytes
    body: bytes | None
    version: str | None = None

    def with_body(self, body: bytes) -> "Question":
        """The same, its body read."""
        return replace(self, body=body)

    def key(self, salt: bytes) -> bytes:
        """Thirty-two characters that another question has not; the body must be there."""
        assert self.body is not None
        parts = (self.method.encode(), self.path.encode(), repr(self.parameters).encode())
        known = blake2b(digest_size=16, key=salt)
        for part in (*parts, self.accept, self.body):
            known.update(len(part).to_bytes(8, "little"))
            known.update(part)
        return known.hexdigest().encode()

    def scope(self, original: Scope) -> Scope:
        """The request as a route reads it."""
        headers = original["headers"]
        if self.method == "POST" and original["method"] in READING:
            own = (b"content-type", b"content-length")
            headers = [one for one in headers if one[0] not in own]
            headers.append((b"content-type", b"application/json"))
        return {
            **original,
            "method": self.method,
            "query_string": urlencode(self.parameters).encode("ascii"),
            "headers": headers,
        }


def header(scope: Scope, name: bytes) -> bytes:
    """All values of a header, with commas; empty where there is none."""
    return b",".join(value for key, value in scope["headers"] if key == name)


def question(scope: Scope, posts: Mapping[str, bool]) -> Question:
    """Read the head of a GET, HEAD or POST.

    Args:
        scope: of the request.
        posts: paths that take POST: a GET of one with ``request`` is a POST of that. Whether the
            path has another GET of its own.

    Raises:
        TooLongError: the query is longer than ``bounds.QUERY_BYTES``.
        RefusedError: it has more parameters than ``bounds.QUERY_PARAMETERS``, or ``request`` twice,
            or not at all where there is no other way to ask.
    """
    raw: bytes = scope["query_string"]
    if len(raw) > bounds.QUERY_BYTES:
        raise TooLongError
    if raw.count(b"&") >= bounds.QUERY_PARAMETERS:
        message = f"accepted: at most {bounds.QUERY_PARAMETERS} parameters"
        raise _refused((), message, "too_many_parameters")
    given = parse_qsl(raw.decode("latin-1"), keep_blank_values=True)
    accept = header(scope, b"accept").strip()
    known = b"" if accept in JSON_BY_DEFAULT else accept
    path, reads = str(scope["path"]), scope["method"] in READING
    meant = {value for name, value in given if name == VERSION} if reads else set[str]()
    version = ",".join(sorted(meant)) if meant else None
    if meant:
        given = [one for one in given if one[0] != VERSION]
    bodies = [value for name, value in given if name == REQUEST] if reads and path in posts else []
    if len(bodies) > 1:
        raise _refused((REQUEST,), "given more than once; give it once", "repeated")
    if reads and posts.get(path) is False and not bodies:
        raise _refused((REQUEST,), "field required: what POST takes, as JSON", "missing")
    # Sorting keeps the order among values of one name.
    ordered = sorted(given, key=lambda one: one[0])
    if bodies:
        rest = tuple(one for one in ordered if one[0] != REQUEST)
        return Question("POST", path, rest, known, bodies[0].encode(), version)
    method, body = ("GET", b"") if reads else ("POST", None)
    return Question(method, path, tuple(ordered), known, body, version)


def _refused(place: tuple[str, ...], message: str, kind: str) -> RefusedError:
    return RefusedError({"loc": ("query", *place), "msg": message, "type": kind})
