"""What kernels replace: sines of float32, and formulas that are code of their own."""

import jax
import numpy as np
import pytest

from server.engine.programs import Programs
from server.engine.runs import Run
from server.maps.basins import settling
from server.maps.ground import ground_of
from server.maps.kernels.calls import Calls
from server.maps.kernels.lanes import Numbers, Settling
from server.maps.kernels.packing import Packing
from server.maps.kernels.sine import cosine, sine, with_quick_sines
from server.maps.kernels.walking import walk
from server.maps.nearest import Nearest
from server.optimizers.adam import Adam
from server.optimizers.lbfgs import Lbfgs
from server.optimizers.prodigy import Prodigy
from server.optimizers.sgd import Sgd
from surfaces.basins import Himmelblau
from surfaces.formula import Formula
from surfaces.ripples import Ackley, Rastrigin
from surfaces.slices import NetworkSlice
from surfaces.traced import traced
from tests.maps.known import himmelblaus_gradient


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


@pytest.mark.parametrize("leading", [(), (5,)], ids=["one", "several"])
def test_what_is_packed_comes_back(leading):
    draw = np.random.default_rng(1).normal

    def tree(shape):
        return {
            "steps": np.full(shape, 7),
            "x": draw(size=(*shape, 64)).astype(np.float32),
            "since": np.zeros((*shape, 64), np.int32),
            "state": (draw(size=(*shape, 3, 64)).astype(np.float32), draw(size=(*shape, 2))),
            "marks": np.zeros((*shape, 0, 64), np.float32),
        }

    packing = Packing(tree(()), 64)
    trees = [tree(()) for _ in range(np.prod(leading, dtype=int))]
    packs = [packing.pack(one) for one in trees]
    # No marks, one row of whole numbers, four of float32, the shared numbers, the step.
    assert [one.shape for one in packs[0]] == [(0, 64), (1, 64), (4, 64), (2,), ()]
    together = [
        np.reshape(np.stack(pack), (*leading, *pack[0].shape)) for pack in zip(*packs, strict=True)
    ]
    expected = jax.tree.map(lambda *parts: np.reshape(parts, (*leading, *parts[0].shape)), *trees)
    jax.tree.map(np.testing.assert_array_equal, packing.unpack(together), expected)


def test_the_nearest_place_is_the_one_that_a_search_of_all_finds():
    draw = np.random.default_rng(2).uniform
    for places in (draw(-5, 5, (150, 2)), np.array([[0.0, 0.0], [3.0, 4.0]])):
        points = np.concatenate([draw(-7, 7, (3000, 2)), [[1e200, -1e200], [0.0, 0.0]]])
        with np.errstate(over="ignore"):
            away = np.sqrt(((points[:, None] - places) ** 2).sum(axis=2))
        expected = np.where(away.min(axis=1) < 0.4, away.argmin(axis=1), -1)
        np.testing.assert_array_equal(Nearest(places, 0.4).of(points), expected)
        assert (expected >= 0).any() and (expected < 0).any()


def descended(starts, steps, rate):
    """Himmelblau's function by gradient descent, in NumPy: the place after each step."""
    x, y = starts.T
    for _ in range(steps):
        across, up = himmelblaus_gradient(x, y)
        x, y = x - rate * across, y - rate * up
        yield np.stack([x, y], axis=1)


@pytest.mark.parametrize("count", [1, 1024, 2500], ids=str)
def test_groups_of_lanes_walk_as_each_start_does_alone(programs, count):
    """More than one group and not a whole number of them, over more steps than one call takes."""
    surface, steps, rate = Himmelblau(), 700, 0.002
    run = Run(Sgd(learning_rate=rate), np.ones(steps))
    starts = np.random.default_rng(3).uniform(-5, 5, (count, 2))
    ground = ground_of(programs, surface, run.changes)
    path = list(descended(starts, steps, rate))
    for exact in (True, False):
        stops = settling(ground, run, exact=exact)
        ends = walk(programs, surface, run, starts, numbers=Numbers.of(run), settling=stops)
        if exact:
            np.testing.assert_allclose(ends.points, path[-1], rtol=0, atol=1e-9)
            continue
        # Where each had settled, and it settled only where it stays.
        rests = np.flatnonzero(ends.steps >= 0)
        assert len(rests) > 0.9 * count
        there = np.array([path[ends.steps[i] - 1][i] for i in rests])
        np.testing.assert_allclose(ends.points[rests], there, rtol=0, atol=1e-9)
        np.testing.assert_allclose(ends.points, path[-1], rtol=0, atol=ground.diagonal / 100)


@pytest.mark.parametrize(
    ("surface", "rule", "watch", "precision", "step"),
    [
        (Himmelblau(), Sgd(), "settling", "float32", 0.2),
        (Ackley(), Adam(), "settling", "float64", 34.7),
        (Ackley(), Adam(), "arrivals", "float64", 68.0),
        (Himmelblau(), Prodigy(), "rates", "float64", 24.0),
        (Rastrigin(), Lbfgs(), "settling", "float64", 5200.0),
        (Rastrigin(), Lbfgs(), "settling", "float32", 500.0),
        (NetworkSlice(), Sgd(), "settling", "float64", 50e3),
    ],
    ids=lambda one: getattr(one, "id", str(one)),
)
def test_a_first_call_ends_within_50_ms(
    programs, monkeypatch, surface, rule, watch, precision, step
):
    """Steps of all lanes, each as many nanoseconds long as it was measured to be."""

    class Called(Exception):
        """With the call."""

    def called(plan, call):
        raise Called(call)

    monkeypatch.setattr(Calls, "called", called)
    monkeypatch.setattr(Programs, "get", lambda *_: None)
    run = Run(rule, np.ones(2000))
    nowhere = Settling(0.0, 0.0, lambda points: np.zeros(len(points), bool), stops=False)
    with pytest.raises(Called) as seen:
        walk(
            programs, surface, run, np.zeros((9000, 2)), numbers=Numbers.of(run),
            settling=nowhere, watch=watch, precision=precision,
        )  # fmt: skip
    [call] = seen.value.args
    steps = int(call.last - call.first)
    assert steps * call.restless.size * step * 1e-9 <= 0.05
    # Whole blocks, and as many as there is time for.
    assert steps % call.block == 0
    assert steps * call.restless.size * step * 1e-9 > 0.0005


def test_lanes_that_settle_where_nobody_stays_go_on(programs):
    """At a saddle the gradient is none; the way on is that of the exact map."""
    surface, steps = Himmelblau(), 600
    run = Run(Sgd(learning_rate=0.002), np.ones(steps))
    saddle = np.array([0.0866775, 2.8842547])
    angles = np.linspace(0, 2 * np.pi, 40)
    near = saddle + 1e-6 * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    starts = np.concatenate([near, np.random.default_rng(4).uniform(-5, 5, (1500, 2))])
    ground = ground_of(programs, surface, run.changes)
    early, exact = (
        walk(
            programs, surface, run, starts, numbers=Numbers.of(run),
            settling=settling(ground, run, exact=exact),
        )
        for exact in (False, True)
    )  # fmt: skip
    assert (ground.basins(early.points) == ground.basins(exact.points)).all()
    assert (ground.basins(early.points[:40]) >= 0).sum() > 30
    # What was seen is of where they are, not of the saddle.
    np.testing.assert_allclose(early.loss[:40], exact.loss[:40], atol=1e-2)
