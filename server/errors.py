"""What a user did wrong: the field, what was wrong with it, and what would be accepted."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

CLIENT_LEFT = 499
"""The status of what nobody waits for, as nginx logs it."""


class InputError(ValueError):
    """One field that cannot be used.

    Attributes:
        field: path to the field, such as ``("starts", 0)``.
        message: what was wrong and what would be accepted.
        kind: a stable name of the kind of error, for programs.
        place: where in the field, by name: ``position`` and ``length`` in a formula, ``row``
            and ``column`` in a table; ``values`` are what the message names, for translations;
            ``readings`` are what it may mean, ``columns`` those that were found.
    """

    def __init__(
        self,
        field: tuple[str | int, ...],
        message: str,
        kind: str = "value_error",
        place: Mapping[str, object] | None = None,
    ):
        super().__init__(message)
        self.field = field
        self.message = message
        self.kind = kind
        self.place = place or {}

    def __reduce__(self) -> tuple[type["InputError"], tuple[object, ...]]:
        # Of itself an exception goes to another process with its message alone.
        return InputError, (self.field, self.message, self.kind, self.place)

    def within(self, *outer: str | int) -> "InputError":
        """The same error, seen from outside."""
        return InputError((*outer, *self.field), self.message, self.kind, self.place)


LONGEST = 64
"""Characters of a name that may be a misspelt one."""


def nearest(name: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The known ids that a misspelt one may mean, best first; empty when none is near.

    What is much longer than any of them is near to none: to compare takes the product of lengths.
    """
    if len(name) > LONGEST:
        return []
    return get_close_matches(name.lower(), list(known), n=most, cutoff=0.5)


def unknown_id_message(what: str, name: str, known: Iterable[str], *, few: bool = False) -> str:
    """Say that an id is unknown and which ones are near, or which there are.

    Args:
        what: it would be the id of.
        name: the id.
        known: those that there are.
        few: whether all are told beside the nearest, as what is accepted.
    """
    known = list(known)
    near = nearest(name, known)
    shown = name.encode("ascii", "backslashreplace").decode()[:60]
    said = [f"unknown {what} '{shown}'"]
    if near:
        said.append(f"nearest: {', '.join(near)}")
    if few or not near:
        said.append(f"{'accepted' if few else 'known'}: {', '.join(known)}")
    return "; ".join(said)


class CancelledError(RuntimeError):
    """Long work was stopped, because nobody waits for it any more."""


class DeadlineError(RuntimeError):
    """Work took longer than it may."""


class EndingError(RuntimeError):
    """Long work was stopped, because the server ends; the next one takes it up from the start."""
