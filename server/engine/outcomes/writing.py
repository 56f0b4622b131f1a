"""Numbers in sentences, as people read them, in English and Russian."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from surfaces.declaration import Text

APART = ("lowest", "highest")
"""Numbers that are written with as many digits as make them differ, if ``apart`` is given."""
INFINITE = "∞"
"""What a number is written as that left the finite range."""
SHOWN = 6
"""Digits beyond which two numbers are better told by their difference."""
DIGITS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Noun:
    """What is counted, ``{n}`` in its place, by the kinds of numbers that a language has.

    Attributes:
        en: of 1, and of others.
        ru: of 1, 21 …, of 2 to 4, 22 …, and of others.
        single: of 1 in Russian, where that is said without the number.
    """

    en: tuple[str, str]
    ru: tuple[str, str, str]
    single: str | None = None

    def of(self, n: int) -> Text:
        """So many of it."""
        last, teen = n % 10, n % 100 // 10 == 1
        few = 2 if teen or last in (0, 5, 6, 7, 8, 9) else int(last > 1)
        russian = self.single if n == 1 and self.single is not None else self.ru[few]
        return Text(self.en[n != 1].format(n=n), russian.format(n=n))


STEPS = Noun(("{n} step", "{n} steps"), ("{n} шаг", "{n} шага", "{n} шагов"))
TIMES = Noun(("{n} time", "{n} times"), ("{n} раз", "{n} раза", "{n} раз"))
LAST_STEPS = Noun(
    ("last step", "last {n} steps"),
    ("последний {n} шаг", "последние {n} шага", "последние {n} шагов"),
    "последний шаг",
)


def times(value: float) -> Text:
    """How many times as much: in Russian a fraction takes the genitive."""
    written = quantity(value)
    if not written.isdigit():
        fraction = "." in written and "×" not in written
        russian = written.replace(".", ",")
        return Text(f"{written} times", f"{russian} {'раза' if fraction else 'раз'}")
    return TIMES.of(int(written))


def digits_apart(one: float, other: float) -> int:
    """The fewest digits, three or more, that make two numbers look different; 17 if none do."""
    for digits in range(3, 17):
        if quantity(one, digits) != quantity(other, digits):
            return digits
    return 17


def quantity(value: float, digits: int = 3) -> str:
    """A number as people read it: three digits, a power of ten where it is far from 1."""
    if value == 0:
        return "0"
    if not isfinite(value):
        return INFINITE if value > 0 else f"−{INFINITE}"
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
        needed = digits_apart(*(self.given[other] for other in APART)) if apart else 3
        digits = needed if needed <= SHOWN else 3
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
