"""What training does to a gradient besides the rule: penalties, noise, clipping, decay."""

from typing import Any, NamedTuple, Self

import jax.numpy as jnp
from jax import Array, lax

from server.gradient_changes import Clipping, Regularization, Thresholds
from server.results import Floats


class GradientChanges(NamedTuple):
    """Numbers of one run; those left out change nothing.

    Attributes:
        l2: λ of the penalty λ‖x‖²/2.
        l1: λ of the penalty λ‖x‖₁.
        weight_decay: λ of decoupled decay, x ← x − αλx beside the step.
        clip_norm: the longest gradient that is let through, or infinity.
        clip_value: the largest component that is let through, or infinity.
    """

    l2: float = 0.0
    l1: float = 0.0
    weight_decay: float = 0.0
    clip_norm: float = float("inf")
    clip_value: float = float("inf")

    @classmethod
    def of(cls, regularization: Regularization, clipping: Clipping | None = None) -> Self:
        """The numbers of what was declared."""
        thresholds = Thresholds() if clipping is None else clipping.thresholds()
        penalties = (regularization.l2, regularization.l1, regularization.weight_decay)
        return cls(*penalties, *thresholds)


PLAIN = GradientChanges()
CHANGE_NUMBERS = len(GradientChanges._fields)


def changed(gradient: Array, at: Array, changes: Array, noise: Array) -> tuple[Array, Array]:
    """The gradient that a rule is given, and whether clipping changed it.

    In the order of a training loop: penalties belong to the loss, noise to its estimate, and
    clipping comes last. By norm, the lecture's section 5 (Pascanu, Mikolov and Bengio 2013,
    algorithm 1): if ‖g‖ ≥ threshold then g ← threshold·g/‖g‖. PyTorch's ``clip_grad_norm_``
    divides by ‖g‖ + 1e-6 instead.
    """
    *_, most, largest = changes
    gradient = gradient + penalty_gradient(at, changes) + noise
    return clip(gradient, jnp.hypot(gradient[0], gradient[1]), most, largest)


def clip(gradient: Array, norm: Array, most: Array, largest: Array) -> tuple[Array, Array]:
    """A gradient of any shape cut to a norm and to components, and whether that changed it."""
    clipped = (norm >= most) | (jnp.abs(gradient) > largest).any()
    return shortened(gradient, norm, most, largest, clipped), clipped


def shortened(gradient: Array, norm: Array, most: Array, largest: Array, clipped: Array) -> Array:
    """A gradient, or a part of it, cut if the whole one is ``clipped``; ``norm`` is the whole's."""

    def shorten(gradient: Array) -> Array:
        return cut(gradient, norm, most, largest)

    def keep(gradient: Array) -> Array:
        return gradient

    return lax.cond(clipped, shorten, keep, gradient)


def cut(gradient: Any, norm: Any, most: Any, largest: Any) -> Any:
    """A gradient, or a part of it, cut to a norm and to components, of NumPy or of JAX.

    Args:
        gradient: of any shape.
        norm: of the whole.
        most: the largest norm that is left as it is.
        largest: the largest absolute value of a component.
    """
    numbers = gradient.__array_namespace__()
    gradient = numbers.where(norm >= most, most * gradient / norm, gradient)
    return numbers.clip(gradient, -largest, largest)


def decayed(moving: Array, x: Array, changes: Array, rate: Array) -> Array:
    """Decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2): x ← x − αλx."""
    return moving.at[:2].add(-rate * changes[2] * x)


def penalty(points: Any, changes: Any) -> Any:
    """λ₂‖x‖²/2 + λ₁‖x‖₁ at points [..., 2], of NumPy or of JAX.

    Args:
        points: shape [..., 2].
        changes: as ``GradientChanges`` or as an array of its numbers.
    """
    l2, l1, *_ = changes
    return l2 / 2 * (points**2).sum(-1) + l1 * abs(points).sum(-1)


def penalty_gradient(points: Any, changes: Any) -> Any:
    """λ₂x + λ₁ sign x at points [..., 2]; 0 of the subgradients at 0, as PyTorch has it."""
    l2, l1, *_ = changes
    return l2 * points + l1 * points.__array_namespace__().sign(points)


def penalty_curvature(points: Any, changes: Any) -> Any:
    """Second derivatives along x and y, shape [..., 2]: λ₂, and NaN at a corner of λ₁‖x‖₁."""
    l2, l1, *_ = changes
    numbers = points.__array_namespace__()
    return numbers.where((l1 > 0) & (points == 0), numbers.nan, l2 + 0 * points)


def penalised_eigenvalues(eigenvalues: Floats, points: Floats, changes: GradientChanges) -> Floats:
    """Those of the Hessian of f and its penalties, from those of f, all of shape [..., 2]."""
    if not changes.l2 and not changes.l1:
        return eigenvalues
    return eigenvalues + penalty_curvature(points, changes).max(axis=-1, keepdims=True)
