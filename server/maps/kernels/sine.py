"""Sine and cosine of float32 as polynomials.

XLA's own go number by number through a routine that is exact for every argument: half of the time
of a map of Rastrigin's function and the like. Here the argument loses its multiples of π, taken in
three parts (Cody and Waite 1980, chapter 8), and a polynomial of degree 9 does the rest: within
2e-7 while the argument is under a hundred, 5e-7 at 35 000; a tenth of what rounding the argument
2πx itself may cost there. Float64 keeps XLA's.
"""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax
from jax.extend import core

PARTS = (3.140625, 9.67502593994140625e-4, 1.509957990978376432e-7)
"""π, each part short enough that its multiples up to 2¹² are exact or next to it."""
TERMS = (9.99999977e-01, -1.66666476e-01, 8.33289957e-03, -1.98008819e-04, 2.59045635e-06)
"""Of r, r³, …: least largest error on [−π/2, π/2], 3.3e-9."""
ROUND = np.float32(1.5 * 2**23)
"""A number that this is added to has its whole part, as an integer, in the last bits."""


QUARTER = np.float32(1.6)
"""A little over a quarter turn."""


def sine(x: Array) -> Array:
    """Sin x of float32."""
    return _turned(x, x * np.float32(1 / np.pi), np.float32(0))


def cosine(x: Array) -> Array:
    """Cos x of float32: −sin of what is left of x less half an odd multiple of π."""
    return _turned(x, (x - np.float32(np.pi / 2)) * np.float32(1 / np.pi), np.float32(0.5))


def _turned(x: Array, turns: Array, half: Any) -> Array:
    # Added and taken away again as floats XLA would do neither.
    count = lax.bitcast_convert_type(turns + ROUND, jnp.int32) - ROUND.view(np.int32)
    whole = count.astype(jnp.float32) + half
    left = x
    for part in PARTS:
        left = left - whole * np.float32(part)
    # Of an argument too large to have any sine, one between -1 and 1.
    left = jnp.clip(left, -QUARTER, QUARTER)
    square = left * left
    value = jnp.full_like(x, TERMS[-1])
    for term in TERMS[-2::-1]:
        value = value * square + np.float32(term)
    odd = lax.shift_left(count, np.int32(31))
    sign = odd if half == 0 else odd ^ np.int32(-(2**31))
    bits = lax.bitcast_convert_type(value * left, jnp.int32)
    return lax.bitcast_convert_type(bits ^ sign, jnp.float32)


QUICK = {"sin": sine, "cos": cosine}


def with_quick_sines(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same function of arrays, its sines and cosines of float32 replaced."""

    def replaced(*arguments: Any) -> Any:
        closed, shape = jax.make_jaxpr(function, return_shape=True)(*arguments)
        flat = _run(closed.jaxpr, closed.consts, jax.tree.leaves(arguments))
        return jax.tree.unflatten(jax.tree.structure(shape), flat)

    return replaced


def _run(jaxpr: Any, constants: Any, arguments: Any) -> list[Any]:
    values: dict[Any, Any] = dict(zip(jaxpr.constvars, constants, strict=True))
    values.update(zip(jaxpr.invars, arguments, strict=True))

    def read(variable: Any) -> Any:
        return variable.val if isinstance(variable, core.Literal) else values[variable]

    for equation in jaxpr.eqns:
        inputs = [read(one) for one in equation.invars]
        quick = QUICK.get(equation.primitive.name)
        inner = equation.params.get("jaxpr", equation.params.get("call_jaxpr"))
        if quick is not None and inputs[0].dtype == jnp.float32:
            outputs = [quick(inputs[0])]
        elif equation.primitive.name in ("jit", "pjit", "custom_jvp_call") and inner is not None:
            outputs = _run(inner.jaxpr, inner.consts, inputs)
        else:
            given = equation.primitive.get_bind_params(equation.params)
            outputs = equation.primitive.bind(*inputs, **given)
            outputs = outputs if equation.primitive.multiple_results else [outputs]
        values.update(zip(equation.outvars, outputs, strict=True))
    return [read(one) for one in jaxpr.outvars]
