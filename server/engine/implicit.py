"""The equations of an implicit step in the plane; imported where a flow's program is traced."""

from typing import Any

import diffrax
import jax.numpy as jnp
import lineax
import optimistix
from jax import Array

DIVERGES = 2.0
"""How much larger than the last a change must not be."""


class Cramer(lineax.AbstractLinearSolver[Any]):
    """Two linear equations by Cramer's rule, for operators on arrays of shape [2].

    LAPACK would be called for each, from within a loop that is else one piece of native code.
    """

    def init(self, operator: lineax.AbstractLinearOperator, options: dict[str, Any]) -> Array:
        return operator.as_matrix()

    def compute(
        self, state: Array, vector: Any, options: dict[str, Any]
    ) -> tuple[Array, lineax.RESULTS, dict[str, Any]]:
        (a, b), (c, d) = state
        v, w = vector
        solution = jnp.stack([d * v - b * w, a * w - c * v]) / (a * d - b * c)
        return solution, lineax.RESULTS.successful, {}

    def transpose(self, state: Array, options: dict[str, Any]) -> tuple[Array, dict[str, Any]]:
        return state.T, options

    def conj(self, state: Array, options: dict[str, Any]) -> tuple[Array, dict[str, Any]]:
        return state, options

    def assume_full_rank(self) -> bool:
        return True


class Chord(diffrax.VeryChord):
    """diffrax's iteration, which also goes on while it is on its way.

    In 0.7.2 it is given up, as divergent, unless two rounds suffice: on a smooth flow two steps
    of three were refused for it.
    """

    def terminate(
        self,
        fn: Any,
        y: Any,
        args: Any,
        options: dict[str, Any],
        state: Any,
        tags: frozenset[object],
    ) -> tuple[Array, Any]:
        twice = state.step >= 2
        rate = state.diffsize / state.diffsize_prev
        # What is left to go, as the changes shrink.
        left = state.diffsize * rate / (1 - rate)
        arrived = (state.diffsize < self.kappa) | twice & (left > 0) & (left < self.kappa)
        diverged = twice & ~arrived & ~(rate < DIVERGES)
        results = optimistix.RESULTS
        failed = results.where(diverged, results.nonlinear_divergence, results.successful)
        return arrived | diverged, results.where(arrived, results.successful, failed)
