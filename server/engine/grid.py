"""A surface sampled on a rectangle, for its picture."""

import numpy as np

from server.engine.evaluation import hessian_eigenvalues, loss_and_gradient
from server.engine.levels import levels
from server.engine.nuances import PLAIN, Nuances, penalised_eigenvalues, penalty, penalty_gradient
from server.engine.programs import Programs
from server.results import Floats, Grid
from surfaces.surface import Interval, Surface


def sample(
    programs: Programs,
    surface: Surface,
    x_range: Interval,
    y_range: Interval,
    nx: int,
    ny: int,
    *,
    nuances: Nuances = PLAIN,
    gradient: bool = False,
    hessian: bool = False,
) -> Grid:
    """Loss, and if asked the gradient norm and Hessian eigenvalues, in float64.

    Args:
        programs: the compiled programs.
        surface: what is sampled.
        x_range: ends of the rectangle along x, both included.
        y_range: the same along y.
        nx: how many points along x, at least 2.
        ny: the same along y.
        nuances: whose penalties are added.
        gradient: add the norm of the gradient.
        hessian: add the eigenvalues of the Hessian.
    """
    x = np.linspace(*x_range, nx)
    y = np.linspace(*y_range, ny)
    points: Floats = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    loss, slope = loss_and_gradient(programs, surface, points, "float64")
    norm = values = None
    with np.errstate(all="ignore"):
        loss = (loss + penalty(points, nuances)).reshape(ny, nx)
        if gradient:
            slope = slope + penalty_gradient(points, nuances)
            norm = np.hypot(slope[:, 0], slope[:, 1]).reshape(ny, nx)
    if hessian:
        values = hessian_eigenvalues(programs, surface, points, "float64")
        values = penalised_eigenvalues(values, points, nuances).reshape(ny, nx, 2)
    # A slope's own formula may have a value where f has none: 1/x left of the y axis for log x.
    nowhere = np.isnan(loss)
    for derived in (norm, values):
        if derived is not None:
            derived[nowhere] = np.nan
    return Grid(x, y, loss, levels(loss), norm, values)
