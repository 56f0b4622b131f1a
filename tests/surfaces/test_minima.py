"""Listed minima are minima, to machine precision, and where all are listed none is missing."""

from functools import cache

import jax
import mpmath
import numpy as np
import pytest
from scipy.optimize import minimize

from surfaces.catalog import SURFACES
from surfaces.data import DataSurface
from surfaces.plains import Easom
from surfaces.ripples import Ackley, Bohachevsky, Griewank, Rastrigin
from surfaces.shapes import DoubleWell, RippledBowl, Saddle
from surfaces.surface import gradient_at, hessian_at, loss_at, lowest

SIDE = 601

LOSSES = jax.jit(jax.vmap(loss_at, in_axes=(None, 0)))
PIECES = tuple(jax.jit(function) for function in (loss_at, gradient_at, hessian_at))

COMPLETE = [
    *(surface() for surface in SURFACES if surface.minima_known == "all"),
    RippledBowl(amplitude=0.0),
    RippledBowl(amplitude=0.05, frequency=4.0),
    RippledBowl(amplitude=2.0, frequency=20.0),
    RippledBowl(amplitude=2.0, frequency=1.0),
    Rastrigin(amplitude=0.0),
    Rastrigin(amplitude=0.5),
    Rastrigin(amplitude=20.0),
    DoubleWell(tilt=0.0),
    DoubleWell(tilt=1.5),
]


def named(surface):
    words = [f"{name}={value}" for name, value in vars(surface).items() if name != "points"]
    return " ".join([surface.id, *words])


@cache
def found_from_everywhere(surface):
    """Minima inside the domain by trust-region Newton from each dent of a fine grid."""
    one = surface.ready()
    ends = surface.domain
    axes = [np.linspace(low, high, SIDE) for low, high in ends]
    points = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)
    loss = np.asarray(LOSSES(one, points.reshape(-1, 2))).reshape(SIDE, SIDE)
    middle = loss[1:-1, 1:-1]
    dent = np.ones(middle.shape, bool)
    for dx, dy in ((i, j) for i in range(3) for j in range(3) if (i, j) != (1, 1)):
        dent &= middle <= loss[dx : SIDE - 2 + dx, dy : SIDE - 2 + dy]
    value, gradient, hessian = PIECES
    found = []
    for start in points[1:-1, 1:-1][dent]:
        if any(np.hypot(*(start - at)) < 1e-3 for at in found):
            continue
        at = minimize(
            lambda point: float(value(one, point)),
            start,
            jac=lambda point: np.asarray(gradient(one, point)),
            hess=lambda point: np.asarray(hessian(one, point)),
            method="trust-exact",
            options={"gtol": 1e-8, "maxiter": 300},
        ).x
        # Differences of losses end at rounding; the slope alone knows the last digits.
        slope, curvature = np.asarray(gradient(one, at)), np.asarray(hessian(one, at))
        at = at - np.linalg.lstsq(curvature, slope)[0]
        inside = all(low < t < high for t, (low, high) in zip(at, ends, strict=True))
        still = np.hypot(*np.asarray(gradient(one, at))) < 1e-6
        curved = np.linalg.eigvalsh(np.asarray(hessian(one, at))).min() > 1e-6
        fresh = all(np.hypot(*(at - known)) > 1e-4 for known in found)
        if inside and still and curved and fresh:
            found.append(at)
    return found


@pytest.mark.parametrize("surface", COMPLETE, ids=named)
def test_every_dent_of_a_fine_grid_is_a_listed_minimum_and_no_other_is(surface):
    listed = [np.array([minimum.x, minimum.y]) for minimum in surface.minima()]
    if surface.id == "ackley":
        listed = listed[1:]  # a cone's tip, where Newton's method has nothing to hold on to
    found = found_from_everywhere(surface)
    missing = [at for at in found if all(np.hypot(*(at - one)) > 1e-5 for one in listed)]
    extra = [one for one in listed if all(np.hypot(*(at - one)) > 1e-5 for at in found)]
    assert missing == []
    assert extra == []
    assert len(found) == len(listed)


def in_fifty_digits(surface):
    """f as its source writes it, in mpmath."""
    m, pi = mpmath, mpmath.pi
    match surface:
        case RippledBowl(amplitude=a, frequency=w):
            return lambda x, y: (x**2 + y**2) / 2 + a * (2 - m.cos(w * x) - m.cos(w * y))
        case Rastrigin(amplitude=a):
            return lambda x, y: x**2 + y**2 + a * (2 - m.cos(2 * pi * x) - m.cos(2 * pi * y))
        case Ackley():
            return lambda x, y: (
                20
                - 20 * m.exp(-m.sqrt((x**2 + y**2) / 2) / 5)
                - m.exp((m.cos(2 * pi * x) + m.cos(2 * pi * y)) / 2)
                + m.e
            )
        case Griewank():
            return lambda x, y: (x**2 + y**2) / 4000 - m.cos(x) * m.cos(y / m.sqrt(2)) + 1
        case Bohachevsky():
            return lambda x, y: (
                x**2
                + 2 * y**2
                - 3 * m.cos(3 * pi * x) / 10
                - 4 * m.cos(4 * pi * y) / 10
                + m.mpf(7) / 10
            )
        case Easom():
            return lambda x, y: -m.cos(x) * m.cos(y) * m.exp(-((x - pi) ** 2) - (y - pi) ** 2)


SOLVED = [
    RippledBowl(),
    RippledBowl(amplitude=2.0, frequency=20.0),
    Rastrigin(),
    Ackley(),
    Griewank(),
    Bohachevsky(),
    Easom(),
]


@pytest.mark.parametrize("surface", SOLVED, ids=named)
def test_solved_minima_are_exact_to_the_last_digits(surface):
    """mpmath's own Newton from each listed place moves it by rounding only."""
    function = in_fifty_digits(surface)
    with mpmath.workdps(50):
        for minimum in surface.minima()[:: max(1, len(surface.minima()) // 12)]:
            if surface.id == "ackley" and minimum.x == minimum.y == 0:
                continue
            slopes = [
                lambda x, y: mpmath.diff(function, (x, y), (1, 0)),
                lambda x, y: mpmath.diff(function, (x, y), (0, 1)),
            ]
            exact = mpmath.findroot(slopes, (minimum.x, minimum.y))
            assert abs(exact[0] - minimum.x) < 1e-15 * max(1, abs(minimum.x)) * 4
            assert abs(exact[1] - minimum.y) < 1e-15 * max(1, abs(minimum.y)) * 4
            assert abs(function(*exact) - minimum.loss) < 1e-13 * max(1, abs(minimum.loss))


def test_needles_plain_has_four_dimples_where_tan_u_is_minus_two_u():
    around = [minimum for minimum in Easom().minima() if minimum.loss > -0.5]
    assert len(around) == 4
    for minimum in around:
        u = minimum.x - np.pi
        assert np.tan(u) == pytest.approx(-2 * u, rel=1e-12)
        assert minimum.loss == pytest.approx(-8.11e-5, rel=1e-3)


def test_minima_follow_the_parameters():
    # Waves are 2π/5 long: at A = 2 each of the 7 by 5 in the domain holds one.
    assert [len(RippledBowl(amplitude=a).minima()) for a in (0.0, 0.3, 2.0)] == [1, 9, 35]
    assert len(Rastrigin(amplitude=0.0).minima()) == 1
    assert len(Rastrigin().minima()) == 121


def test_lowest_are_the_global_ones_up_to_rounding():
    by_id = {surface.id: surface for surface in SURFACES}
    count = {
        name: len(lowest(by_id[name]().minima()))
        for name in ("branin", "himmelblau", "six_hump_camel", "rastrigin", "double_well", "saddle")
    }
    assert count == {
        "branin": 3,
        "himmelblau": 4,
        "six_hump_camel": 2,
        "rastrigin": 1,
        "double_well": 1,
        "saddle": 0,
    }
    assert len(lowest(DoubleWell(tilt=0.0).minima())) == 2
    assert Saddle.minima_known == "all"


@pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.id)
def test_what_is_listed_is_what_is_said_to_be_known(surface):
    listed = surface().minima()
    if surface.minima_known == "none":
        assert listed == ()
    if surface.minima_known == "global":
        assert listed == lowest(listed) != ()
    if issubclass(surface, DataSurface) and surface.minima_known == "all":
        assert len(listed) == 1
