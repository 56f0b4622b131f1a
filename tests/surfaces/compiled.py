"""Loss, gradient and Hessian of many points, compiled once for a class of surfaces.

Whatever a surface's numbers are and however many points there are: blocks have one size.
"""

import jax
import numpy as np

from surfaces.surface import gradient_at, hessian_at, loss_at

BLOCK = 20


def _in_blocks(function):
    compiled = jax.jit(jax.vmap(function, in_axes=(None, 0)))

    def at(surface, points):
        points = np.asarray(points)
        if points.ndim == 1:
            return np.asarray(compiled(surface, np.broadcast_to(points, (BLOCK, 2))))[0]
        count = -(-len(points) // BLOCK)
        filled = np.resize(points, (count * BLOCK, 2)).reshape(count, BLOCK, 2)
        found = [np.asarray(compiled(surface, block)) for block in filled]
        return np.concatenate(found)[: len(points)]

    return at


# Each takes a surface that is ready and points [n, 2], or one point [2].
losses, gradients, hessians = map(_in_blocks, (loss_at, gradient_at, hessian_at))
