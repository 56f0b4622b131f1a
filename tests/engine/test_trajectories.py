"""Paths: cut or whole, finite or not, far or near; against closed forms."""

import jax
import numpy as np
import pytest

from server.engine.final_points import final_points
from server.engine.paths import CAPACITY, JOBS, calls
from server.engine.runs import Run
from server.engine.trajectories import trajectories
from server.errors import InputError
from server.optimizers.adam import Adam
from server.optimizers.catalog import OPTIMIZERS
from server.optimizers.momentum import Momentum
from server.optimizers.sgd import Sgd
from surfaces.catalog import SURFACES
from surfaces.shapes import Bowl, Saddle
from surfaces.valleys import Rosenbrock


def run(optimizer, steps):
    return Run(optimizer, np.ones(steps))


def walk(programs, surface, optimizer, start, steps, **more):
    more = {"tolerance": 1e-3, **more}
    starts = np.array([start], np.float64)
    return trajectories(programs, surface, [run(optimizer, steps)], starts, **more)[0][0]


def test_gradient_descent_on_a_bowl_is_a_geometric_series(programs):
    """x_k = (1 − α)^k x₀ and y_k = (1 − ακ)^k y₀."""
    path = walk(programs, Bowl(condition_number=4.0), Sgd(learning_rate=0.1), (3.0, -2.0), 50)
    k = np.arange(51)
    assert path.points[:, 0] == pytest.approx(3 * 0.9**k, rel=1e-12)
    assert path.points[:, 1] == pytest.approx(-2 * 0.6**k, rel=1e-12)
    assert path.loss == pytest.approx((9 * 0.81**k + 16 * 0.36**k) / 2, rel=1e-12)
    assert path.gradient_norm == pytest.approx(np.hypot(3 * 0.9**k, 8 * 0.6**k), rel=1e-12)


def test_convergence_is_dated_from_where_the_gradient_stays_small(programs):
    """On x² / 2 with α = 0.5 the gradient norm is 2^−k: at most 1e-3 from k = 10 on."""
    path = walk(programs, Bowl(condition_number=1.0), Sgd(learning_rate=0.5), (1.0, 0.0), 30)
    assert (path.status, path.converged_at, path.diverged_at) == ("converged", 10, None)
    short = walk(programs, Bowl(condition_number=1.0), Sgd(learning_rate=0.5), (1.0, 0.0), 9)
    assert (short.status, short.converged_at) == ("running", None)


def test_a_small_gradient_in_passing_is_not_convergence(programs):
    """A heavy ball stops at its turning points on the bowl without having converged."""
    passing = walk(programs, Saddle(), Sgd(learning_rate=0.5), (1.0, 1e-9), 60)
    assert passing.gradient_norm.min() < 1e-3
    assert passing.status == "running"


def test_divergence_ends_at_the_last_finite_point(programs):
    """With α = 4 on a bowl y_k = (1 − 40)^k: |f| leaves float64 where 5·39^{2k} > 1.8e308."""
    path = walk(programs, Bowl(), Sgd(learning_rate=4.0), (0.0, 1.0), 500)
    last = int(np.floor(np.log(1.797e308 / 5) / (2 * np.log(39))))
    assert path.status == "diverged"
    assert path.diverged_at == last + 1
    assert len(path.points) == len(path.loss) == last + 1
    assert len(path.learning_rate) == last
    for values in (path.points, path.loss, path.gradient_norm):
        assert np.isfinite(values).all()
    assert np.isfinite(path.path_length) and np.isfinite(path.distance_to_minimum)


def test_a_state_that_overflows_is_divergence_too(programs):
    """Adam divides by √G: with G infinite it would stand still for ever and look converged."""
    path = walk(programs, Bowl(), Adam(learning_rate=0.1), (0.0, 1.5e153), 20)
    assert path.status == "diverged"
    assert path.diverged_at == 1
    assert all(np.isfinite(values).all() for values in path.state.values())


def test_a_start_without_a_finite_loss_is_refused(programs):
    with pytest.raises(InputError) as refused:
        walk(programs, Bowl(), Sgd(), (0.0, 1e200), 5)
    assert refused.value.field == ("starts", 0)


def test_path_length_and_distance(programs):
    """One step down x² / 2 from 1 with α = 0.25: length 0.25, then 0.75 from the minimum."""
    path = walk(programs, Bowl(), Sgd(learning_rate=0.25), (1.0, 0.0), 1)
    assert path.path_length == pytest.approx(0.25)
    assert path.distance_to_minimum == pytest.approx(0.75)
    assert walk(programs, Saddle(), Sgd(), (1.0, 0.1), 1).distance_to_minimum is None


def test_a_path_cut_into_calls_is_bitwise_the_whole_one(programs):
    """10 000 steps need three calls of CAPACITY; a short one must agree with their beginning."""
    long = walk(programs, Rosenbrock(), Adam(), (-0.5, 2.6), 10_000)
    short = walk(programs, Rosenbrock(), Adam(), (-0.5, 2.6), 3000)
    assert (long.points[:3001] == short.points).all()
    heavy = walk(programs, Bowl(condition_number=1.0), Momentum(learning_rate=1e-4), (3, 1), 9000)
    # x_k solves x'' = ... exactly as a linear recurrence: compare with its matrix power.
    matrix = np.array([[1 + 0.9 - 1e-4, -0.9], [1.0, 0.0]])
    expected = np.linalg.matrix_power(matrix, 9000) @ np.array([1.0, 1.0])
    assert heavy.points[-1, 0] == pytest.approx(3 * expected[0], rel=1e-9)


def test_runs_and_starts_do_not_disturb_each_other(programs):
    starts = np.random.default_rng(0).uniform(-1, 1, (20, 2))
    runs = [run(optimizer(learning_rate=0.01), 300) for optimizer in OPTIMIZERS[:-1]]
    together = trajectories(programs, Rosenbrock(), runs, starts, tolerance=1e-3)
    for r, one in enumerate(runs):
        for s in (0, 7, 19):
            alone = trajectories(programs, Rosenbrock(), [one], starts[s : s + 1], tolerance=1e-3)
            assert (alone[0][0].points == together[r][s].points).all()
            assert (alone[0][0].loss == together[r][s].loss).all()


@pytest.mark.parametrize("paths, steps", [(1, 1), (3, 10_000), (1024, 3), (7, 500), (64, 4096)])
def test_calls_cover_every_step_once_in_order(paths, steps):
    seen = np.zeros((paths, steps), int)
    for segments in calls(paths, steps):
        assert len(segments) <= JOBS
        assert sum(segment.steps for segment in segments) <= CAPACITY
        for segment in segments:
            span = seen[segment.path, segment.first_step : segment.first_step + segment.steps]
            assert segment.first_step == 0 or seen[segment.path, segment.first_step - 1] == 1
            span += 1
    assert (seen == 1).all()


def test_float32_is_float32_throughout(programs):
    path = walk(programs, Rosenbrock(), Adam(), (-0.5, 2.6), 100, precision="float32")
    assert path.points.dtype == path.loss.dtype == path.gradient_norm.dtype == np.float32
    exact = walk(programs, Rosenbrock(), Adam(), (-0.5, 2.6), 100)
    assert path.points == pytest.approx(exact.points, abs=1e-3)
    assert (path.points != exact.points).any()


@pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.id)
def test_programs_belong_to_their_own_surface(programs, surface):
    """Loss and first step of every compiled program against the declaration itself."""
    start, one = surface.start, surface().ready()
    path = walk(programs, one, Sgd(learning_rate=1e-3), start, 1)
    gradient = jax.grad(one.loss, argnums=(0, 1))(*start)
    assert path.loss[0] == pytest.approx(float(one.loss(*start)), rel=1e-12)
    assert path.points[1] == pytest.approx(np.array(start) - 1e-3 * np.array(gradient), rel=1e-12)


STEPPING = [one for one in OPTIMIZERS if one.takes_estimates]


@pytest.mark.parametrize("optimizer", STEPPING, ids=lambda one: one.id)
def test_final_points_are_where_paths_end(programs, optimizer):
    starts = np.random.default_rng(5).uniform(-1, 1, (9, 2))
    one = optimizer(learning_rate=0.002)
    ends = final_points(programs, Bowl(), one, starts, 200, "float64")
    paths = trajectories(programs, Bowl(), [run(one, 200)], starts, tolerance=1e-3)[0]
    assert ends == pytest.approx(np.array([path.points[-1] for path in paths]), rel=1e-8)


def test_final_points_take_a_rate_for_each_lane(programs):
    """(1 − α)^k on the bowl, a different α in each lane."""
    rates = np.linspace(0.01, 0.5, 7)
    starts = np.tile([1.0, 0.0], (7, 1))
    ends = final_points(programs, Bowl(), Sgd(learning_rate=rates), starts, 20, "float64")
    assert ends[:, 0] == pytest.approx((1 - rates) ** 20, rel=1e-12)
