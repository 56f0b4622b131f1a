"""Typed formulas: value and gradient against Python's own arithmetic."""

import math
import random

import jax
import numpy as np
import pytest

from server.engine.evaluation import hessian_eigenvalues, loss_and_gradient
from surfaces.catalog import SURFACES
from surfaces.formula import Formula, Interpreted
from surfaces.formulas.mistakes import FormulaError
from surfaces.formulas.operations import FUNCTIONS, OPERATIONS
from surfaces.formulas.parsing import parse


def values(programs, text, points):
    points = np.array(points, np.float64)
    return loss_and_gradient(programs, Formula(text).ready(), points, "float64")


AT = (0.7, -0.4)
# Each formula, and the same function by Python's own arithmetic.
MEANINGS = [
    ("(1-x)^2 + 100*(y-x^2)^2", lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2),
    ("-x^2", lambda x, y: -(x**2)),
    ("2^3^2*x", lambda x, y: 512 * x),
    ("2^-x", lambda x, y: 2**-x),
    ("-2^2 + y*0", lambda x, y: -4.0),
    ("x - y - 1", lambda x, y: x - y - 1),
    ("x / y / 2", lambda x, y: x / y / 2),
    ("x**3", lambda x, y: x**3),
    ("+x - -y", lambda x, y: x + y),
    ("x^0 + 0*x", lambda x, y: 1.0),
    ("x^-3", lambda x, y: x**-3),
    ("x^0.5 + y*0", lambda x, y: math.sqrt(x)),
    ("x^13 + y^7", lambda x, y: x**13 + y**7),
    ("1e-3*x + .5*y + 2.", lambda x, y: 1e-3 * x + 0.5 * y + 2),
    ("x<y", lambda x, y: float(x < y)),
    ("x>y", lambda x, y: float(x > y)),
    ("-1 < y <= 0 and x >= 0", lambda x, y: 1.0),
    ("-1 < y < x < 0.5", lambda x, y: 0.0),
    ("not x > 0 or y != y", lambda x, y: 0.0),
    ("not x == 0.7", lambda x, y: 0.0),
    ("x + 1 < 2 + y*0", lambda x, y: 1.0),
    ("where(x>0, x^2, y)", lambda x, y: x**2),
    ("where(x<0, log(x), y)", lambda x, y: y),
    ("min(x,y,0)", lambda x, y: min(x, y, 0)),
    ("max(x,y,0.1,0.3)", lambda x, y: max(x, y, 0.1, 0.3)),
    ("abs(y)", lambda x, y: abs(y)),
    ("sqrt(x)+exp(y)+log(x)+ln(x)+log2(x)+log10(x)",
     lambda x, y: math.sqrt(x) + math.exp(y) + 2 * math.log(x) + math.log2(x) + math.log10(x)),
    ("sin(x)+cos(y)+tan(x)", lambda x, y: math.sin(x) + math.cos(y) + math.tan(x)),
    ("asin(x)+acos(y)+atan(x)+arcsin(x)", lambda x, y: 2 * math.asin(x) + math.acos(y)
     + math.atan(x)),
    ("atan2(y,x)+hypot(x,y)", lambda x, y: math.atan2(y, x) + math.hypot(x, y)),
    ("sinh(x)+cosh(y)+tanh(x)", lambda x, y: math.sinh(x) + math.cosh(y) + math.tanh(x)),
    ("sigmoid(x)+softplus(y)+relu(y)",
     lambda x, y: 1 / (1 + math.exp(-x)) + math.log1p(math.exp(y))),
    ("cbrt(y)+pow(x, 3)+pow(x, y)", lambda x, y: -((-y) ** (1 / 3)) + x**3 + x**y),
    ("tg(x)+arctg(y)+sh(x)+ch(y)+th(x)+sgn(y)+arctan2(y, x)+arccos(y)+log_2(x)+log_10(x)",
     lambda x, y: math.tan(x) + math.atan(y) + math.sinh(x) + math.cosh(y) + math.tanh(x) - 1
     + math.atan2(y, x) + math.acos(y) + math.log2(x) + math.log10(x)),
    ("erf(x)+sign(y)+floor(y)", lambda x, y: math.erf(x) - 2),
    ("clip(x, 0, 0.5) + clamp(y, -1, 1)", lambda x, y: min(max(x, 0), 0.5) + y),
    ("pi*x + e*y", lambda x, y: math.pi * x + math.e * y),
    ("((((x))))", lambda x, y: x),
    ("3", lambda x, y: 3.0),
    ("y", lambda x, y: y),
]  # fmt: skip


@pytest.mark.parametrize("text, python", MEANINGS)
def test_value_and_gradient(programs, text, python):
    loss, gradient = values(programs, text, [AT])
    assert loss[0] == pytest.approx(python(*AT), rel=1e-13)
    for axis in (0, 1):
        step = np.zeros(2)
        step[axis] = 1e-6
        rise = (python(*(AT + step)) - python(*(AT - step))) / 2e-6
        assert gradient[0, axis] == pytest.approx(rise, rel=1e-6, abs=1e-8)


def test_every_operation_appears_above():
    text = " ".join(text for text, _ in MEANINGS)
    signs = {"copy", "negate"}
    for operation in OPERATIONS:
        assert operation.name in signs or operation.name in text, operation.name
    assert all(f"{name}(" in text or name == "arctan" for name in FUNCTIONS)


def test_powers_are_exact_at_zero_and_below(programs):
    points = [[0.0, 0.0], [-2.0, 1.0], [-1.5, -3.0]]
    loss, gradient = values(programs, "x^2 + x^3*y^2 + x^5", points)
    x, y = np.array(points).T
    assert loss == pytest.approx(x**2 + x**3 * y**2 + x**5, rel=1e-14)
    assert gradient[:, 0] == pytest.approx(2 * x + 3 * x**2 * y**2 + 5 * x**4, rel=1e-14)
    assert gradient[:, 1] == pytest.approx(2 * x**3 * y, rel=1e-14)


def test_a_branch_not_taken_leaves_no_trace(programs):
    """The gradient of where() must not be poisoned by the other branch's infinity."""
    loss, gradient = values(programs, "where(x > 0, log(x) + sqrt(y), x^2)", [[-1.0, -1.0]])
    assert loss[0] == 1.0
    assert gradient[0].tolist() == [-2.0, 0.0]


TYPED = {
    "rosenbrock": "(1-x)^2 + 100*(y-x^2)^2",
    "himmelblau": "(x^2+y-11)^2 + (x+y^2-7)^2",
    "beale": "(1.5-x+x*y)^2 + (2.25-x+x*y^2)^2 + (2.625-x+x*y^3)^2",
    "rastrigin": "20 + x^2 - 10*cos(2*pi*x) + y^2 - 10*cos(2*pi*y)",
    "ackley": "-20*exp(-0.2*sqrt((x^2+y^2)/2)) - exp((cos(2*pi*x)+cos(2*pi*y))/2) + e + 20",
    "three_hump_camel": "2*x^2 - 1.05*x^4 + x^6/6 + x*y + y^2",
    "easom": "-cos(x)*cos(y)*exp(-((x-pi)^2+(y-pi)^2))",
}


@pytest.mark.parametrize("name", TYPED)
def test_a_typed_surface_is_the_built_in_one(programs, name):
    declared = next(one for one in SURFACES if one.id == name)
    low, high = np.array(declared.domain).T
    points = np.random.default_rng(0).uniform(low, high, (200, 2))
    loss, gradient = values(programs, TYPED[name], points)
    expected, slope = loss_and_gradient(programs, declared(), points, "float64")
    assert loss == pytest.approx(expected, rel=1e-11, abs=1e-11)
    assert gradient == pytest.approx(slope, rel=1e-9, abs=1e-9)
    bends = hessian_eigenvalues(programs, Formula(TYPED[name]).ready(), points, "float64")
    known = hessian_eigenvalues(programs, declared(), points, "float64")
    assert bends == pytest.approx(known, rel=1e-8, abs=1e-7)


def random_formula(chance, depth):
    if depth == 0 or chance.random() < 0.15:
        return chance.choice(["x", "y", f"{chance.uniform(0.1, 3):.3f}"])
    inner = [random_formula(chance, depth - 1) for _ in range(3)]
    return chance.choice(
        [
            f"({inner[0]} + {inner[1]})",
            f"({inner[0]} - {inner[1]})",
            f"({inner[0]} * {inner[1]})",
            f"({inner[0]} / (1 + ({inner[1]})^2))",
            f"sin({inner[0]})",
            f"exp(-({inner[0]})^2)",
            f"where({inner[0]} < {inner[1]}, {inner[2]}, {inner[0]})",
            f"max({inner[0]}, {inner[1]}, {inner[2]})",
            f"({inner[0]})^{chance.randrange(2, 7)}",
        ]
    )


def evaluated(node, x, y):
    """A tree by Python's own arithmetic, node by node."""
    if hasattr(node, "value"):
        return node.value
    if not hasattr(node, "operation"):
        return {"x": x, "y": y}[node.name]
    a, b, c = ([evaluated(one, x, y) for one in node.arguments] + [None, None])[:3]
    match node.operation:
        case "+":
            return a + b
        case "-":
            return a - b
        case "*":
            return a * b
        case "/":
            return a / b
        case "^":
            return a**b
        case "negate":
            return -a
        case "<":
            return float(a < b)
        case "where":
            return b if a != 0 else c
        case "max":
            return max(a, b)
    return {"sin": math.sin, "exp": math.exp}[node.operation](a)


def test_random_deep_formulas_keep_their_meaning(programs):
    """Temporaries are reused: a slot freed too early would show in a deep tree."""
    chance = random.Random(7)
    tested = 0
    while tested < 60:
        text = random_formula(chance, 5)
        try:
            tree = parse(text)
            expected = evaluated(tree, *AT)
            loss, _ = values(programs, text, [AT])
        except (FormulaError, OverflowError):
            continue
        assert loss[0] == pytest.approx(expected, rel=1e-9, abs=1e-12)
        tested += 1


def test_all_formulas_are_one_structure():
    """So that one compiled program serves them all."""
    structures = {jax.tree.structure(Formula(text).ready()) for text in ("x", "sin(x)*y^9")}
    assert len(structures) == 1
    shapes = {
        tuple(leaf.shape for leaf in jax.tree.leaves(Formula(text).ready()))
        for text in ("x", "sin(x)*y^9")
    }
    assert len(shapes) == 1
    assert isinstance(Formula("x").ready(), Interpreted)
