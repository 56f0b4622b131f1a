"""Training against a loop written in PyTorch, and what ends or stops it."""

from dataclasses import replace

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from server.engine.networks.rates import RateChange
from server.engine.networks.record import Plan
from server.engine.networks.steps import STEPS
from server.engine.networks.training import train
from server.engine.networks.weights import draw
from server.engine.token import Token
from server.errors import CancelledError, InputError
from server.gradient_changes import Norm, Value
from server.networks.datasets import DATASETS, Curve, Moons
from server.networks.initializers import He, Normal
from server.networks.losses import MeanSquaredError
from server.optimizers.adam import Adam
from server.optimizers.adamw import AdamW
from server.optimizers.catalog import OPTIMIZERS
from server.optimizers.momentum import Momentum
from server.optimizers.nesterov import Nesterov
from server.optimizers.newton import Newton
from server.optimizers.rmsprop import RMSProp
from server.optimizers.sgd import Sgd
from server.schedules.catalog import SCHEDULES
from surfaces.activations.cornered import Relu
from surfaces.batches import batch_weights
from tests.engine.networks.torch_network import TorchNetwork, norm
from tests.optimizers.frameworks import optax_rule, torch_rule


def constant(steps):
    return np.ones(steps)


def in_torch(torch, network, plan):
    """Losses, gradient norms by layer and update ratios of a loop in PyTorch."""
    theirs = TorchNetwork(torch, network, draw(network, plan.seed, np.dtype("float64")))
    parameters = [*theirs.weights, *theirs.biases]
    rates = plan.optimizer.learning_rate * plan.schedule
    for change in plan.changes:
        rates[change.step :] = change.learning_rate * plan.schedule[change.step :]
    rule = torch_rule(torch, plan.optimizer, parameters, rates[0])
    size = network.dataset.size
    batches = batch_weights(
        size, size, plan.batch_size or size, range(1, len(rates) + 1), plan.seed
    )
    losses, norms, ratios = [], [], []
    for rate, batch in zip(rates, batches, strict=True):
        losses.append(float(theirs.loss().detach()))
        rule.zero_grad()
        theirs.loss(np.flatnonzero(batch)).backward()
        norms.append([norm(one.grad) for one in theirs.weights])
        if isinstance(plan.clipping, Norm):
            # The lecture's algorithm by hand: PyTorch's adds 1e-6 to the norm.
            total = sum(norm(one.grad) ** 2 for one in parameters) ** 0.5
            if total >= plan.clipping.threshold:
                for one in parameters:
                    one.grad *= plan.clipping.threshold / total
        elif isinstance(plan.clipping, Value):
            torch.nn.utils.clip_grad_value_(parameters, plan.clipping.threshold)
        before = [one.detach().clone() for one in theirs.weights]
        rule.param_groups[0]["lr"] = float(rate)
        rule.step()
        ratios.append(
            [norm(w.detach() - b) / norm(b) for w, b in zip(theirs.weights, before, strict=True)]
        )
    losses.append(float(theirs.loss().detach()))
    return np.array(losses), np.array(norms).T, np.array(ratios).T


@pytest.mark.parametrize(
    "optimizer",
    [
        Sgd(learning_rate=0.2, convention="pytorch"),
        Momentum(learning_rate=0.05, convention="pytorch"),
        Nesterov(learning_rate=0.05, convention="pytorch"),
        RMSProp(learning_rate=0.003, decay=0.95, convention="pytorch"),
        Adam(learning_rate=0.01, convention="pytorch"),
        AdamW(learning_rate=0.01, weight_decay=0.1, convention="pytorch"),
    ],
    ids=lambda one: one.id,
)
def test_training_is_pytorchs(torch, programs, network, optimizer):
    plan = Plan(optimizer, constant(40), batch_size=12, seed=2, precision="float64")
    one = network()
    ours = train(programs, one, plan)
    losses, norms, ratios = in_torch(torch, one, plan)
    np.testing.assert_allclose(ours.loss, losses, 1e-8)
    np.testing.assert_allclose(ours.weight_gradient_norm, norms, 1e-7)
    np.testing.assert_allclose(ours.update_ratio, ratios, 1e-7)


@pytest.mark.parametrize(
    "optimizer",
    [
        Momentum(learning_rate=0.05, convention="pytorch"),
        Adam(learning_rate=0.01, convention="pytorch"),
        AdamW(learning_rate=0.01, weight_decay=0.1, convention="pytorch"),
    ],
    ids=lambda one: one.id,
)
def test_a_rate_changed_on_the_way_is_pytorchs(torch, programs, network, optimizer):
    """As who writes another rate into ``param_groups``: the state of the optimiser goes on."""
    (cosine,) = (one for one in SCHEDULES if one.id == "cosine")
    changes = (RateChange(11, 3 * optimizer.learning_rate), RateChange(STEPS + 5, 1e-3))
    schedule = cosine().factors(STEPS + 20)
    plan = Plan(optimizer, schedule, batch_size=12, precision="float64", changes=changes)
    ours = train(programs, network(), plan)
    losses, norms, ratios = in_torch(torch, network(), plan)
    np.testing.assert_allclose(ours.loss, losses, 1e-8)
    np.testing.assert_allclose(ours.weight_gradient_norm, norms, 1e-7)
    np.testing.assert_allclose(ours.update_ratio, ratios, 1e-7)


OTHERS = [
    one(convention="optax")
    for one in OPTIMIZERS
    if "optax" in one.forms and one.takes_estimates
    and one.id not in ("sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw")
]  # fmt: skip


@pytest.mark.parametrize("optimizer", OTHERS, ids=lambda one: one.id)
def test_training_is_optaxs_on_a_tensor_a_layer(torch, programs, network, optimizer):
    """What an optimiser keeps of a layer, or of all of them, it keeps here too."""
    optax = pytest.importorskip("optax")
    one = network(depth=3)
    # Two magnify rounding: a sum that begins near 0 under a root, and a distance estimated.
    precise = optimizer.id in ("adagrad", "prodigy")
    plan = Plan(optimizer, constant(6), precision="float64" if precise else "float32")
    ours = train(programs, one, plan)
    theirs = TorchNetwork(torch, one, draw(one, 0, np.dtype("float64")))
    tensors = [*theirs.weights, *theirs.biases]
    rule = optax_rule(optimizer, optimizer.learning_rate)
    at = [tensor.detach().numpy().copy() for tensor in tensors]
    state, losses, ratios = rule.init(at), [], []
    for _ in range(6):
        for tensor, value in zip(tensors, at, strict=True):
            tensor.data = torch.tensor(np.asarray(value))
            tensor.grad = None
        loss = theirs.loss()
        loss.backward()
        losses.append(float(loss.detach()))
        moves, state = rule.update([tensor.grad.numpy() for tensor in tensors], state, at)
        weights = zip(moves[: len(theirs.weights)], at, strict=False)
        ratios.append([np.linalg.norm(move) / np.linalg.norm(w) for move, w in weights])
        at = optax.apply_updates(at, moves)
    np.testing.assert_allclose(ours.loss[:-1], losses, 2e-5)
    np.testing.assert_allclose(ours.update_ratio, np.transpose(ratios), 2e-3)


@pytest.mark.parametrize("clip, share", [(Norm, 1.0), (Value, 0.2)])
def test_clipping_is_of_the_whole_gradient(torch, programs, network, clip, share):
    """At a threshold that about half of the steps exceed."""
    one = network(loss=MeanSquaredError(), dataset=Curve(size=30))
    free = Plan(Sgd(learning_rate=0.05, convention="pytorch"), constant(25), precision="float64")
    threshold = share * float(np.median(train(programs, one, free).gradient_norm))
    plan = replace(free, clipping=clip(threshold))
    ours = train(programs, one, plan)
    losses, norms, _ = in_torch(torch, one, plan)
    np.testing.assert_allclose(ours.loss, losses, 1e-9)
    assert len(ours.clipped) > 0
    if clip is Norm:
        assert len(ours.clipped) < 25
        exceeding = np.flatnonzero(ours.gradient_norm >= threshold) + 1
        np.testing.assert_array_equal(ours.clipped, exceeding)
    # What is shown is the gradient before it was clipped.
    np.testing.assert_allclose(ours.weight_gradient_norm, norms, 1e-8)


def test_a_schedule_reaches_every_step(torch, programs, network):
    (cosine,) = (one for one in SCHEDULES if one.id == "cosine")
    schedule = cosine(warmup_steps=5).factors(2 * STEPS + 7)
    plan = Plan(Sgd(learning_rate=0.2, convention="pytorch"), schedule, precision="float64")
    ours = train(programs, network(), plan)
    losses, _, _ = in_torch(torch, network(), plan)
    np.testing.assert_allclose(ours.loss, losses, 1e-9)
    np.testing.assert_allclose(ours.learning_rate, 0.2 * schedule)


@pytest.mark.parametrize("optimizer", [one for one in OPTIMIZERS if one.takes_estimates])
def test_a_rule_moves_each_coordinate_alone_exactly_if_it_says_so(optimizer):
    """Training moves layer by layer what can be, and all at once what cannot."""
    rule = optimizer()
    # Far and steady enough for estimates of distance to grow, which all coordinates share.
    x, gradient = np.array([0.5, -2.0, 3.0]), np.array([1.0, -0.2, 7.0])

    def walked(part):
        def step(carry, k):
            at, state = carry
            move, state = rule.move(at, gradient[part], state, k)
            return (at + move, state), None

        first = (jnp.asarray(x[part]), rule.init(jnp.asarray(x[part])))
        (at, _), _ = jax.lax.scan(step, first, jnp.arange(1.0, 13.0))
        return at

    parts = (slice(0, 1), slice(1, 3), slice(0, 3))
    one, others, together = jax.jit(lambda: [walked(part) for part in parts])()
    alike = np.allclose(np.concatenate([one, others]), together, rtol=1e-12, atol=0)
    assert alike == (optimizer.scope == "coordinate")


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_dataset_is_learned(programs, network, dataset):
    """A dozen units suffice for all but the spirals, which get more."""
    one = network(
        depth=3,
        width=64 if dataset.id == "spirals" else 16,
        dataset=dataset(size=200),
        loss=MeanSquaredError() if dataset.kind == "curve" else network().loss,
    )
    plan = Plan(Adam(learning_rate=0.01, convention="pytorch"), constant(600), frames=3)
    trained = train(programs, one, plan)
    assert trained.status == "running"
    if dataset.kind == "curve":
        assert trained.loss[-1] < 0.02
    else:
        assert trained.accuracy[-1] > 0.9


def test_wider_layers_approximate_better(programs, network):
    """Cybenko (1989): the error of one hidden layer falls with its units."""

    def error(width):
        one = network(
            depth=1, width=width, dataset=Curve(size=128, noise=0), loss=MeanSquaredError()
        )
        plan = Plan(Adam(learning_rate=0.02, convention="pytorch"), constant(1000), frames=2)
        return train(programs, one, plan).loss[-1]

    few, some = map(error, (2, 12))
    assert some < few / 10


def test_predictions_are_of_the_steps_they_name(programs, network):
    plan = Plan(Sgd(learning_rate=0.5), constant(50), frames=5, precision="float64")
    one = network()
    whole = train(programs, one, plan)
    np.testing.assert_array_equal(whole.frames, [0, 12, 25, 38, 50])
    short = Plan(Sgd(learning_rate=0.5), constant(25), frames=2, precision="float64")
    half = train(programs, one, short)
    np.testing.assert_allclose(half.predictions[-1], whole.predictions[2], 1e-12)
    np.testing.assert_allclose(half.loss, whole.loss[:26], 1e-12)
    assert ((whole.predictions > 0) & (whole.predictions < 1)).all()


def test_an_exploding_run_ends_at_its_last_finite_step(programs, network):
    one = network(activation=Relu(), initializer=He(), loss=MeanSquaredError(), dataset=Curve())
    trained = train(programs, one, Plan(Sgd(learning_rate=10.0), constant(100)))
    assert trained.status == "diverged"
    assert trained.diverged_at == len(trained.loss)
    assert np.isfinite(trained.loss).all()
    assert np.isfinite(trained.weight_gradient_norm).all()
    assert trained.weight_gradient_norm.shape == (6, len(trained.loss) - 1)
    assert (trained.frames < trained.diverged_at).all()


def test_a_network_that_overflows_at_once_says_so(programs, network):
    one = network(depth=64, activation=Relu(), initializer=Normal(standard_deviation=10.0))
    trained = train(programs, one, Plan(Sgd(learning_rate=0.1), constant(10)))
    assert (trained.status, trained.diverged_at) == ("diverged", 0)


def test_progress_is_told_and_cancelling_stops(programs, network):
    told = []
    plan = Plan(Sgd(learning_rate=0.1), constant(90), frames=2)
    train(programs, network(), plan, watch=told.append)
    assert [one.done for one in told] == [0, 32, 64, 90]
    assert sum(len(one.loss) for one in told) == 90
    seen, token = [], Token()

    def watch(progress):
        seen.append(progress)
        if len(seen) == 2:
            token.cancel()

    with pytest.raises(CancelledError):
        train(programs.under(token), network(), plan, watch=watch)
    assert len(seen) == 2


def test_references_are_refused(programs, network):
    with pytest.raises(InputError, match="newton does not train networks"):
        train(programs, network(), Plan(Newton(), constant(5)))


def test_histograms_beside_predictions(programs, network):
    plan = Plan(Sgd(learning_rate=0.1), constant(10), frames=3, with_histograms=True)
    trained = train(programs, network(width=8, dataset=Moons(size=20)), plan)
    assert len(trained.histograms) == 3
    assert (trained.histograms[-1].activations.sum(axis=1) == 20 * 8).all()
