"""Basins: of each start what its path came to, whatever company it is computed in."""

import pickle
from dataclasses import replace

import numpy as np

from server.engine.runs import Run
from server.engine.trajectories import trajectories
from server.maps.basins import Basins
from server.maps.ground import ground_of
from server.optimizers.adam import Adam
from server.optimizers.momentum import Momentum
from server.optimizers.sgd import Sgd
from surfaces.basins import Himmelblau
from surfaces.formula import Formula
from tests.maps.known import ROOTS, starts_of

SIDE, STEPS = 301, 300


def map_of(surface, optimizer, **more):
    run = Run(optimizer, np.ones(STEPS))
    return Basins(surface, STEPS, SIDE, SIDE, surface.domain, "float64", run=run, **more)


def labels_of_paths(programs, basins, pixels):
    """Of each pixel's path the minimum it ends at, and whether it diverged."""
    ground = ground_of(programs, basins.surface, basins.run.changes)
    basin, gone = [], []
    for start in starts_of(basins, pixels):
        ((path,),) = trajectories(
            programs, basins.surface, [basins.run], start[None], tolerance=1e-3, seed=basins.seed
        )
        gone.append(path.status == "diverged")
        basin.append(-1 if gone[-1] else ground.basins(path.points[-1:])[0])
    return np.array(basin), np.array(gone)


def test_noise_penalties_schedules_and_clipping_are_those_of_paths(programs):
    run = Run(
        Adam(learning_rate=0.2),
        np.linspace(1, 0.2, STEPS),
        Run(Sgd(), np.ones(1)).changes._replace(l2=0.5, weight_decay=0.01, clip_norm=5.0),
        gradient_noise=2.0,
    )
    basins = replace(map_of(Himmelblau(), run.optimizer), run=run, seed=3)
    pixels = np.arange(0, SIDE * SIDE, 2777)
    found = basins.compute(programs, pixels)
    basin, _ = labels_of_paths(programs, basins, pixels)
    assert found["basin"].tolist() == basin.tolist()
    losses = [
        trajectories(programs, basins.surface, [run], start[None], tolerance=1e-3, seed=3)[0][0]
        .loss[-1]
        for start in starts_of(basins, pixels[:8])
    ]  # fmt: skip
    np.testing.assert_allclose(found["loss"][:8], losses, rtol=1e-5)


def test_a_pixel_is_the_same_in_any_company(programs):
    basins = map_of(Himmelblau(), Momentum(learning_rate=0.003))
    pixels = np.arange(0, SIDE * SIDE, 311)
    together = basins.compute(programs, pixels)
    apart = basins.compute(programs, pixels[7:19])
    for name, values in together.items():
        np.testing.assert_array_equal(values[7:19], apart[name])


def test_minima_that_nobody_declared_are_found(programs):
    minima = map_of(ROOTS, Sgd()).minima(programs)
    roots = np.exp(2j * np.pi * np.arange(3) / 3)
    found = np.array([one.x + 1j * one.y for one in minima])
    assert len(found) == 3
    assert np.abs(found[:, None] - roots).min(axis=0).max() < 1e-6


def test_a_description_can_be_shipped(programs):
    basins = map_of(Himmelblau(), Sgd(learning_rate=0.005))
    here = basins.compute(programs, np.arange(4))
    there = pickle.loads(pickle.dumps(basins)).compute(programs, np.arange(4))
    assert here["steps"].tolist() == there["steps"].tolist()


def test_gradients_whose_square_is_no_number_are_walked(programs):
    steep = Formula("1e300*x^2 + 1e300*y^2")
    told = map_of(steep, Sgd(learning_rate=1e-301)).compute(programs, np.arange(0, SIDE**2, 9000))
    # Each step leaves 0.8 of x and y.
    assert (told["basin"] == 0).all()
