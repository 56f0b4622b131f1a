"""Predictions against closed forms from the papers, and against what is measured."""

import numpy as np
import pytest

from server.engine.networks.signal import signal
from server.networks.datasets import Moons
from server.networks.initializers import Constant, He, LeCun, Normal, Orthogonal, Xavier
from surfaces.activations.cornered import LeakyRelu, Linear, Relu
from surfaces.activations.smooth import Sigmoid, Tanh

WIDE = {"width": 128, "depth": 12, "dataset": Moons(size=128)}


def predicted(programs, network, seeds=(0,)):
    return signal(programs, network, seeds).predicted


def test_he_keeps_the_gradient_through_relu(programs, network):
    """He et al. (2015), equation 14: half of n·2/n is 1 a layer."""
    shown = predicted(programs, network(activation=Relu(), initializer=He(), **WIDE))
    assert shown.factor == pytest.approx(1, abs=1e-12)
    np.testing.assert_allclose(shown.gradient_norm, shown.gradient_norm[-1])


def test_leaky_relu_by_its_closed_form(programs, network):
    """He et al. (2015), equation 15: (1 + a²)/2 · n · var."""
    one = network(activation=LeakyRelu(slope=0.5), initializer=LeCun(), **WIDE)
    assert predicted(programs, one).factor == pytest.approx(((1 + 0.25) / 2) ** 0.5)


def test_xavier_keeps_the_gradient_in_the_linear_range_of_tanh(programs, network):
    """Glorot and Bengio (2010), section 4.2.1: near 0 tanh is the identity."""
    deep = predicted(programs, network(activation=Tanh(), initializer=Xavier(), **WIDE))
    # It shrinks what it is given, and comes nearer to 0, and to 1, layer by layer.
    assert 0.97 < deep.factor < 1
    assert deep.bound_factor == pytest.approx(1)
    linear = predicted(programs, network(activation=Linear(), initializer=Xavier(), **WIDE))
    assert linear.factor == pytest.approx(1)


def test_the_sigmoid_loses_at_least_three_quarters_a_layer(programs, network):
    shown = predicted(programs, network(activation=Sigmoid(), initializer=Xavier(), **WIDE))
    assert shown.bound_factor == pytest.approx(0.25)
    assert shown.factor < 0.25
    assert (shown.gradient_norm <= shown.bound * (1 + 1e-12)).all()
    np.testing.assert_allclose(shown.bound[:-1] / shown.bound[1:], 0.25)


@pytest.mark.parametrize("normalization", ["none", "layer"])
@pytest.mark.parametrize("skip", [False, True])
@pytest.mark.parametrize(
    "activation, initializer",
    [
        (Sigmoid(), Xavier()),
        (Tanh(), Xavier()),
        (Tanh(), Normal(standard_deviation=0.2)),
        (Tanh(), Normal(standard_deviation=1.0)),
        (Relu(), He()),
        (Relu(), Normal(standard_deviation=0.01)),
        (Linear(), LeCun()),
        (Tanh(), Orthogonal()),
    ],
)
def test_prediction_meets_measurement(
    programs, network, activation, initializer, skip, normalization
):
    """In width 128 and eight draws, over twelve layers: within a third, spreads are wide."""
    one = network(
        activation=activation,
        initializer=initializer,
        skip=skip,
        normalization=normalization,
        **WIDE,
    )
    answer = signal(programs, one, range(8), precision="float64")
    measured, expected = answer.measured, answer.predicted
    slope = np.log(measured.gradient_norm[:, 0] / measured.gradient_norm[:, -1]).mean() / 11
    predicted_slope = np.log(expected.gradient_norm[0] / expected.gradient_norm[-1]) / 11
    assert slope == pytest.approx(predicted_slope, abs=0.06)
    np.testing.assert_allclose(measured.deviation.mean(axis=0), expected.deviation, 0.2)


def test_nothing_is_predicted_where_nothing_is_random(programs, network):
    assert predicted(programs, network(initializer=Constant(value=0.1))) is None


def test_no_bound_is_claimed_under_normalisation(programs, network):
    assert predicted(programs, network(normalization="layer")).bound is None
