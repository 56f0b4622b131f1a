"""Mini-batches: which points each step uses, drawn without replacement, epoch by epoch."""

import numpy as np
from numpy.typing import NDArray


def batch_weights(
    rows: int, capacity: int, batch_size: int, steps: range, seed: int
) -> NDArray[np.uint8]:
    """The batch of each of some steps, as weights of the points.

    An epoch is one seeded permutation of the points, cut into batches in order; the last one
    holds what is left, as PyTorch's ``DataLoader`` does by default. Each step's batch follows
    from the seed and its number alone.

    Args:
        rows: how many points there are.
        capacity: with padding.
        batch_size: points a batch, at most ``rows``.
        steps: consecutive step numbers, from 1 on.
        seed: of the permutations.

    Returns:
        0 and 1, shape [len(steps), capacity].
    """
    weights = np.zeros((len(steps), capacity), np.uint8)
    batches = -(-rows // batch_size)
    epoch, order = -1, np.empty(0, np.int64)
    for i, step in enumerate(steps):
        wanted, batch = divmod(step - 1, batches)
        if wanted != epoch:
            epoch, order = wanted, np.random.default_rng([seed, wanted]).permutation(rows)
        weights[i, order[batch * batch_size : (batch + 1) * batch_size]] = 1
    return weights
