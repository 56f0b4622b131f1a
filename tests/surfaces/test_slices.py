"""The slice through a network against PyTorch, Li et al.'s normalisation and its own claim."""

import jax
import numpy as np
import optax
import pytest

from server.engine.grid import sample
from surfaces.slices import NetworkSlice, log_loss, sliced
from surfaces.surface import gradient_at, loss_at
from surfaces.trained_network import DECAY, RATE, STEPS, initial, moons, trained

# Outside jit each call would compile the loop anew.
LOSS, GRADIENT = jax.jit(loss_at), jax.jit(gradient_at)
PLACES = [(0.0, 0.0), (0.3, -0.2), (-0.8, 0.7), (1.0, 1.0)]
BOTH = pytest.mark.parametrize("skip", ["off", "on"])


@BOTH
def test_loss_and_gradient_are_pytorchs(skip):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: make torch")
    one = NetworkSlice(skip=skip).ready()
    trained, across, along = (
        [torch.tensor(np.asarray(part)) for part in weights]
        for weights in (one.weights, one.along_x, one.along_y)
    )
    points, labels = (torch.tensor(part) for part in one.examples)
    for place in PLACES:
        at = torch.tensor(place, dtype=torch.float64, requires_grad=True)
        parts = zip(trained, across, along, strict=True)
        first, first_bias, hidden, hidden_bias, last, last_bias = (
            w + at[0] * d + at[1] * e for w, d, e in parts
        )
        h = torch.nn.functional.silu(torch.nn.functional.linear(points, first, first_bias))
        for matrix, bias in zip(hidden, hidden_bias, strict=True):
            passed = h if skip == "on" else 0
            h = passed + torch.nn.functional.silu(torch.nn.functional.linear(h, matrix, bias))
        loss = torch.nn.functional.binary_cross_entropy_with_logits(
            h @ last + last_bias, (labels + 1) / 2
        )
        loss.backward()
        assert float(LOSS(one, np.array(place))) == pytest.approx(loss.item(), rel=1e-9)
        assert np.asarray(GRADIENT(one, np.array(place))) == pytest.approx(
            at.grad.numpy(), rel=1e-8
        )


@BOTH
def test_directions_have_the_norm_of_every_unit_and_leave_biases(skip):
    one = NetworkSlice(skip=skip, network_seed=3).ready()
    for along in (one.along_x, one.along_y):
        for name in ("first", "hidden", "last"):
            filters, moved = getattr(one.weights, name), getattr(along, name)
            assert np.linalg.norm(moved, axis=-1) == pytest.approx(
                np.linalg.norm(filters, axis=-1), rel=1e-12
            )
        for name in ("first_bias", "hidden_bias", "last_bias"):
            assert not np.any(getattr(along, name))
    assert np.abs(one.along_x.hidden - one.along_y.hidden).max() > 0.1


@BOTH
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_middle_is_a_trained_network(skip, seed):
    one = NetworkSlice(skip=skip, network_seed=seed).ready()
    assert float(LOSS(one, np.zeros(2))) < 0.1


def test_a_seed_is_the_network_and_its_directions():
    sliced.cache_clear()
    first = NetworkSlice(network_seed=5).ready()
    assert NetworkSlice(network_seed=5).ready() is first
    sliced.cache_clear()
    again = NetworkSlice(network_seed=5).ready()
    assert again is not first
    for one, other in zip(first.weights, again.weights, strict=True):
        assert (one == other).all()
    other = NetworkSlice(network_seed=6).ready()
    assert np.abs(first.weights.hidden - other.weights.hidden).max() > 0.1


def dents(loss):
    """How many points of a grid lie below their four neighbours."""
    inside = loss[1:-1, 1:-1]
    around = loss[:-2, 1:-1], loss[2:, 1:-1], loss[1:-1, :-2], loss[1:-1, 2:]
    return np.logical_and.reduce([inside < other for other in around]).sum()


def test_skip_connections_smooth_the_slice(programs):
    """The paper's figure 1: without skips a maze of minima, with them few or none."""
    counts = {
        skip: [
            dents(
                sample(
                    programs, NetworkSlice(skip=skip, network_seed=seed), (-1, 1), (-1, 1), 81, 81
                ).loss
            )
            for seed in range(6)
        ]
        for skip in ("off", "on")
    }
    assert sum(counts["off"]) > 2 * sum(counts["on"])
    assert counts["off"][0] > 20 > 5 > counts["on"][0]


@BOTH
@pytest.mark.parametrize("seed", [0, 3])
def test_training_by_hand_is_optaxs_adamw_of_jaxs_gradient(skip, seed):
    """400 steps of 391 numbers, to rounding."""
    skip, examples = float(skip == "on"), moons(seed)
    adamw = optax.adamw(optax.cosine_decay_schedule(RATE, STEPS), weight_decay=DECAY)

    @jax.jit
    def train(weights):
        def step(_, carry):
            weights, state = carry
            slope = jax.grad(log_loss)(weights, examples.points, examples.labels, skip)
            updates, state = adamw.update(slope, state, weights)
            return optax.apply_updates(weights, updates), state

        return jax.lax.fori_loop(0, STEPS, step, (weights, adamw.init(weights)))[0]

    first = initial(seed, skip)
    for part, expected in zip(trained(first, examples, skip), train(first), strict=True):
        assert part == pytest.approx(np.asarray(expected), rel=1e-9, abs=1e-10)
