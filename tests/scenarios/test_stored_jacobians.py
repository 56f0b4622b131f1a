"""The numbers of the scene about Jacobians are those of JAX's own arrays."""

import jax
import jax.numpy as jnp
import pytest

from server.scenarios import stored_jacobians
from server.scenarios.stored_jacobians import jacobian, kept


def shapes_by_jax(n, m, k):
    """∂Y/∂X of Y = XW, and what both vector–Jacobian products are made of; nothing is computed."""
    x, w, y = (jax.ShapeDtypeStruct(shape, jnp.float32) for shape in ((n, m), (m, k), (n, k)))
    whole = jax.eval_shape(jax.jacrev(jnp.matmul), x, w)

    def backward(x, w, of_y):
        return jax.vjp(jnp.matmul, x, w)[1](of_y)

    # Both products have the shapes of what they are the gradient by.
    assert [one.shape for one in jax.eval_shape(backward, x, w, y)] == [x.shape, w.shape]
    return whole.size, x.size + y.size


@pytest.mark.parametrize("sides", [(1, 1, 1), (2, 3, 5), (7, 4, 6), (64, 1024, 1024)])
def test_a_layer_has_as_many_numbers_as_jax_says(sides):
    assert (jacobian(*sides), kept(*sides)) == shapes_by_jax(*sides)


def test_the_scene_is_about_the_layer_that_its_question_names():
    sides = [int(stored_jacobians.OPENING.fields[name]) for name in ("n", "m", "k")]
    question = stored_jacobians.SCENARIO.question.en
    assert [str(side) in question for side in sides] == [True, True, True]
