"""Where a product may be written without its sign, and where that would have two meanings.

Readers and calculators disagree about 1/2x, 2^3x, e^2x, √2x and √x²: such a text is refused with
both its readings, and neither is chosen for the reader.
"""

from typing import NamedTuple

from surfaces.formulas.mistakes import FormulaError, two_readings
from surfaces.formulas.tokens import Token

FACTORS = ("(", "√", "∛", "|")
"""Signs that a value may begin with, so that before them a product may be meant."""
QUOTED = 24
"""Characters of a part that a reading quotes."""


class Readings(NamedTuple):
    """What was just written without brackets, so that what follows may belong to its last part.

    Attributes:
        at: index of the token after it.
        first: how it reads if what follows belongs to the whole, which stands as ``{}``.
        second: how it reads if that belongs to the last part.
    """

    at: int
    first: str
    second: str

    def refused(self, token: Token, factor: str) -> FormulaError:
        """Both readings, with what follows."""
        factor = factor if len(factor) <= QUOTED else f"{factor[: QUOTED - 1]}…"
        first, second = (one.replace("{}", factor) for one in self[1:])
        return two_readings(first, second, token.position, token.end - token.position)


NONE = Readings(-1, "", "")


class Products:
    """What was read last, as far as it decides whether a product or a power is meant."""

    def __init__(self) -> None:
        self._product = self._power = NONE
        self._barred = -1

    def opened(self, at: int, before: str, part: str) -> None:
        """An exponent, a divisor or a root's value ends here, written without brackets.

        Args:
            at: index of the next token.
            before: what it is an exponent, divisor or value of, with the sign between.
            part: itself.
        """
        before = _tail(before)
        self._product = Readings(at, f"{before}{part}*{{}}", f"{before}({part}*{{}})")

    def numbered(self, at: int, number: str) -> None:
        """A number ends here: 2e-3x might be 2*e - 3*x."""
        place = max(number.lower().find(sign) for sign in ("e+", "e-"))
        if place > 0:
            second = f"{number[:place]}*e {number[place + 1]} {number[place + 2 :]}*{{}}"
            self._product = Readings(at, f"{number}*{{}}", second)

    def rooted(self, at: int, sign: str, value: str) -> None:
        """A root ends here: √x² might be (√x)² or √(x²)."""
        value = _tail(value)
        self._power = Readings(at, f"({sign}{value})^{{}}", f"{sign}({value}^{{}})")

    def lifted(self, at: int, base: str, exponent: str) -> None:
        """A raised exponent ends here: x²^3 might be (x²)³ or x^(2³)."""
        base = _tail(base)
        self._power = Readings(at, f"({base}^{exponent})^{{}}", f"{base}^({exponent}^{{}})")

    def barred(self, at: int) -> None:
        """A bar closes here: what follows may be outside of it or inside of the next one."""
        self._barred = at

    def begins(self, at: int, token: Token, before: Token) -> Readings | None:
        """A value follows a value; the readings, where it might belong to a part of the last.

        Raises:
            FormulaError: no product is meant here.
        """
        bar = token.text == "|" and before.kind not in ("number", "fraction")
        if token.kind in ("number", "fraction") or token.apart or bar or self._barred == at:
            raise FormulaError(
                "product", "an operation is missing here; a product is written *",
                token.position, token.end - token.position,
            )  # fmt: skip
        return self._product if self._product.at == at else None

    def raises(self, at: int, token: Token, exponent: str) -> None:
        """A power follows.

        Raises:
            FormulaError: its base is not certain.
        """
        if self._power.at == at:
            raise self._power.refused(token, exponent)


def _tail(piece: str) -> str:
    return piece if len(piece) <= QUOTED else f"…{piece[1 - QUOTED :]}"
