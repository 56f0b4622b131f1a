"""Numbers in sentences, as people read them, in English and Russian."""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from surfaces.declaration import Text

APART = ("lowest", "highest")
"""Numbers that are written with as many digits as make them differ, if ``apart`` is given."""
DIGITS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def digits_apart(one: float, other: float) -> int:
    """The fewest digits, three or more, that make two numbers look different if they are."""
    for digits in range(3, 17):
        if quantity(one, digits) != quantity(other, digits):
            return digits
    return 3


def quantity(value: float, digits: int = 3) -> str:
    """A number as people read it: three digits, a power of ten where it is far from 1."""
    if value == 0:
        return "0"
    if not isfinite(value):
        return "∞" if value > 0 else "−∞"
    text = f"{value:.{digits}g}"
    if "e" in text or not 1e-3 <= abs(value) < 1e5:
        mantissa, power = f"{value:.{digits - 2}e}".replace(".0e", "e").split("e")
        exponent = int(power)
        whole = exponent in (3, 4)
        text = f"{value:.{max(0, digits - 5)}f}" if whole else f"{mantissa}×10{_raised(exponent)}"
    return text.replace("-", "−")


def _raised(exponent: int) -> str:
    return str(exponent).translate(DIGITS)


class _Written(dict[str, str]):
    """Numbers and names in English; only those that a sentence has are written."""

    def __init__(self, values: Mapping[str, Any]):
        super().__init__()
        self.given = values

    def __missing__(self, name: str) -> str:
        value = self.given[name]
        if isinstance(value, Text):
            return value.en
        if isinstance(value, int):
            return str(value)
        apart = name in APART and "apart" in self.given
        digits = digits_apart(*(self.given[other] for other in APART)) if apart else 3
        written = self[name] = quantity(value, digits)
        return written


class _InRussian(dict[str, str]):
    """The same in Russian, from what is written already."""

    def __init__(self, english: _Written):
        super().__init__()
        self.english = english

    def __missing__(self, name: str) -> str:
        value = self.english.given[name]
        return value.ru if isinstance(value, Text) else self.english[name].replace(".", ",")


def filled_in(texts: Sequence[Text], values: Mapping[str, float | int | Text]) -> Text:
    """Sentences with their numbers in place."""
    english = _Written(values)
    return Text(
        "".join([text.en for text in texts]).format_map(english),
        "".join([text.ru for text in texts]).format_map(_InRussian(english)),
    )
