"""What kernels replace: sines of float32, and formulas that are code of their own."""

import jax
import numpy as np
import pytest

from server.maps.kernels.sine import cosine, sine, with_quick_sines
from surfaces.formula import Formula
from surfaces.traced import traced


@pytest.mark.parametrize(("most", "error"), [(100.0, 2e-7), (35_000.0, 5e-7), (1e9, 2.0)], ids=str)
def test_sines_are_as_near_as_is_said(most, error):
    x = np.linspace(-most, most, 100_001).astype(np.float32)
    for ours, theirs in ((sine, np.sin), (cosine, np.cos)):
        found = np.asarray(jax.jit(ours)(x)).astype(np.float64)
        assert np.abs(found - theirs(x.astype(np.float64))).max() <= error
        assert np.abs(found).max() <= 1 + 1e-6


def test_only_sines_of_float32_are_replaced():
    def waves(x):
        return jax.numpy.sin(x) * jax.numpy.cos(2 * x) + jax.nn.softplus(x)

    for dtype, same in ((np.float64, True), (np.float32, False)):
        text = str(jax.make_jaxpr(with_quick_sines(waves))(np.ones(3, dtype)))
        assert ("= sin " in text) == ("= cos " in text) == same
    x = np.linspace(-3, 3, 50).astype(np.float32)
    np.testing.assert_allclose(with_quick_sines(waves)(x), waves(x), atol=2e-6)


@pytest.mark.parametrize(
    "text",
    [
        "x^4/3 - 2*x*y + sin(3*x)*exp(-y^2) + tanh(x - y)",
        "sqrt(x^2 + y^2)^2 + abs(x - 1) + max(x, y)^2",
        "where(x < y, x^2, y^3) + log(1 + x^2)/(2 + y^2)",
        "2 + 3",
        "x",
    ],
)
def test_a_formula_as_code_is_the_formula(text):
    places = np.random.default_rng(0).uniform(-2, 2, (50, 2))
    places = np.concatenate([places, [[0.0, 0.0], [1.0, 1.0], [1.0, 0.0]]])
    ours, theirs = traced(text), Formula(text)
    for ask in ("loss_and_gradient", "hessian"):
        one, other = (jax.jit(jax.vmap(getattr(s, ask)))(places) for s in (ours, theirs))
        for a, b in zip(jax.tree.leaves(one), jax.tree.leaves(other), strict=True):
            np.testing.assert_allclose(a, b, rtol=1e-10, atol=1e-12)
