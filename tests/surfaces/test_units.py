"""Units behind surfaces: their slopes are JAX's, and with weights they are the gradient."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from server.declarations import BY_ID
from surfaces.catalog import SURFACES
from surfaces.deep import DeepChain, RecurrentUnit
from surfaces.units import PLAIN, Units

Z = np.concatenate([np.linspace(-30, 30, 241), [-1000.0, 1000.0]])


@pytest.mark.parametrize("activation", PLAIN)
def test_outside_of_programs_an_activation_is_the_same(activation):
    function = BY_ID.activations[activation]()
    z = jnp.asarray(Z)
    value, slope = jax.jvp(function, (z,), (jnp.ones_like(z),))
    with np.errstate(over="ignore"):
        assert PLAIN[activation].value(Z) == pytest.approx(np.asarray(value), rel=1e-12, abs=1e-13)
    slopes = Units(function, Z[None, None, None]).slopes()[0, 0, 0]
    assert slopes == pytest.approx(np.abs(np.asarray(slope)), rel=1e-10, abs=1e-13)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_a_chains_gradient_is_the_product_of_its_slopes(activation):
    """∂ŷ/∂u = Π wₖ Π φ′(zₖ), and f = (ŷ − t)²."""
    chain = DeepChain(activation=activation, first_layers=2, last_layers=3, signal=0.8)
    point = np.array([[1.3, 0.9]])
    slopes = chain.units(point).slopes().ravel()

    def answer(u):
        # The chain by hand: nothing here is the surface's.
        h, function = u, {"sigmoid": jax.nn.sigmoid, "tanh": jnp.tanh, "relu": jax.nn.relu}
        for w in (1.3, 1.3, 0.9, 0.9):
            h = function[activation](w * h)
        return 0.9 * h

    assert len(slopes) == 4
    expected = float(jax.grad(answer)(0.8))
    assert np.prod(slopes) * 1.3**2 * 0.9**3 == pytest.approx(expected, rel=1e-12)


def test_a_recurrent_units_gradient_by_its_bias_is_a_sum_of_products():
    """dh_T/db = 1 + wφ′(h_{T−1})(1 + wφ′(h_{T−2})(…)), and f = (σ(h_T) − t)²."""
    unit = RecurrentUnit(time=7)
    w, b = 4.4, -2.1
    units = unit.units(np.array([[w, b]]))
    slopes, last = units.slopes().ravel(), units.sums.ravel()[-1]
    by_bias = 0.0
    for slope in slopes[:-1]:
        by_bias = 1 + w * slope * by_bias
    sigma = 1 / (1 + np.exp(-last))
    expected = 2 * (sigma - 0.7) * slopes[-1] * by_bias
    assert float(unit.gradient(jnp.array([w, b]))[1]) == pytest.approx(expected, rel=1e-10)


def test_a_slices_units_lead_to_its_loss():
    [surface] = (one for one in SURFACES if one.id == "network_slice")
    sliced = surface(skip="on").ready()
    point = np.array([[0.3, -0.2]])
    sums = sliced.units(point).sums[0]
    at = sliced.at(*point[0])
    h = sum(z / (1 + np.exp(-z)) for z in sums)
    score = np.asarray(at.last) @ h + at.last_bias
    loss = np.log1p(np.exp(-sliced.examples.labels * score)).mean()
    assert loss == pytest.approx(float(sliced.loss(*point[0])), rel=1e-10)


@pytest.mark.parametrize("surface", SURFACES)
def test_only_what_has_an_activation_has_units(surface):
    named = {"neuron", "recurrent_unit", "network_slice"}
    ready = surface().ready()
    units = ready.units(np.array([ready.domain[0][:1] + ready.domain[1][:1]], float))
    assert (units is not None) == (surface.id in named)
