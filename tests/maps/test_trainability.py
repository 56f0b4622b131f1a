"""Trainability: losses against a training by hand, the border against theory and the paper."""

import jax
import numpy as np
import pytest

from server.engine.token import Token
from server.maps.description import Axis
from server.maps.draws import drawn
from server.maps.kernels.network import STEPS, Network, chunk
from server.maps.running import Maps
from server.maps.running.workers import InProcess
from server.maps.trainability import Trainability, measured
from server.maps.trainings import Settings, losses
from surfaces.activations.cornered import Linear, Relu
from surfaces.activations.smooth import Sigmoid, Tanh
from tests.maps.workers import unheard

DOUBLE = np.dtype(np.float64)
BY_HAND = {
    # φ, its slope as a function of z, and the gain.
    Linear: (lambda z: z, np.ones_like, 1.0),
    Tanh: (np.tanh, lambda z: 1 / np.cosh(z) ** 2, np.sqrt(2)),
    Relu: (lambda z: np.maximum(z, 0), lambda z: (z > 0) * 1.0, np.sqrt(2)),
    Sigmoid: (
        lambda z: 1 / (1 + np.exp(-z)),
        lambda z: 1 / (2 * np.cosh(z / 2)) ** 2,
        np.sqrt(2),
    ),
}


def settings(input_rate, output_rate, scale=1.0, offset=0.0):
    columns = np.broadcast_arrays(*map(np.atleast_1d, (input_rate, output_rate, scale, offset)))
    return Settings(*(np.array(one, float) for one in columns))


def trained_by_hand(network, draws, rates, scale, offset, steps):
    """Losses of one training: example by example, gradients written out."""
    φ, slope, gain = BY_HAND[type(network.activation)]
    n = network.width
    first, last = draws.input_weights * scale + offset, draws.output_weights * scale
    found = []
    for t in range(steps):
        everyone = range(network.points)
        errors = {
            p: φ(gain * draws.inputs[p] @ first / np.sqrt(n)) @ last / n - draws.labels[p]
            for p in everyone
        }
        found.append(np.mean([e**2 for e in errors.values()]))
        some = everyone if network.batch is None else draws.batches[t]
        by_first, by_last = np.zeros_like(first), np.zeros_like(last)
        for p in some:
            z = gain * draws.inputs[p] @ first / np.sqrt(n)
            weight = 2 * errors[p] / len(some) / n
            by_last += weight * φ(z)
            by_first += np.outer(draws.inputs[p], weight * last * slope(z)) * gain / np.sqrt(n)
        first, last = first - rates[0] * by_first, last - rates[1] * by_last
    return np.array(found)


@pytest.mark.parametrize("activation", BY_HAND)
@pytest.mark.parametrize("batch", [None, 6])
def test_losses_are_those_of_a_training_by_hand(programs, activation, batch):
    network = Network(4, 10, activation(), seed=3, batch=batch)
    rates, scales, offsets = [(1.0, 0.4), (0.2, 1.0)], (1.0, 0.5), (0.0, 0.2)
    asked = settings(*np.transpose(rates), scales, offsets)
    found = losses(programs, network, asked, 60, DOUBLE)
    draws = drawn(3, 4, 10, 60, batch or 0)
    for own, rate, scale, offset in zip(found, rates, scales, offsets, strict=True):
        expected = trained_by_hand(network, draws, rate, scale, offset, 60)
        assert expected[-1] < expected[0]
        np.testing.assert_allclose(own, expected, rtol=1e-9)


WIDEST = Network(64, 1024, seed=5)
"""The largest that may be asked for."""


def test_the_widest_network_trains_as_by_hand(programs):
    """In other calls than a narrow one: as many steps as do not last."""
    found = losses(programs, WIDEST, settings(20.0, 20.0), 12, DOUBLE)
    draws = drawn(5, 64, 1024, 12, 0)
    expected = trained_by_hand(WIDEST, draws, (20.0, 20.0), 1.0, 0.0, 12)
    assert expected[-1] < expected[0]
    np.testing.assert_allclose(found[0], expected, rtol=1e-9)


@pytest.mark.parametrize("batch", [None, 6])
def test_in_how_many_calls_steps_are_taken_changes_no_bit(programs, batch):
    network = Network(8, 16, batch=batch)
    draws = drawn(0, 8, 16, STEPS, batch or 0)
    rates = np.geomspace(0.01, 1e4, network.lanes).astype(np.float32)
    inputs, labels = draws.inputs.astype(np.float32), draws.labels.astype(np.float32)

    def walked(count):
        program = chunk(programs, network, np.dtype(np.float32), count)
        lanes = np.ones(network.lanes, np.float32)
        first = draws.input_weights[..., None].astype(np.float32) * lanes
        last = draws.output_weights[..., None].astype(np.float32) * lanes
        told = []
        for begun in range(0, STEPS, count):
            some = draws.batches[begun : begun + count].astype(int)
            first, last, now = program(
                network.activation, first, last, rates, rates, inputs, labels, some
            )
            told.append(now)
        return np.asarray(first), np.asarray(last), np.concatenate(told)

    for one, other in zip(walked(STEPS), walked(1), strict=True):
        np.testing.assert_array_equal(one, other)


class Looked(Token):
    """Counts how often it is asked."""

    looks = 0

    def check(self):
        self.looks += 1
        super().check()


MOST = 5e9
"""Operations between two looks: a core does ten times as many a second."""


@pytest.mark.parametrize("precision", ["float32", "float64"])
@pytest.mark.parametrize("size", [(8, 16), (32, 1024), (64, 272), (64, 1024)])
def test_it_is_soon_seen_that_nobody_waits_however_wide_a_network_is(programs, size, precision):
    """Two products of matrices a step, of all lanes."""
    network, steps = Network(*size), 50
    asked = plane(network, steps, 8, precision)
    token = Looked()
    asked.compute(programs.under(token), np.arange(64)[: network.lanes])
    each = 2 * 2 * network.width**2 * network.points * network.lanes
    assert steps * each / token.looks < MOST


def test_seed_0_draws_what_the_papers_notebook_drew():
    """The notebook's cells ``init`` and ``gen_img``, with JAX's generator as it was then."""
    draws = drawn(0, 8, 72, 5, 16)
    with jax.threefry_partitionable(False):
        rng, key = jax.random.split(jax.random.PRNGKey(0))
        of_layers = jax.random.split(key, 2)
        weights = [jax.random.normal(of_layers[i], (8, out)) for i, out in enumerate((8, 1))]
        rng, key = jax.random.split(rng)
        inputs = jax.random.normal(key, (72, 8))
        rng, key = jax.random.split(rng)
        labels = jax.random.normal(key, (72, 1))
        of_steps = jax.random.split(jax.random.PRNGKey(42), 5)
        batches = [jax.random.randint(key, (16,), 0, 72) for key in of_steps]
    for own, theirs in (
        (draws.input_weights, weights[0]),
        (draws.output_weights, weights[1][:, 0]),
        (draws.inputs, inputs),
        (draws.labels, labels[:, 0]),
    ):
        # The inverse of the error function is another one, and so are the last bits.
        np.testing.assert_allclose(own, theirs, rtol=1e-13, atol=1e-15)
    np.testing.assert_array_equal(draws.batches, batches)


def plane(network, steps=100, count=17, precision="float32", **more):
    x, y = (
        Axis(f"learning_rate.{layer}", 1e-3, 1e6, count, "log") for layer in ("input", "output")
    )
    return Trainability(network, x, y, steps=steps, precision=precision, **more)


@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_a_pixel_is_the_same_in_any_company(programs, precision):
    asked = plane(Network(), count=33, precision=precision)
    order = np.random.default_rng(0).permutation(33 * 33)
    whole = asked.compute(programs, np.arange(33 * 33))
    mixed = asked.compute(programs, order)
    some = asked.compute(programs, order[:100])
    for name, values in whole.items():
        np.testing.assert_array_equal(values[order], mixed[name])
        np.testing.assert_array_equal(values[order[:100]], some[name])


@pytest.mark.parametrize(
    "network",
    [
        Network(8, 16),
        Network(1, 7, Tanh(), seed=5),
        Network(2, 9, Relu(), seed=2),
        Network(4, 12, Sigmoid(), seed=1, batch=5),
    ],
    ids=lambda one: f"width {one.width}, {one.activation.id}",
)
def test_pixels_are_those_of_trainings_by_hand(programs, network):
    """Twenty pixels of the plane: converged or not, and the paper's measure of how fast."""
    steps, asked = 100, plane(network, count=65, precision="float64")
    pixels = np.random.default_rng(7).choice(65**2, 20, replace=False)
    found = asked.compute(programs, pixels)
    draws = drawn(network.seed, network.width, network.points, steps, network.batch or 0)
    pairs = zip(asked.x.values()[pixels % 65], asked.y.values()[pixels // 65], strict=True)
    with np.errstate(all="ignore"):
        for at, rates in enumerate(pairs):
            every = trained_by_hand(network, draws, rates, 1.0, 0.0, steps)
            share = np.where(every / every[0] < 1e6, every / every[0], 1e6)
            converged = share[-20:].mean() < 1
            assert found["diverged"][at] == (not converged)
            expected = share.mean() if converged else (1 / share).mean()
            assert found["rate"][at] == pytest.approx(expected, rel=1e-4)
    assert 0 < found["diverged"].sum() < 20


def test_the_border_of_one_linear_layer_is_where_theory_has_it(programs):
    """With one layer still and φ the identity, ℓ is a quadratic of the other layer's weights.

    Gradient descent on it converges for α < 2/λ_max of its Hessian: 2 HᵀH/(points n²) for the
    output layer, H the hidden layer; 2 ‖W₁‖² XᵀX/(points n³) for the input layer.
    """
    network = Network(6, 12, Linear())
    draws = drawn(0, 6, 12, 1, 0)
    h = draws.inputs @ draws.input_weights / np.sqrt(6)
    of_output = np.linalg.eigvalsh(2 * h.T @ h / (12 * 6**2))[-1]
    square = draws.output_weights @ draws.output_weights
    of_input = np.linalg.eigvalsh(2 * square * draws.inputs.T @ draws.inputs / (12 * 6**3))[-1]
    for moving, still, largest in (
        ("learning_rate.output", "learning_rate.input", of_output),
        ("learning_rate.input", "learning_rate.output", of_input),
    ):
        critical = 2 / largest
        x = Axis(moving, 0.8 * critical, 1.2 * critical, 81)
        asked = Trainability(network, x, Axis(still, 0, 1e-9, 1), steps=2000, precision="float64")
        diverged = asked.compute(programs, np.arange(81))["diverged"]
        border = int(np.argmax(diverged))
        assert (diverged == (np.arange(81) >= border)).all()
        assert x.values()[border - 1] < critical * 1.005
        assert x.values()[border] > critical * 0.995


def test_what_is_made_of_losses():
    steady, falling, rising = np.full(50, 2.0), 2.0 ** -np.arange(50), 2.0 ** np.arange(50)
    gone = np.concatenate([np.full(10, 3.0), np.full(40, np.inf)])
    late = np.concatenate([np.full(30, 9.0), np.full(20, 1.0)])
    late[0] = 2
    found = measured(np.stack([steady, falling, rising, gone, late]))
    assert found.diverged.tolist() == [True, False, True, True, False]
    assert found.rate[0] == 1
    assert found.rate[1] == pytest.approx(2 / 50)
    # A loss counts as a million times the first at most, which 2^20 is.
    assert found.rate[2] == pytest.approx((2 - 2**-19 + 30e-6) / 50)
    assert found.rate[3] == pytest.approx((10 + 40e-6) / 50)
    assert found.rate[4] == pytest.approx((1 + 29 * 4.5 + 20 * 0.5) / 50)
    assert found.loss[4] == 1 and np.isinf(found.loss[3])


def test_a_rate_for_both_layers_is_that_rate_for_each(programs):
    x = Axis("learning_rate", 0.1, 10, 5, "log")
    scales = Axis("initial_scale", 0.5, 2, 4)
    asked = Trainability(Network(4, 8), x, scales, precision="float64").settings(np.arange(20))
    np.testing.assert_array_equal(asked.input_rate, np.tile(x.values(), 4))
    np.testing.assert_array_equal(asked.output_rate, asked.input_rate)
    np.testing.assert_array_equal(asked.scale, np.repeat(scales.values(), 5))


def test_arithmetic_is_as_fine_as_the_pixels():
    """Values of neighbouring pixels 1,024 roundings of float32 apart, 1.22e-4 of themselves."""

    def computed_in(width, scale):
        axis = Axis("learning_rate.output", 5.0, 5.0 * (1 + width), 101, scale)
        other = Axis("learning_rate.input", 1, 2, 101)
        return Trainability(Network(), other, axis).computed_in

    for scale in ("linear", "log"):
        assert computed_in(100 * 1.4e-4, scale) == "float32"
        assert computed_in(100 * 1.1e-4, scale) == "float64"


def test_the_papers_picture_is_seen_at_the_coordinates_that_it_states(programs):
    """«tanh full batch» in its figure of six: a part 1.8e-6 wide, drawn from the same seed.

    Places are in parts of the picture from its lower left corner, each in a patch of one colour.
    """
    x = Axis("learning_rate.input", 1.329976231e1, 1.329978604e1, 101, "log")
    y = Axis("learning_rate.output", 2.003582269e2, 2.003585844e2, 101, "log")
    asked = Trainability(Network(16, 272), x, y, steps=500)
    assert asked.computed_in == "float64"
    red = [(10, 10), (20, 25), (5, 40), (43, 52), (46, 46), (30, 97), (60, 96), (90, 90)]
    blue = [(60, 10), (80, 30), (95, 10), (50, 15), (60, 25), (75, 5), (92, 40), (55, 15)]
    pixels = np.array([column + 101 * row for column, row in red + blue])
    diverged = asked.compute(programs, pixels)["diverged"]
    assert diverged.tolist() == [1] * len(red) + [0] * len(blue)


def test_float32_says_the_same_of_the_whole_map(programs):
    single, double = (
        plane(Network(), count=65, precision=precision).compute(programs, np.arange(65**2))
        for precision in ("float32", "float64")
    )
    assert np.mean(single["diverged"] != double["diverged"]) < 0.005


def test_the_border_is_refined_and_exact_computes_all(programs):
    workers = InProcess(programs)
    mostly, whole = (
        Maps(workers).run(plane(Network(), count=129, exact=exact), Token(), unheard)
        for exact in (False, True)
    )
    workers.close()
    assert whole.computed == 129**2 and mostly.computed < 0.4 * 129**2
    diverged, rate = (mostly.fields[name].ravel() for name in ("diverged", "rate"))
    same = diverged == whole.fields["diverged"].ravel()
    assert np.mean(same) > 0.997
    assert np.mean(np.abs(rate / whole.fields["rate"].ravel() - 1)[same] < 0.1) > 0.95
