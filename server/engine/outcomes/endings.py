"""Why a path ends before its last step."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from server.results import Floats

EndingId = Literal["not_finite", "no_derivative", "no_step"]
Cause = Literal[
    "step", "loss", "gradient", "state", "here", "ahead", "singular", "kink", "zero", "rule"
]
SINGULAR = 1e-12
"""An eigenvalue this small beside the other cannot be told from 0."""


@dataclass(frozen=True)
class Ending:
    """Why a path has no step ``at``, or no step after it.

    Attributes:
        id: the word.
        cause: for ``not_finite`` what left the range: the "step" itself, the "loss" or the
            "gradient" at the point it led to, or the "state"; for ``no_derivative`` whether
            that is "here", at the last point, or "ahead", where the rule takes its gradient;
            for ``no_step`` whether the Hessian is "singular" or, at a "kink", not there,
            whether the rule divides by a gradient of "zero", or else that the "rule" fails.
        at: the step that has no result; for "here" the step whose result has no derivative.
        points: how many points of the path stand.
        place: where the loss or a derivative is missing, if that is so.
        eigenvalues: of the matrix that Newton's step divides by.
    """

    id: EndingId
    cause: Cause
    at: int
    points: int
    place: tuple[float, float] | None = None
    eigenvalues: tuple[float, float] | None = None


@dataclass(frozen=True)
class Break:
    """A step whose result is not finite, and what it started from.

    Attributes:
        at: its number.
        point, loss, gradient: its result, shapes [2], [], [2].
        has_state: whether the state after it is finite.
        before: point, loss, gradient and shown state before it, all finite.
        given: (loss, gradient, place) that the rule is given for this step, by the surface or
            batch it descends.
        divisor: eigenvalues of the matrix that Newton's step divides by, for that method.
    """

    at: int
    point: Floats
    loss: float
    gradient: Floats
    has_state: bool
    before: Floats
    given: Callable[[], tuple[float, Floats, Floats]]
    divisor: Callable[[], Floats] | None


def largest(dtype: np.dtype[np.floating]) -> float:
    """Numbers beyond this may overflow in one step: rules multiply up to four of them."""
    return float(np.finfo(dtype).max) ** 0.25


def ending(broken: Break) -> Ending:
    """Why a step has no finite result.

    A number left the finite range where one that the step started from was too large already
    (``largest``), or where f itself is not finite at the step's result. A derivative is missing
    where f is finite and no such number, and its gradient is not finite. Otherwise all that the
    rule was given is finite, and the rule has no step.
    """
    at, most = broken.at, largest(broken.before.dtype)
    large = bool((np.abs(broken.before) >= most).any())
    if np.isfinite(broken.point).all():
        place = _pair(broken.point)
        if not np.isfinite(broken.loss):
            return Ending("not_finite", "loss", at, at, place)
        if not np.isfinite(broken.gradient).all():
            if large or abs(broken.loss) >= most or not broken.has_state:
                return Ending("not_finite", "gradient", at, at, place)
            return Ending("no_derivative", "here", at, at + 1, place)
        if large:
            return Ending("not_finite", "state", at, at)
    if large:
        return Ending("not_finite", "step", at, at)
    if broken.divisor is not None:
        eigenvalues = broken.divisor()
        if not np.isfinite(eigenvalues).all():
            return Ending("no_step", "kink", at, at)
        sizes = np.sort(np.abs(eigenvalues))
        if sizes[0] <= SINGULAR * sizes[1]:
            return Ending("no_step", "singular", at, at, eigenvalues=_pair(eigenvalues))
    loss, gradient, place = broken.given()
    if not np.isfinite(gradient).all():
        if np.isfinite(loss) and abs(loss) < most:
            return Ending("no_derivative", "ahead", at, at, _pair(place))
        return Ending("not_finite", "gradient", at, at, _pair(place))
    if (np.abs(gradient) >= most).any():
        return Ending("not_finite", "step", at, at)
    return Ending("no_step", "rule" if (gradient != 0).all() else "zero", at, at)


def _pair(values: Floats) -> tuple[float, float]:
    return float(values[0]), float(values[1])
