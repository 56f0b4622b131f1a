"""Where thousands of independent runs of one optimiser end.

A path needs every point; a map of starts or of hyperparameters needs only the last. Lanes go
side by side through the same steps, in blocks that stay in a core's cache, one block a
thread.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from typing import Any

import jax
import numpy as np
from jax import Array, lax

from server.engine.families import AnySurface, as_member
from server.engine.programs import Kernel, Options, Programs
from server.optimizers.optimizer import Optimizer
from server.results import Floats, Precision
from surfaces.surface import Surface, gradient_at

LANES = 2048

# Wide work pays for the full compile that small loops do without.
WIDE: Options = {"xla_cpu_prefer_vector_width": "512"}


def _descend(optimizer: Optimizer, lanes: int | None) -> Callable[..., Array]:
    structure = jax.tree.structure(optimizer)

    def descend(surface: AnySurface, x: Array, numbers: Array, steps: Array) -> Array:
        """Last points [2, LANES] from starts [2, LANES]; numbers are [n] or [n, LANES]."""

        def gradient(numbers: Array, x: Array, state: Any) -> Array:
            rule = jax.tree.unflatten(structure, list(numbers))
            return gradient_at(surface, rule.look_at(x, state))

        def step(
            numbers: Array, x: Array, gradient: Array, state: Any, k: Array
        ) -> tuple[Array, Any]:
            return jax.tree.unflatten(structure, list(numbers)).move(x, gradient, state, k)

        def init(numbers: Array, x: Array) -> Any:
            return jax.tree.unflatten(structure, list(numbers)).init(x)

        # Lanes stay the last axis throughout, so that every operation runs along the cache.
        gradients = jax.vmap(gradient, in_axes=(lanes, -1, -1), out_axes=-1)
        moves = jax.vmap(step, in_axes=(lanes, -1, -1, -1, None), out_axes=-1)

        def advance(i: Array, carry: tuple[Array, Any]) -> tuple[Array, Any]:
            x, state = carry
            slopes, k = gradients(numbers, x, state), (i + 1).astype(x.dtype)
            move, state = moves(numbers, x, slopes, state, k)
            return x + move, state

        state = jax.vmap(init, in_axes=(lanes, -1), out_axes=-1)(numbers, x)
        return lax.fori_loop(np.int32(0), steps, advance, (x, state))[0]

    return descend


def _kernel(optimizer: Optimizer, shared: bool) -> Kernel:
    """The program of an optimiser in its convention; shared numbers spare a load a lane."""
    count = len(jax.tree.leaves(optimizer))
    shape = (count,) if shared else (count, LANES)

    def arguments(dtype: np.dtype[Any], rows: int) -> tuple[Any, ...]:
        return np.zeros((2, LANES), dtype), np.zeros(shape, dtype), np.int32(0)

    kind = "shared" if shared else "each"
    name = f"endpoints {optimizer.id} {optimizer.convention} {kind}"
    function = _descend(optimizer, None if shared else 1)
    key = (_descend, type(optimizer), optimizer.convention, shared)
    return Kernel(name, function, arguments, WIDE, wide=True, key=key)


def endpoints(
    programs: Programs,
    surface: Surface,
    optimizer: Optimizer,
    starts: Floats,
    steps: int,
    precision: Precision = "float32",
) -> Floats:
    """Last points of one optimiser's runs from many starts.

    Args:
        programs: the compiled programs; this one is compiled at first use.
        surface: what is descended, with plain numbers.
        optimizer: its numbers may be floats, or arrays of shape [N], one a start.
        starts: shape [N, 2].
        steps: how many.
        precision: of the arithmetic.

    Returns:
        Shape [N, 2]; not finite where a run diverged.
    """
    dtype = np.dtype(precision)
    leaves = jax.tree.leaves(optimizer)
    shared = all(np.ndim(leaf) == 0 for leaf in leaves)
    member = as_member(surface, dtype, alone=True)
    program = programs.get(_kernel(optimizer, shared), member)
    total = len(starts)
    padding = ((0, 0), (0, -total % LANES))
    lanes = np.pad(starts.T.astype(dtype), padding)
    numbers = np.array(leaves, dtype) if shared else None
    if numbers is None:
        each = np.stack([np.broadcast_to(leaf, total) for leaf in leaves]).astype(dtype)
        numbers = np.pad(each, padding)

    def block(first: int) -> Floats:
        here = slice(first, first + LANES)
        own = numbers if shared else numbers[:, here]
        return np.asarray(program(member, lanes[:, here], own, np.int32(steps)))

    with ThreadPoolExecutor(cpu_count()) as threads:
        blocks = list(threads.map(block, range(0, lanes.shape[1], LANES)))
    return np.concatenate(blocks, axis=1)[:, :total].T
