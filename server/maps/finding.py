"""Minima of a surface that declares none, or not all: looked for from all over its domain."""

from collections.abc import Callable
from functools import partial

import numpy as np
from jaxtyping import Float

from server.engine.gradient_changes import GradientChanges, penalty, penalty_gradient
from server.engine.programs import Programs
from server.engine.surface_costs import of_surface
from server.maps.kernels.looking import hessians, slopes
from server.results import Floats
from surfaces.surface import Interval, Minimum, Surface

SECONDS = 0.1
"""By price, that the search may take."""
ROUNDS = 40
SIDES = (8, 48)
"""Fewest and most starts along a side of the domain."""
MOST = 128
"""Minima that are kept, the lowest."""
SAME = 1e-3
"""Ends this close, in diagonals, are one minimum."""
STEEP = 1e-5
"""A gradient under this share of the steepest, over the diagonal, is none."""
STRIDE = 0.05
"""The longest step, in diagonals."""


def found_minima(
    programs: Programs,
    surface: Surface,
    changes: GradientChanges,
    domain: tuple[Interval, Interval],
    declared: tuple[Minimum, ...],
) -> tuple[Minimum, ...]:
    """The declared minima, then others that were found, the lowest first.

    From a lattice of starts, Newton's step with the curvatures' absolute values, halved where the
    loss would rise (Dauphin et al. 2014): it goes down from saddles too. What is narrower than the
    lattice may be missed.

    Args:
        programs: the compiled programs.
        surface: as code.
        changes: whose penalties count.
        domain: where minima are looked for.
        declared: those that are known, which are not found again.
    """
    (left, right), (bottom, top) = domain
    diagonal = float(np.hypot(right - left, top - bottom))
    each = 2 * ROUNDS * of_surface(surface).slopes
    side = int(np.clip(np.sqrt(SECONDS / each), *SIDES))
    x, y = np.meshgrid(np.linspace(left, right, side), np.linspace(bottom, top, side))
    points = np.stack([x.ravel(), y.ravel()], axis=1)
    see = partial(_seen, programs, surface, changes)
    with np.errstate(all="ignore"):
        points, loss, gradient, hessian = _descended(see, points, diagonal)
        values, _ = _eigen(hessian)
        norm = np.hypot(*gradient.T)
        rests = norm <= STEEP * np.abs(values).max(axis=1) * diagonal
        inside = (points >= (left, bottom)).all(axis=1) & (points <= (right, top)).all(axis=1)
        rests &= (values[:, 0] > 1e-6 * values[:, 1]) & np.isfinite(loss) & inside
    kept = [np.array([one.x, one.y]) for one in declared]
    minima = list(declared)
    # Losses equal but for rounding are told by place, so that the order is always the same.
    rounded = np.round(loss, 9)
    for at in np.lexsort((points[:, 1].round(6), points[:, 0].round(6), rounded)):
        if len(minima) == MOST:
            break
        if rests[at] and all(np.hypot(*(points[at] - one)) > SAME * diagonal for one in kept):
            kept.append(points[at])
            minima.append(Minimum(float(points[at, 0]), float(points[at, 1]), float(loss[at])))
    return tuple(minima)


Seen = tuple[Floats, Floats, Floats]
"""Loss [n], gradient [n, 2] and Hessian [n, 2, 2]."""


def _seen(programs: Programs, surface: Surface, changes: GradientChanges, points: Floats) -> Seen:
    loss, gradient = slopes(programs, surface, points)
    hessian = hessians(programs, surface, points) + changes.l2 * np.eye(2)
    return loss + penalty(points, changes), gradient + penalty_gradient(points, changes), hessian


def _descended(
    see: Callable[[Floats], Seen], points: Float[np.ndarray, "n 2"], diagonal: float
) -> tuple[Floats, Floats, Floats, Floats]:
    """Points, losses, gradients and Hessians at the end."""
    part = np.ones(len(points))
    seen = see(points)
    for _ in range(ROUNDS):
        values, vectors = _eigen(seen[2])
        size = np.maximum(np.abs(values), 1e-9 * np.abs(values).max(axis=1, keepdims=True) + 1e-300)
        along = np.einsum("nij,ni->nj", vectors, seen[1]) / size
        step = -np.einsum("nij,nj->ni", vectors, along)
        length = np.hypot(*step.T)
        step *= (part * np.minimum(1, STRIDE * diagonal / np.maximum(length, 1e-300)))[:, None]
        tried = points + np.nan_to_num(step)
        new = see(tried)
        lower = new[0] <= seen[0]
        part = np.where(lower, np.minimum(1, 2 * part), part / 4)
        points = np.where(lower[:, None], tried, points)
        seen = (
            np.where(lower, new[0], seen[0]),
            np.where(lower[:, None], new[1], seen[1]),
            np.where(lower[:, None, None], new[2], seen[2]),
        )
    loss, gradient, hessian = seen
    return points, loss, gradient, hessian


def _eigen(hessian: Floats) -> tuple[Floats, Floats]:
    """Eigenvalues, ascending, and eigenvectors; of what is not finite anything."""
    return np.linalg.eigh(np.nan_to_num(hessian, posinf=0, neginf=0))
