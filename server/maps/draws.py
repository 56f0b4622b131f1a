"""What a network begins with: weights, examples and batches, all drawn by one seed.

The generator is Threefry as JAX had it in 2024 (Salmon et al. 2011, Parallel Random Numbers: As
Easy as 1, 2, 3, SC11), so that seed 0 draws the network of Sohl-Dickstein's notebook. JAX itself
would compile for 2 s for each new width or number of points; here there is nothing to compile.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from jaxtyping import Float, Int
from numpy.typing import NDArray
from scipy.special import erfinv

Words = NDArray[np.uint32]
"""32-bit words; a key is two of them."""

ROTATIONS: Final = ((13, 15, 26, 6), (17, 29, 16, 24))
PARITY: Final = np.uint32(0x1BD11BDA)
ROUNDS: Final = 5
OF_BATCHES: Final = 42
"""The notebook's key of batches, with seed 0."""


@dataclass(frozen=True)
class Drawn:
    """What a seed draws, in float64.

    Attributes:
        input_weights, output_weights: of both layers, standard normal.
        inputs, labels: the examples.
        batches: which examples each step takes.
    """

    input_weights: Float[np.ndarray, "n n"]
    output_weights: Float[np.ndarray, " n"]
    inputs: Float[np.ndarray, "points n"]
    labels: Float[np.ndarray, " points"]
    batches: Int[np.ndarray, "steps batch"]


@lru_cache(maxsize=2)
def drawn(seed: int, width: int, points: int, steps: int, batch: int) -> Drawn:
    """Weights, examples and the batches of so many steps; the same objects for every tile."""
    after_weights, of_weights = _split(_key(seed))
    after_inputs, of_inputs = _split(after_weights)
    _, of_labels = _split(after_inputs)
    of_first, of_last = _split(of_weights)
    keys = _split(_key(OF_BATCHES + seed), steps) if batch else ()
    # As small as they go: a long run with large batches has tens of millions.
    kind = np.int16 if points <= 2**15 else np.int32
    chosen = [_below(points, key, batch).astype(kind) for key in keys]
    return Drawn(
        _normal(of_first, width * width).reshape(width, width),
        _normal(of_last, width),
        _normal(of_inputs, points * width).reshape(points, width),
        _normal(of_labels, points),
        np.stack(chosen) if chosen else np.zeros((steps, 0), kind),
    )


def _key(seed: int) -> Words:
    return np.array([seed >> 32, seed & 0xFFFFFFFF], np.uint32)


def _split(key: Words, count: int = 2) -> Words:
    """So many keys of one, [count, 2]."""
    return _words(key, 2 * count).reshape(count, 2)


def _words(key: Words, count: int) -> Words:
    """Random words: Threefry-2x32 of the numbers up to an even count."""
    first, last = np.arange(count, dtype=np.uint32).reshape(2, -1)
    keys = (key[0], key[1], key[0] ^ key[1] ^ PARITY)
    with np.errstate(over="ignore"):
        first, last = first + keys[0], last + keys[1]
        for i in range(ROUNDS):
            for by in ROTATIONS[i % 2]:
                first = first + last
                last = (last << np.uint32(by) | last >> np.uint32(32 - by)) ^ first
            first = first + keys[(i + 1) % 3]
            last = last + keys[(i + 2) % 3] + np.uint32(i + 1)
    return np.concatenate([first, last])


def _long(key: Words, count: int) -> NDArray[np.uint64]:
    """Random numbers of 64 bits."""
    high, low = _words(key, 2 * count).reshape(2, -1).astype(np.uint64)
    return high << np.uint64(32) | low


def _normal(key: Words, count: int) -> Float[np.ndarray, " count"]:
    """Standard normal numbers, by the inverse of their distribution."""
    # 52 bits as the fraction of a number in [1, 2).
    bits = _long(key, count) >> np.uint64(12) | np.uint64(0x3FF) << np.uint64(52)
    low = np.nextafter(-1.0, 0.0)
    uniform = np.maximum((bits.view(np.float64) - 1) * (1 - low) + low, low)
    return np.sqrt(2) * erfinv(uniform)


def _below(limit: int, key: Words, count: int) -> Int[np.ndarray, " count"]:
    """Whole numbers under a limit."""
    high, low = (_long(half, count) % np.uint64(limit) for half in _split(key))
    step = np.uint64(2**64 % limit)
    return ((high * step + low) % np.uint64(limit)).astype(np.int64)
