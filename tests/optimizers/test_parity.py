"""Step for step against the frameworks themselves, in float64, over 200 steps.

Each framework takes the surface's gradient at its own point, so that only update rules are
compared; PyTorch also differentiates one surface itself. Learning rates vary from step to
step, which tells apart a rate inside the velocity from one outside.
"""

import jax
import numpy as np
import optax
import pytest

from server.engine.paths import walk_paths
from server.optimizers.catalog import OPTIMIZERS
from surfaces.catalog import SURFACES
from surfaces.surface import gradient_at

STEPS = 200
SURFACES_BY_ID = {surface.id: surface for surface in SURFACES}
OPTIMIZERS_BY_ID = {optimizer.id: optimizer for optimizer in OPTIMIZERS}

# A rate for gradients on each surface, and a length for methods that divide by them.
SCALES = {
    "rosenbrock": (3e-4, 0.01),
    "himmelblau": (2e-3, 0.02),
    "beale": (1e-3, 0.01),
    "bowl": (2e-2, 0.05),
}

SETTINGS = {
    "sgd": [{}],
    "momentum": [{"momentum": 0.9}, {"momentum": 0.5}],
    "nesterov": [{"momentum": 0.9}, {"momentum": 0.5}],
    "adagrad": [{}, {"epsilon": 1e-3, "initial_accumulator": 0.3}],
    "rmsprop": [{}, {"decay": 0.7, "epsilon": 1e-3}],
    "adam": [{}, {"beta1": 0.7, "beta2": 0.95, "epsilon": 1e-3}],
}
BY_LENGTH = {"adagrad", "rmsprop", "adam"}
# RMSProp's steps stay as long as its rate: in a narrow valley they bounce chaotically, and
# rounding grows a thousandfold each few dozen steps unless they are short.
SHORTER = {"rmsprop": 0.2}


def cases(convention):
    return [
        pytest.param(optimizer, surface, numbers, id=f"{optimizer}-{surface}-{index}")
        for optimizer, settings in SETTINGS.items()
        for surface in SCALES
        for index, numbers in enumerate(settings)
        if OPTIMIZERS_BY_ID[optimizer].forms[convention].parity
    ]


def settled(optimizer, convention, numbers):
    """An optimiser of ours with its convention's defaults, then the given numbers."""
    declared = OPTIMIZERS_BY_ID[optimizer]
    return declared(**{**declared.forms[convention].defaults, **numbers, "convention": convention})


def rates_of(optimizer, surface):
    rate = SCALES[surface][optimizer in BY_LENGTH] * SHORTER.get(optimizer, 1)
    return rate * (1 + 0.5 * np.cos(np.arange(STEPS) / 20))


def ours(programs, optimizer, convention, surface, numbers):
    one = settled(optimizer, convention, numbers)
    declared = SURFACES_BY_ID[surface]
    points, _ = walk_paths(
        programs,
        declared(),
        [one],
        np.array([declared.start]),
        rates_of(optimizer, surface)[None],
        "float64",
    )
    return one, points[0, 1:]


def agree(theirs, mine):
    assert np.isfinite(theirs).all()
    size = np.maximum(np.abs(theirs), np.abs(theirs).max() * 1e-3)
    assert np.max(np.abs(mine - theirs) / size) < 1e-9


def optax_rule(one):
    match one.id:
        case "sgd":
            return lambda rate: optax.sgd(rate)
        case "momentum":
            return lambda rate: optax.sgd(rate, momentum=one.momentum)
        case "nesterov":
            return lambda rate: optax.sgd(rate, momentum=one.momentum, nesterov=True)
        case "adagrad":
            return lambda rate: optax.adagrad(
                rate, initial_accumulator_value=one.initial_accumulator, eps=one.epsilon
            )
        case "rmsprop":
            return lambda rate: optax.rmsprop(rate, decay=one.decay, eps=one.epsilon)
        case "adam":
            return lambda rate: optax.adam(rate, b1=one.beta1, b2=one.beta2, eps=one.epsilon)
    raise AssertionError(one.id)


@pytest.mark.parametrize("optimizer, surface, numbers", cases("optax"))
def test_optax(programs, optimizer, surface, numbers):
    one, mine = ours(programs, optimizer, "optax", surface, numbers)
    rates = jax.numpy.asarray(rates_of(optimizer, surface))
    transform = optax_rule(one)(lambda count: rates[count])
    declared = SURFACES_BY_ID[surface]()

    def step(carry, _):
        x, state = carry
        updates, state = transform.update(gradient_at(declared, x), state, x)
        x = optax.apply_updates(x, updates)
        return (x, state), x

    start = jax.numpy.asarray(SURFACES_BY_ID[surface].start)
    _, theirs = jax.lax.scan(step, (start, transform.init(start)), length=STEPS)
    agree(np.asarray(theirs), mine)


def torch_rule(torch, one, parameters):
    match one.id:
        case "sgd":
            return torch.optim.SGD(parameters, lr=1.0)
        case "momentum":
            return torch.optim.SGD(parameters, lr=1.0, momentum=one.momentum)
        case "nesterov":
            return torch.optim.SGD(parameters, lr=1.0, momentum=one.momentum, nesterov=True)
        case "adagrad":
            return torch.optim.Adagrad(
                parameters,
                lr=1.0,
                initial_accumulator_value=one.initial_accumulator,
                eps=one.epsilon,
            )
        case "rmsprop":
            return torch.optim.RMSprop(parameters, lr=1.0, alpha=one.decay, eps=one.epsilon)
        case "adam":
            return torch.optim.Adam(
                parameters, lr=1.0, betas=(one.beta1, one.beta2), eps=one.epsilon
            )
    raise AssertionError(one.id)


@pytest.fixture(scope="module")
def torch():
    return pytest.importorskip("torch", reason="PyTorch is not installed: make torch")


def walk_torch(torch, one, start, rates, backward):
    x = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    rule = torch_rule(torch, one, [x])
    theirs = []
    for rate in rates:
        rule.param_groups[0]["lr"] = float(rate)
        rule.zero_grad()
        backward(x)
        rule.step()
        theirs.append(x.detach().numpy().copy())
    return np.array(theirs)


@pytest.mark.parametrize("optimizer, surface, numbers", cases("pytorch"))
def test_torch(torch, programs, optimizer, surface, numbers):
    one, mine = ours(programs, optimizer, "pytorch", surface, numbers)
    declared = SURFACES_BY_ID[surface]()
    gradient = jax.jit(lambda point: gradient_at(declared, point))

    def backward(x):
        x.grad = torch.from_numpy(np.array(gradient(x.detach().numpy())))

    start = SURFACES_BY_ID[surface].start
    agree(walk_torch(torch, one, start, rates_of(optimizer, surface), backward), mine)


@pytest.mark.parametrize("optimizer", list(SETTINGS))
def test_torch_differentiating_rosenbrock_itself(torch, programs, optimizer):
    one, mine = ours(programs, optimizer, "pytorch", "rosenbrock", SETTINGS[optimizer][0])

    def backward(x):
        ((1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2).backward()

    start = SURFACES_BY_ID["rosenbrock"].start
    agree(walk_torch(torch, one, start, rates_of(optimizer, "rosenbrock"), backward), mine)


def keras_rule(keras, one):
    match one.id:
        case "sgd":
            return keras.optimizers.SGD(1.0)
        case "momentum":
            return keras.optimizers.SGD(1.0, momentum=one.momentum)
        case "nesterov":
            return keras.optimizers.SGD(1.0, momentum=one.momentum, nesterov=True)
        case "adagrad":
            return keras.optimizers.Adagrad(
                1.0, initial_accumulator_value=one.initial_accumulator, epsilon=one.epsilon
            )
        case "rmsprop":
            return keras.optimizers.RMSprop(1.0, rho=one.decay, epsilon=one.epsilon)
        case "adam":
            return keras.optimizers.Adam(
                1.0, beta_1=one.beta1, beta_2=one.beta2, epsilon=one.epsilon
            )
    raise AssertionError(one.id)


@pytest.fixture(scope="module")
def keras():
    import os

    os.environ["KERAS_BACKEND"] = "jax"
    keras = pytest.importorskip("keras", reason="Keras is not installed: make test")
    keras.config.set_floatx("float64")
    return keras


@pytest.mark.parametrize("optimizer, surface, numbers", cases("keras"))
def test_keras(keras, programs, optimizer, surface, numbers):
    one, mine = ours(programs, optimizer, "keras", surface, numbers)
    declared = SURFACES_BY_ID[surface]()
    gradient = jax.jit(lambda point: gradient_at(declared, point))
    start = np.array(SURFACES_BY_ID[surface].start)
    rule = keras_rule(keras, one)
    x = keras.Variable(start, dtype="float64")
    rule.build([x])

    # Keras keeps scheduled rates in float32; its update_step takes the rate it is given.
    theirs = []
    for rate in rates_of(optimizer, surface):
        rule.update_step(gradient(x.value), x, jax.numpy.asarray(rate))
        rule.iterations.assign(rule.iterations.value + 1)
        theirs.append(np.asarray(x.value))
    agree(np.array(theirs), mine)
