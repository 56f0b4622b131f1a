"""The computation graph against ``jax.grad``, to the last bit, and against work by hand."""

import math
import re

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from server.engine.backpropagation.graph import graph
from server.errors import InputError
from surfaces import kinks
from surfaces.catalog import SURFACES
from surfaces.deep import DeepChain, RecurrentUnit
from surfaces.formula import Formula
from surfaces.formulas.nodes import Apply, Number
from surfaces.formulas.parsing import parse
from surfaces.slices import NetworkSlice

# Compiled once for all formulas: their instructions are data.
ALONG = jax.jit(lambda formula, at: jax.jacfwd(lambda at: formula.loss(at[0], at[1]))(at))

FORMULAS = (
    "(1-x)^2 + 100*(y-x^2)^2",
    "x*x^5 - y^-3 + x^0 + 2^x",
    "hypot(x, y) + x*log2(3 + y^2) - atan2(y, x)*x",
    "where(x < y and not (x > 1), sigmoid(x*y), relu(y) + softplus(x))",
    "min(x, y, x*y) + max(x, 2) + abs(x - y) + floor(y)*x + sign(x)",
    "erf(x)*tanh(y) + asin(x/9)*acos(y/9)*atan(x) + sinh(x)/cosh(y) + log10(x^2)",
)


def places(surface, count=4):
    (x_min, x_max), (y_min, y_max) = surface.domain
    chance = np.random.default_rng(len(surface.id))
    drawn = zip(chance.uniform(x_min, x_max, count), chance.uniform(y_min, y_max, count),
                strict=True)  # fmt: skip
    return [getattr(surface, "start", (1.0, 1.0)), *drawn]


def by_jax(loss, x, y):
    """Loss and gradient by ``jax.grad``, uncompiled, loops unrolled."""
    with jax.disable_jit():
        value, slope = jax.value_and_grad(loss, (0, 1))(np.float64(x), np.float64(y))
    return float(value), tuple(map(float, slope))


def gradient_of(found):
    return tuple(map(float, found.gradient))


@pytest.mark.parametrize("declared", SURFACES, ids=lambda declared: declared.id)
def test_adjoints_of_the_inputs_are_jaxs_gradient_to_the_last_bit(programs, declared):
    surface = declared()
    for x, y in places(surface, 1 if surface.id == "network_slice" else 4):
        found = graph(programs, surface, x, y)
        loss, slope = by_jax(surface.ready().loss, x, y)
        assert float(found.loss) == loss
        assert gradient_of(found) == slope
        assert [node.id for node in found.nodes[:2]] == ["x", "y"]


@pytest.mark.parametrize("surface", [
    DeepChain(activation="sigmoid", first_layers=2, last_layers=3),
    DeepChain(activation="relu"),
    RecurrentUnit(time=7),
    NetworkSlice(skip="on"),
], ids=repr)  # fmt: skip
def test_loops_are_unrolled_as_often_as_they_run(programs, surface):
    for x, y in places(surface, 1):
        found = graph(programs, surface, x, y)
        assert gradient_of(found) == by_jax(surface.ready().loss, x, y)[1]
    if isinstance(surface, RecurrentUnit):
        # Of seven steps the first is of a constant; one more is the answer's.
        assert [node.operation for node in found.nodes].count("σ") == 7


def straight(tree, x, y):
    """A formula's tree in jax.numpy, whole powers as the interpreter multiplies them."""
    functions = {
        "+": jnp.add, "-": jnp.subtract, "*": jnp.multiply, "/": jnp.divide, "^": jnp.power,
        "negate": jnp.negative, "hypot": jnp.hypot, "log2": jnp.log2, "atan2": jnp.arctan2,
        "sigmoid": jax.nn.sigmoid, "relu": jax.nn.relu, "softplus": jax.nn.softplus,
        "min": jnp.minimum, "max": jnp.maximum, "abs": jnp.abs, "floor": jnp.floor,
        "sign": jnp.sign, "erf": jax.scipy.special.erf, "tanh": jnp.tanh, "asin": jnp.arcsin,
        "acos": jnp.arccos, "atan": jnp.arctan, "sinh": jnp.sinh, "cosh": jnp.cosh,
        "log10": jnp.log10, "<": lambda a, b: jnp.where(a < b, 1.0, 0.0),
        ">": lambda a, b: jnp.where(a > b, 1.0, 0.0), "and": lambda a, b: a * b,
        "not": lambda a: 1 - a, "where": lambda c, a, b: jnp.where(c != 0, a, b),
    }  # fmt: skip
    if not isinstance(tree, Apply):
        return tree.value if isinstance(tree, Number) else {"x": x, "y": y}[tree.name]
    arguments = [straight(one, x, y) for one in tree.arguments]
    return functions[tree.operation](*arguments)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_typed_formula_is_its_own_instructions(programs, text):
    for x, y in ((0.7, -1.3), (1.5, 2.5), (-0.4, 0.9)):
        found = graph(programs, Formula(text), x, y)
        loss, slope = by_jax(lambda x, y: straight(parse(text), x, y), x, y)
        assert float(found.loss) == pytest.approx(loss, rel=1e-14)
        assert gradient_of(found) == pytest.approx(slope, rel=1e-13)
        along = ALONG(Formula(text).ready(), jnp.array([x, y]))
        assert gradient_of(found) == pytest.approx(tuple(map(float, along)), rel=1e-13)


@pytest.mark.parametrize("text, loss", [
    ("x*y + x*x + x", lambda x, y: x * y + x * x + x),
    ("x^x + x*y", lambda x, y: x**x + x * y),
    ("y*x + x/x", lambda x, y: y * x + x / x),
    ("exp(x)*y*x + hypot(x, y)", lambda x, y: jnp.exp(x) * y * x + kinks.hypot(x, y)),
])  # fmt: skip
def test_adjoints_are_added_in_jaxs_order(programs, text, loss):
    """An operand used twice by one operation and again by others decides the last bit."""
    for x, y in np.random.default_rng(1).uniform(0.1, 3, (40, 2)):
        assert gradient_of(graph(programs, Formula(text), x, y)) == by_jax(loss, x, y)[1]


def test_the_lectures_worked_example(programs):
    """f = log(1 + e^{−y(w₀ + w₁x₁ + w₂x₂)}), y = 1, w₀ = 0.5, x₁ = 2, x₂ = −3."""
    w1, w2 = 0.25, 0.5
    found = graph(programs, Formula("log(1 + exp(-1*(0.5 + x*2 + y*(-3))))"), w1, w2)
    score = 0.5 + 2 * w1 - 3 * w2
    power = math.exp(-score)
    outer = -1 * power / (1 + power)
    values = {node.formula: float(node.value) for node in found.nodes}
    assert values == pytest.approx({
        "x": w1, "y": w2, "x · 2": 2 * w1, "0.5 + v₁": 0.5 + 2 * w1, "y · (−3)": -3 * w2,
        "v₂ + v₃": score, "(−1) · v₄": -score, "exp(v₅)": power, "1 + v₆": 1 + power,
        "log(v₇)": math.log(1 + power),
    }, rel=1e-15)  # fmt: skip
    adjoints = {node.id: float(node.adjoint) for node in found.nodes}
    assert adjoints == pytest.approx({
        "v8": 1, "v7": 1 / (1 + power), "v6": 1 / (1 + power), "v5": power / (1 + power),
        "v4": outer, "v3": outer, "v2": outer, "v1": outer, "x": 2 * outer, "y": -3 * outer,
    }, rel=1e-15)  # fmt: skip


@pytest.mark.parametrize("declared", SURFACES, ids=lambda declared: declared.id)
def test_what_flows_into_a_node_is_its_adjoint(programs, declared):
    """Σ ∂f/∂to · ∂to/∂from over the edges that leave a node; sums over arrays' places."""
    surface = declared()
    found = graph(programs, surface, *surface.start)
    nodes = {node.id: node for node in found.nodes}
    for node in found.nodes:
        leaving = [edge for edge in found.edges if edge.source == node.id]
        if node.id == found.last:
            assert leaving == [] and float(node.adjoint) == 1
            continue
        total = sum(np.asarray(edge.contribution) for edge in leaving)
        size = np.abs(np.asarray(node.adjoint)).max()
        assert np.shape(node.adjoint) == np.shape(node.value)
        assert total == pytest.approx(np.asarray(node.adjoint), rel=1e-12, abs=1e-13 * size)
        for edge in leaving:
            if edge.derivative is None:
                continue
            product = np.asarray(edge.derivative) * np.asarray(nodes[edge.target].adjoint)
            if np.ndim(node.value) == 0:
                product = product.sum()
            assert product == pytest.approx(
                np.asarray(edge.contribution), rel=1e-11, abs=1e-13 * max(size, 1e-300)
            )


@pytest.mark.parametrize("declared", [one for one in SURFACES if one.family == "plain"],
                         ids=lambda declared: declared.id)  # fmt: skip
def test_local_derivatives_by_differences(programs, declared):
    """Each edge against the node's own right-hand side, shifted a little and read by Python."""
    words = {"·": "*", "−": "-", "σ": "sigmoid", "√": "sqrt ", "²": "**2", "³": "**3", "⁴": "**4",
             "⁶": "**6", "π": "pi"}  # fmt: skip
    surface = declared()
    found = graph(programs, surface, *surface.start)
    values = {node.id: float(node.value) for node in found.nodes}
    scope = {"exp": math.exp, "cos": math.cos, "sin": math.sin, "pi": math.pi, "e": math.e,
             "sigmoid": lambda z: 1 / (1 + math.exp(-z)), "log": math.log,
             "where": lambda c, a, b: a if c else b, "sqrt": math.sqrt,
             "hypot": math.hypot}  # fmt: skip

    def worked(formula, at):
        text = formula.translate(str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789"))
        text = re.sub(r"(\d)π", r"\1*π", text.replace("10⁻⁸", "1e-8").replace("√2", "2**0.5"))
        if text.startswith("√"):
            text = f"sqrt({text[1:]})"
        for sign, word in words.items():
            text = text.replace(sign, word)
        return float(eval(text, dict(scope), at))

    for node in found.nodes[2:]:
        assert worked(node.formula, values) == pytest.approx(values[node.id], rel=3e-3, abs=3e-3)
        for edge in (edge for edge in found.edges if edge.target == node.id):
            step = 1e-4 * max(1, abs(values[edge.source]))
            ends = [
                worked(node.formula, values | {edge.source: values[edge.source] + by})
                for by in (step, -step)
            ]
            slope = (ends[0] - ends[1]) / (2 * step)
            assert float(edge.derivative) == pytest.approx(slope, rel=3e-3, abs=1e-5), node.formula


@pytest.mark.parametrize("declared", [one for one in SURFACES if one.family != "plain"],
                         ids=lambda declared: declared.id)  # fmt: skip
def test_every_node_of_arrays_is_what_its_formula_says(programs, declared):
    """Right-hand sides worked out by NumPy from the nodes before them and the constants."""
    surface = declared()
    found = graph(programs, surface, *surface.start)
    counted = found.used if found.rows else None

    def of_points(value):
        padded = np.ndim(value) and found.rows and len(value) == found.rows
        return np.asarray(value)[:counted] if padded else np.asarray(value)

    known = {node.id: of_points(node.value) for node in found.nodes}
    plain = str.maketrans("₁₂", "12")
    known |= {node.name.translate(plain): of_points(node.value) for node in found.nodes[:2]}
    names = {name: f"k{i}" for i, name in enumerate(found.constants)}
    known |= {names[name]: of_points(value) for name, value in found.constants.items()}
    known |= {"exp": np.exp, "log": np.log, "total": np.sum, "σ": lambda z: 1 / (1 + np.exp(-z))}
    for node in found.nodes[2:]:
        text = node.formula
        for name, word in names.items():
            text = re.sub(rf"(?<![\w₀-₉]){re.escape(name)}(?![\w₀-₉])", word, text)
        text = text.translate(str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789"))
        text = re.sub(r"^Σ (.*)$", r"total(\1)", text)
        text = text.replace("·", "*").replace("−", "-").replace("²", "**2")
        value = known[node.id]
        # A layer's biases, one a unit, are added to each column.
        at = known | (
            {word: value[:, None] for word, value in known.items() if np.ndim(value) == 1}
            if text.count("+") and value.ndim == 2
            else {}
        )
        worked = np.asarray(eval(text, {}, at))
        worked = np.broadcast_to(worked, value.shape)
        assert worked == pytest.approx(value, rel=1e-3, abs=1e-3), node.formula


def test_a_point_of_no_slope_and_a_value_that_is_not_there(programs):
    assert gradient_of(graph(programs, Formula("3"), 1.0, 2.0)) == (0.0, 0.0)
    assert gradient_of(graph(programs, Formula("x"), 1.0, 2.0)) == (1.0, 0.0)
    assert math.isnan(float(graph(programs, Formula("log(x)"), -1.0, 2.0).loss))
    assert math.isinf(graph(programs, Formula("sqrt(x)"), 0.0, 2.0).gradient[0])


def test_float32_is_float32_throughout(programs):
    for surface in (SURFACES[0](), SURFACES[-1](), DeepChain()):
        found = graph(programs, surface, *surface.start, "float32")
        for node in found.nodes:
            assert np.asarray(node.value).dtype in (np.float32, np.bool_), node.formula


def test_a_graph_too_large_is_refused_with_its_size(programs):
    with pytest.raises(InputError, match="at most 100 nodes; this one has 154"):
        graph(programs, RecurrentUnit(), 4.5, -2.0, most=100)


def test_new_formulas_compile_nothing(programs):
    """Numbers are data: once an operation was compiled, formulas that use it compile no more."""
    compiled = []

    def listen(event, seconds, **_):
        if "backend_compile" in event:
            compiled.append(event)

    def ask(k):
        text = f"{k}.5*x^2 - sin({k}*y)/{k + 1} + exp(x/{k + 2}.25) + where(x < {k}, x*y, {k})"
        return graph(programs, Formula(text), 0.1 * k, 1.0)

    ask(1)
    jax.monitoring.register_event_duration_secs_listener(listen)
    try:
        for k in range(2, 60):
            ask(k)
        assert compiled == []
        jax.jit(lambda x: x * 3.25 + 1)(1.0)
        assert len(compiled) == 1
    finally:
        jax.monitoring.unregister_event_duration_listener(listen)
