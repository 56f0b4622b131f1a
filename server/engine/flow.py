"""Gradient flow by SciPy's LSODA, which turns implicit where the flow is stiff."""

from typing import Any

import numpy as np
from jax import Array
from scipy.integrate import LSODA

from server.engine.families import AnySurface, as_member
from server.engine.nuances import Nuances, penalty_curvature, penalty_gradient
from server.engine.programs import Kernel, Programs
from server.errors import InputError
from server.results import Floats
from surfaces.surface import Surface, gradient_at, hessian_at

EVALUATIONS = 20_000
"""Gradients that one flow may ask for; a flow that slides along a kink would ask for ever."""
RELATIVE = 1e-9
ABSOLUTE = 1e-12


def _slope(surface: AnySurface, point: Array) -> tuple[Array, Array]:
    """Gradient and Hessian at one point."""
    return gradient_at(surface, point), hessian_at(surface, point)


SLOPE = Kernel("slope", _slope, lambda dtype, rows: (np.zeros(2, dtype),))


def flow(
    programs: Programs, surface: Surface, start: Floats, times: Floats, nuances: Nuances
) -> tuple[Floats, Floats | None]:
    """Where dx/dt = −∇(f + penalties) is at given times.

    Args:
        programs: the compiled programs.
        surface: what is descended.
        start: shape [2].
        times: ascending, shape [n].
        nuances: whose penalties count.

    Returns:
        Points of shape [n, 2], in float64, not finite after a blow-up; and the first place,
        shape [2], where the velocity was not, if there was one.

    Raises:
        InputError: it takes more than ``EVALUATIONS`` gradients.
    """
    member = as_member(surface, np.dtype(np.float64), alone=True)
    program = programs.get(SLOPE, member)
    asked = 0
    stuck: Floats | None = None

    def velocity(_: float, x: Floats) -> Floats:
        nonlocal asked, stuck
        asked += 1
        gradient = np.asarray(program(member, x)[0])
        if stuck is None and np.isfinite(x).all() and not np.isfinite(gradient).all():
            stuck = x.copy()
        return -(gradient + penalty_gradient(x, nuances))

    def jacobian(_: float, x: Floats) -> Floats:
        bends = np.asarray(program(member, x)[1]) + np.diag(penalty_curvature(x, nuances))
        # Only a guess for the solver's own iteration; at a corner, where there is none, 0 is one.
        return -np.where(np.isfinite(bends), bends, 0)

    points = np.full((len(times), 2), np.nan)
    done = int(np.searchsorted(times, 0.0, side="right"))
    points[:done] = start
    if done == len(times):
        return points, None
    solver: Any = LSODA(
        velocity, 0.0, start.astype(np.float64), times[-1], rtol=RELATIVE, atol=ABSOLUTE,
        jac=jacobian,
    )  # fmt: skip
    with np.errstate(all="ignore"):
        while solver.status == "running":
            solver.step()
            if not np.isfinite(solver.y).all():
                break
            if asked > EVALUATIONS:
                raise InputError(
                    ("optimizer", "learning_rate"),
                    f"the flow asks for more than {EVALUATIONS} gradients in this time; "
                    "take fewer steps or a smaller learning rate",
                    "flow_too_long",
                )
            upto = int(np.searchsorted(times, solver.t, side="right"))
            if upto > done:
                points[done:upto] = solver.dense_output()(times[done:upto]).T
                done = upto
    return points, stuck
