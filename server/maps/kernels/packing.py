"""Trees of arrays as few arrays.

Each array of a program costs something a call, and XLA writes several results of one shape by one
loop over all of each, though only a part of it is new.
"""

from math import prod
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
        self._shapes: list[tuple[int, ...]] = [leaf.shape for leaf in leaves]
        self._packs: dict[Any, list[int]] = {}
        self._rows: list[slice] = []
        for i, leaf in enumerate(leaves):
            alone = leaf.shape[-1:] != (lanes,) or leaf.size == 0
            members = self._packs.setdefault(i if alone else np.dtype(leaf.dtype), [])
            first = self._rows[members[-1]].stop if members else 0
            self._rows.append(slice(first, first + prod(leaf.shape[:-1])))
            members.append(i)

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
            for i in members:
                rows = pack[..., self._rows[i], :]
                leaves[i] = rows.reshape(*pack.shape[:-2], *self._shapes[i])
        return jax.tree.unflatten(self._structure, leaves)
