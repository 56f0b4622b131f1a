"""Chains and the recurrent unit against closed forms, NumPy and PyTorch."""

from dataclasses import replace

import jax
import numpy as np
import pytest

from surfaces.deep import DeepChain, RecurrentUnit
from surfaces.surface import gradient_at, loss_at

# Outside jit each call would compile the loop anew.
LOSS, GRADIENT = jax.jit(loss_at), jax.jit(gradient_at)
PLACES = np.random.default_rng(7).uniform(-1.6, 1.6, (8, 2))


@pytest.mark.parametrize("a, b", [(1, 1), (5, 5), (2, 7), (1, 32), (32, 32)])
def test_linear_chain_has_the_gradient_of_the_closed_form(a, b):
    """ŷ = w₁^a w₂^b u, ∂ŷ/∂w₁ = a·w₁^{a−1} w₂^b u, ∂ŷ/∂w₂ = b·w₁^a w₂^{b−1} u."""
    u, t = 0.7, -0.4
    one = DeepChain(first_layers=a, last_layers=b, signal=u, target=t)
    for v, w in PLACES:
        answer = v**a * w**b * u
        slope = np.array([a * v ** (a - 1) * w**b * u, b * v**a * w ** (b - 1) * u])
        assert float(LOSS(one, np.array([v, w]))) == pytest.approx((answer - t) ** 2, rel=1e-11)
        expected = 2 * (answer - t) * slope
        assert np.asarray(GRADIENT(one, np.array([v, w]))) == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("a, b", [(1, 1), (4, 3), (12, 20)])
def test_chain_with_activations_is_pytorchs(activation, a, b):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: make torch")
    one = DeepChain(activation=activation, first_layers=a, last_layers=b, signal=1.2)
    between = getattr(torch, activation)
    for place in PLACES:
        at = torch.tensor(place, requires_grad=True)
        weights = [at[0]] * a + [at[1]] * b
        h = weights[0] * 1.2
        for weight in weights[1:]:
            h = weight * between(h)
        loss = (h - 1) ** 2
        loss.backward()
        assert float(LOSS(one, place)) == pytest.approx(loss.item(), rel=1e-12)
        assert np.asarray(GRADIENT(one, place)) == pytest.approx(
            at.grad.numpy(), rel=1e-9, abs=1e-300
        )


def test_the_desert_and_the_wall_are_decades_apart():
    """2·5·10·r⁹ and its like: at w₁ = w₂ = ½ a gradient of 10⁻², at 2 one of 10⁷."""
    one = DeepChain()
    desert = np.hypot(*GRADIENT(one, np.array([0.5, 0.5])))
    wall = np.hypot(*GRADIENT(one, np.array([2.0, 2.0])))
    assert desert == pytest.approx(2 * (1 - 0.5**10) * 5 * 0.5**9 * np.sqrt(2), rel=1e-12)
    assert wall == pytest.approx(2 * (2**10 - 1) * 5 * 2**9 * np.sqrt(2), rel=1e-12)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def recurrence(w, b, steps=50, first=0.5, target=0.7):
    """The paper's equation 8 and the loss of its figure 6, with slopes by the chain rule."""
    x, along_w, along_b = first, 0.0, 0.0
    for _ in range(steps):
        s = sigmoid(x)
        x = w * s + b
        along_w = s + w * s * (1 - s) * along_w
        along_b = 1 + w * s * (1 - s) * along_b
    s = sigmoid(x)
    outer = 2 * (s - target) * s * (1 - s)
    return (s - target) ** 2, np.array([outer * along_w, outer * along_b])


def test_recurrent_unit_is_the_papers_recurrence():
    for w, b in np.random.default_rng(0).uniform([3.5, -3.2], [5.8, -1.4], (40, 2)):
        loss, slope = recurrence(w, b)
        assert float(LOSS(RecurrentUnit(), np.array([w, b]))) == pytest.approx(loss, rel=1e-9)
        assert np.asarray(GRADIENT(RecurrentUnit(), np.array([w, b]))) == pytest.approx(
            slope, rel=1e-8, abs=1e-12
        )
    loss, _ = recurrence(4.0, -2.0, steps=7, first=-1.0, target=0.3)
    other = RecurrentUnit(time=7, initial=-1.0, target=0.3)
    assert float(LOSS(other, np.array([4.0, -2.0]))) == pytest.approx(loss, rel=1e-12)


def test_recurrent_slope_is_a_difference_quotient():
    one, step = RecurrentUnit(), 1e-6
    for w, b in [(4.5, -2.0), (5.0, -2.9), (5.4, -2.2)]:
        rises = [
            (recurrence(w + dw, b + db)[0] - recurrence(w - dw, b - db)[0]) / (2 * step)
            for dw, db in ((step, 0), (0, step))
        ]
        assert np.asarray(GRADIENT(one, np.array([w, b]))) == pytest.approx(
            np.array(rises), rel=1e-6
        )


@pytest.mark.parametrize("w", [4.6, 5.0, 5.4])
def test_wall_stands_where_the_first_state_does_not_move(w):
    """At b = x₀ − wσ(x₀) every state is x₀; either side of it the unit settles far apart."""
    b = 0.5 - w * sigmoid(0.5)
    one = RecurrentUnit()
    here, below, above = (float(LOSS(one, np.array([w, b + away]))) for away in (0.0, -0.02, 0.02))
    assert here == pytest.approx((sigmoid(0.5) - 0.7) ** 2, rel=1e-6)
    assert below > 0.28
    assert above < 0.06
    # Each step multiplies a slope by wσ′(x₀), once for each of 50 steps.
    factor = w * sigmoid(0.5) * (1 - sigmoid(0.5))
    grown = (factor**50 - 1) / (factor - 1)
    outer = 2 * (sigmoid(0.5) - 0.7) * sigmoid(0.5) * (1 - sigmoid(0.5))
    assert float(GRADIENT(one, np.array([w, b]))[1]) == pytest.approx(outer * grown, rel=1e-4)


def test_no_wall_under_four():
    """wσ′ < 1 for w < 4, so that slopes cannot grow: the wall needs memory."""
    one = replace(RecurrentUnit(), time=100)
    steepest = max(
        float(np.hypot(*GRADIENT(one, np.array([3.5, b])))) for b in np.linspace(-3, -1, 41)
    )
    assert steepest < 2 / (1 - 3.5 / 4) * 0.5
