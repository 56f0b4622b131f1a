"""Trees of arrays as few arrays.

Each array of a program costs something a call, and XLA writes several results of one shape by one
loop over all of each, though only a part of it is new.
"""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np


class Packing:
    """How a tree is packed: what ends in lanes and has the same dtype become rows of one array.

    Args:
        template: a tree of arrays, or of their shapes and dtypes.
        lanes: how many there are.
    """

    def __init__(self, template: Any, lanes: int):
        leaves, self._structure = jax.tree.flatten(template)
        self._shapes = [leaf.shape for leaf in leaves]
        self._packs: dict[Any, list[int]] = {}
        for i, leaf in enumerate(leaves):
            apart = leaf.shape[-1:] != (lanes,) or leaf.size == 0
            self._packs.setdefault(i if apart else np.dtype(leaf.dtype), []).append(i)

    def pack(self, tree: Any) -> tuple[Any, ...]:
        """A tree's arrays as few."""
        leaves = jax.tree.leaves(tree)
        return tuple(
            leaves[key]
            if isinstance(key, int)
            else jnp.concatenate([leaves[i].reshape(-1, leaves[i].shape[-1]) for i in members])
            for key, members in self._packs.items()
        )

    def unpack(self, packs: Any) -> Any:
        """The tree again, views where packs are of NumPy; axes before those of the tree stay."""
        leaves: list[Any] = [None] * len(self._shapes)
        for (key, members), pack in zip(self._packs.items(), packs, strict=True):
            if isinstance(key, int):
                leaves[key] = pack
                continue
            first = 0
            for i in members:
                *rows, lanes = self._shapes[i]
                last = first + int(np.prod(rows))
                leaves[i] = pack[..., first:last, :].reshape(*pack.shape[:-2], *rows, lanes)
                first = last
        return jax.tree.unflatten(self._structure, leaves)
