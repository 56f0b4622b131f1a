"""One static file, with every form in which it may be sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final

from server.assets.codings import IDENTITY, Coding, wanted

FOREVER: Final = "public, max-age=31536000, immutable"
"""How long a file whose address has its content's hash in it may be kept."""
ASK: Final = "no-cache"
"""Kept, and asked after each time."""

TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".speculation": "application/speculationrules+json",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}


@dataclass(frozen=True)
class Form:
    """Content in one coding.

    Attributes:
        body: the bytes sent, one object for all who read them.
        etag: a strong one, of these bytes.
    """

    body: bytes
    etag: str


def formed(body: bytes) -> Form:
    """A form with its ETag."""
    return Form(body, f'"{blake2b(body, digest_size=12).hexdigest()}"')


@dataclass(frozen=True)
class Asset:
    """A file as it is answered.

    Attributes:
        media_type: its Content-Type.
        caching: its Cache-Control.
        forms: by coding, the smallest first; always one of ``identity``.
        status: what it is answered with: 404 for a page that says that there is no such.
        headers: more of them, by name.
    """

    media_type: str
    caching: str
    forms: Mapping[Coding, Form]
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict[str, str])

    def form(self, accepted: str | None) -> tuple[Coding, Form] | None:
        """What a client is sent that accepts these codings; None where it accepts none of them."""
        coding = wanted(accepted, self.forms)
        return None if coding is None else (coding, self.forms[coding])


def asset(suffix: str, caching: str, bodies: Mapping[Coding, bytes]) -> Asset:
    """A file of a kind, from its bodies by coding."""
    order = sorted(bodies, key=lambda coding: len(bodies[coding]))
    forms: dict[Coding, Form] = {coding: formed(bodies[coding]) for coding in order}
    assert IDENTITY in forms
    return Asset(TYPES[suffix], caching, forms)
