"""What is wrong with a formula, where, and what would be accepted."""

MOST_CHARACTERS = 500
MOST_NODES = 200
MOST_DEPTH = 60
MOST_EXPONENT = 64
SHOWN = 60
"""Characters of a formula that a message quotes."""


class FormulaError(ValueError):
    """A formula that cannot be used.

    Attributes:
        kind: a stable word for programs.
        message: what was wrong and what would be accepted.
        position: index of the character of the text as typed where it is, from 0.
        length: how many characters it covers, at least 1.
        values: what the message names, for translations.
    """

    def __init__(
        self, kind: str, message: str, position: int, length: int = 1, **values: str | int
    ):
        super().__init__(message)
        self.kind, self.message = kind, message
        self.position, self.length = position, max(1, length)
        self.values = values


def two_readings(first: str, second: str, position: int, length: int) -> FormulaError:
    """What is written has two meanings, and neither is guessed."""
    first, second = quoted(first), quoted(second)
    return FormulaError(
        "two_readings", f"this can be read in two ways; write {first} or {second}",
        position, length, first=first, second=second,
    )  # fmt: skip


def quoted(text: str) -> str:
    """A piece of a formula, cut to what a message can hold."""
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
