"""Stability: the map agrees with theory to a pixel, and theory with iteration matrices."""

import dataclasses

import numpy as np
import pytest

from server.engine.gradient_changes import PLAIN
from server.engine.runs import Run
from server.engine.trajectories import trajectories
from server.maps.description import Axis
from server.maps.numbers import names, run_at, surface_at
from server.maps.stability import Stability
from server.maps.theory import limit, optimum, spectral_radius
from server.optimizers.adam import Adam
from server.optimizers.momentum import Momentum
from server.optimizers.nesterov import Nesterov
from server.optimizers.newton import Newton
from server.optimizers.sgd import Sgd
from surfaces.basins import Himmelblau
from surfaces.catalog import SURFACES
from surfaces.formula import Formula
from surfaces.shapes import Bowl
from surfaces.valleys import Booth, Rosenbrock

STEPS = 1000
CURVATURES = np.array([2.0, 18.0])
"""Of Booth's function: its Hessian is [[10, 8], [8, 10]]."""


def matrix(rule, curvature, rate, beta):
    """The iteration (x, v) along one axis of a quadratic, from the lecture's formulas."""
    s = rate * curvature
    if rule is Sgd:
        return np.array([[1 - s, 0.0], [0.0, 0.0]])
    if rule is Momentum:  # v ← βv − sx, x ← x + v
        return np.array([[1 - s, beta], [-s, beta]])
    # v ← βv − s(x + βv), x ← x + v
    return np.array([[1 - s, beta - s * beta], [-s, beta - s * beta]])


def radius(rule, curvature, rate, beta):
    return np.abs(np.linalg.eigvals(matrix(rule, curvature, rate, beta))).max()


@pytest.mark.parametrize("rule", [Sgd, Momentum, Nesterov])
def test_limits_are_where_an_eigenvalue_leaves_the_unit_circle(rule):
    for beta in np.linspace(0, 0.98, 15):
        made = rule() if rule is Sgd else rule(momentum=float(beta))
        for curvature in (0.3, 18.0):
            edge = limit(made, curvature)
            assert radius(rule, curvature, edge * (1 - 1e-6), beta) < 1
            assert radius(rule, curvature, edge * (1 + 1e-6), beta) > 1
            for rate in np.linspace(1e-3, 2, 9) * edge:
                expected = radius(rule, curvature, rate, beta)
                found = spectral_radius(made, np.array(rate * curvature))
                assert found == pytest.approx(expected, rel=1e-6, abs=1e-7)


def test_limits_and_optima_are_those_of_the_literature():
    small, large = CURVATURES
    assert limit(Sgd(), large) == pytest.approx(2 / large)
    assert limit(Momentum(momentum=0.7), large) == pytest.approx(2 * 1.7 / large)
    assert limit(Nesterov(momentum=0.7), large) == pytest.approx(2 * 1.7 / 2.4 / large)
    # Gradient descent: Nesterov (2004); heavy ball: Polyak (1964); Nesterov's: Lessard, Recht and
    # Packard (2016), table 1, each at its own momentum.
    assert optimum(Sgd(), CURVATURES) == pytest.approx(2 / (small + large), rel=1e-5)
    roots = np.sqrt(CURVATURES)
    beta = ((roots[1] - roots[0]) / roots.sum()) ** 2
    polyak = optimum(Momentum(momentum=float(beta)), CURVATURES)
    assert polyak == pytest.approx(4 / roots.sum() ** 2, rel=1e-3)
    wide = np.sqrt(3 * large / small + 1)
    nesterov = optimum(Nesterov(momentum=float((wide - 2) / (wide + 2))), CURVATURES)
    assert nesterov == pytest.approx(4 / (3 * large + small), rel=1e-3)


@pytest.mark.parametrize("rule", [Momentum, Nesterov])
def test_a_map_agrees_with_theory_to_a_pixel(programs, rule):
    x, y = Axis("learning_rate", 0.02, 0.25, 96), Axis("momentum", 0.0, 0.9, 12)
    asked = Stability(Booth(), Run(rule(), np.ones(STEPS)), STEPS, x, y, (-5.0, 7.0))
    found = asked.compute(programs, np.arange(96 * 12))
    diverged = found["diverged"].reshape(12, 96).astype(bool)
    edge, *best = asked.theory(programs)
    assert edge.id == "limit" and {one.id for one in best} == {"optimum"}
    rates, betas = x.values(), y.values()
    for row, beta in enumerate(betas):
        beyond = rates > limit(rule(momentum=float(beta)), CURVATURES[1])
        # The first pixel that diverges is the first beyond the boundary, or the one beside it.
        apart = np.flatnonzero(diverged[row] != beyond)
        assert len(apart) <= 1
        assert all(abs(np.argmax(beyond) - at) <= 1 for at in apart)
    edges = [limit(rule(momentum=float(beta)), CURVATURES[1]) for beta in edge.y]
    assert edge.x == pytest.approx(edges)
    expected = np.array(
        [[max(radius(rule, c, rate, beta) for c in CURVATURES) for rate in rates] for beta in betas]
    )
    measured = found["rate"].reshape(12, 96)
    told = np.isfinite(measured)
    assert told.mean() > 0.95
    assert np.abs(measured - expected)[told].max() < 0.05
    assert np.median(np.abs(measured - expected)[told]) < 0.003


TURNED = "0.25*(x*cos(0.5) + y*sin(0.5))^2 + 10*(y*cos(0.5) - x*sin(0.5))^2"
"""Curvatures 0.5 and 20, along axes that are turned by half a radian."""
FORMS = [(Sgd, "lecture")] + [
    (rule, form) for rule in (Momentum, Nesterov) for form in ("lecture", "pytorch", "keras")
]


@pytest.mark.parametrize("l2", [0.0, 3.0])
@pytest.mark.parametrize(("rule", "form"), FORMS, ids=lambda one: getattr(one, "id", one))
def test_a_turned_quadratic_with_a_penalty_in_every_form(programs, rule, form, l2):
    """The penalty adds to every curvature: 2/(λ + l2), and so on."""
    curvatures = np.array([0.5, 20.0]) + l2
    betas = (0.0,) if rule is Sgd else (0.0, 0.45, 0.9)
    run = Run(rule(convention=form), np.ones(STEPS), PLAIN._replace(l2=l2))
    # Of gradient descent another number is on the axis, which changes nothing.
    up = Axis("regularization.l2", l2, l2 + 1e-9, 2) if rule is Sgd else None
    up = up or Axis("momentum", betas[0], betas[-1], len(betas))
    x = Axis("learning_rate", 0.01, 0.25, 61)
    asked = Stability(Formula(TURNED), run, STEPS, x, up, (1.3, -0.7))
    found = asked.compute(programs, np.arange(x.count * up.count))
    edge, *best = asked.theory(programs)
    rates = x.values()
    for row, beta in enumerate(betas):
        worst = np.array([max(radius(rule, c, rate, beta) for c in curvatures) for rate in rates])
        here = slice(row * x.count, (row + 1) * x.count)
        first = int(np.argmax(worst > 1)) if (worst > 1).any() else x.count
        diverged = found["diverged"][here].astype(bool)
        border = int(np.argmax(diverged)) if diverged.any() else x.count
        assert abs(border - first) <= 1 and diverged[border:].all()
        places = np.flatnonzero(edge.y == up.values()[row])
        assert len(places) == (first < x.count)
        assert all(abs(np.searchsorted(rates, edge.x[at]) - first) <= 1 for at in places)
        # Where theory has the best rate the map has none that is faster.
        for line in best:
            for at in np.flatnonzero(line.y == up.values()[row]):
                measured = found["rate"][here][np.abs(rates - line.x[at]).argmin()]
                fastest = worst.min()
                assert measured == pytest.approx(fastest, abs=0.05)


@pytest.mark.parametrize(
    ("surface", "optimizer", "more"),
    [
        (Booth(), Momentum(), {"schedule": np.linspace(1, 0.1, 50)}),
        (Booth(), Momentum(), {"gradient_noise": 0.1}),
        (Booth(), Momentum(), {"changes": PLAIN._replace(clip_norm=1.0)}),
        (Booth(), Momentum(), {"changes": PLAIN._replace(clip_value=1.0)}),
        (Booth(), Momentum(), {"changes": PLAIN._replace(weight_decay=0.1)}),
        (Booth(), Momentum(), {"changes": PLAIN._replace(l1=0.1)}),
        (Rosenbrock(), Momentum(), {}),
        (Formula("x^2 - y^2"), Momentum(), {}),
        (Booth(), Adam(), {}),
        (Booth(), Newton(), {}),
    ],
    ids=str,
)
def test_no_line_is_drawn_where_theory_does_not_hold(programs, surface, optimizer, more):
    run = dataclasses.replace(Run(optimizer, np.ones(50)), **more)
    x, y = Axis("learning_rate", 0.02, 0.25, 8), Axis("regularization.l2", 0.0, 0.5, 4)
    assert Stability(surface, run, 50, x, y, (1.0, 1.0)).theory(programs) == ()


@pytest.mark.parametrize(
    ("surface", "scheduled", "y"),
    [
        ("x^2 + y^2", 0.0, Axis("momentum", 0.0, 0.9, 4)),
        ("x + y", 1.0, Axis("regularization.l2", 1e-310, 1.0, 4, "log")),
    ],
    ids=["no rate", "no curvature"],
)
def test_theory_says_nothing_where_no_rate_is_too_large(programs, surface, scheduled, y):
    run = Run(Momentum(), np.array([scheduled]))
    asked = Stability(Formula(surface), run, 1, Axis("learning_rate", 0.1, 1.0, 4), y, (1.0, 1.0))
    assert asked.theory(programs) == ()


def test_curvature_on_an_axis_bends_the_boundary(programs):
    x, y = (
        Axis("surface.condition_number", 1.0, 50.0, 16),
        Axis("learning_rate", 0.005, 1.0, 48, "log"),
    )
    names_of = names(Bowl(), Run(Sgd(), np.ones(1)))
    assert x.name in names_of and y.name in names_of
    asked = Stability(Bowl(), Run(Sgd(), np.ones(STEPS)), STEPS, x, y, (-1.0, 1.0))
    edge = next(one for one in asked.theory(programs) if one.id == "limit")
    diverged = asked.compute(programs, np.arange(16 * 48))["diverged"].reshape(48, 16)
    rates = y.values()
    for condition, rate in zip(edge.x, edge.y, strict=True):
        column = int(np.abs(x.values() - condition).argmin())
        first = int(diverged[:, column].argmax())
        assert abs(first - np.searchsorted(rates, rate)) <= 1


FALLING = (1 + np.cos(np.pi * np.arange(200) / 200)) / 2
PLANES = [
    # A surface, a run, two numbers: none of them in the chaos where a rounding decides.
    (Rosenbrock(), Run(Adam(), FALLING), ("learning_rate", 1e-3, 0.3), ("epsilon", 1e-10, 1.0)),
    (Rosenbrock(), Run(Adam(learning_rate=0.01), np.ones(200)), ("beta1", 0.1, 0.9),
     ("beta2", 0.9, 0.999)),
    (Rosenbrock(), Run(Sgd(), np.ones(200), PLAIN._replace(clip_value=1.0)),
     ("learning_rate", 1e-4, 1e-2), ("clipping.threshold", 0.01, 100.0)),
    (Rosenbrock(), Run(Momentum(), np.ones(200)), ("learning_rate", 1e-4, 1e-3),
     ("clipping.threshold", 0.01, 100.0)),
    (Himmelblau(), Run(Sgd(learning_rate=0.01), np.ones(200)), ("gradient_noise", 0.01, 5.0),
     ("regularization.l2", 0.01, 10.0)),
    (Booth(), Run(Nesterov(), np.ones(200)), ("learning_rate", 1e-2, 10.0),
     ("momentum", 0.1, 0.99)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("surface", "run", "x", "y"), PLANES, ids=[f"{one[2][0]}-{one[3][0]}" for one in PLANES]
)
def test_a_hundred_random_pixels_are_their_paths(programs, surface, run, x, y):
    side, steps, start = 41, len(run.schedule), np.array([(-1.2, 0.7)])
    across, up = Axis(*x, side, "log"), Axis(*y, side, "log")
    pixels = np.random.default_rng(3).choice(side * side, 96, replace=False)
    asked = Stability(surface, run, steps, across, up, (-1.2, 0.7), seed=4)
    found = asked.compute(programs, pixels)
    runs = [
        run_at(run_at(run, across.name, a), up.name, b)
        for a, b in zip(across.values()[pixels % side], up.values()[pixels // side], strict=True)
    ]
    some = [runs[first : first + 12] for first in range(0, 96, 12)]
    paths = [
        path
        for part in some
        for (path,) in trajectories(programs, surface, part, start, tolerance=1e-3, seed=4)
    ]
    gone = np.array([path.status == "diverged" for path in paths])
    growing = np.array([path.outcome.id == "growing" for path in paths])
    assert np.array_equal(found["diverged"] == 1, gone | growing)
    assert np.array_equal(np.isnan(found["loss"]), gone)
    ends = np.array([min(path.loss[-1], float(np.finfo(np.float32).max)) for path in paths])
    np.testing.assert_allclose(found["loss"][~gone], ends[~gone], rtol=1e-4, atol=1e-9)
    arrived = [-1 if p.converged_at is None else p.converged_at for p in paths]
    assert found["steps"].tolist() == arrived


@pytest.mark.parametrize(
    ("surface", "optimizer", "x", "y"),
    [
        (
            Rosenbrock(),
            Adam(),
            Axis("learning_rate", 1e-3, 1.0, 6, "log"),
            Axis("beta1", 0.0, 0.95, 5),
        ),
        (
            Rosenbrock(),
            Momentum(learning_rate=0.001),
            Axis("clipping.threshold", 0.1, 10.0, 6, "log"),
            Axis("surface.steepness", 10.0, 200.0, 5, "log"),
        ),
        (
            Rosenbrock(),
            Sgd(learning_rate=0.001),
            Axis("gradient_noise", 0.0, 2.0, 6),
            Axis("regularization.l2", 0.0, 1.0, 5),
        ),
        (
            Formula("x^4 + 2*y^2 + x*y"),
            Newton(),
            Axis("learning_rate", 0.1, 1.9, 6),
            Axis("damping", 0.0, 2.0, 5),
        ),
    ],
    ids=lambda one: getattr(one, "id", getattr(one, "name", "")),
)
def test_each_pixel_is_the_path_with_its_numbers(programs, surface, optimizer, x, y):
    steps, start = 200, (-1.2, 1.0)
    run = Run(optimizer, np.ones(steps))
    asked = Stability(surface, run, steps, x, y, start, seed=4)
    found = asked.compute(programs, np.arange(30))
    for pixel in range(0, 30, 7):
        one, there = run, surface
        for axis, value in ((x, x.values()[pixel % 6]), (y, y.values()[pixel // 6])):
            there = surface_at(there, axis.name, float(value))
            one = one if "surface" in axis.name else run_at(one, axis.name, float(value))
        ((path,),) = trajectories(programs, there, [one], np.array([start]), tolerance=1e-3, seed=4)
        if path.status == "diverged":
            assert found["diverged"][pixel] == 1
        else:
            assert found["loss"][pixel] == pytest.approx(path.loss[-1], rel=1e-4, abs=1e-9)
            assert found["steps"][pixel] == (-1 if path.converged_at is None else path.converged_at)


@pytest.mark.parametrize("surface", SURFACES, ids=lambda one: one.id)
def test_every_surface_says_which_of_its_numbers_may_be_an_axis(surface):
    """None of points either: those are arrays, and which there are is no number of a lane."""
    found = names(surface(), Run(Sgd(learning_rate=0.1), np.ones(3)))
    assert found[0] == "learning_rate"
    declared = {field.name for field in dataclasses.fields(surface)}
    assert {one.removeprefix("surface.") for one in found if "surface." in one} <= declared
    assert not {"surface.points", "surface.size", "surface.noise"} & set(found)


@pytest.mark.filterwarnings("error")
def test_a_rate_beyond_single_precision_is_its_largest_number(programs):
    """On x² a step with rate α multiplies the gradient by |1 − 2α|."""
    surface = Formula("x^2 + y^2", ((-1.0, 1.0), (-1.0, 1.0)))
    axes = Axis("learning_rate", 1e40, 1e41, 2), Axis("gradient_noise", 0.0, 1e-9, 2)
    run = Run(Sgd(learning_rate=0.1), np.ones(3))
    stability = Stability(surface, run, 3, *axes, (0.5, 0.5), "float64")
    found = stability.compute(programs, np.arange(4))
    assert (found["rate"] == np.finfo(np.float32).max).all()
    assert found["diverged"].all()
