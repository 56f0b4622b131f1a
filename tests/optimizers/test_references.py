"""Newton, exact line search and gradient flow against closed forms and SciPy."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.optimize import minimize_scalar

from server.engine.runs import Run
from server.engine.trajectories import trajectories
from server.errors import InputError
from server.optimizers.exact_line_search import ExactLineSearch
from server.optimizers.gradient_flow import GradientFlow
from server.optimizers.newton import Newton
from surfaces.data import LinearRegression
from surfaces.formula import Formula
from surfaces.ripples import Rastrigin
from surfaces.shapes import Bowl
from surfaces.valleys import Rosenbrock


def walk(programs, surface, optimizer, start, steps):
    run = Run(optimizer, np.ones(steps))
    return trajectories(programs, surface, [run], np.array([start]), tolerance=1e-3)[0][0]


def rosenbrock(x, y):
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def slope(point):
    x, y = point
    return np.array([-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)])


@pytest.mark.parametrize("reference", [Newton, ExactLineSearch, GradientFlow])
def test_examples_are_walked(programs, reference):
    example = reference.example
    one = reference(**example.optimizer)
    path = walk(programs, Bowl(), one, example.points[0], len(example.points) - 1)
    assert path.points == pytest.approx(np.array(example.points), rel=1e-7)


def test_examples_are_the_closed_forms_of_a_quadratic():
    """On f = (x² + 10y²)/2: Newton halves, the flow decays as e^{−t} and e^{−10t}."""
    k = np.arange(4)
    newton = np.stack([2 * 0.5**k, 0.5**k], axis=1)
    assert np.array(Newton.example.points) == pytest.approx(newton, rel=1e-12)
    flow = np.stack([2 * np.exp(-0.1 * k), np.exp(-k)], axis=1)
    assert np.array(GradientFlow.example.points) == pytest.approx(flow, rel=1e-12)
    x, hessian = np.array([2.0, 1.0]), np.diag([1.0, 10.0])
    for expected in ExactLineSearch.example.points[1:]:
        g = hessian @ x
        x = x - (g @ g) / (g @ hessian @ g) * g
        assert np.array(expected) == pytest.approx(x, rel=1e-12)


def test_newton_ends_a_quadratic_at_once_and_damping_shortens_it(programs):
    assert walk(programs, Bowl(), Newton(), (3.0, -2.0), 1).points[1] == pytest.approx(0, abs=1e-15)
    damped = walk(programs, Bowl(), Newton(damping=1.0), (3.0, -2.0), 1).points[1]
    # x − gₓ/(1 + 1) and y − g_y/(10 + 1)
    assert damped == pytest.approx([3 - 3 / 2, -2 + 20 / 11], rel=1e-12)


def test_line_search_ends_where_the_slope_along_the_ray_does(programs):
    path = walk(programs, Rosenbrock(), ExactLineSearch(), (-0.5, 2.6), 1)
    x = np.array([-0.5, 2.6])
    g = slope(x)
    found = minimize_scalar(
        lambda t: rosenbrock(*(x - t * g)), bounds=(0, 2e-3), options={"xatol": 1e-15}
    )
    assert path.points[1] == pytest.approx(x - found.x * g, abs=1e-6)
    assert abs(slope(path.points[1]) @ g) < 1e-6 * (g @ g)


def test_line_search_never_climbs(programs):
    """Along a ray of Rastrigin's there are many valleys; any that is entered lies lower."""
    for start in np.random.default_rng(1).uniform(-5, 5, (20, 2)):
        path = walk(programs, Rastrigin(), ExactLineSearch(), start, 30)
        assert (np.diff(path.loss) <= 1e-9).all()


def test_flow_is_the_solution_of_its_equation(programs):
    """Against SciPy's Radau, at the times of the steps."""
    path = walk(programs, Rosenbrock(), GradientFlow(learning_rate=1e-3), (-0.5, 2.6), 300)
    times = 1e-3 * np.arange(301)
    solved = solve_ivp(
        lambda _, x: -slope(x), (0, times[-1]), (-0.5, 2.6), method="Radau", t_eval=times,
        rtol=1e-11, atol=1e-13,
    )  # fmt: skip
    assert path.points == pytest.approx(solved.y.T, abs=1e-8)


def test_a_stiff_flow_over_a_long_time_is_exact_and_short(programs):
    """f = (x² + κy²)/2 with κ = 1000: x = e^{−t} and y = e^{−κt} at any times, however far."""
    rate = 0.5
    path = walk(programs, Formula("(x^2 + 1000*y^2)/2"), GradientFlow(learning_rate=rate),
                (1.0, 1.0), 40)  # fmt: skip
    t = rate * np.arange(41)
    closed = np.stack([np.exp(-t), np.exp(-1000 * t)], axis=1)
    assert path.points == pytest.approx(closed, rel=1e-7, abs=1e-9)


def test_a_flow_ends_where_it_has_no_velocity_and_says_where(programs):
    """x of √x + y² comes to 0 at t = 4/3, where the root has no slope."""
    path = walk(programs, Formula("sqrt(x) + y^2"), GradientFlow(learning_rate=0.1), (1.0, 1.0), 30)
    assert len(path.points) == 14
    assert path.points[-1, 0] == pytest.approx((1 - 0.75 * 1.3) ** (2 / 3), rel=1e-6)
    assert path.outcome.id == "no_derivative"
    assert path.outcome.numbers["x"] == pytest.approx(0, abs=1e-6)


def test_a_flow_that_leaves_in_finite_time_diverges(programs):
    """f = −x⁴/4 from 1: x = 1/√(1 − 2t) has no value at t = ½."""
    path = walk(programs, Formula("-x^4/4 + y^2"), GradientFlow(learning_rate=0.1), (1.0, 0.0), 9)
    times = 0.1 * np.arange(5)
    assert path.points[:5, 0] == pytest.approx(1 / np.sqrt(1 - 2 * times), rel=1e-8)
    assert (path.status, path.outcome.id) == ("diverged", "not_finite")


def test_a_flow_that_slides_along_a_kink_is_refused_not_awaited(programs):
    with pytest.raises(InputError) as refused:
        walk(programs, LinearRegression(loss_function="mae"), GradientFlow(), (-2.0, 3.0), 500)
    assert refused.value.field == ("runs", 0, "optimizer", "learning_rate")
