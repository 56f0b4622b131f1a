"""Frozen records of arrays: what the engine answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Bools = NDArray[np.bool_]
Integers = NDArray[np.integer]
Precision = Literal["float32", "float64"]
Status = Literal["converged", "running", "diverged"]
OutcomeId = Literal[
    "minimum",
    "local_minimum",
    "saddle",
    "maximum",
    "flat",
    "descending",
    "oscillating",
    "growing",
    "not_finite",
    "no_derivative",
    "no_step",
]


@dataclass(frozen=True)
class Outcome:
    """How a path stands at a step, and why that word; ``engine.outcomes`` defines the words.

    Attributes:
        id: the word.
        at: the step from which on, without a break, the word is this one.
        text: a sentence with the reason, by language.
        numbers: what the sentence rests on, by name; null where a number is not finite.
    """

    id: OutcomeId
    at: int
    text: Mapping[str, str]
    numbers: Mapping[str, float | int | None]


@dataclass(frozen=True)
class Trajectory:
    """One run from one start. Point 0 is the start; n steps make n + 1 points.

    Attributes:
        points: x and y of each point, shape [n + 1, 2].
        loss: f at each point, shape [n + 1].
        gradient: ∇f at each point, shape [n + 1, 2].
        gradient_norm: ‖∇f‖ at each point, shape [n + 1]; like the gradient not finite at the
            last point where the derivative is undefined there and the path ends for that.
        learning_rate: the rate that each step used, shape [n].
        state: the optimiser's memory after each step by name, each of shape [n, 2].
        status: "diverged" when a step left the finite range, "converged" when the gradient
            norm ended at or under the tolerance, else "running"; so it is of the gradient
            alone, and a path that stops for want of a derivative or of a step is one of the
            last two.
        diverged_at: the step whose result is not finite; the last point is the one before.
        converged_at: the first step from which the gradient norm stays within the tolerance.
        outcome: what the path came to, as it stands at its last step.
        outcomes: every change of that word, each as it stood when it came up, when asked for;
            the last has the id and step of ``outcome``.
        distance_to_minimum: from the last point to the nearest of the lowest known minima, if
            any: a local one is not what was looked for.
        path_length: sum of the lengths of the steps.
        clipped: numbers of the steps whose gradient was clipped, ascending.
        surface_loss: f without penalties at each point, where the run has any: ``loss`` and
            the gradient are those of what it minimises, penalties included.
        hessian_eigenvalues: of what it minimises at each point, ascending, shape [n + 1, 2],
            when asked for.
    """

    points: Floats
    loss: Floats
    gradient: Floats
    gradient_norm: Floats
    learning_rate: Floats
    state: dict[str, Floats]
    status: Status
    diverged_at: int | None
    converged_at: int | None
    outcome: Outcome
    distance_to_minimum: float | None
    path_length: float
    clipped: Integers
    outcomes: tuple[Outcome, ...] | None = None
    surface_loss: Floats | None = None
    hessian_eigenvalues: Floats | None = None


@dataclass(frozen=True)
class Lines:
    """Level lines, one after the other.

    Attributes:
        level: which level each stands at, shape [n].
        length: how many vertices each has, shape [n]; one that ends where it began is closed.
        vertices: of all of them, shape [sum of lengths, 2], as shares of the rectangle's sides:
            0 at x_min and y_min, 1 at x_max and y_max.
    """

    level: Integers
    length: Integers
    vertices: Floats


@dataclass(frozen=True)
class Steepness:
    """The length of the gradient, for a picture's colours.

    Attributes:
        low: log₁₀‖∇f‖ of the first colour.
        high: the same of the last.
        numbers: log₁₀‖∇f‖ cut to these, shape [my, mx], evenly spaced over the rectangle.
    """

    low: float
    high: float
    numbers: Floats


@dataclass(frozen=True)
class Grid:
    """A surface sampled on a rectangle.

    Attributes:
        x, y: coordinates, shapes [nx] and [ny].
        loss: f, shape [ny, nx].
        heights: f less the reference, shape [ny, nx], with digits that f has not.
        reference: the f that is height 0.
        exact: whether the heights are differences of f; else the gradient gave them.
        levels: losses at which to draw level lines, ascending; neighbours are equal where float64
            cannot tell them apart.
        level_heights: the same less the reference, all different.
        gradient_norm: ‖∇f‖, shape [ny, nx], when asked for.
        eigenvalues: of the Hessian, ascending, shape [ny, nx, 2], when asked for.
        lines: the level lines, when asked for.
        shade: heights in level lines, shape [my, mx], evenly spaced over the rectangle and finer
            than the samples where the surface curves between them; when asked for.
        steepness: the gradient's length as finely, when both that and lines are asked for.
    """

    x: Floats
    y: Floats
    loss: Floats
    heights: Floats
    reference: float
    exact: bool
    levels: Floats
    level_heights: Floats
    gradient_norm: Floats | None = None
    eigenvalues: Floats | None = None
    lines: Lines | None = None
    shade: Floats | None = None
    steepness: Steepness | None = None


@dataclass(frozen=True)
class Local:
    """What is minimised near some points, penalties included.

    Attributes:
        points: shape [n, 2].
        loss: shape [n].
        gradient: shape [n, 2].
        hessian_eigenvalues: ascending, shape [n, 2].
    """

    points: Floats
    loss: Floats
    gradient: Floats
    hessian_eigenvalues: Floats


@dataclass(frozen=True)
class Scale:
    """From where the losses of a curve are measured.

    Attributes:
        zero: the lowest known minimum, or what stands for it.
        known: whether it is a known minimum.
        start: how far above it the start is.
        floor: a distance from it that counts as none.
    """

    zero: float
    known: bool
    start: float
    floor: float


@dataclass(frozen=True)
class Curve:
    """What became of one run for each learning rate.

    Attributes:
        learning_rate: the rates, ascending, shape [m].
        points: where each path ended, shape [m, 2].
        loss: at the last step, shape [m]; NaN where the path left the finite range.
        best_loss: the lowest on the way, the start not counted, shape [m].
        held_loss: the geometric mean over the steps of the largest distance from the scale's
            zero from that step on, shape [m]; NaN where the path left the finite range.
        steps_to_tolerance: the first step from which the gradient norm stays within the
            tolerance, shape [m]; −1 where there is none.
        scale: from where losses are measured.
    """

    learning_rate: Floats
    points: Floats
    loss: Floats
    best_loss: Floats
    held_loss: Floats
    steps_to_tolerance: Integers
    scale: Scale


@dataclass(frozen=True)
class Winner:
    """The best rate of a curve, walked again as a path.

    Attributes:
        index: of the rate in the curve.
        fragile: whether the rates beside it are many times worse.
        walked: what became of the path, a curve of one rate.
        outcome: what the path came to, and why.
        reproduced: whether that agrees with the curve.
        skipped: indices of better rates that did not reproduce, the best first.
    """

    index: int
    fragile: bool
    walked: Curve
    outcome: Outcome
    reproduced: bool
    skipped: tuple[int, ...]


@dataclass(frozen=True)
class Tabulated:
    """A function of one number at n places.

    Attributes:
        z: the places, ascending, shape [n].
        value: φ(z), shape [n].
        derivative: φ′(z), shape [n].
    """

    z: Floats
    value: Floats
    derivative: Floats


@dataclass(frozen=True)
class LossValues:
    """One loss of n points.

    Attributes:
        mean: the loss.
        each: what each point costs, shape [n].
        gradient: of the mean by each prediction, shape [n].
    """

    mean: float
    each: Floats
    gradient: Floats
