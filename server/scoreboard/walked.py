"""Paths as far as their cost goes."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Int

from server.engine.evaluation import loss_and_gradient
from server.engine.histories import Domain, is_inside
from server.engine.programs import Programs
from server.engine.runs import Run
from server.engine.search import POINTS
from server.engine.sweep import Sweep, swept
from server.engine.trajectories import trajectories
from server.results import Scale, Trajectory
from server.scoreboard.targets import costs, spent
from surfaces.surface import Surface

Rates = Float[np.ndarray, " m"]


class Walked(NamedTuple):
    """One path of n steps, the start first.

    ``loss`` is the surface's own, without penalties; ``counted`` says which points count, those in
    the domain: lower ones than the minimum there have run away from it; ``at`` is how many
    gradients had been asked for at each.
    """

    loss: Float[np.ndarray, " n+1"]
    counted: Bool[np.ndarray, " n+1"]
    at: Int[np.ndarray, " n+1"]

    @property
    def lowest(self) -> float:
        """Of the points that count; infinite where none does."""
        return float(self.loss.min(where=self.counted, initial=np.inf))

    def costs(
        self, gaps: Scale, shares: Float[np.ndarray, " m"], budget: int
    ) -> Float[np.ndarray, " m"]:
        """What it cost to come within shares of the start's gap, but no nearer than the floor."""
        gap = np.maximum(self.loss - gaps.zero, 0)
        within = np.maximum(shares * gaps.start, gaps.floor)
        return costs(gap, self.counted, self.at, within, budget)


def of_path(path: Trajectory, domain: Domain) -> Walked:
    """Of a path that was recorded."""
    assert path.evaluations is not None
    loss = path.loss if path.surface_loss is None else path.surface_loss
    return Walked(loss, is_inside(path.points, domain), spent(path.evaluations))


def at_rates(
    programs: Programs,
    sweep: Sweep,
    surface: Surface,
    run: Run,
    start: Float[np.ndarray, "2"],
    rates: Rates,
    *,
    domain: Domain,
    seed: int,
) -> list[Walked]:
    """A rule of one gradient a step with up to ``LANES`` rates, all at once; its surface ready."""
    losses: list[Float[np.ndarray, "n m"]] = []
    inside: list[Bool[np.ndarray, "n m"]] = []
    begin = np.broadcast_to(start, (1, len(rates), 2))
    for points in (begin, *swept(programs, sweep, surface, run, start, rates, seed)):
        with np.errstate(all="ignore"):
            loss, _ = loss_and_gradient(programs, surface, points.reshape(-1, 2), "float64")
        losses.append(loss.reshape(points.shape[:2]))
        inside.append(is_inside(points, domain))
    loss = np.concatenate(losses)
    counted = np.concatenate(inside) & np.logical_and.accumulate(np.isfinite(loss))
    at = spent(np.ones(len(loss) - 1, np.int64))
    return [Walked(*one, at) for one in zip(loss.T, counted.T, strict=True)]


def one_by_one(
    programs: Programs,
    surface: Surface,
    run: Run,
    start: Float[np.ndarray, "2"],
    rates: Rates,
    *,
    domain: Domain,
    seed: int,
    tolerance: float,
) -> list[Walked]:
    """Any method with each of some rates."""
    found: list[Walked] = []
    some = max(1, POINTS // (len(run.schedule) + 1))
    for block in np.split(rates, range(some, len(rates), some)):
        asked: Sequence[Run] = [run.at_rate(rate) for rate in block]
        paths = trajectories(programs, surface, asked, start[None], tolerance=tolerance, seed=seed)
        found += [of_path(path, domain) for (path,) in paths]
    return found
