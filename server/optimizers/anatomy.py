r"""What steps are made of: terms that add up to them, and the rate of each coordinate.

A rule says this of all steps of a path at once, in NumPy, from what the engine has walked. Its
terms are read off its own formula, so that a picture can draw them and a test can add them up:
``x + sum(term.vector)`` is the next point.
"""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from jaxtyping import Float

from server.results import Floats

Role = Literal["gradient", "velocity", "scaling", "lookahead", "decay"]
"""What a term comes from: it is drawn, and its letters are coloured, by that."""


@dataclass(frozen=True)
class Memories:
    """What a rule had in mind at n steps.

    Attributes:
        before, after: the state that is shown, before and after each step: the rule's
            ``state_type`` with arrays of shape [n, 2].
        rate: the learning rate of each step, as the schedule has it.
        k: numbers of the steps, from 1.
    """

    before: Any
    after: Any
    rate: Float[np.ndarray, "n 1"]
    k: Float[np.ndarray, "n 1"]


@dataclass(frozen=True)
class Steps(Memories):
    """The same, and where the steps went.

    Attributes:
        x: the point before each step.
        gradient: what the rule was given: an estimate, where it was one, and clipped.
        moved: how far the rule went.
    """

    x: Float[np.ndarray, "n 2"]
    gradient: Float[np.ndarray, "n 2"]
    moved: Float[np.ndarray, "n 2"]


@dataclass(frozen=True)
class Term:
    r"""A part of a step.

    Attributes:
        role: what it comes from.
        formula: LaTeX of it, \tilde\alpha standing for the effective rate.
        factor: what is multiplied, shape [n, 2] or [n, 1].
        of: by what; for the role "gradient" the gradient itself, so that a term is linear in it.
        new: whether letters of the state stand for their values after the step.
    """

    role: Role
    formula: str
    factor: Floats
    of: Float[np.ndarray, "n 2"]
    new: bool = False

    @property
    def vector(self) -> Float[np.ndarray, "n 2"]:
        """What it adds to x."""
        return self.factor * self.of


@dataclass(frozen=True)
class EffectiveRate:
    """What a rule multiplies each coordinate of its direction by.

    Attributes:
        formula: LaTeX of it.
        values: of x and of y at each step.
    """

    formula: str
    values: Float[np.ndarray, "n 2"]


def corrected(mean: Floats, beta: float, k: Floats) -> Floats:
    """A running mean that began at 0, divided by the share 1 − βᵏ of it that is not 0."""
    return mean / (1 - beta**k)


def hats(steps: Memories, beta1: float, beta2: float) -> dict[str, Floats]:
    """The corrected moments v and G of a rule that has both, by their letters."""
    return {
        r"\hat v": corrected(steps.after.v, beta1, steps.k),
        r"\hat G": corrected(steps.after.G, beta2, steps.k),
    }


def over_root(
    steps: Memories, second: Floats, epsilon: float, *, letter: str = "G", inside: bool = False
) -> EffectiveRate:
    """α over the root of a second moment; ε is inside the root, or beside it.

    Args:
        steps: the steps.
        second: the moment after each step, of x and of y.
        epsilon: ε.
        letter: LaTeX of the moment.
        inside: where ε is.
    """
    if inside:
        root, scale = rf"\sqrt{{{letter} + \varepsilon}}", np.sqrt(second + epsilon)
    else:
        root, scale = rf"\sqrt{{{letter}}} + \varepsilon", np.sqrt(second) + epsilon
    return EffectiveRate(rf"\frac{{\alpha}}{{{root}}}", steps.rate / scale)


def of_moment(
    steps: Steps, rate: Floats, beta: float, v: Floats, *, bias: Floats | None = None
) -> tuple[Term, Term]:
    """Both parts of the step along −v, the running mean of gradients.

    Args:
        steps: the steps.
        rate: the effective rate.
        beta: β₁.
        v: the mean before each step.
        bias: 1 − β₁ᵏ where the mean is corrected by it.
    """
    old, new = r"\beta_1 v", r"(1-\beta_1)\, g"
    if bias is None:
        bias = np.ones_like(steps.k)
    else:
        old, new = (rf"\frac{{{one}}}{{1-\beta_1^k}}" for one in (old, new))
    return (
        Term("gradient", rf"-\tilde\alpha\,{new}", -rate * (1 - beta) / bias, steps.gradient),
        Term("velocity", rf"-\tilde\alpha\,{old}", -rate * beta / bias, v),
    )


def of_decay(steps: Steps, decay: float) -> Term:
    """The pull to 0 that decoupled weight decay adds."""
    return Term("decay", r"-\alpha\lambda x", -steps.rate * decay, steps.x)
