"""What XLA is known to get wrong on a CPU, and that what we write does not meet it."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax


@pytest.mark.xfail(strict=True, reason="openxla/xla#49176 is in the jaxlib that is pinned")
@pytest.mark.parametrize("shape", [(4, 1), (8, 16), (64, 3)])
@pytest.mark.parametrize("dtype", ["int32", "float32", "float64"])
def test_an_update_in_place_does_not_read_what_it_has_written(shape, dtype):
    """Rows shifted down by one, then reshaped, come out as copies of the first.

    Nothing of ours may be written so. This fails on the day that an upgrade mends it.
    """

    @jax.jit
    def shifted(x):
        base = x + 1
        return lax.dynamic_update_slice(base, base[:-1], (1, 0)).reshape((1, *shape))

    x = np.arange(np.prod(shape), dtype=dtype).reshape(shape)
    expected = np.concatenate([x[:1], x[:-1]]) + 1
    assert np.array_equal(np.asarray(shifted(x))[0], expected)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_rows_of_a_loop_are_written_beside_those_that_are_read(dtype):
    """As the walk writes its rows: each from the one before, in one array."""

    @jax.jit
    def walked(rows, count):
        def step(i, rows):
            before = lax.dynamic_index_in_dim(rows, i, keepdims=False)
            return lax.dynamic_update_index_in_dim(rows, 2 * before + 1, i + 1, 0)

        return lax.fori_loop(0, count, step, rows)

    rows = walked(np.zeros((40, 3), dtype), 30)
    expected = np.concatenate([2.0 ** np.arange(31) - 1, np.zeros(9)])
    assert np.array_equal(rows, np.repeat(expected[:, None], 3, axis=1).astype(dtype))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_memory_that_is_rolled_keeps_every_pair(dtype):
    """As L-BFGS keeps its last steps, in a vector with other numbers, as the walk packs it."""

    @jax.jit
    def pushed(packed, new):
        memory = packed[:20].reshape(10, 2)
        rolled = jnp.roll(memory, -1, axis=0).at[-1].set(new)
        return jnp.concatenate([rolled.reshape(-1), packed[20:]])

    packed = np.arange(25, dtype=dtype)
    expected = np.concatenate([packed[2:20], [100, 101], packed[20:]]).astype(dtype)
    assert np.array_equal(pushed(packed, np.array([100, 101], dtype)), expected)
