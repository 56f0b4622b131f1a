"""A path as events see it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Int

from server.engine.gradient_changes import GradientChanges
from server.optimizers.optimizer import Optimizer
from server.results import Bools, Floats, Integers
from surfaces.declaration import Text
from surfaces.surface import Surface

SIGN = 1e-9
"""An eigenvalue this small beside the larger one has no sign."""


class Found(NamedTuple):
    """An event before it is written.

    Attributes:
        step: the point at which it is seen.
        texts: its sentences, with blanks.
        numbers: what it rests on.
        more: what the sentences need besides.
    """

    step: int
    texts: Sequence[Text]
    numbers: Mapping[str, float | int]
    more: Mapping[str, float | int | Text] = {}


@dataclass(frozen=True)
class Path:
    """A path of n points, and how it was walked; float64 whatever the arithmetic was.

    Attributes:
        surface: what was descended, ready.
        optimizer: by which rule.
        changes: what was done to its gradients.
        noise: standard deviation of what was added to each component of a gradient.
        batched: whether its gradients are of batches.
        points, loss, gradient, norm: of what is minimised.
        rate: the learning rate of each step.
        state: the rule's memory after each step.
        effective: what each coordinate's direction was multiplied by at each step, where the
            rule has such rates.
        clipped: numbers of the steps whose gradient was clipped.
        converged_at: the first step from which ‖∇f‖ stays within the tolerance, if one does.
        tolerance: gradient norm that counts as none.
        diagonal: of the domain.
        rounding: the spacing of its numbers at 1.
        looks: steps at which the curvature is known, ascending.
        eigenvalues: of the Hessian there, ascending; NaN where there is none.
        curvature: looks up the same at other steps.
    """

    surface: Surface
    optimizer: Optimizer
    changes: GradientChanges
    noise: float
    batched: bool
    points: Float[np.ndarray, "n 2"]
    loss: Float[np.ndarray, " n"]
    gradient: Float[np.ndarray, "n 2"]
    norm: Float[np.ndarray, " n"]
    rate: Float[np.ndarray, " n-1"]
    state: Mapping[str, Float[np.ndarray, "n-1 2"]]
    effective: Float[np.ndarray, "n-1 2"] | None
    clipped: Int[np.ndarray, " clipped"]
    converged_at: int | None
    tolerance: float
    diagonal: float
    rounding: float
    looks: Int[np.ndarray, " looks"]
    eigenvalues: Float[np.ndarray, "looks 2"]
    curvature: Callable[[Integers], Floats]

    @property
    def last(self) -> int:
        """The last step."""
        return len(self.points) - 1

    @property
    def noisy(self) -> bool:
        """Whether its gradients are random."""
        return self.noise > 0 or self.batched

    @cached_property
    def moves(self) -> Floats:
        """Each step, shape [n-1, 2]."""
        return np.diff(self.points, axis=0)

    @cached_property
    def strides(self) -> Floats:
        """Their lengths, shape [n-1]."""
        return np.hypot(self.moves[:, 0], self.moves[:, 1])

    @cached_property
    def along(self) -> Floats:
        """Eigenvalues at each point, shape [n, 2]: those of the latest look up to it."""
        latest = np.searchsorted(self.looks, np.arange(self.last + 1), side="right") - 1
        return self.eigenvalues[latest]

    def first(self, seen: Bools, holds: Callable[[Integers, Floats], Bools]) -> int:
        """The exact step of the first look that has something: between looks it looks again.

        Args:
            seen: of each look, shape [looks]; true somewhere.
            holds: whether it holds at some steps, whose eigenvalues are given.
        """
        index = int(seen.argmax())
        step = int(self.looks[index])
        if index == 0 or step - self.looks[index - 1] == 1:
            return step
        between = np.arange(self.looks[index - 1] + 1, step)
        found = holds(between, self.curvature(between))
        return int(between[found.argmax()]) if found.any() else step
