"""What makes one learning rate better than another, and whether that is more than luck."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from server.engine.histories import History
from server.results import Curve, Floats, Integers, Scale

Aim = Literal["held_loss", "final_loss", "best_loss", "steps_to_tolerance"]

NEAR = 0.05
"""Rates that are worse by this share are as good as the best: then the smallest wins."""
FRAGILE = 10.0
"""A rate is fragile where those beside it are this many times worse."""
DEEP = 1e-12
"""A share of the start's gap; what lies deeper is as good as arrived."""
EPSILON = float(np.finfo(np.float64).eps)


def scale(first: float, known: float | None, seen: float) -> Scale:
    """The zero of a search's losses, and how far above it they begin.

    Args:
        first: the loss at the start.
        known: the lowest known minimum, if any.
        seen: the lowest loss of the search, which stands for an unknown minimum.
    """
    zero = min(seen, first) if known is None else known
    start = float(_above(np.array(first), zero, known is not None))
    floor = max(DEEP * start, 4 * EPSILON * abs(zero), 1e-300)
    return Scale(zero, known is not None, start, floor)


def _above(loss: Floats, zero: float, known: bool) -> Floats:
    """How far losses are from the zero.

    Deeper than a known minimum lies what has run away from the surface's domain, so that is no
    progress; deeper than the lowest that was seen inside is as good as there.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        return abs(loss - zero) if known else np.maximum(loss - zero, 0)


def gap(curve: Curve, loss: Floats) -> Floats:
    """How far losses of a curve are from its zero."""
    return _above(loss, curve.scale.zero, curve.scale.known)


def held_loss(gaps: Floats, floor: float) -> Floats:
    """The geometric mean over the steps of the gap that a path holds.

    That is the largest from there on: it is never farther from the zero. One late jump counts
    for every step before it, so that a chaotic rate, which may end low by luck, cannot win by it.

    Args:
        gaps: after each step, shape [n, m].
        floor: what is added to each, so that 0 has a logarithm.

    Returns:
        Shape [m].
    """
    held = np.maximum.accumulate(gaps[::-1])[::-1]
    return np.exp(np.log(held + floor).mean(axis=0))


def measured(history: History, rates: Floats, scale: Scale) -> Curve:
    """The curve of one run."""
    loss = history.loss
    ended = np.isfinite(loss[-1])
    lowest = np.fmin.reduce(loss, axis=0)
    steps = len(loss) - np.argmax(history.outside[::-1], axis=0)
    steps = np.where(history.outside.any(axis=0), steps, 0)
    gaps = _above(loss, scale.zero, scale.known)
    return Curve(
        learning_rate=rates,
        points=history.points,
        loss=loss[-1],
        best_loss=lowest,
        held_loss=held_loss(gaps, scale.floor),
        steps_to_tolerance=np.where(ended & (steps < len(loss)), steps + 1, -1).astype(np.int64),
        scale=scale,
    )


def ranked(curve: Curve, aim: Aim) -> Integers:
    """Which rates serve an aim, the best first; those that left the finite range not at all.

    The held loss is judged by the decades that it is under the start's gap, steps by their
    number; of rates within ``NEAR`` of the best of them the smallest is first. Other losses are
    equal where they agree to 12 digits: then the one within tolerance sooner is first. Where no
    rate reaches the tolerance, steps to it are no guide, and the final loss decides.
    """
    index = np.flatnonzero(np.isfinite(curve.loss))
    if len(index) == 0:
        return index
    steps = np.where(curve.steps_to_tolerance < 0, np.inf, curve.steps_to_tolerance)[index]
    if aim == "held_loss":
        cost = np.log(curve.held_loss[index]) - np.log(curve.scale.start + curve.scale.floor)
        return index[_smallest_of_near(cost, cost.min() + NEAR * abs(cost.min()))]
    if aim == "steps_to_tolerance" and np.isfinite(steps).any():
        late = np.where(np.isfinite(steps), steps, len(steps) + np.nanmax(steps[steps < np.inf]))
        order = _smallest_of_near(late, (1 + NEAR) * steps.min())
        return index[order]
    loss = (curve.best_loss if aim == "best_loss" else curve.loss)[index]
    equal = loss <= loss.min() + 1e-12 * abs(loss.min())
    return index[np.lexsort((loss, np.where(equal, steps, 0), np.where(equal, -np.inf, loss)))]


def _smallest_of_near(cost: Floats, near: float) -> Integers:
    """Rates, which ascend, by cost; those not over ``near`` come first, in their own order."""
    return np.argsort(np.where(cost <= near, -np.inf, cost), kind="stable")


def times_worse(curve: Curve, aim: Aim, other: int, best: int) -> float:
    """How many times worse one rate serves an aim than another; infinite if it diverged."""
    if not np.isfinite(curve.loss[other]):
        return np.inf
    if aim == "steps_to_tolerance" and curve.steps_to_tolerance[best] > 0:
        steps = int(curve.steps_to_tolerance[other])
        return np.inf if steps < 0 else steps / int(curve.steps_to_tolerance[best])
    cost = cost_of(curve, aim)
    return float(cost[other] / cost[best])


def cost_of(curve: Curve, aim: Aim) -> Floats:
    """What an aim keeps small, as a gap over 0, shape [m]."""
    if aim == "held_loss":
        return curve.held_loss
    loss = curve.best_loss if aim == "best_loss" else curve.loss
    return gap(curve, loss) + curve.scale.floor


def fragile(curve: Curve, aim: Aim, best: int) -> bool:
    """Whether every rate beside the best is ``FRAGILE`` times worse."""
    beside = [i for i in (best - 1, best + 1) if 0 <= i < len(curve.loss)]
    return all(times_worse(curve, aim, i, best) >= FRAGILE for i in beside)


@dataclass(frozen=True)
class Agreement:
    """Whether a path that is walked again is what the search saw of it.

    Attributes:
        share: by which the two may differ.
        noise: by which losses may differ anyway, as the arithmetic rounds.
    """

    share: float
    noise: float

    def between(self, curve: Curve, at: int, walked: Curve, aim: Aim) -> bool:
        """Whether they agree on the final loss and on what the aim looks at."""
        if not np.isfinite(walked.loss[0]):
            return False
        if aim == "steps_to_tolerance":
            one, other = int(curve.steps_to_tolerance[at]), int(walked.steps_to_tolerance[0])
            if (one < 0) != (other < 0) or abs(one - other) > max(1, self.share * one):
                return False
        return all(
            self._same(cost_of(curve, by)[at], cost_of(walked, by)[0])
            for by in dict.fromkeys(("final_loss", aim))
            if by != "steps_to_tolerance"
        )

    def _same(self, one: float, other: float) -> bool:
        return abs(one - other) <= self.share * max(one, other) + self.noise
