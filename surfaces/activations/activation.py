"""The one interface of activations."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from jax import Array

from surfaces.declaration import Reference, Text

LECTURE = Reference("Introduction to deep learning, lecture 1, section 1")
FLAT = 0.05
"""A unit is saturated where its slope is at most this share of the activation's largest, and as a
whole where the mean of its slopes is."""


@dataclass(frozen=True)
class ActivationExample:
    """One value and one derivative worked by hand from the formula, at the default numbers."""

    at: float
    value: float
    derivative: float


class Activation(ABC):
    """A function φ of one number.

    A subclass is a ``@declaration``; it has at most one number of its own. Derivatives are
    JAX's, so that they cannot disagree with it.

    Attributes:
        id: the name used by the API.
        title, summary: what it is called; what to know of it, in one sentence.
        formula: LaTeX of φ(z), which the derivative calls φ.
        derivative: LaTeX of φ′(z).
        range: LaTeX of the set of its values.
        at_zero: what happens at 0, where several of them have a corner.
        reference: where it comes from.
        example: a value and a derivative worked by hand.
        in_lecture: whether it stands in the lecture's table; the others came later.
    """

    id: ClassVar[str]
    title: ClassVar[Text]
    summary: ClassVar[Text]
    formula: ClassVar[str]
    derivative: ClassVar[str]
    range: ClassVar[str]
    at_zero: ClassVar[Text]
    reference: ClassVar[Reference]
    example: ClassVar[ActivationExample]
    in_lecture: ClassVar[bool] = True

    @abstractmethod
    def __call__(self, z: Array) -> Array:
        """φ of each element of z, of any shape and float dtype."""

    @abstractmethod
    def largest_slope(self) -> float:
        """The supremum of |φ′|."""

    def least_slope(self) -> float:
        """The infimum of |φ′|."""
        return 0.0

    def flat(self) -> float:
        """The slope up to which a unit counts as saturated; what always has one never does."""
        return FLAT * self.largest_slope() if self.least_slope() == 0 else 0.0

    def dies(self) -> bool:
        """Whether its slope is exactly 0 on a half of the line alone: a unit there is dead."""
        return False
