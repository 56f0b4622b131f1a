"""Which units are off as a network trains: PyTorch's count, and what is told of it."""

import numpy as np
import pytest

from server.engine.networks.record import Plan
from server.engine.networks.saturation import Flatness
from server.engine.networks.training import train
from server.engine.networks.unit_events import unit_events
from server.engine.networks.weights import draw
from server.networks.datasets import Moons
from server.networks.initializers import Constant, He, Normal, Xavier
from server.optimizers.sgd import Sgd
from surfaces.activations.cornered import BinaryStep, LeakyRelu, Relu
from surfaces.activations.smooth import Sigmoid, Tanh
from tests.engine.networks.torch_network import TorchNetwork, activations
from tests.optimizers.frameworks import torch_rule

STEPS = 40


def slopes_in_torch(torch, network, theirs):
    """|φ′| of each layer on each example, by PyTorch's differentiation, [depth][rows, units]."""
    phi = activations(torch)[network.activation.id]
    found = []
    h = torch.tensor(network.dataset.examples().inputs, dtype=theirs.dtype)
    for layer in range(network.depth):
        z = h @ theirs.weights[layer] + theirs.biases[layer]
        if network.normalization == "layer":
            z = torch.nn.functional.layer_norm(z, (network.width,))
        z = z.detach().requires_grad_()
        out = phi(z)
        out.sum().backward()
        found.append(z.grad.abs().numpy())
        h = out.detach() + (h if network.skip and layer > 0 else 0)
    return found


def counted(torch, network, plan):
    """Units off on every example, and those whose mean slope is a twentieth, at each frame."""
    theirs = TorchNetwork(torch, network, draw(network, plan.seed, np.dtype("float64")))
    rule = torch_rule(
        torch, plan.optimizer, [*theirs.weights, *theirs.biases], plan.optimizer.learning_rate
    )
    frames = np.unique(np.linspace(0, STEPS, plan.frames).round().astype(int))
    flat = {"relu": 1 / 20, "tanh": 1 / 20, "sigmoid": 1 / 80}[network.activation.id]
    dead, saturated = [], []
    for step in range(STEPS + 1):
        if step in frames:
            slopes = slopes_in_torch(torch, network, theirs)
            dead.append([(one <= flat).all(axis=0).sum() for one in slopes])
            saturated.append([(one.mean(axis=0) <= flat).sum() for one in slopes])
        rule.zero_grad()
        theirs.loss().backward()
        rule.step()
    return frames, np.array(dead), np.array(saturated)


@pytest.mark.parametrize(
    "given",
    [
        {"activation": Relu(), "initializer": He()},
        {"activation": Relu(), "initializer": He(), "skip": True, "normalization": "layer"},
        {"activation": Sigmoid(), "initializer": Normal(standard_deviation=8.0)},
        {"activation": Tanh(), "initializer": Normal(standard_deviation=2.0)},
    ],
    ids=["relu", "relu-skip-normalised", "sigmoid", "tanh"],
)
def test_counts_are_pytorchs(torch, programs, network, given):
    one = network(dataset=Moons(size=30), **given)
    rule = Sgd(learning_rate=0.3, convention="pytorch")
    plan = Plan(rule, np.ones(STEPS), frames=9, precision="float64")
    ours = train(programs, one, plan)
    frames, dead, saturated = counted(torch, one, plan)
    np.testing.assert_array_equal(ours.frames, frames)
    np.testing.assert_array_equal(ours.flatness.dead, dead)
    np.testing.assert_array_equal(ours.flatness.saturated, saturated)
    if given["initializer"].id != "he":
        assert dead.sum() > 0


def test_too_high_a_rate_kills_units_at_once(torch, programs, network):
    """The lecture's case: one step too long throws units where no example reaches them."""
    one = network(depth=3, activation=Relu(), initializer=He(), dataset=Moons(size=30))

    def told(rate):
        rule = Sgd(learning_rate=rate, convention="pytorch")
        return train(programs, one, Plan(rule, np.ones(STEPS), frames=41, precision="float64"))

    high, low = told(20.0), told(0.01)
    assert (low.flatness.dead == low.flatness.dead[0]).all()
    whole = high.events[-1]
    layer = whole.numbers["layer"] - 1
    dead = high.flatness.dead[:, layer]
    assert whole.kind == "dead_unit" and dead[0] < 12
    assert 0 < whole.step == int((dead == 12).argmax()) < STEPS
    # Nothing comes back through a dead layer.
    np.testing.assert_array_equal(high.weight_gradient_norm[: layer + 1, whole.step :], 0)
    assert "exactly 0" in whole.text.en and "в точности нуль" in whole.text.ru


def test_a_sigmoid_of_large_weights_is_saturated_from_the_start(programs, network):
    """All weights 30: from the second layer on z is over 100 and φ′ under e⁻¹⁰⁰."""
    one = network(activation=Sigmoid(), initializer=Constant(value=30.0))
    trained = train(programs, one, Plan(Sgd(learning_rate=0.1), np.ones(20), precision="float64"))
    event = trained.events[0]
    assert (event.step, event.kind, event.numbers["count"]) == (0, "saturated_unit", 12)
    assert event.numbers["layer"] > 1
    assert event.numbers["gradient"] < 1e-30 * event.numbers["output_gradient"]


@pytest.mark.parametrize(
    ("activation", "initializer"), [(Tanh(), Xavier()), (LeakyRelu(), He()), (Sigmoid(), Xavier())]
)
def test_of_units_that_are_well_nothing_is_told(programs, network, activation, initializer):
    one = network(activation=activation, initializer=initializer)
    assert train(programs, one, Plan(Sgd(learning_rate=0.05), np.ones(20))).events == ()


def test_of_a_step_it_is_told_once_that_its_slope_is_0(programs, network):
    """Its units answer 1 to some examples: none of them is off, and none saturated by training."""
    one = network(activation=BinaryStep(), initializer=He())
    trained = train(programs, one, Plan(Sgd(learning_rate=0.1), np.ones(20), precision="float64"))
    (event,) = trained.events
    assert (event.step, event.kind) == (0, "saturated_unit")
    assert "off on every example" not in event.text.en and "0 everywhere" in event.text.en
    # What it says: the output layer alone has a gradient.
    np.testing.assert_array_equal(trained.weight_gradient_norm[:-1], 0)
    assert (trained.weight_gradient_norm[-1] > 0).all()


def test_some_units_dead_from_the_start_are_told_of_as_usual(network):
    (few,) = told_of(network, [[3], [3], [3]])
    assert "3 of 12 in layer 1" in few.text.en and "that is usual" in few.text.en
    (half,) = told_of(network, [[6], [6], [6]])
    assert "usual" not in half.text.en and half.text.en.startswith("Half of layer 1")


def test_what_is_not_finite_from_the_start_has_no_events(programs, network):
    one = network(depth=64, activation=Relu(), initializer=Normal(standard_deviation=10.0))
    assert train(programs, one, Plan(Sgd(), np.ones(5))).events == ()


def told_of(network, dead, every=10):
    """Events of a ReLU network whose layers have so many dead units at each frame."""
    dead = np.array(dead, float)
    one = network(depth=dead.shape[1], activation=Relu(), initializer=He())
    slope = 0.5 * (1 - dead / one.width)
    seen = Flatness(dead / one.width, dead, dead, slope)
    norms = np.ones((one.depth + 1, every * len(dead)))
    return unit_events(one, every * np.arange(len(dead)), seen, norms)


def test_units_that_come_back_were_dead_up_to_the_last_frame_at_which_they_were(network):
    (event,) = told_of(network, [[0], [2], [3], [1], [0], [0]])
    assert (event.step, event.numbers["until"]) == (10, 30)
    assert "up to step 30, and at the end there are 0 of 12" in event.text.en
    assert "до шага 30, а в конце таких 0 из 12" in event.text.ru
    (event,) = told_of(network, [[0], [2], [2], [1]])
    assert "until" not in event.numbers


def test_more_than_from_the_start_lasts_while_they_are_more(network):
    start, more = told_of(network, [[1], [1], [4], [3], [2], [1], [1]])
    assert (start.step, "until" in start.numbers) == (0, False)
    assert (more.step, more.numbers["until"]) == (20, 40)
    assert told_of(network, [[0], [0], [5], [0], [0]]) == ()
