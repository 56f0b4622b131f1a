"""Gradients of whole networks against PyTorch's, and what a signal shows besides."""

import numpy as np
import pytest

from server.engine.networks.network import accepted_losses
from server.engine.networks.signal import signal
from server.engine.networks.weights import draw
from server.networks.datasets import Curve, Moons
from server.networks.initializers import Constant, He, Normal, Orthogonal, Xavier, Zeros
from server.networks.losses import LOSSES, CrossEntropy, MeanAbsoluteError, MeanSquaredError
from server.networks.pasted import PastedClasses
from surfaces.activations.catalog import ACTIVATIONS
from surfaces.activations.cornered import BinaryStep, LeakyRelu, Linear, Relu
from surfaces.activations.smooth import Sigmoid, Tanh
from tests.engine.networks.torch_network import TorchNetwork

PRECISIONS = {"float32": 1e-5, "float64": 1e-9}


def agrees(torch, programs, network, precision, seed=3):
    measured = signal(programs, network, [seed], precision=precision).measured
    theirs = TorchNetwork(torch, network, draw(network, seed, np.dtype(precision)))
    by_h, by_weights, by_output = theirs.gradient_norms()
    tolerance = PRECISIONS[precision]
    # The least: a norm that has nearly vanished is rounded as the largest is.
    least = tolerance * 1e-6 * max(by_h)
    np.testing.assert_allclose(measured.gradient_norm[0], by_h, tolerance, least)
    np.testing.assert_allclose(measured.weight_gradient_norm[0], by_weights, tolerance, least)
    np.testing.assert_allclose(measured.output_gradient_norm[0], by_output, tolerance)
    assert measured.loss[0] == pytest.approx(float(theirs.loss().detach()), rel=tolerance)
    handed_on = [one.detach().numpy() for one in theirs.activations]
    np.testing.assert_allclose(
        measured.deviation[0], [one.std() for one in handed_on], 10 * tolerance, 1e-12
    )
    np.testing.assert_allclose(
        measured.mean[0], [one.mean() for one in handed_on], 1e-4, 10 * tolerance
    )


@pytest.mark.parametrize("precision", PRECISIONS)
@pytest.mark.parametrize("normalization", ["none", "layer"])
@pytest.mark.parametrize("skip", [False, True])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_gradients_are_pytorchs(
    torch, programs, network, activation, skip, normalization, precision
):
    one = network(activation=activation(), skip=skip, normalization=normalization, initializer=He())
    agrees(torch, programs, one, precision)


@pytest.mark.parametrize(
    "loss, dataset",
    [
        (loss, dataset)
        for loss in LOSSES
        for dataset in (Moons(size=33), Curve(size=50))
        if loss in accepted_losses(type(dataset))
    ],
)
def test_every_loss_is_pytorchs(torch, programs, network, loss, dataset):
    agrees(torch, programs, network(loss=loss(), dataset=dataset, width=9), "float64")


@pytest.mark.parametrize("depth, width", [(1, 2), (2, 16), (3, 17), (64, 16)])
def test_any_depth_and_width(torch, programs, network, depth, width):
    agrees(torch, programs, network(depth=depth, width=width, skip=True), "float64")


@pytest.mark.parametrize("initializer", [Zeros(), Constant(value=0.3), Orthogonal()])
@pytest.mark.parametrize("activation", [Sigmoid(), LeakyRelu(), Relu()])
def test_weights_that_are_not_gaussian(torch, programs, network, initializer, activation):
    """With zeros every sum is exactly 0, where the slopes of the corners differ."""
    agrees(torch, programs, network(initializer=initializer, activation=activation), "float64")


def test_a_batch_is_that_many_rows(torch, programs, network):
    one = network()
    whole = signal(programs, one, [0], precision="float64").measured
    batch = signal(programs, one, [0], batch_size=10, precision="float64").measured
    assert batch.loss[0] != whole.loss[0]
    everything = signal(programs, one, [0], batch_size=40, precision="float64").measured
    assert everything.loss[0] == whole.loss[0]


def test_changing_a_knob_keeps_the_draw(network):
    shallow, deep = (draw(network(depth=d), 7, np.dtype("float64")) for d in (3, 6))
    np.testing.assert_array_equal(shallow[:3], deep[:3])
    np.testing.assert_array_equal(shallow[64], deep[64])
    small = draw(network(initializer=Normal(standard_deviation=0.01)), 7, np.dtype("float64"))
    large = draw(network(initializer=Normal(standard_deviation=1.0)), 7, np.dtype("float64"))
    np.testing.assert_allclose(100 * small, large, 1e-12)
    other = draw(network(initializer=Normal(standard_deviation=1.0)), 8, np.dtype("float64"))
    assert not np.isclose(other, large)[large != 0].any()


@pytest.mark.parametrize("initializer", [Xavier(), He(), Normal(standard_deviation=0.5)])
def test_weights_have_the_variance_that_is_said(network, initializer):
    one = network(depth=8, width=100, initializer=initializer)
    parameters = draw(one, 0, np.dtype("float64"))
    for layer in range(1, 8):
        drawn = parameters[layer, :100, :100]
        # 10,000 Gaussians: the variance of their variance is 2/10,000.
        assert drawn.var() == pytest.approx(initializer.variance(100, 100), rel=0.07)
        assert abs(drawn.mean()) < 5 * drawn.std() / 100
    assert not parameters[:, -1].any()


@pytest.mark.parametrize("width", [6, 64])
def test_orthogonal_weights_are(network, width):
    parameters = draw(network(width=width, initializer=Orthogonal()), 0, np.dtype("float64"))
    square = parameters[2, :width, :width]
    np.testing.assert_allclose(square @ square.T, np.eye(width), atol=1e-14)
    first = parameters[0, :2, :width]
    np.testing.assert_allclose(first @ first.T, np.eye(2), atol=1e-14)


def test_linear_orthogonal_layers_keep_the_gradient_exactly(programs, network):
    one = network(depth=40, activation=Linear(), initializer=Orthogonal())
    norms = signal(programs, one, [0, 1], precision="float64").measured.gradient_norm
    np.testing.assert_allclose(norms, np.repeat(norms[:, -1:], 40, axis=1), 1e-13)


def test_saturation(programs, network):
    large = network(initializer=Normal(standard_deviation=30.0))
    shown = signal(programs, large, [0]).measured
    assert (shown.saturated > 0.9).all()
    assert not signal(programs, network(activation=Linear()), [0]).measured.saturated.any()
    step = signal(programs, network(activation=BinaryStep()), [0]).measured
    assert (step.saturated == 1).all()
    assert (step.dead == 1).all()


def test_a_unit_is_dead_when_it_is_off_in_every_row(torch, programs, network):
    one = network(activation=Relu(), initializer=He(), depth=8)
    theirs = TorchNetwork(torch, one, draw(one, 0, np.dtype("float64")))
    theirs.loss()
    off = [(h.detach().numpy() == 0) for h in theirs.activations]
    shown = signal(programs, one, [0], precision="float64").measured
    np.testing.assert_allclose(shown.saturated[0], [one.mean() for one in off])
    np.testing.assert_allclose(shown.dead[0], [one.all(axis=0).mean() for one in off])


def test_histograms_count_every_unit_and_row(torch, programs, network):
    one = network(activation=Relu(), width=10)
    shown = signal(programs, one, [0], with_histograms=True, precision="float64").histograms
    assert (shown.activations.sum(axis=1) == 40 * 10).all()
    assert (shown.gradients.sum(axis=1) + shown.zeros == 40 * 10).all()
    theirs = TorchNetwork(torch, one, draw(one, 0, np.dtype("float64")))
    theirs.loss().backward()
    for layer, h in enumerate(theirs.activations):
        expected, _ = np.histogram(h.detach().numpy(), shown.activation_edges)
        # Values beyond the last edge are counted in the last bin, rounding moves one or two.
        assert abs(expected[:-1] - shown.activations[layer, :-1]).sum() <= 4
        assert shown.zeros[layer] == (h.grad.numpy() == 0).sum()


def test_nothing_finite_is_said_of_what_overflows(programs, network):
    one = network(depth=64, activation=Relu(), initializer=Normal(standard_deviation=10.0))
    shown = signal(programs, one, [0], with_histograms=True)
    assert not np.isfinite(shown.measured.loss[0])
    assert not np.isfinite(shown.measured.gradient_norm).any()
    assert not np.isfinite(shown.measured.output_gradient_norm[0])
    assert np.isfinite(shown.measured.deviation[0, :20]).all()
    assert shown.histograms.activations[-1].sum() == 0
    assert shown.histograms.gradients.sum() == 0
    assert shown.histograms.zeros.sum() == 0
    for name in ("deviation", "mean", "saturated", "dead"):
        assert not np.isfinite(getattr(shown.measured, name)[0, -1])
        assert np.isfinite(getattr(shown.measured, name)[0, :20]).all()


def test_a_leak_keeps_units_alive(programs, network):
    """Its slope is 0.01 of the largest, but never 0."""
    leaky = network(activation=LeakyRelu(slope=0.01), initializer=Constant(value=-0.1))
    shown = signal(programs, leaky, [0]).measured
    assert (shown.saturated == 0).all() and (shown.dead == 0).all()
    off = network(activation=Relu(), initializer=Constant(value=-0.1))
    assert signal(programs, off, [0]).measured.dead[0, 1:] == pytest.approx(1)


@pytest.mark.parametrize("loss", [MeanSquaredError(), MeanAbsoluteError(), CrossEntropy()])
def test_a_vanishing_gradient_is_still_measured(torch, programs, network, loss):
    """Squares of 1e-30 are 0 in single precision; norms must not be."""
    one = network(depth=40, activation=Sigmoid(), loss=loss)
    shown = signal(programs, one, [0]).measured.gradient_norm[0]
    exact = signal(programs, one, [0], precision="float64").measured.gradient_norm[0]
    assert 0 < exact[0] < 1e-20
    np.testing.assert_allclose(shown, exact, 1e-3)


def test_depth_activation_and_the_rest_compile_nothing(programs, network):
    import jax

    first = network()
    signal(programs, first, [0], with_histograms=True)
    compiles = []

    def listen(event, duration, **_):
        if "compile" in event:
            compiles.append(event)

    jax.monitoring.register_event_duration_secs_listener(listen)
    try:
        for changed in (
            {"depth": 31},
            {"activation": Tanh()},
            {"activation": LeakyRelu(slope=0.2)},
            {"initializer": Orthogonal()},
            {"skip": True},
            {"normalization": "layer"},
            {"loss": MeanAbsoluteError()},
            {"dataset": Moons(size=77, noise=0.3)},
            {"dataset": PastedClasses.of(np.eye(2)[[0, 1, 1]], np.array([1.0, -1.0, 1.0]))},
            {"width": 15},
        ):
            signal(programs, network(**changed), [5, 6], batch_size=8, with_histograms=True)
    finally:
        jax.monitoring.unregister_event_duration_listener(listen)
    assert compiles == []


def test_a_norm_near_the_end_of_float32_is_a_number(programs, network):
    """Where the mean size has no float32 of its own, the norm still has one, or is 0."""
    one = network(depth=64, width=64, activation=Sigmoid(), initializer=Xavier())
    single, double = (
        signal(programs, one, [0], precision=precision).measured.gradient_norm[0]
        for precision in ("float32", "float64")
    )
    assert np.isfinite(single).all()
    assert double[0] < 1e-40
    held = double > 1e-34
    np.testing.assert_allclose(single[held], double[held], rtol=1e-3)
