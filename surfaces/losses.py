"""What one prediction costs: each loss once, for surfaces of points and for networks.

The minima of such losses are found apart, in NumPy, by ``fits``: SciPy asks for values thousands
of times, and what is found that way tests what is written here.
"""

import jax.numpy as jnp
from jax import Array

from surfaces import kinks


def squared(prediction: Array, target: Array) -> Array:
    """(ŷ − y)²."""
    return (prediction - target) ** 2


def absolute(prediction: Array, target: Array) -> Array:
    """|ŷ − y|, with slope 0 where it is met exactly."""
    return kinks.absolute(prediction - target)


def huber(prediction: Array, target: Array, delta: Array | float) -> Array:
    """Huber's: (ŷ − y)²/2 within δ, a line beyond."""
    return kinks.huber(prediction - target, delta)


def log_of_margin(margin: Array) -> Array:
    """log(1 + e^{−m}) = −log σ(m): the log loss of a class whose margin is m, finite for all m."""
    return jnp.logaddexp(0.0, -margin)


def log_of_probability(prediction: Array, target: Array) -> Array:
    """−(y log ŷ + (1 − y) log(1 − ŷ))."""
    return -(target * jnp.log(prediction) + (1 - target) * jnp.log1p(-prediction))


def log_of_output(z: Array, target: Array) -> Array:
    """The same of ŷ = σ(z): nothing is rounded to 0 before its logarithm is taken."""
    return target * log_of_margin(z) + (1 - target) * log_of_margin(-z)
