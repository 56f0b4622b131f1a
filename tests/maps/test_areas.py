"""Basins against others: SciPy's integration of the flow, and a symmetry of complex roots."""

import numpy as np
from scipy.integrate import solve_ivp

from server.engine.runs import Run
from server.maps.basins import Basins, settling
from server.maps.ground import ground_of
from server.maps.kernels.lanes import Numbers
from server.maps.kernels.walking import walk
from server.optimizers.adam import Adam
from server.optimizers.gradient_flow import GradientFlow
from server.optimizers.newton import Newton
from server.optimizers.sgd import Sgd
from surfaces.basins import Himmelblau
from tests.maps.known import ROOTS, himmelblaus_gradient


def every(basins, programs):
    return basins.compute(programs, np.arange(basins.nx * basins.ny))


def test_himmelblau_s_basins_under_the_flow_have_scipy_s_areas(programs):
    side, surface = 40, Himmelblau()
    run = Run(GradientFlow(learning_rate=0.01), np.ones(500))
    basins = Basins(surface, 500, side, side, surface.domain, "float64", run=run)
    found = every(basins, programs)["basin"]

    def velocity(_, both):
        down = -np.stack(himmelblaus_gradient(*both.reshape(2, -1)))
        # All starts in one system: each is held back where it is steep, which bends no path.
        return (down / (1 + np.hypot(*down))).ravel()

    x, y = np.meshgrid(*(np.linspace(*ends, side) for ends in surface.domain))
    begin = np.stack([x.ravel(), y.ravel()]).ravel()
    end = solve_ivp(velocity, (0, 20), begin, rtol=1e-4, atol=1e-4).y[:, -1].reshape(2, -1)
    minima = np.array([(one.x, one.y) for one in surface.minima()])
    theirs = np.hypot(*(end[:, :, None] - minima.T[:, None])).argmin(axis=1)
    assert (found >= 0).all()
    shares = [np.bincount(one, minlength=4) / side**2 for one in (found, theirs)]
    assert np.abs(shares[0] - shares[1]).max() < 0.01
    assert (found != theirs).mean() < 0.005


def turned(points):
    """Points a third of a turn on."""
    z = (points[:, 0] + 1j * points[:, 1]) * np.exp(2j * np.pi / 3)
    return np.stack([z.real, z.imag], axis=1)


def asymmetry(programs, optimizer):
    """Share of starts in a disc whose third of a turn does not end a third of a turn on."""
    run = Run(optimizer, np.ones(400))
    ground = ground_of(programs, ROOTS, run.changes)
    roots = np.array([one.x + 1j * one.y for one in ground.minima])
    places = np.random.default_rng(0).uniform(-1.3, 1.3, (2000, 2))
    places = places[np.hypot(*places.T) < 1.3]
    both = [
        ground.basins(
            walk(
                programs, ROOTS, run, starts, numbers=Numbers.of(run),
                settling=settling(ground, run, exact=False),
            ).points
        )
        for starts in (places, turned(places))
    ]  # fmt: skip
    on = np.abs(roots[:, None] * np.exp(2j * np.pi / 3) - roots).argmin(axis=1)
    expected = np.where(both[0] >= 0, on[both[0]], -1)
    return float((both[1] != expected).mean())


def test_descent_and_newton_keep_the_symmetry_of_three_roots_and_adam_does_not(programs):
    # Where two basins meet rounding decides, and Newton's meet everywhere along a fractal.
    assert asymmetry(programs, Sgd(learning_rate=0.01)) < 0.002
    assert asymmetry(programs, Newton()) < 0.01
    assert asymmetry(programs, Adam(learning_rate=0.05)) > 0.05
