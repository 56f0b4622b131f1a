"""Corners and jumps: slopes at and around them against PyTorch's autograd, and no Hessian there."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from server.engine.backpropagation.graph import graph
from server.engine.evaluation import hessian_eigenvalues, loss_and_gradient
from server.engine.gradient_changes import (
    GradientChanges,
    penalty,
    penalty_curvature,
    penalty_gradient,
)
from surfaces import kinks, losses
from surfaces.activations.catalog import ACTIVATIONS
from surfaces.catalog import SURFACES
from surfaces.data import LinearRegression
from surfaces.deep import DeepChain
from surfaces.formula import Formula
from surfaces.points import padded
from surfaces.surface import gradient_at, hessian_at

torch = pytest.importorskip("torch", reason="PyTorch is not installed: make torch")
functional = torch.nn.functional


def length(x, y):
    """torch.hypot has no slope at 0; the norm of a vector has 0 there."""
    return torch.linalg.vector_norm(torch.stack([x, y]))


# Ours, PyTorch's, and operands: at each corner, and on either side of it.
TABLE = [
    (kinks.absolute, torch.abs, [(-2.0,), (0.0,), (-0.0,), (3.0,)]),
    (kinks.relu, torch.relu, [(-2.0,), (0.0,), (3.0,)]),
    (kinks.leaky_relu, lambda x, _: functional.leaky_relu(x, 0.2),
     [(-2.0, 0.2), (0.0, 0.2), (3.0, 0.2)]),
    (kinks.elu, lambda x, _: functional.elu(x, 2.0), [(-2.0, 2.0), (0.0, 2.0), (3.0, 2.0)]),
    (kinks.maximum, torch.maximum, [(1.0, 1.0), (1.0, 2.0), (2.0, 1.0), (0.0, -0.0)]),
    (kinks.minimum, torch.minimum, [(1.0, 1.0), (1.0, 2.0), (2.0, 1.0)]),
    (kinks.clip, torch.clamp, [(x, -1.0, 1.0) for x in (-2.0, -1.0, 0.3, 1.0, 2.0)]
     + [(0.0, 1.0, -1.0), (1.0, 1.0, 1.0)]),
    (kinks.sign, torch.sign, [(-2.0,), (0.0,), (3.0,)]),
    (kinks.floor, torch.floor, [(-1.0,), (0.5,), (2.0,)]),
    (kinks.hypot, length, [(0.0, 0.0), (3.0, -4.0), (0.0, 2.0)]),
    (kinks.huber, lambda e, _: functional.huber_loss(e, torch.zeros_like(e), delta=1.5),
     [(e, 1.5) for e in (-3.0, -1.5, -1.0, 0.0, 1.0, 1.5, 3.0)]),
    (kinks.where, lambda c, a, b: torch.where(c != 0, a, b), [(0.0, 2.0, 3.0), (1.0, 2.0, 3.0)]),
]  # fmt: skip
FREE = {"leaky_relu": 1, "elu": 1, "huber": 1}
"""How many operands are differentiated, where PyTorch takes the others as plain numbers."""


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("ours, theirs, cases", TABLE, ids=lambda one: getattr(one, "__name__", ""))
def test_value_and_slope_are_pytorchs(ours, theirs, cases, dtype):
    places = tuple(range(FREE.get(ours.__name__, len(cases[0]))))
    modes = [mode(ours, places) for mode in (jax.grad, jax.jacfwd)]
    compiled = jax.jit(lambda *operands: [ours(*operands), *(mode(*operands) for mode in modes)])
    for case in cases:
        case = tuple(np.array(case, dtype))
        given = [torch.tensor(one, requires_grad=True) for one in case]
        value = theirs(*given)
        slopes = [0.0] * len(places)
        if value.requires_grad:
            wanted = [given[place] for place in places]
            found = torch.autograd.grad(value, wanted, allow_unused=True)
            slopes = [0.0 if one is None else one.item() for one in found]
        found, *by_mode = compiled(*case)
        assert found.dtype == dtype
        assert float(found) == pytest.approx(value.item(), rel=1e-6)
        for slope in by_mode:
            assert list(map(float, slope)) == pytest.approx(slopes, rel=1e-6)


CORNERS = [
    (kinks.absolute, (0.0,), (1e-300,)),
    (kinks.relu, (0.0,), (-1e-300,)),
    (kinks.leaky_relu, (0.0, 0.2), (1e-300, 0.2)),
    (kinks.elu, (0.0, 1.0), (1e-300, 1.0)),
    (kinks.maximum, (1.0, 1.0), (1.0, np.nextafter(1.0, 2.0))),
    (kinks.minimum, (1.0, 1.0), (1.0, np.nextafter(1.0, 2.0))),
    (kinks.clip, (1.0, -1.0, 1.0), (0.9, -1.0, 1.0)),
    (kinks.sign, (0.0,), (1e-300,)),
    (kinks.floor, (2.0,), (2.5,)),
    (kinks.hypot, (0.0, 0.0), (1.0, 0.0)),
    (kinks.huber, (1.5, 1.5), (1.4, 1.5)),
    (kinks.less, (1.0, 1.0), (1.0, 1.1)),
]


@pytest.mark.parametrize("ours, at, beside", CORNERS, ids=lambda one: getattr(one, "__name__", ""))
@pytest.mark.parametrize("slope", [jax.grad, jax.jacfwd])
def test_there_is_no_second_derivative_at_a_corner_and_one_beside_it(ours, at, beside, slope):
    second = jax.jit(jax.jacfwd(slope(ours)))
    assert np.isnan(second(*map(jnp.float64, at)))
    assert np.isfinite(second(*map(jnp.float64, beside)))


def test_what_does_not_leave_a_corner_has_a_second_derivative():
    """A unit that is off hands 0 on: relu(0) of it is flat, not bent."""

    def dead(x):
        return kinks.relu(kinks.relu(x - 1) * 3) + x**2

    assert float(jax.jacfwd(jax.grad(dead))(0.5)) == 2
    chain = DeepChain(activation="relu")
    assert np.isfinite(hessian_at(chain, jnp.array([-1.0, 0.5]))).all()


# Each formula and the same in PyTorch; places are corners and points off them.
FORMULAS = [
    ("abs(x - y) + x^2", lambda x, y: (x - y).abs() + x**2),
    ("relu(x) - 2*relu(-y)", lambda x, y: torch.relu(x) - 2 * torch.relu(-y)),
    ("max(x, y) + 3*min(x, 2*y)",
     lambda x, y: torch.maximum(x, y) + 3 * torch.minimum(x, 2 * y)),
    ("max(x, y, x + y)", lambda x, y: torch.maximum(torch.maximum(x, y), x + y)),
    ("clip(x, -1, 1) + clamp(y, 0, 2)^2", lambda x, y: x.clamp(-1, 1) + y.clamp(0, 2) ** 2),
    ("sign(x)*y + floor(y)*x", lambda x, y: torch.sign(x) * y + torch.floor(y) * x),
    ("hypot(x, y)", length),
    ("where(x > y, x^2, 3*y)", lambda x, y: torch.where(x > y, x**2, 3 * y)),
    ("where(abs(x) <= 1, x^2/2, abs(x) - 0.5)",
     lambda x, y: torch.where(x.abs() <= 1, x**2 / 2, x.abs() - 0.5)),
]  # fmt: skip
PLACES = [(0.0, 0.0), (1.0, 1.0), (-1.0, 2.0), (2.0, 1.0), (1.0, 0.0), (0.3, -0.7), (-1.0, -0.5)]


@pytest.mark.parametrize("text, theirs", FORMULAS)
def test_formulas_have_pytorchs_slopes_on_paths_and_in_graphs(programs, text, theirs):
    points = np.array(PLACES)
    loss, gradient = loss_and_gradient(programs, Formula(text).ready(), points, "float64")
    for i, place in enumerate(PLACES):
        given = [torch.tensor(one, dtype=torch.float64, requires_grad=True) for one in place]
        value = theirs(*given)
        found = torch.autograd.grad(value, given, allow_unused=True)
        slopes = [0.0 if one is None else one.item() for one in found]
        assert loss[i] == pytest.approx(value.item(), rel=1e-14)
        assert gradient[i].tolist() == pytest.approx(slopes, rel=1e-14)
        assert list(map(float, graph(programs, Formula(text), *place).gradient)) == pytest.approx(
            slopes, rel=1e-14
        )


# Limits of differences, by hand; None where there is no gradient.
SMOOTH = [
    ("sqrt(x^2+y^2)^2", (0, 0)),
    ("x*sqrt(x^2+y^2)", (0, 0)),
    ("cos(sqrt(x^2+y^2))", (0, 0)),
    ("sqrt(x^2+y^2)^2 + 3*x", (3, 0)),
    ("hypot(x, y)^2", (0, 0)),
    ("where(x > 0, sqrt(x), x)", (1, 0)),
    ("where(x > 0 and y > 0, sqrt(x*y), 2*x)", (2, 0)),
    ("sqrt(x^2+y^2)", None),
    ("sqrt(x^2+y^2) + sqrt(x^2+y^2)^2", None),
    ("sign(x)*sqrt(abs(x))", None),
    ("(sign(x)*abs(x)^(1/3))^3", None),
    ("sqrt(x)^2", None),
]


@pytest.mark.parametrize("text, slope", SMOOTH)
def test_smooth_compositions_of_roots_at_0(programs, text, slope):
    formula = Formula(text)
    _, gradient = loss_and_gradient(programs, formula.ready(), np.zeros((1, 2)), "float64")
    by_graph = tuple(map(float, graph(programs, formula, 0.0, 0.0).gradient))
    for found in (tuple(gradient[0]), by_graph):
        assert found == slope if slope is not None else not np.isfinite(found).all()


HESSIANS = [
    ("hypot(x, y)", (3, -4), (0.0, 0.2)),
    ("hypot(x, y)", (0, 0), None),
    ("abs(x) + y^2", (0, 1), None),
    ("abs(x) + y^2", (1e-9, 1), (0, 2)),
    ("abs(x*y)", (0, 0), None),
    ("max(x^2, y^2)", (1, 1), None),
    ("max(x, x)^2", (1, 0), (0, 2)),
    ("where(abs(x) <= 1, x^2/2, abs(x) - 0.5) + y^2", (0, 0), (1, 2)),
    ("where(abs(x) <= 1, x^2/2, abs(x) - 0.5) + y^2", (1, 0), None),
    ("where(x > 0 and y > -1, x^2, -x^2) + y^2", (0, 0), None),
    ("where(x > 0 and y > -1, x^2, -x^2) + y^2", (1, 0), (2, 2)),
    ("sqrt(x^2+y^2)^2", (0, 0), None),
    ("(x + y)^2", (1, 2), (0, 4)),
]


@pytest.mark.parametrize("text, at, expected", HESSIANS)
def test_eigenvalues_where_there_is_a_hessian_and_nan_where_there_is_none(
    programs, text, at, expected
):
    found = hessian_eigenvalues(programs, Formula(text).ready(), np.array([at], float), "float64")
    if expected is None:
        assert np.isnan(found).all()
    else:
        assert found[0] == pytest.approx(expected, rel=1e-14, abs=0)


def test_ackleys_cone_has_its_slope_and_no_hessian(programs):
    ackley = next(one for one in SURFACES if one.id == "ackley")()
    at = np.array([[0.0, 0.0], [1e-3, 0.0]])
    _, gradient = loss_and_gradient(programs, ackley, at, "float64")
    bends = hessian_eigenvalues(programs, ackley, at, "float64")
    assert gradient[0].tolist() == [0, 0]
    assert np.isnan(bends[0]).all() and np.isfinite(bends[1]).all()


@pytest.mark.parametrize("loss", ["mse", "mae", "huber"])
def test_losses_of_points_have_pytorchs_gradient_on_their_corners(loss):
    """The line passes through the first point and misses the second by δ."""
    x, y = np.array([0.0, 2.0, 1.0]), np.array([1.0, 0.5, 4.0])
    surface = LinearRegression(loss_function=loss, huber_delta=2.5, points=padded(x, y))
    w = torch.tensor([1.0, 1.0], dtype=torch.float64, requires_grad=True)
    theirs = {
        "mse": functional.mse_loss, "mae": functional.l1_loss,
        "huber": lambda p, t: functional.huber_loss(p, t, delta=2.5),
    }[loss](w[0] * torch.tensor(x) + w[1], torch.tensor(y))  # fmt: skip
    theirs.backward()
    at = jnp.array([1.0, 1.0])
    assert float(surface.loss(*at)) == pytest.approx(theirs.item(), rel=1e-14)
    assert np.asarray(gradient_at(surface, at)) == pytest.approx(w.grad.numpy(), rel=1e-14)
    assert np.isnan(hessian_at(surface, at)).any() == (loss != "mse")
    # Padding stands at no corner of its own: here w·0 + b = 0, and no point is met.
    off = jnp.array([0.3, 0.0])
    assert np.isfinite(hessian_at(surface, off)).all()


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=lambda one: one.id)
def test_activations_have_pytorchs_slope_at_0(activation):
    theirs = {
        "linear": lambda z: z, "binary_step": lambda z: 0 * z, "relu": torch.relu,
        "leaky_relu": functional.leaky_relu, "elu": functional.elu, "sigmoid": torch.sigmoid,
        "tanh": torch.tanh, "softplus": functional.softplus, "gelu": functional.gelu,
        "silu": functional.silu, "swish": functional.silu,
    }  # fmt: skip
    z = torch.tensor(0.0, dtype=torch.float64, requires_grad=True)
    theirs[activation.id](z).backward()
    assert float(jax.grad(activation())(0.0)) == pytest.approx(z.grad.item(), abs=1e-15)


def test_log_loss_of_a_margin_is_that_of_an_output():
    z = np.linspace(-50, 50, 41)
    for target in (0.0, 1.0):
        margin = losses.log_of_margin((2 * target - 1) * z)
        theirs = functional.binary_cross_entropy_with_logits(
            torch.tensor(z), torch.full((41,), target, dtype=torch.float64), reduction="none"
        )
        assert np.asarray(margin) == pytest.approx(theirs.numpy(), rel=1e-13)
        assert np.asarray(losses.log_of_output(z, target)) == pytest.approx(
            theirs.numpy(), rel=1e-13
        )


@pytest.mark.parametrize("kind", [np.array, jnp.array])
def test_penalties_are_pytorchs_in_numpy_and_in_jax(kind):
    changes = GradientChanges(l2=0.3, l1=0.7)
    for at in ([0.0, -2.0], [1.5, 0.0], [1.0, 3.0]):
        x = torch.tensor(at, dtype=torch.float64, requires_grad=True)
        (0.15 * (x**2).sum() + 0.7 * x.abs().sum()).backward()
        given = kind(at, dtype="float64")
        assert float(penalty(given, changes)) == pytest.approx(
            0.15 * np.square(at).sum() + 0.7 * np.abs(at).sum(), rel=1e-14
        )
        assert penalty_gradient(given, changes).tolist() == pytest.approx(x.grad.tolist())
        curved = [np.nan if one == 0 else 0.3 for one in at]
        assert penalty_curvature(given, changes).tolist() == pytest.approx(curved, nan_ok=True)
        assert penalty_curvature(given, GradientChanges(l2=0.3)).tolist() == [0.3, 0.3]
