"""Step for step against the frameworks themselves, in float64, over 200 steps.

Each framework takes the surface's gradient at its own point, so that only update rules are
compared; PyTorch also differentiates one surface itself. Learning rates vary from step to
step, which tells apart a rate inside the velocity from one outside.
"""

import jax
import numpy as np
import optax
import pytest

from server.declarations import BY_ID
from server.engine.paths import Walk, walk_paths
from server.optimizers.catalog import OPTIMIZERS
from server.optimizers.optax_rule import OptaxRule
from surfaces.surface import gradient_at, hessian_at, loss_at
from tests.optimizers.frameworks import (
    KERAS,
    ONE_RATE,
    OPTAX,
    TORCH,
    keras_rule,
    optax_rule,
    torch_rule,
)

STEPS = 200

# A rate for gradients on each surface, and a length for methods that divide by them.
SCALES = {
    "rosenbrock": (3e-4, 0.01),
    "himmelblau": (2e-3, 0.02),
    "beale": (1e-3, 0.01),
    "bowl": (2e-2, 0.05),
}
# Where rounding stays small for all of them, whatever start a lecture opens with.
STARTS = {
    "rosenbrock": (-0.5, 2.6),
    "himmelblau": (-0.2, 1.1),
    "beale": (1.0, 1.5),
    "bowl": (-3.5, 1.5),
}

MOMENTS = {"beta1": 0.7, "beta2": 0.95, "epsilon": 1e-3}
# The defaults, and numbers that leave no two of them equal.
SETTINGS = {
    "sgd": [{}],
    "momentum": [{"momentum": 0.9}, {"momentum": 0.5}],
    "nesterov": [{"momentum": 0.9}, {"momentum": 0.5}],
    "adagrad": [{}, {"epsilon": 1e-3, "initial_accumulator": 0.3}],
    "rmsprop": [{}, {"decay": 0.7, "epsilon": 1e-3}],
    "adam": [{}, MOMENTS],
    "adamw": [{}, {**MOMENTS, "weight_decay": 0.3}],
    "nadam": [{}, MOMENTS],
    "amsgrad": [{}, MOMENTS],
    "adamax": [{}, MOMENTS],
    "adadelta": [{}, {"decay": 0.7, "epsilon": 1e-3}],
    "radam": [{}, MOMENTS],
    "adabelief": [{}, MOMENTS],
    "yogi": [{}, MOMENTS],
    "lion": [{}, {"beta1": 0.7, "beta2": 0.95, "weight_decay": 0.3}],
    "rprop": [{}, {"shrink": 0.3, "grow": 1.1}],
    "novograd": [{}, {**MOMENTS, "weight_decay": 0.3}],
    "adan": [{}, {**MOMENTS, "beta3": 0.9}],
    "prodigy": [{}, MOMENTS],
    "schedule_free": [{}, {"momentum": 0.5}],
    "sophia": [{}, {**MOMENTS, "gamma": 0.1, "weight_decay": 0.3}],
    "lbfgs": [{}],
}
BY_GRADIENT = {"sgd", "momentum", "nesterov", "radam", "schedule_free"}
PURE = {"adadelta": 1.0, "prodigy": 1.0, "lbfgs": 0.5}
# Steps as long as the rate bounce chaotically in a narrow valley, and rounding grows a
# thousandfold each few dozen steps unless they are short.
SHORTER = {
    "rmsprop": 0.2,
    "yogi": 0.2,
    "novograd": 0.2,
    "radam": 0.3,
    "sophia": 0.2,
    "adamax": 0.5,
}
# Ten pairs of two numbers repeat each other, so that L-BFGS too lets rounding grow.
COMPARED = {"lbfgs": 60}


def cases(convention, known):
    return [
        pytest.param(optimizer, surface, numbers, id=f"{optimizer}-{surface}-{index}")
        for optimizer, settings in SETTINGS.items()
        for surface in SCALES
        for index, numbers in enumerate(settings)
        if optimizer in known and convention in BY_ID.optimizers[optimizer].forms
    ]


def settled(optimizer, convention, numbers):
    """An optimiser of ours with its convention's defaults, then the given numbers."""
    declared = BY_ID.optimizers[optimizer]
    return declared(**{**declared.forms[convention].defaults, **numbers, "convention": convention})


def rates_of(optimizer, surface):
    by_gradient, by_length = SCALES[surface]
    rate = by_gradient if optimizer in BY_GRADIENT else by_length
    rate = PURE.get(optimizer, rate * SHORTER.get(optimizer, 1))
    if optimizer in ONE_RATE:
        return np.full(STEPS, rate)
    return rate * (1 + 0.5 * np.cos(np.arange(STEPS) / 20))


def ours(programs, optimizer, convention, surface, numbers, start=None):
    rates = rates_of(optimizer, surface)
    one = settled(optimizer, convention, {**numbers, "learning_rate": float(rates[0])})
    declared = BY_ID.surfaces[surface]
    walk = Walk(one, np.array(start or STARTS[surface]), rates)
    [walked] = walk_paths(programs, declared(), [walk], "float64")
    return one, walked.points[1:]


def agree(theirs, mine, steps=STEPS):
    theirs, mine = theirs[:steps], mine[:steps]
    assert np.isfinite(theirs).all()
    size = np.maximum(np.abs(theirs), np.abs(theirs).max() * 1e-3)
    off = (np.abs(mine - theirs) / size).max(axis=1)
    worst = int(np.argmax(off > 1e-9))
    assert off.max() < 1e-9, f"step {worst + 1}: {mine[worst]} for {theirs[worst]}"


def test_every_parity_that_the_catalogue_names_is_tested():
    tested = {"optax": {*OPTAX, "lbfgs"}, "pytorch": set(TORCH), "keras": set(KERAS)}
    for convention, known in tested.items():
        named = {
            one.id
            for one in OPTIMIZERS
            if convention in one.forms and one.forms[convention].parity is not None
        }
        assert named == known
        assert known <= set(SETTINGS)


def scanned(transform, start, step):
    """Points after each update of one of Optax's transformations."""
    start = jax.numpy.asarray(start)
    _, points = jax.lax.scan(step, (start, transform.init(start)), length=STEPS)
    return np.asarray(points)


BY_OPTAX = [one for one in OPTAX if issubclass(BY_ID.optimizers[one], OptaxRule)]
OWN = {one: OPTAX[one] for one in OPTAX if one not in BY_OPTAX}
PACKED = {one: OPTAX[one] for one in BY_OPTAX}


@pytest.mark.parametrize("optimizer, surface, numbers", cases("optax", OWN))
def test_our_own_rules_step_as_optax_does(programs, optimizer, surface, numbers):
    steps_as_optax(programs, optimizer, surface, numbers)


@pytest.mark.parametrize("optimizer, surface, numbers", cases("optax", PACKED))
def test_packing_a_rule_of_optax_changes_nothing(programs, optimizer, surface, numbers):
    """Numbers by name, the state as a vector, made anew each step: against Optax left alone."""
    steps_as_optax(programs, optimizer, surface, numbers)


def steps_as_optax(programs, optimizer, surface, numbers):
    one, mine = ours(programs, optimizer, "optax", surface, numbers)
    declared = BY_ID.surfaces[surface]()
    rates = jax.numpy.asarray(rates_of(optimizer, surface))
    rate = float(rates[0]) if optimizer in ONE_RATE else lambda count: rates[count]
    more = {}
    if optimizer == "sophia":

        def diagonal(_, state, params=None):
            return jax.numpy.diagonal(hessian_at(declared, params)), state

        stateless = optax.identity().init
        more["hessian_diagonal_fn"] = optax.GradientTransformation(stateless, diagonal)
    transform = optax_rule(one, rate, **more)

    def step(carry, _):
        x, state = carry
        updates, state = transform.update(gradient_at(declared, x), state, x)
        x = optax.apply_updates(x, updates)
        return (x, state), x

    agree(scanned(transform, STARTS[surface], step), mine)


@pytest.mark.parametrize("surface", SCALES)
def test_optax_lbfgs_with_its_line_search(programs, surface):
    # From the other start of Rosenbrock's valley the search passes by 0, where rounding is large.
    start = (-1.2, 1.0) if surface == "rosenbrock" else STARTS[surface]
    _, mine = ours(programs, "lbfgs", "optax", surface, {}, start)
    declared = BY_ID.surfaces[surface]()
    rates = jax.numpy.asarray(rates_of("lbfgs", surface))
    transform = optax.lbfgs(lambda count: rates[count])

    def loss(x):
        return loss_at(declared, x)

    def step(carry, _):
        x, state = carry
        value, gradient = jax.value_and_grad(loss)(x)
        updates, state = transform.update(
            gradient, state, x, value=value, grad=gradient, value_fn=loss
        )
        x = optax.apply_updates(x, updates)
        return (x, state), x

    agree(scanned(transform, start, step), mine, COMPARED["lbfgs"])


@pytest.fixture(scope="module")
def torch():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: make torch")
    # NAdam keeps its product of momenta in the default dtype, whatever x has.
    usual = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    yield torch
    torch.set_default_dtype(usual)


def walk_torch(torch, one, start, rates, backward):
    x = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    rule = torch_rule(torch, one, [x], rates[0])

    def closure():
        rule.zero_grad()
        backward(x)
        return torch.zeros(())

    theirs = []
    for rate in rates:
        rule.param_groups[0]["lr"] = float(rate)
        rule.step(closure)
        theirs.append(x.detach().numpy().copy())
    return np.array(theirs)


@pytest.mark.parametrize("optimizer, surface, numbers", cases("pytorch", TORCH))
def test_torch(torch, programs, optimizer, surface, numbers):
    one, mine = ours(programs, optimizer, "pytorch", surface, numbers)
    declared = BY_ID.surfaces[surface]()
    gradient = jax.jit(lambda point: gradient_at(declared, point))

    def backward(x):
        x.grad = torch.from_numpy(np.array(gradient(x.detach().numpy())))

    start = STARTS[surface]
    theirs = walk_torch(torch, one, start, rates_of(optimizer, surface), backward)
    agree(theirs, mine, COMPARED.get(optimizer, STEPS))


@pytest.mark.parametrize("optimizer", TORCH)
def test_torch_differentiating_rosenbrock_itself(torch, programs, optimizer):
    one, mine = ours(programs, optimizer, "pytorch", "rosenbrock", SETTINGS[optimizer][0])

    def backward(x):
        ((1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2).backward()

    start = STARTS["rosenbrock"]
    theirs = walk_torch(torch, one, start, rates_of(optimizer, "rosenbrock"), backward)
    agree(theirs, mine, COMPARED.get(optimizer, STEPS))


@pytest.fixture(scope="module")
def keras():
    import os

    os.environ["KERAS_BACKEND"] = "jax"
    keras = pytest.importorskip("keras", reason="Keras is not installed: make test")
    keras.config.set_floatx("float64")
    return keras


@pytest.mark.parametrize("optimizer, surface, numbers", cases("keras", KERAS))
def test_keras(keras, programs, optimizer, surface, numbers):
    one, mine = ours(programs, optimizer, "keras", surface, numbers)
    declared = BY_ID.surfaces[surface]()
    gradient = jax.jit(lambda point: gradient_at(declared, point))
    start = np.array(STARTS[surface])
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
