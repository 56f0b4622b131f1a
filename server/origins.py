"""Names of other sites in settings: hosts, origins, and who may show the page in a frame."""

import re
from collections.abc import Callable
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator
from pydantic_settings import NoDecode

_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME = rf"{_LABEL}(?:\.{_LABEL})*\.?"
_BRACKETED = r"\[[0-9a-f:.]+\]"
HOST = re.compile(rf"(?:\*\.)?{_NAME}|{_BRACKETED}")
ORIGIN = re.compile(rf"https?://(?:{_NAME}|{_BRACKETED})(?::[0-9]{{1,5}})?")
SITE = re.compile(rf"(?:https?://)?(?:(?:\*\.)?{_NAME}|{_BRACKETED})(?::(?:[0-9]{{1,5}}|\*))?")
"""A source expression of a content security policy (CSP 3, section 2.3.1) without a path."""
KEYWORDS = ("self", "none")


def _parted(given: object) -> object:
    """Parts between commas or blanks; an environment variable is one text."""
    return tuple(re.split(r"[\s,]+", given.strip(" ,\t\n"))) if isinstance(given, str) else given


def _each(
    accepts: Callable[[str], str | None], accepted: str
) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    def check(parts: tuple[str, ...]) -> tuple[str, ...]:
        found = [accepts(part) for part in parts if part]
        kept = tuple(one for one in found if one is not None)
        if len(kept) < len(found):
            raise ValueError(f"accepted, parted by commas: {accepted}")
        return kept

    return check


def _host(part: str) -> str | None:
    plain = part.lower()
    return plain if plain == "*" or HOST.fullmatch(plain) else None


def _origin(part: str) -> str | None:
    plain = part.lower().rstrip("/")
    return plain if plain == "*" or ORIGIN.fullmatch(plain) else None


def _ancestor(part: str) -> str | None:
    plain = part.lower().rstrip("/")
    if plain == "https:":
        return plain
    if (word := plain.strip("'")) in KEYWORDS:
        return f"'{word}'"
    return plain if SITE.fullmatch(plain) else None


def _alone(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse 'none' beside others, where it would mean nothing; nothing said is 'self'."""
    if "'none'" in parts and len(parts) > 1:
        raise ValueError("none stands alone")
    return parts or ("'self'",)


_Parts = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_parted)]

Hosts = Annotated[
    _Parts,
    AfterValidator(_each(_host, "names of hosts without a port, *.example.org for all below one")),
]
Origins = Annotated[
    _Parts,
    AfterValidator(_each(_origin, "origins such as https://example.org, or * for any")),
]
Ancestors = Annotated[
    _Parts,
    AfterValidator(
        _each(_ancestor, "self, none, https:, or sites such as https://lms.example.org")
    ),
    AfterValidator(_alone),
]
