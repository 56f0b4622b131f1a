"""Frozen records of arrays: what the engine answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float, Int
from numpy.typing import NDArray

from surfaces.declaration import Text

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


EventKind = Literal[
    "rate_over_limit",
    "saddle_left",
    "convex_region",
    "oscillation",
    "overshoot",
    "clipped",
    "rate_frozen",
    "noise_ball",
    "dead_unit",
    "saturated_unit",
    "thrown",
    "linear_rate",
]


@dataclass(frozen=True)
class Event:
    """What happened on a path or in a training, and why: told once, where it first did.

    ``step`` is the point at which it is seen, ``text`` what a lecturer would say of it,
    ``numbers`` what it rests on, by name, null where not finite; ``until`` is the last step of
    what lasts.
    """

    step: int
    kind: EventKind
    numbers: Mapping[str, float | int | None]
    text: Text


@dataclass(frozen=True)
class Outcome:
    """What a path came to: a word, the step from which on it holds, and why.

    Of a point whose gradient norm is within the tolerance ``id`` says what kind of place it is:
    ``minimum`` (the lowest known one, or as low), ``local_minimum`` (another known one, or one by
    its Hessian), ``saddle``, ``maximum``, or ``flat`` (the curvature vanishes too, or no
    stationary point is near). Elsewhere it says what the loss did over the last tenth of the
    way, at least twenty points: ``descending``, ``oscillating`` (it rises, and its swings do not
    shrink), ``growing`` (over the start, highest so far; or falling without bound). A path that
    ended early says why: ``not_finite`` (the only one with ``status: "diverged"``),
    ``no_derivative`` (f is finite there, its gradient is not), ``no_step`` (0/0 in the rule, or a
    Hessian that is singular or not there). ``text`` gives the reason as a sentence, ``numbers``
    what it rests on, by name, null where not finite; ``smaller`` and ``larger`` are eigenvalues
    of the Hessian.
    """

    id: OutcomeId
    at: int
    text: Text
    numbers: Mapping[str, float | int | None]


@dataclass(frozen=True)
class Trajectory:
    """One run from one start. Point 0 is the start; n steps make n + 1 points.

    Attributes:
        points: x and y of each point.
        loss: f at each point.
        gradient: ∇f at each point.
        gradient_norm: ‖∇f‖ at each point; like the gradient not finite at the
            last point where the derivative is undefined there and the path ends for that.
        learning_rate: the rate that each step used.
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
        evaluations: gradients that each step asked for; ``None`` for a whole path, which is solved
            and takes no steps.
        surface_loss: f without penalties at each point, where the run has any: ``loss`` and
            the gradient are those of what it minimises, penalties included.
        hessian_eigenvalues: of what it minimises at each point, ascending,
            when asked for.
        events: what happened on the way, in order of steps, when asked for.
        effective_rate: what each coordinate was multiplied by at each step, where the optimiser
            has such rates and they were asked for.
    """

    points: Float[np.ndarray, "points 2"]
    loss: Float[np.ndarray, " points"]
    gradient: Float[np.ndarray, "points 2"]
    gradient_norm: Float[np.ndarray, " points"]
    learning_rate: Float[np.ndarray, " points-1"]
    state: dict[str, Float[np.ndarray, "points-1 2"]]
    status: Status
    diverged_at: int | None
    converged_at: int | None
    outcome: Outcome
    distance_to_minimum: float | None
    path_length: float
    clipped: Int[np.ndarray, " clipped"]
    evaluations: Int[np.ndarray, " points-1"] | None = None
    outcomes: tuple[Outcome, ...] | None = None
    surface_loss: Float[np.ndarray, " points"] | None = None
    hessian_eigenvalues: Float[np.ndarray, "points 2"] | None = None
    events: tuple[Event, ...] | None = None
    effective_rate: Float[np.ndarray, "points-1 2"] | None = None


@dataclass(frozen=True)
class Lines:
    """Level lines, one after the other.

    Attributes:
        level: which level each stands at.
        length: how many vertices each has; one that ends where it began is closed.
        vertices: of all of them, as shares of the rectangle's sides:
            0 at x_min and y_min, 1 at x_max and y_max.
    """

    level: Int[np.ndarray, " lines"]
    length: Int[np.ndarray, " lines"]
    vertices: Float[np.ndarray, "vertices 2"]


@dataclass(frozen=True)
class Steepness:
    """The length of the gradient, for a picture's colours.

    Attributes:
        low: log₁₀‖∇f‖ of the first colour.
        high: the same of the last.
        numbers: log₁₀‖∇f‖ cut to these, evenly spaced over the rectangle.
    """

    low: float
    high: float
    numbers: Float[np.ndarray, "my mx"]


@dataclass(frozen=True)
class Grid:
    """A surface sampled on a rectangle.

    Attributes:
        x, y: coordinates, shapes [nx] and [ny].
        loss: f.
        heights: f less the reference, with digits that f has not.
        reference: the f that is height 0.
        exact: whether the heights are differences of f; else the gradient gave them.
        levels: losses at which to draw level lines, ascending; neighbours are equal where float64
            cannot tell them apart.
        level_heights: the same less the reference, all different.
        gradient_norm: ‖∇f‖, when asked for.
        eigenvalues: of the Hessian, ascending, when asked for.
        lines: the level lines, when asked for.
        shade: heights in level lines, evenly spaced over the rectangle and finer
            than the samples where the surface curves between them; when asked for.
        steepness: the gradient's length as finely, when both that and lines are asked for.
    """

    x: Float[np.ndarray, " nx"]
    y: Float[np.ndarray, " ny"]
    loss: Float[np.ndarray, "ny nx"]
    heights: Float[np.ndarray, "ny nx"]
    reference: float
    exact: bool
    levels: Float[np.ndarray, " levels"]
    level_heights: Float[np.ndarray, " levels"]
    gradient_norm: Float[np.ndarray, "ny nx"] | None = None
    eigenvalues: Float[np.ndarray, "ny nx 2"] | None = None
    lines: Lines | None = None
    shade: Float[np.ndarray, "my mx"] | None = None
    steepness: Steepness | None = None


@dataclass(frozen=True)
class Local:
    """What is minimised near some points, penalties included.

    Attributes:
        points: shape [n, 2].
        loss: shape [n].
        gradient: shape [n, 2].
        hessian_eigenvalues: ascending.
        steepest: unit eigenvector of the larger one, shape [n, 2].
    """

    points: Float[np.ndarray, "n 2"]
    loss: Float[np.ndarray, " n"]
    gradient: Float[np.ndarray, "n 2"]
    hessian_eigenvalues: Float[np.ndarray, "n 2"]
    steepest: Float[np.ndarray, "n 2"]


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
        learning_rate: the rates, ascending.
        points: where each path ended.
        loss: at the last step; NaN where the path left the finite range.
        best_loss: the lowest on the way, the start not counted.
        held_loss: the geometric mean over the steps of the largest distance from the scale's
            zero from that step on; NaN where the path left the finite range.
        steps_to_tolerance: the first step from which the gradient norm stays within the
            tolerance; −1 where there is none.
        scale: from where losses are measured.
    """

    learning_rate: Float[np.ndarray, " rates"]
    points: Float[np.ndarray, "rates 2"]
    loss: Float[np.ndarray, " rates"]
    best_loss: Float[np.ndarray, " rates"]
    held_loss: Float[np.ndarray, " rates"]
    steps_to_tolerance: Int[np.ndarray, " rates"]
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
        z: the places, ascending.
        value: φ(z).
        derivative: φ′(z).
    """

    z: Float[np.ndarray, " n"]
    value: Float[np.ndarray, " n"]
    derivative: Float[np.ndarray, " n"]


@dataclass(frozen=True)
class LossValues:
    """One loss of n points.

    Attributes:
        mean: the loss.
        each: what each point costs.
        gradient: of the mean by each prediction.
    """

    mean: float
    each: Float[np.ndarray, " n"]
    gradient: Float[np.ndarray, " n"]
