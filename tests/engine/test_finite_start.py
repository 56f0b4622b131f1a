"""A formula that is not finite at the usual start begins where it is, by NumPy's own arithmetic."""

import numpy as np
import pytest

from server.engine.views import view
from surfaces.data import LinearRegression
from surfaces.formula import DOMAIN, Formula

USUAL = (-3.0, 2.25)


def disc(radius, x=0.0, y=0.0):
    return lambda a, b: radius**2 - (a - x) ** 2 - (b - y) ** 2


# Each formula, and a function that is positive where it is finite: how far inside, roughly.
ELSEWHERE = [
    ("log(x)", lambda x, y: x),
    ("sqrt(x-1)", lambda x, y: x - 1),
    ("log(x*y)", lambda x, y: x * y),
    ("asin(x)", lambda x, y: 1 - abs(x)),
    ("x^0.5", lambda x, y: x),
    ("x^y", lambda x, y: x),
    ("log(log(x))", lambda x, y: x - 1),
    ("sqrt(x^2-9)", lambda x, y: abs(x) - 3),
    ("log(3-x-y) + log(x)", lambda x, y: min(3 - x - y, x)),
    ("sqrt(sin(10*x))+sqrt(sin(10*y))", lambda x, y: min(np.sin(10 * x), np.sin(10 * y))),
    ("log(1-x^2-y^2)", disc(1)),
    # Parts that no grid of the whole domain would show.
    ("log(1e-4-x^2-y^2)", disc(1e-2)),
    ("sqrt(1e-3-(x-1.234)^2-(y+2.2)^2)", disc(1e-3**0.5, 1.234, -2.2)),
    ("sqrt(3.99-x)-sqrt(x-3.98)", lambda x, y: min(3.99 - x, x - 3.98)),
]


@pytest.mark.parametrize("text, inside", ELSEWHERE)
def test_a_start_lies_where_the_formula_is_finite(programs, text, inside):
    assert not inside(*USUAL) > 0
    x, y = view(programs, Formula(text)).start
    (x_min, x_max), (y_min, y_max) = DOMAIN
    assert x_min < x < x_max and y_min < y < y_max
    # Not at the edge: finite on all sides, a tenth of the depth there is.
    shares = np.linspace(0, 1, 401)
    deepest = max(inside(x_min + 8 * a, y) for a in shares)
    assert inside(x, y) > 0.05 * deepest
    assert view(programs, Formula(text)).start == (x, y)


@pytest.mark.parametrize(
    "text", ["x^2", "1/x", "log(-x)+log(y)", "sqrt(-x)", "where(x<0, y, log(x))"]
)
def test_a_formula_that_is_finite_at_the_usual_start_keeps_it(programs, text):
    assert view(programs, Formula(text)).start == USUAL


def test_a_start_is_not_where_nothing_slopes(programs):
    """where(x > 0, ..., not finite): flat up to x = 2, a bowl after it."""
    x, _ = view(programs, Formula("where(x > 2, x^2, log(x)*0)")).start
    assert x > 2


@pytest.mark.parametrize(
    "text", ["log(-1-x^2)", "1/0", "sqrt(x)*sqrt(-x)", "log(x-10)", "acos(5+x^2)"]
)
def test_where_nothing_is_finite_there_is_no_start(programs, text):
    assert view(programs, Formula(text)).start is None


def test_a_domain_of_ones_own_is_searched(programs):
    x, y = view(programs, Formula("log(x-10)", ((-20.0, 20.0), (-1.0, 1.0)))).start
    assert 10 < x < 20 and -1 < y < 1


def test_rates_and_strides_fit_the_part_that_is_finite(programs):
    """In a disc a hundredth as wide, a stride is at most a hundredth of that disc."""
    wide, small = (view(programs, Formula(f"sqrt({r}^2-x^2-y^2)")) for r in (2, 0.02))
    assert small.stride < 0.01 * 0.04 * 1.2
    assert small.learning_rate < wide.learning_rate / 10


def test_points_begin_as_before(programs):
    seen = view(programs, LinearRegression())
    assert seen.start == LinearRegression.start
