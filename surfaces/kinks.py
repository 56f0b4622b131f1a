"""Functions with corners and jumps, each with one slope there.

At a corner any slope between the two would do; each function takes the one that PyTorch takes
(``convention`` says which), and everything that is descended takes its corners from here. All are
differentiable forwards and backwards, of scalars and of arrays.

A corner has no second derivative: differentiated forwards once more, a slope gives NaN exactly
there, and its own derivative elsewhere.
"""

from collections.abc import Callable

import jax
import jax.numpy as jnp
from jax import Array

Arrays = tuple[Array, ...]
"""Arguments of a function, or how fast each of them changes."""


@jax.custom_jvp
def corner(at: Array, is_corner: Array) -> Array:
    """0, added to a slope: at a corner its derivative is NaN along whatever leaves the corner.

    What stays there along a direction, as a unit that is off does, has a second derivative.
    """
    return jnp.zeros_like(at)


@corner.defjvp
def _corner(primals: Arrays, tangents: Arrays) -> tuple[Array, Array]:
    (at, is_corner), (rate, _) = primals, tangents
    return jnp.zeros_like(at), jnp.where(is_corner & (rate != 0), jnp.nan, 0).astype(at.dtype)


@jax.custom_jvp
def along(slope: Array, is_corner: Array, rate: Array) -> Array:
    """slope·rate. At a corner it has no derivative where the rate itself changes, as in |xy|."""
    return slope * rate


@along.defjvp
def _along(primals: Arrays, tangents: Arrays) -> tuple[Array, Array]:
    (slope, is_corner, rate), (turning, _, growing) = primals, tangents
    grown = jnp.where(is_corner & (growing != 0), jnp.nan, slope * growing)
    return along(slope, is_corner, rate), turning * rate + grown


def _bend(at: Array, is_corner: Array, rate: Array) -> Array:
    """0 for each rate, without a derivative at a corner; linear in the rate, to go backwards."""
    return along(corner(at, is_corner), is_corner, jnp.where(is_corner, rate, 0))


@jax.custom_jvp
def unseen(rate: Array) -> Array:
    """0 for the rate of a truth value, without a derivative where the truth itself has none."""
    return jnp.zeros_like(rate)


@unseen.defjvp
def _unseen(primals: Arrays, tangents: Arrays) -> tuple[Array, Array]:
    (rate,), (growing,) = primals, tangents
    return unseen(rate), jnp.where(jnp.isnan(growing), growing, 0)


@jax.custom_jvp
def absolute(x: Array) -> Array:
    """|x|."""
    return jnp.abs(x)


@absolute.defjvp
def _absolute(primals: Arrays, tangents: Arrays) -> tuple[Array, Array]:
    (x,), (rate,) = primals, tangents
    zero = x == 0
    return absolute(x), along(jnp.sign(x) + corner(x, zero), zero, rate)


@jax.custom_jvp
def relu(x: Array) -> Array:
    """max(x, 0)."""
    return jnp.maximum(x, 0)


@relu.defjvp
def _relu(primals: Arrays, tangents: Arrays) -> tuple[Array, Array]:
    (x,), (rate,) = primals, tangents
    return relu(x), jnp.where(x > 0, rate, 0) + _bend(x, x == 0, rate)


@jax.custom_jvp
def leaky_relu(x: Array, slope: Array) -> Array:
    """The number itself above 0, slope·x elsewhere."""
    return jnp.where(x > 0, x, slope * x)


@leaky_relu.defjvp
def _leaky_relu(primals: Arrays, tangents: Arrays) -> tuple[Array, Array]:
    (x, slope), (rate, leaking) = primals, tangents
    turned = jnp.where(x > 0, rate, slope * rate + leaking * x)
    return leaky_relu(x, slope), turned + _bend(x, (x == 0) & (slope != 1), rate)


@jax.custom_jvp
def elu(x: Array, alpha: Array) -> Array:
    """The number itself above 0, α(eˣ − 1) elsewhere."""
    return jnp.where(x > 0, x, alpha * jnp.expm1(jnp.minimum(x, 0)))


@elu.defjvp
def _elu(primals: Arrays, tangents: Arrays) -> tuple[Array, Array]:
    (x, alpha), (rate, growing) = primals, tangents
    under = jnp.where(x > 0, 0, x)
    left = alpha * jnp.exp(under) * rate + growing * jnp.expm1(under)
    # With α = 1 the slope has no jump at 0, only its derivative.
    bend = along(corner(x, x == 0), (x == 0) & (alpha != 1), rate)
    return elu(x, alpha), jnp.where(x > 0, rate, left) + jnp.where(x == 0, bend, 0)


@jax.custom_jvp
def maximum(a: Array, b: Array) -> Array:
    """The larger of two."""
    return jnp.maximum(a, b)


@maximum.defjvp
def _maximum(primals: Arrays, tangents: Arrays) -> tuple[Array, Array]:
    (a, b), rates = primals, tangents
    return maximum(a, b), _chosen(a > b, a, b, *rates)


@jax.custom_jvp
def minimum(a: Array, b: Array) -> Array:
    """The smaller of two."""
    return jnp.minimum(a, b)


@minimum.defjvp
def _minimum(primals: Arrays, tangents: Arrays) -> tuple[Array, Array]:
    (a, b), rates = primals, tangents
    return minimum(a, b), _chosen(a < b, a, b, *rates)


def _chosen(first: Array, a: Array, b: Array, rate_a: Array, rate_b: Array) -> Array:
    """The rate of the chosen one of two values, half of each where they are equal."""
    tie = a == b
    shared = (rate_a + rate_b) / 2
    chosen = jnp.where(first, rate_a, jnp.where(tie, shared, rate_b))
    return chosen + _bend(a - b, tie, rate_a - rate_b)


@jax.custom_jvp
def clip(x: Array, low: Array, high: Array) -> Array:
    """A number held between two bounds; the upper one where they are the wrong way round."""
    return jnp.minimum(jnp.maximum(x, low), high)


@clip.defjvp
def _clip(primals: Arrays, tangents: Arrays) -> tuple[Array, Array]:
    (x, low, high), (rate, rate_low, rate_high) = primals, tangents
    bound, rate_bound = jnp.where(x == low, low, high), jnp.where(x == low, rate_low, rate_high)
    under, over = (x < low) & (low < high), (x > high) | (high < low)
    inside = (x >= low) & (x <= high)
    outside = jnp.where(under, rate_low, jnp.where(over, rate_high, 0))
    return clip(x, low, high), jnp.where(inside, rate, outside) + _bend(
        x - bound, x == bound, rate - rate_bound
    )


@jax.custom_jvp
def sign(x: Array) -> Array:
    """−1, 0 or 1."""
    return jnp.sign(x)


@sign.defjvp
def _sign(primals: Arrays, tangents: Arrays) -> tuple[Array, Array]:
    (x,), (rate,) = primals, tangents
    return sign(x), _bend(x, x == 0, rate)


@jax.custom_jvp
def floor(x: Array) -> Array:
    """The greatest whole number that is not above x."""
    return jnp.floor(x)


@floor.defjvp
def _floor(primals: Arrays, tangents: Arrays) -> tuple[Array, Array]:
    (x,), (rate,) = primals, tangents
    whole = floor(x)
    return whole, _bend(x, x == whole, rate)


@jax.custom_jvp
def hypot(x: Array, y: Array) -> Array:
    """√(x² + y²), without overflow on the way."""
    return jnp.hypot(x, y)


@hypot.defjvp
def _hypot(primals: Arrays, tangents: Arrays) -> tuple[Array, Array]:
    (x, y), (rate_x, rate_y) = primals, tangents
    length = hypot(x, y)
    tip = (x == 0) & (y == 0)
    divisor = jnp.where(tip, 1, length)
    slope_x, slope_y = x / divisor + corner(x, tip), y / divisor + corner(y, tip)
    return length, along(slope_x, tip, rate_x) + along(slope_y, tip, rate_y)


@jax.custom_jvp
def huber(error: Array, delta: Array) -> Array:
    """error²/2 within δ of 0, δ(|error| − δ/2) beyond."""
    size = jnp.abs(error)
    return jnp.where(size <= delta, error**2 / 2, delta * (size - delta / 2))


@huber.defjvp
def _huber(primals: Arrays, tangents: Arrays) -> tuple[Array, Array]:
    (error, delta), (rate, widening) = primals, tangents
    size = jnp.abs(error)
    # jnp.clip would share its slope between value and bound at a joint.
    line = delta * jnp.sign(error) + corner(error, size == delta)
    slope = jnp.where(size < delta, error, line)
    beyond = jnp.where(size < delta, 0, size - delta)
    return huber(error, delta), slope * rate + beyond * widening


Comparison = Callable[[Array, Array], Array]


def _comparison(name: str, test: Callable[[Array, Array], Array]) -> Comparison:
    """1 where two numbers compare so and 0 elsewhere: flat, with a jump where they are equal."""

    def compared(a: Array, b: Array) -> Array:
        return jnp.asarray(test(a, b)).astype(jnp.result_type(a))

    compared.__name__ = name
    flat = jax.custom_jvp(compared)

    @flat.defjvp
    def _(primals: Arrays, tangents: Arrays) -> tuple[Array, Array]:  # pyright: ignore[reportUnusedFunction]
        (a, b), (rate_a, rate_b) = primals, tangents
        return flat(a, b), _bend(a - b, a == b, rate_a - rate_b)

    return flat


less = _comparison("less", jnp.less)
less_equal = _comparison("less_equal", jnp.less_equal)
greater = _comparison("greater", jnp.greater)
greater_equal = _comparison("greater_equal", jnp.greater_equal)
equal = _comparison("equal", jnp.equal)
not_equal = _comparison("not_equal", jnp.not_equal)


@jax.custom_jvp
def where(condition: Array, a: Array, b: Array) -> Array:
    """The first of two values where a condition is not 0, else the second."""
    return jnp.where(condition != 0, a, b)


@where.defjvp
def _where(primals: Arrays, tangents: Arrays) -> tuple[Array, Array]:
    (condition, a, b), (changing, rate_a, rate_b) = primals, tangents
    taken = jnp.where(condition != 0, rate_a, rate_b)
    seam = _bend(condition, condition == 0, changing) + unseen(changing)
    return where(condition, a, b), taken + seam


def both(a: Array, b: Array) -> Array:
    """1 where neither is 0."""
    return where(a, truth(b), jnp.zeros_like(b))


def either(a: Array, b: Array) -> Array:
    """1 where one is not 0."""
    return where(a, jnp.ones_like(b), truth(b))


def negation(a: Array) -> Array:
    """1 where a number is 0."""
    return where(a, jnp.zeros_like(a), jnp.ones_like(a))


def truth(a: Array) -> Array:
    """1 where a number is not 0."""
    return where(a, jnp.ones_like(a), jnp.zeros_like(a))
