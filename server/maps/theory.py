"""Where theory knows the boundary of a map of stability: rules of one recurrence on a quadratic.

Along each axis of a quadratic an error goes e ← a e − b e₋₁ (``Optimizer.recurrence``); it shrinks
where both roots of r² − ar + b lie within the unit circle (Jury's conditions: |b| < 1 and
|a| < 1 + b). With s = αλ:

- gradient descent: a = 1 − s, b = 0, so s < 2;
- heavy ball: a = 1 + β − s, b = β, so s < 2(1 + β);
- Nesterov's: the gradient is taken at x + βv, which multiplies both 1 + β and β by 1 − s. At the
  root r = −1, 1 + (1 + 2β)(1 − s) = 0, so s < 2(1 + β)/(1 + 2β); b > −1 asks only s < 1 + 1/β.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float

from server.engine.gradient_changes import PLAIN
from server.engine.programs import Programs
from server.engine.runs import Run
from server.maps.description import Axis
from server.maps.ground import domain_of, lattice
from server.maps.kernels.lanes import as_code
from server.maps.kernels.looking import hessians
from server.maps.numbers import run_at, surface_at
from server.optimizers.optimizer import Optimizer
from server.results import Floats
from surfaces.surface import Surface

RATE = "learning_rate"
QUADRATIC = 1e-9
"""By which curvatures of a quadratic may differ from place to place, relative to the largest."""
CANDIDATES = 401
"""Rates that the best is looked for among, then again between its neighbours."""
SAME = 1e-9
"""Factors of convergence this close are the same."""


@dataclass(frozen=True)
class Line:
    """A polyline in a map's axes, in the numbers' own units.

    Attributes:
        id: "limit": beyond it the run diverges; "optimum": the rate with the fastest convergence
            for each value of the other number.
        x, y: its vertices.
    """

    id: Literal["limit", "optimum"]
    x: Float[np.ndarray, " n"]
    y: Float[np.ndarray, " n"]


def lines(programs: Programs, surface: Surface, run: Run, x: Axis, y: Axis) -> tuple[Line, ...]:
    """What theory knows of a map of stability with these axes; nothing where that is nothing.

    The learning rate must be on an axis, the surface a quadratic that is convex, the rule one of
    ``recurrence`` whose rate stays as it is and moves, without noise, clipping or decay.
    """
    rate, other = (x, y) if x.name == RATE else (y, x)
    plain = run.changes._replace(l2=0.0) == PLAIN
    plain &= run.gradient_noise == 0 and run.batch_size is None
    if rate.name != RATE or not plain or len(np.unique(run.schedule)) > 1:
        return ()
    if run.optimizer.recurrence(0.0) is None or other.name in UNKNOWN:
        return ()
    limits: list[float] = []
    best: list[float] = []
    known: dict[float, Floats | None] = {}
    scheduled = float(run.schedule[0])
    if not scheduled > 0:
        # Such as one step of a warm-up: no rate moves anything.
        return ()
    for value in other.values().tolist():
        there = surface_at(surface, other.name, value)
        own = run if other.name.startswith("surface.") else run_at(run, other.name, value)
        key = value if there is not surface else 0.0
        if key not in known:
            known[key] = quadratic(programs, there)
        curvatures = known[key]
        if curvatures is None:
            return ()
        curvatures = curvatures + own.changes.l2
        if not curvatures[0] > 0:
            return ()
        most = limit(own.optimizer, float(curvatures[1]))
        if not np.isfinite(most):
            # So little curvature that no number is too large a rate.
            return ()
        limits.append(most / scheduled)
        best.append(optimum(own.optimizer, curvatures) / scheduled)

    def drawn(name: Literal["limit", "optimum"], rates: Floats) -> list[Line]:
        pieces = [(rates[some], other.values()[some]) for some in _pieces(rates, rate)]
        return [Line(name, *(pair if rate is x else pair[::-1])) for pair in pieces]

    return (*drawn("limit", np.array(limits)), *drawn("optimum", np.array(best)))


UNKNOWN = frozenset(
    ("clipping.threshold", "gradient_noise", "regularization.l1", "regularization.weight_decay")
)
"""Numbers of which theory says nothing here."""


def quadratic(programs: Programs, surface: Surface) -> Floats | None:
    """The curvatures of a quadratic, ascending, shape [2]; ``None`` for what is none."""
    found = hessians(programs, as_code(surface), lattice(domain_of(surface), 5))
    size = np.abs(found).max(initial=0)
    if not np.isfinite(size) or np.ptp(found, axis=0).max() > QUADRATIC * size:
        return None
    return np.linalg.eigvalsh(found[0])


def limit(optimizer: Optimizer, curvature: float) -> float:
    """The rate up to which errors along an axis of a curvature shrink.

    a and b of the recurrence are linear in s = αλ, and so are Jury's conditions. Infinite where
    that is more than the largest number.
    """
    (a0, b0), (a1, b1) = _linear(optimizer)
    candidates = [
        -start / slope
        for start, slope in ((1 + a0 + b0, a1 + b1), (1 - b0, -b1), (1 + b0, b1))
        if slope < 0
    ]
    return min(candidates) / curvature


def spectral_radius(optimizer: Optimizer, step: Floats) -> Floats:
    """By what an error along an axis is multiplied a step, at the end, for s = αλ of any shape."""
    (a0, b0), (a1, b1) = _linear(optimizer)
    a, b = a0 + a1 * step, b0 + b1 * step
    root = np.sqrt((a**2 - 4 * b).astype(complex))
    return np.maximum(np.abs(a + root), np.abs(a - root)) / 2


def optimum(optimizer: Optimizer, curvatures: Floats) -> float:
    """The rate at which the slower axis of a quadratic converges fastest."""
    low, high = 0.0, limit(optimizer, float(curvatures[1]))
    while True:
        rates = np.linspace(low, high, CANDIDATES)
        worst = spectral_radius(optimizer, rates[:, None] * curvatures).max(axis=1)
        best = np.flatnonzero(worst <= worst.min() + SAME)
        if len(best) > 2 or high - low <= SAME * high:
            # Where both axes swing all rates of a range are as good: its middle stands for it.
            return float((rates[best[0]] + rates[best[-1]]) / 2)
        low, high = (
            float(rates[max(best[0] - 1, 0)]),
            float(rates[min(best[-1] + 1, len(rates) - 1)]),
        )


def _linear(optimizer: Optimizer) -> tuple[tuple[float, float], tuple[float, float]]:
    """A and b at s = 0, and their slopes."""
    at0, at1 = optimizer.recurrence(0.0), optimizer.recurrence(1.0)
    assert at0 is not None and at1 is not None
    return at0, (at1[0] - at0[0], at1[1] - at0[1])


def _pieces(rates: Floats, axis: Axis) -> list[slice]:
    """Runs of values whose rate is on the axis."""
    low, high = sorted((axis.low, axis.high))
    inside = (rates >= low) & (rates <= high)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], inside, [False]]).astype(int)))
    return [slice(*pair) for pair in edges.reshape(-1, 2).tolist()]
