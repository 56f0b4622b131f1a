"""Every caption is true of the paths that its surface opens with, whatever 1 % does to them."""

from dataclasses import replace

import numpy as np
import pytest

from server import defaults
from server.engine.gradient_changes import PLAIN
from server.engine.runs import Run
from server.engine.trajectories import trajectories
from server.engine.views import declared
from server.optimizers.catalog import OPTIMIZERS
from surfaces.catalog import SURFACES
from surfaces.claims.claim import Path, Setting
from surfaces.shapes import Bowl, RotatedRavine
from surfaces.valleys import Booth, Matyas, Rosenbrock

LECTURE = OPTIMIZERS[:6]
STEPS = 500
CORNERS = [(0, 0), (-1, -1), (-1, 1), (1, -1), (1, 1)]
PACES = (1.0, 0.99, 1.01)

each_surface = pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.id)


def races(programs, surface, setting):
    """The lecture's six under one setting, for each corner and pace: [(Race, what moved)]."""
    one = surface(**setting.parameters)
    seen = declared(one)
    start = np.array(setting.start or seen.start)
    starts = np.array([start * (1 + np.array(corner) / 100) for corner in CORNERS])
    clipping = PLAIN if setting.clipping is None else PLAIN._replace(clip_norm=setting.clipping)
    for pace in PACES:
        runs = []
        for optimizer in LECTURE:
            rate = defaults.learning_rate(optimizer, seen) * setting.rates * pace
            numbers = defaults.hyperparameters(optimizer, "lecture")
            rule = optimizer(**numbers, learning_rate=rate)
            runs.append(Run(rule, schedule=np.ones(STEPS), changes=clipping))
        walked = trajectories(programs, one, runs, starts, tolerance=1e-3)
        for s, corner in enumerate(CORNERS):
            yield (
                {
                    optimizer.id: Path(row[s].points, row[s].loss, row[s].gradient_norm)
                    for optimizer, row in zip(LECTURE, walked, strict=True)
                },
                (corner, pace),
            )


@each_surface
def test_caption_is_true_of_the_opening_race_and_of_all_within_1_percent(programs, surface):
    claim = surface.claim
    opening = list(races(programs, surface, Setting()))
    others = {
        name: list(races(programs, surface, setting)) for name, setting in claim.others.items()
    }
    minima = [(minimum.x, minimum.y) for minimum in surface().minima()]
    wrong = [
        moved
        for i, (race, moved) in enumerate(opening)
        if not claim.holds(minima, race, **{name: rows[i][0] for name, rows in others.items()})
    ]
    assert len(opening) == len(CORNERS) * len(PACES)
    assert wrong == []


@pytest.mark.parametrize(
    "surface", [s for s in SURFACES if s.claim.others], ids=lambda surface: surface.id
)
def test_what_a_caption_compares_makes_the_difference(programs, surface):
    """With the opening race in every other setting's place no claim holds."""
    opening, _ = next(races(programs, surface, Setting()))
    minima = [(minimum.x, minimum.y) for minimum in surface().minima()]
    assert not surface.claim.holds(minima, opening, **dict.fromkeys(surface.claim.others, opening))


def by_hand(hessian, start, rate, momentum=0.0):
    """x ← x + v, v ← βv − α H(x − x*), for a quadratic with its minimum at 0; one line of NumPy."""
    x, v = np.array(start, float), np.zeros(2)
    points = [x]
    for _ in range(STEPS):
        v = momentum * v - rate * (hessian @ x)
        x = x + v
        points.append(x)
    return np.array(points)


def turned(condition_number):
    across = np.array([-1.0, 1.0]) / np.sqrt(2)
    return np.eye(2) + (condition_number - 1) * np.outer(across, across)


QUADRATICS = [
    (Bowl(), np.diag([1.0, 10.0]), (0.0, 0.0)),
    (Bowl(condition_number=100.0), np.diag([1.0, 100.0]), (0.0, 0.0)),
    (RotatedRavine(), turned(100.0), (0.0, 0.0)),
    (Booth(), np.array([[10.0, 8.0], [8.0, 10.0]]), (1.0, 3.0)),
    (Matyas(), np.array([[0.52, -0.48], [-0.48, 0.52]]), (0.0, 0.0)),
]


@pytest.mark.parametrize("case", QUADRATICS, ids=lambda case: repr(case[0]))
def test_zigzags_and_arrivals_of_quadratics_are_those_of_numpy_by_hand(programs, case):
    """The numbers that these captions rest on, without JAX, our rules or our surfaces."""
    surface, hessian, goal = case
    seen = declared(surface)
    steep = np.linalg.eigh(hessian)[1][:, 1]
    for optimizer, momentum in ((LECTURE[0], 0.0), (LECTURE[1], 0.9)):
        rate = defaults.learning_rate(optimizer, seen)
        hand = by_hand(hessian, np.array(seen.start) - goal, rate, momentum)
        rule = optimizer(**(defaults.hyperparameters(optimizer, "lecture")), learning_rate=rate)
        [[path]] = trajectories(
            programs, surface, [Run(rule, np.ones(STEPS))], np.array([seen.start]), tolerance=1e-3
        )
        ours = Path(path.points - np.array(goal), path.loss, path.gradient_norm)
        theirs = Path(hand, np.zeros(STEPS + 1), np.zeros(STEPS + 1))
        assert ours.points == pytest.approx(hand, abs=1e-9)
        assert ours.arrival(0.06, (0.0, 0.0)) == theirs.arrival(0.06, (0.0, 0.0))
        across = hand @ steep
        signs = np.sign(across[np.abs(across) >= 0.02])
        assert ours.crossings(tuple(steep), 0.02) == np.count_nonzero(np.diff(signs))


@pytest.mark.parametrize("condition_number", [1.0, 3.0, 10.0, 100.0, 1000.0])
def test_descents_rate_follows_the_condition_number_and_never_diverges(condition_number):
    """Just under 2/(λ_min + λ_max), with which the error falls at best (Boyd, section 9.3)."""
    for surface in (Bowl(condition_number), RotatedRavine(condition_number)):
        rate = defaults.learning_rate(LECTURE[0], declared(surface))
        best = 2 / (1 + condition_number)
        assert 0.9 * best < rate < best
        assert np.abs(1 - rate * np.array([1, condition_number])).max() < 1


# Where x ← x − αλx ceases to shrink, β = 0.9: 2, 2(1 + β), 2(1 + β)/(1 + 2β), in parts of 1/λ.
LIMITS = {"sgd": 2.0, "momentum": 3.8, "nesterov": 3.8 / 2.8}


def at_rest(steepness):
    """Rosenbrock's Hessian at (1, 1), by hand."""
    return np.array([[2 + 8 * steepness, -4 * steepness], [-4 * steepness, 2 * steepness]])


@pytest.mark.parametrize("steepness", [1.0, 10.0, 100.0, 500.0])
def test_rosenbrocks_rates_follow_the_curvature_of_its_minimum(steepness):
    largest = np.linalg.eigvalsh(at_rest(steepness)).max()
    seen = declared(Rosenbrock(steepness))
    for optimizer, limit in zip(LECTURE[:3], LIMITS.values(), strict=True):
        assert limit / 2 < defaults.learning_rate(optimizer, seen) * largest < limit


def mean_log_loss(programs, optimizer, rate, starts):
    """Of each start, shape [S]; ∞ where the path does not stay finite."""
    rule = optimizer(**defaults.hyperparameters(optimizer, "lecture"), learning_rate=rate)
    [row] = trajectories(
        programs, Rosenbrock(), [Run(rule, np.ones(STEPS))], starts, tolerance=1e-3
    )
    return np.array([np.log10(one.loss).mean() if len(one.loss) > STEPS else np.inf for one in row])


@pytest.mark.parametrize("optimizer", LECTURE, ids=lambda optimizer: optimizer.id)
def test_opening_race_is_fair(programs, optimizer):
    """Of rates that could come to rest at (1, 1) none that 1 % leaves as it is is much better."""
    surface = Rosenbrock()
    could_rest = LIMITS.get(optimizer.id, np.inf) / np.linalg.eigvalsh(at_rest(100.0)).max()
    starts = np.array([np.array(surface.start) * (1 + np.array(c) / 100) for c in CORNERS])
    chosen = defaults.learning_rate(optimizer, declared(surface))
    declared_loss = mean_log_loss(programs, optimizer, chosen, starts).max()
    for rate in chosen * np.geomspace(1 / 3, 3, 13):
        found = np.concatenate(
            [mean_log_loss(programs, optimizer, rate * pace, starts) for pace in PACES]
        )
        reproduces = np.isfinite(found).all() and np.ptp(found) < 0.5
        if reproduces and rate < could_rest:
            assert found.max() > declared_loss - 0.6


def test_somebody_arrives_and_nobody_bounces_in_the_opening_race(programs):
    race, _ = next(races(programs, Rosenbrock, Setting()))
    arrived = [name for name, path in race.items() if path.ends_at((1.0, 1.0), 0.01)]
    assert arrived
    for path in race.values():
        late = path.loss[50:] + 0.1
        assert (late / np.minimum.accumulate(late)).max() < 10


def test_default_rates_of_every_surface_keep_every_lecture_rule_finite(programs):
    for surface in SURFACES:
        race, _ = next(races(programs, surface, Setting()))
        assert {len(path.points) for path in race.values()} == {STEPS + 1}, surface.id


def test_a_surfaces_own_rate_of_one_optimizer_wins_over_its_scales():
    seen = declared(Rosenbrock())
    own = replace(Rosenbrock(), steepness=100.0).scales().rates
    for optimizer in LECTURE[1:]:
        expected = float(f"{own[optimizer.id]:.2g}")
        assert defaults.learning_rate(optimizer, seen) == expected
