"""Deep surfaces through the engine: the wall, clipping, and who shares whose programs."""

import numpy as np

from server.engine.families import as_member
from server.engine.gradient_changes import GradientChanges
from server.engine.runs import Run
from server.engine.trajectories import trajectories
from server.optimizers.sgd import Sgd
from surfaces.catalog import SURFACES
from surfaces.deep import DeepChain, RecurrentUnit
from surfaces.slices import NetworkSlice
from surfaces.valleys import Rosenbrock


def family(surface):
    return as_member(surface, np.dtype("float64")).family


def descended(programs, surface, rate, start=None, **limit):
    run = Run(Sgd(learning_rate=rate), np.ones(500), GradientChanges(**limit))
    start = np.array([surface.start if start is None else start])
    return trajectories(programs, surface, [run], start, tolerance=1e-3)[0][0]


def test_a_step_on_the_wall_throws_the_iterate_off_and_clipping_keeps_it(programs):
    """The paper's figure 6: solid and dashed, at the page's own start and rate."""
    free = descended(programs, RecurrentUnit(), 0.2)
    steps = np.hypot(*np.diff(free.points, axis=0).T)
    (w_min, w_max), (b_min, b_max) = RecurrentUnit.domain
    thrown = int(np.argmax(steps))
    assert steps[thrown] > 5 * max(w_max - w_min, b_max - b_min)
    assert np.median(steps[:thrown]) < 0.05
    assert free.points[-1, 0] > w_max and free.loss[-1] > free.loss[0]

    kept = descended(programs, RecurrentUnit(), 0.2, clip_norm=1.0)
    x, y = kept.points.T
    assert (w_min < x).all() and (x < w_max).all() and (b_min < y).all() and (y < b_max).all()
    assert len(kept.clipped) > 0
    assert kept.loss[-1] < 0.01 * kept.loss[0]
    assert np.hypot(*np.diff(kept.points, axis=0).T).max() <= 0.2 * (1 + 1e-12)


def test_gradient_descent_gets_through_the_chain(programs):
    path = descended(programs, DeepChain(), 0.01, (0.9, 0.5))
    assert path.loss[-1] < 1e-6
    # In the desert half of the steps hardly move: most of the loss falls in few of them.
    fall = -np.diff(path.loss)
    assert np.sort(fall)[-50:].sum() > 0.8 * path.loss[0]


def test_gradient_descent_is_caught_in_the_maze_and_not_in_the_bowl(programs):
    """From one start at one rate: without skips a dent beside the trained point, with them it."""
    caught = descended(programs, NetworkSlice(skip="off"), 0.001)
    assert caught.loss[0] > 10 > caught.loss[-1] > 0.5
    assert np.hypot(*caught.points[-1]) > 0.5
    free = descended(programs, NetworkSlice(skip="on"), 0.001)
    assert free.loss[-1] < 0.01
    assert np.hypot(*free.points[-1]) < 0.2


def test_depth_is_a_number_and_so_is_the_seed():
    """One program whatever the numbers: the family and the shapes that it is compiled for."""
    shallow, deep = (
        as_member(DeepChain(first_layers=n, last_layers=n), np.dtype("float64")) for n in (1, 32)
    )
    assert shallow.family == deep.family and shallow.index == deep.index
    assert (shallow.numbers != deep.numbers).any()
    one, other = (
        as_member(NetworkSlice(skip=skip, network_seed=seed), np.dtype("float64"))
        for skip, seed in (("off", 0), ("on", 1))
    )
    assert one.family == other.family
    assert [array.shape for array in one.arrays] == [array.shape for array in other.arrays]


def test_families_are_as_declared():
    """Loops slow no plain surface down: they are not in its programs."""
    assert family(RecurrentUnit()) == family(DeepChain(activation="relu"))
    assert family(RecurrentUnit()) != family(Rosenbrock())
    assert family(NetworkSlice()) not in (family(Rosenbrock()), family(RecurrentUnit()))
    plain = {family(one()) for one in SURFACES if one.family == "plain"}
    assert plain == {family(Rosenbrock())}
