"""The chain rule of one instruction of a formula: what its operands' rates make of its own."""

from collections.abc import Sequence
from typing import Any

import jax
import jax.numpy as jnp
from jax import Array

from surfaces.formulas.operations import Operation


def carried(operation: Operation, operands: Sequence[Array]) -> Array:
    """What an instruction makes of its operands: its value, its rates, and whether it is rough.

    The rates are Σ ∂(operation)/∂(operand) · (the operand's rate). A slope of exactly 0 absorbs a
    rate that does not exist (NaN): √(x² + y²) has no slope at 0, its square has slope 0 there.
    That holds of what is Lipschitz, as the root of a smooth square is and the root of |x| is not:
    hence what comes from a corner is rough, and nothing absorbs it. 0 times an infinite rate stays
    NaN, as in (∛x)³.

    Args:
        operation: the instruction.
        operands: a value, its rates along some directions, and 1 where it comes from a corner or
            a jump, else 0; shape [1 + directions + 1, ...].

    Returns:
        The same of the result.
    """
    values = [operand[0] for operand in operands]
    corner = () if operation.corner is None else (operation.corner(*values),)
    rough: Any = sum((operand[-1] for operand in operands), jnp.zeros_like(values[0]))
    rough = jnp.any(jnp.stack([rough != 0, *corner]), axis=0).astype(rough.dtype)
    rates: Any = 0
    for i, operand in enumerate(operands):

        def alone(one: Array, i: int = i) -> Array:
            return operation.function(*values[:i], one, *values[i + 1 :])

        slope = jax.jvp(alone, (values[i],), (jnp.ones_like(values[i]),))[1]
        rate = operand[1:-1]
        absorbs = True if operation.chooses else jnp.isnan(rate) & (operand[-1] == 0)
        rates = rates + jnp.where((slope == 0) & absorbs, 0, slope * rate)
    return jnp.concatenate([operation.function(*values)[None], rates, rough[None]])
