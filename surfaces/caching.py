"""Caches with a budget in bytes: what was not used for longest makes room."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, ParamSpec, TypeVar

import jax
from cachetools import LRUCache, cached
from cachetools.keys import hashkey

P = ParamSpec("P")
T = TypeVar("T")

ENTRY = 512
"""Bytes that an entry takes beside its arrays: its key, its objects."""


def arrays_in(value: object) -> int:
    """Bytes of all arrays in a tree, and of the entry that holds it."""
    return ENTRY + sum(getattr(leaf, "nbytes", 0) for leaf in jax.tree.leaves(value))


def within(
    budget: int,
    size: Callable[[Any], int] = arrays_in,
    key: Callable[..., Hashable] = hashkey,
) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep a function's values as long as all of them fit.

    Args:
        budget: bytes.
        size: of one value, in bytes.
        key: of the arguments; equal keys have one value.
    """
    return cached(LRUCache(budget, size), key, Lock())
