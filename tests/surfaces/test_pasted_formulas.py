"""Formulas as they are pasted: value and gradient are PyTorch's for the same function."""

import math
import re
import unicodedata

import numpy as np
import pytest

from server.engine.evaluation import loss_and_gradient
from surfaces.formula import Formula
from surfaces.formulas.parsing import parse
from surfaces.formulas.tokens import FRACTIONS, SPELLINGS, halves

torch = pytest.importorskip("torch")
sin, cos, exp, log, sqrt = torch.sin, torch.cos, torch.exp, torch.log, torch.sqrt
PI, E = np.pi, np.e


def cube_root(a):
    return torch.sign(a) * torch.abs(a) ** (1 / 3)


# Each text, and the function that its author meant.
PASTED = [
    ("2x", lambda x, y: 2 * x),
    ("-2x²", lambda x, y: -2 * (x * x)),
    ("−x² − y²", lambda x, y: -(x**2) - y**2),
    ("x – y — 1", lambda x, y: x - y - 1),
    ("5(x+1)", lambda x, y: 5 * (x + 1)),
    ("(x+1)(y-1)", lambda x, y: (x + 1) * (y - 1)),
    ("(x+1)²(y−1)³", lambda x, y: (x + 1) ** 2 * (y - 1) ** 3),
    ("x(y+1)", lambda x, y: x * (y + 1)),
    ("x y", lambda x, y: x * y),
    ("2 x sin(y)", lambda x, y: 2 * x * sin(y)),
    ("2sin(x)cos(y)", lambda x, y: 2 * sin(x) * cos(y)),
    ("3x²y + 2x e^y", lambda x, y: 3 * x**2 * y + 2 * x * exp(y)),
    ("x/2*y", lambda x, y: x / 2 * y),
    ("2x/3", lambda x, y: 2 * x / 3),
    ("(1/2)x", lambda x, y: x / 2),
    ("2^(3x)", lambda x, y: 2 ** (3 * x)),
    ("2^(3)x", lambda x, y: 8 * x),
    ("e^(-x²)y", lambda x, y: exp(-(x**2)) * y),
    ("2^x²", lambda x, y: 2 ** (x**2)),
    ("x·y × 2 ⋅ x ∗ y", lambda x, y: 2 * x**2 * y**2),
    ("x ÷ (1 + y²)", lambda x, y: x / (1 + y**2)),
    ("x¹² + y⁰ + x⁻²", lambda x, y: x**12 + 1 + x**-2),
    ("2e3x + 2e + 2e^x", lambda x, y: 2000 * x + 2 * E + 2 * exp(x)),
    ("2πx + π²y", lambda x, y: 2 * PI * x + PI**2 * y),
    ("√2·√(x²+y²)", lambda x, y: sqrt(2 * (x**2 + y**2))),
    ("3√(x² + 1) √(y² + 1)", lambda x, y: 3 * sqrt(x**2 + 1) * sqrt(y**2 + 1)),
    ("√√(x²)", lambda x, y: (x**2) ** 0.25),
    ("∛x + cbrt(y)", lambda x, y: cube_root(x) + cube_root(y)),
    ("|x| + 2|y − 1|²", lambda x, y: torch.abs(x) + 2 * (y - 1) ** 2),
    ("|x|·|y| − |x+|y||", lambda x, y: abs(x) * abs(y) - abs(x + abs(y))),
    ("½(x² + ¾y²)", lambda x, y: (x**2 + 0.75 * y**2) / 2),
    ("pow(x,2) + Pow(y, 3)", lambda x, y: x**2 + y**3),
    ("x**2 + y ** 2", lambda x, y: x**2 + y**2),
    ("X^2 + Y^2", lambda x, y: x**2 + y**2),
    ("Sin(X) + EXP(y) + PI*x", lambda x, y: sin(x) + exp(y) + PI * x),
    ("sin²(x) + cos^2(y)", lambda x, y: sin(x) ** 2 + cos(y) ** 2),
    ("tg(x) + arctg(y) + sh(x)", lambda x, y: torch.tan(x) + torch.atan(y) + torch.sinh(x)),
    ("log₂(x² + 1)", lambda x, y: torch.log2(x**2 + 1)),
    ("f(x,y)=x² + y", lambda x, y: x**2 + y),
    ("f(x, y) = z = x − y", lambda x, y: x - y),
    ("z := x*y", lambda x, y: x * y),
    ("J(w, b) = w² + 3(b − 1)²", lambda x, y: x**2 + 3 * (y - 1) ** 2),
    ("f(x₁, x₂) = x₁²x₂", lambda x, y: x**2 * y),
    ("100(x₂ − x₁²)² + (1 − x₁)²", lambda x, y: 100 * (y - x**2) ** 2 + (1 - x) ** 2),
    ("(x1 + 2 x2 − 7)²", lambda x, y: (x + 2 * y - 7) ** 2),
    ("𝑥² + 3𝑦", lambda x, y: x**2 + 3 * y),
    ("х² + 3у + е^х", lambda x, y: x**2 + 3 * y + exp(x)),
    ("\ufeff x\u00a0+\u2009y\u200b\n+\u30001", lambda x, y: x + y + 1),
    ("x\u2062y + sin\u2061(x)", lambda x, y: x * y + sin(x)),
    ("0*y + (x ≤ 0)·x + (x ≥ 1) + (y ≠ y)",
     lambda x, y: torch.where(x <= 0, x, 0 * x) + torch.where(x >= 1, 1.0, 0.0)),
    ("x² > 1 ∧ ¬(y < 0)", lambda x, y: 1.0 * ((x**2 > 1) & (y >= 0)) + 0 * x),
]  # fmt: skip
POINTS = np.random.default_rng(11).uniform(-2, 2, (40, 2))


@pytest.mark.parametrize("text, meant", PASTED)
def test_a_pasted_formula_is_what_its_author_meant(programs, text, meant):
    loss, gradient = loss_and_gradient(programs, Formula(text).ready(), POINTS, "float64")
    x, y = (torch.tensor(column, requires_grad=True) for column in POINTS.T)
    expected = meant(x, y) + 0 * x + 0 * y
    expected.sum().backward()
    assert loss == pytest.approx(expected.detach().numpy(), rel=1e-13, abs=1e-13)
    assert gradient[:, 0] == pytest.approx(x.grad.numpy(), rel=1e-12, abs=1e-12)
    assert gradient[:, 1] == pytest.approx(y.grad.numpy(), rel=1e-12, abs=1e-12)


def test_every_spelling_of_a_sign_is_that_sign():
    for sign, others in SPELLINGS.items():
        for other in others:
            for text in {"|": ("{}x{}",), "not": ("{}(x > y)",)}.get(sign, ("x {} y", "y{}2")):
                assert shape(text.replace("{}", f"{other}")) == shape(
                    text.replace("{}", f" {sign} ")
                ), (sign, other)


UNICODE = {
    "-": "MINUS|HYPHEN|DASH",
    "*": "MULTIPLICATION|DOT|ASTERISK|BULLET|HYPHENATION POINT|VECTOR OR CROSS|TIMES",
    "/": "DIVISION|SLASH",
    "<=": "LESS-THAN OR (SLANTED )?EQUAL TO",
    ">=": "GREATER-THAN OR (SLANTED )?EQUAL TO",
    "!=": "NOT EQUAL TO",
    "and": "LOGICAL AND",
    "or": "LOGICAL OR",
    "not": "NOT SIGN",
    "^": "CIRCUMFLEX",
    "|": "DIVIDES",
}
"""What Unicode calls the characters that are read as a sign."""


def test_every_spelling_is_called_so_by_unicode():
    assert UNICODE.keys() == SPELLINGS.keys()
    for sign, others in SPELLINGS.items():
        for other in others:
            assert re.search(UNICODE[sign], unicodedata.name(other)), (sign, other)


def test_every_blank_is_a_space():
    blanks = [one for one in map(chr, range(0x10000)) if unicodedata.category(one) == "Zs"]
    assert len(blanks) == 17
    for blank in blanks:
        assert shape(f"x{blank}+{blank}2{blank}y") == shape("x + 2*y"), hex(ord(blank))


@pytest.mark.parametrize("fraction", FRACTIONS)
def test_a_fraction_is_worth_what_unicode_says(fraction):
    above, below = halves(fraction)
    assert above / below == pytest.approx(unicodedata.numeric(fraction), rel=1e-15)
    assert math.gcd(above, below) == 1


def test_a_cube_root_of_a_negative_is_negative_with_its_slope(programs):
    x = np.array([-27.0, -8.0, -1.0, 1.0, 8.0, 1e-9])
    points = np.stack([x, x], axis=1)
    loss, gradient = loss_and_gradient(programs, Formula("cbrt(x)").ready(), points, "float64")
    assert loss == pytest.approx([-3, -2, -1, 1, 2, 1e-3], rel=1e-15)
    assert gradient[:, 0] == pytest.approx(1 / (3 * loss**2), rel=1e-14)
    assert (gradient[:, 1] == 0).all()


def shape(text):
    """A tree without places."""

    def plain(node):
        arguments = tuple(map(plain, getattr(node, "arguments", ())))
        return (
            getattr(node, "operation", None),
            getattr(node, "value", None),
            (getattr(node, "name", None)),
            arguments,
        )

    return plain(parse(text))
