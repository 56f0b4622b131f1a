"""Every activation of the catalogue: its example, its closed form, PyTorch's, its bounds."""

import ast
import math
from decimal import Decimal, getcontext
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from pydantic import TypeAdapter
from scipy.special import erf

from surfaces import activations
from surfaces.activations.activation import Activation
from surfaces.activations.catalog import ACTIVATIONS

getcontext().prec = 50

each_activation = pytest.mark.parametrize("activation", ACTIVATIONS, ids=lambda one: one.id)

Z = np.unique(
    np.concatenate([np.linspace(-6, 6, 241), [0.0, 1e-9, -1e-9, 30.0, -30.0, 1000.0, -1000.0]])
)


@jax.jit
def value_and_slope(activation, z):
    z = jnp.asarray(z)
    return jax.jvp(activation, (z,), (jnp.ones_like(z),))


def test_the_catalogue_is_the_folder():
    declared = {
        node.name
        for path in Path(activations.__file__).parent.glob("*.py")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.ClassDef)
        and any(ast.unparse(base) == "Activation" for base in node.bases)
    }
    assert declared == {one.__name__ for one in ACTIVATIONS}
    ids = [one.id for one in ACTIVATIONS]
    assert len(set(ids)) == len(ids)
    for one in ACTIVATIONS:
        assert one.id.replace("_", "") == one.__name__.lower()


def test_the_lectures_eight_come_first_in_its_order():
    lecture = ["linear", "binary_step", "sigmoid", "tanh", "relu", "softplus", "leaky_relu", "elu"]
    assert [one.id for one in ACTIVATIONS if one.in_lecture] == lecture
    assert [one.id for one in ACTIVATIONS[: len(lecture)]] == lecture


@each_activation
def test_declaration_is_complete(activation):
    one = activation()
    assert isinstance(one, Activation)
    for text in (activation.title, activation.summary, activation.at_zero):
        assert text.en and text.ru
    assert activation.formula and activation.derivative and activation.range
    # One number at most: the programs hold one.
    assert len(TypeAdapter(activation).json_schema().get("properties", {})) <= 1
    assert jax.tree.unflatten(jax.tree.structure(one), jax.tree.leaves(one)) == one


@each_activation
def test_example_worked_by_hand(activation):
    example = activation.example
    value, slope = value_and_slope(activation(), example.at)
    assert float(value) == pytest.approx(example.value, rel=1e-15, abs=1e-16)
    assert float(slope) == pytest.approx(example.derivative, rel=1e-15, abs=1e-16)


@each_activation
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_dtype_is_kept(activation, dtype):
    value, slope = value_and_slope(activation(), jnp.asarray(Z, dtype))
    assert value.dtype == slope.dtype == dtype
    assert np.isfinite(value).all() and np.isfinite(slope).all()


def of_decimals(function):
    return lambda z: float(function(Decimal(float(z))))


def logistic(z):
    return 1 / (1 + (-z).exp())


def hyperbolic(z):
    return 1 - 2 / ((2 * z).exp() + 1)


def bell(z):
    return math.exp(-z * z / 2) / math.sqrt(2 * math.pi)


def below(z):
    return 0.5 * math.erfc(-z / math.sqrt(2))


# φ and φ′ from the lecture's table; at 0 the slope that PyTorch takes.
CLOSED = {
    "linear": (lambda z: z, lambda z: 1.0),
    "binary_step": (lambda z: float(z >= 0), lambda z: 0.0),
    "sigmoid": (of_decimals(logistic), of_decimals(lambda z: logistic(z) * (1 - logistic(z)))),
    "tanh": (of_decimals(hyperbolic), of_decimals(lambda z: 1 - hyperbolic(z) ** 2)),
    "relu": (lambda z: max(z, 0.0), lambda z: float(z > 0)),
    "softplus": (of_decimals(lambda z: (1 + z.exp()).ln()), of_decimals(logistic)),
    "leaky_relu": (lambda z: z if z > 0 else 0.01 * z, lambda z: 1.0 if z > 0 else 0.01),
    "elu": (lambda z: z if z > 0 else math.expm1(z), lambda z: 1.0 if z > 0 else math.exp(z)),
    "gelu": (lambda z: z * below(z), lambda z: below(z) + z * bell(z)),
    "silu": (
        of_decimals(lambda z: z * logistic(z)),
        of_decimals(lambda z: logistic(z) * (1 + z * (1 - logistic(z)))),
    ),
}


@each_activation
def test_values_and_slopes_are_the_closed_forms(activation):
    value, slope = (np.asarray(one) for one in value_and_slope(activation(), Z))
    expected, expected_slope = CLOSED[activation.id]
    assert value == pytest.approx(np.array([expected(z) for z in Z]), rel=1e-12, abs=1e-15)
    # 1 − φ loses digits near 1: an absolute bound of a few roundings.
    wanted = np.array([expected_slope(z) for z in Z])
    assert slope == pytest.approx(wanted, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("number", [0.0, 0.01, 0.3, 1.0, 2.5])
def test_numbers_reach_the_formula(number):
    leaky, elu = (one for one in ACTIVATIONS if one.id in ("leaky_relu", "elu"))
    value, slope = value_and_slope(elu(number), Z)
    assert value == pytest.approx(np.where(Z > 0, Z, number * np.expm1(np.minimum(Z, 0))))
    assert slope == pytest.approx(np.where(Z > 0, 1, number * np.exp(np.minimum(Z, 0))))
    value, slope = value_and_slope(leaky(number), Z)
    assert value == pytest.approx(np.where(Z > 0, Z, number * Z))
    assert slope == pytest.approx(np.where(Z > 0, 1, number))


# PyTorch has no step with a derivative.
@pytest.mark.parametrize("activation", [one for one in ACTIVATIONS if one.id != "binary_step"])
def test_pytorch_agrees_everywhere_at_0_too(activation):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: make torch")
    functions = torch.nn.functional
    theirs = {
        "linear": lambda z: z * 1,
        "sigmoid": torch.sigmoid,
        "tanh": torch.tanh,
        "relu": torch.relu,
        # Its default turns into the identity above 20.
        "softplus": lambda z: functions.softplus(z, threshold=2000),
        "leaky_relu": functions.leaky_relu,
        "elu": functions.elu,
        "gelu": functions.gelu,
        "silu": functions.silu,
    }
    # Its softplus without the threshold overflows at 1000.
    z = Z[np.abs(Z) < 700]
    given = torch.tensor(z, requires_grad=True)
    values = theirs[activation.id](given)
    values.sum().backward()
    value, slope = value_and_slope(activation(), z)
    assert np.asarray(value) == pytest.approx(values.detach().numpy(), rel=1e-12, abs=1e-15)
    assert np.asarray(slope) == pytest.approx(given.grad.numpy(), rel=1e-12, abs=1e-15)


@each_activation
def test_largest_slope_bounds_every_slope_and_is_reached(activation):
    z = jnp.linspace(-50, 50, 200_001)
    steepest = float(jnp.abs(value_and_slope(activation(), z)[1]).max())
    stated = activation().largest_slope()
    assert steepest <= stated * (1 + 1e-15)
    assert steepest == pytest.approx(stated, rel=1e-8)


def test_gelu_is_the_exact_one():
    [gelu] = (one for one in ACTIVATIONS if one.id == "gelu")
    exact = Z * (1 + erf(Z / np.sqrt(2))) / 2
    assert np.asarray(gelu()(jnp.asarray(Z))) == pytest.approx(exact, rel=1e-9, abs=1e-15)
