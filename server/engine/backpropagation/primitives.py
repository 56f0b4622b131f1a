"""Primitives carried out one by one: each is compiled once for its shapes, and nothing is fused."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from jax.extend.core import ClosedJaxpr, Literal

CALLS = ("jit", "pjit", "closed_call", "core_call", "checkpoint")


def run(primitive: Any, params: dict[str, Any], operands: Sequence[Any]) -> Any:
    """One primitive of arrays, which has one result."""
    result = primitive.bind(*operands, **primitive.get_bind_params(params))
    return result[0] if primitive.multiple_results else result


def called(name: str, params: dict[str, Any]) -> ClosedJaxpr | None:
    """The program that a primitive only calls; ``None`` for one that does something itself."""
    return params.get("jaxpr") or params["call_jaxpr"] if name in CALLS else None


def evaluate(program: ClosedJaxpr, arguments: Sequence[Any]) -> list[Any]:
    """A program of arrays primitive by primitive, calls opened."""
    known: dict[Any, Any] = dict(zip(program.jaxpr.constvars, program.consts, strict=True))
    known.update(zip(program.jaxpr.invars, arguments, strict=True))

    def read(atom: Any) -> Any:
        return np.asarray(atom.val) if isinstance(atom, Literal) else known[atom]

    for equation in program.jaxpr.eqns:
        operands = [read(atom) for atom in equation.invars]
        inner = called(equation.primitive.name, equation.params)
        if inner is not None:
            results = evaluate(inner, operands)
        else:
            results = [run(equation.primitive, equation.params, operands)]
        known.update(zip(equation.outvars, results, strict=True))
    return [read(atom) for atom in program.jaxpr.outvars]
