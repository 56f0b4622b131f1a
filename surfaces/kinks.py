"""Functions with corners and jumps, under one convention for their slopes there.

At a corner any slope between the two would do; each function takes the one that PyTorch takes
(``CONVENTION`` says which), and everything that is descended takes its corners from here. There
is no second derivative at a corner: the derivative of each slope is NaN exactly there, and the
slope's own elsewhere. All are differentiable forwards and backwards, of scalars and of arrays.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
from jax import Array

from surfaces.declaration import Text


class Kink(NamedTuple):
    """What slope some functions are given where they have none.

    Attributes:
        functions: their names in formulas, activations and losses.
        rule: where, and which slope.
        like: whose convention it is.
    """

    functions: tuple[str, ...]
    rule: Text
    like: str


CONVENTION: tuple[Kink, ...] = (
    Kink(("abs", "mae", "l1"), Text("slope 0 at 0", "наклон 0 в нуле"), "torch.abs"),
    Kink(("relu",), Text("slope 0 at 0", "наклон 0 в нуле"), "torch.relu"),
    Kink(
        ("leaky_relu", "elu"),
        Text("at 0 the slope of the left side, s or α", "в нуле наклон левой части, s или α"),
        "torch.nn.functional.leaky_relu, elu",
    ),
    Kink(
        ("max", "min"),
        Text(
            "equal values take ½ of the slope each; more than two are compared pair by pair, "
            "from the left",
            "равные значения получают по ½ наклона; если их больше двух, они сравниваются "
            "парами слева направо",
        ),
        "torch.maximum, minimum",
    ),
    Kink(
        ("clip", "clamp"),
        Text(
            "slope 1 between the bounds and on them, 0 outside",
            "наклон 1 между границами и на них, снаружи 0",
        ),
        "torch.clamp",
    ),
    Kink(
        ("sign", "floor", "<", "<=", ">", ">=", "==", "!=", "binary_step"),
        Text("slope 0 everywhere, at a jump too", "наклон 0 всюду, и на скачке тоже"),
        "torch.sign, floor",
    ),
    Kink(
        ("hypot",),
        Text("slope 0 at the tip of the cone", "наклон 0 в вершине конуса"),
        "torch.linalg.vector_norm",
    ),
    Kink(
        ("huber",),
        Text(
            "slope ±δ where the parabola becomes a line",
            "наклон ±δ там, где парабола становится прямой",
        ),
        "torch.nn.functional.huber_loss",
    ),
    Kink(
        ("where",),
        Text("the slope of the branch that is taken", "наклон выбранной ветви"),
        "torch.where",
    ),
)
NO_CURVATURE = Text(
    "At a corner or a jump there is no second derivative: the Hessian, its eigenvalues and what "
    "follows from them are null there.",
    "На изломе и на скачке второй производной нет: гессиан, его собственные числа и всё, что из "
    "них следует, там null.",
)


@jax.custom_jvp
def corner(at: Array, is_corner: Array) -> Array:
    """0, whose derivative is NaN at a corner and 0 elsewhere: added to a slope of a function."""
    return jnp.zeros_like(at)


@corner.defjvp
def _corner(primals: Any, tangents: Any) -> Any:
    (at, is_corner), (rate, _) = primals, tangents
    # Both are chosen, so that 0 times an infinite rate cannot become a corner.
    bend = jnp.where(is_corner, jnp.nan, 0.0).astype(at.dtype) * jnp.where(is_corner, rate, 0)
    return jnp.zeros_like(at), bend


def _bend(at: Array, is_corner: Array, rate: Array) -> Array:
    """0 for each rate, with no derivative at a corner; linear in the rate, so it goes backwards."""
    return corner(at, is_corner) * jnp.where(is_corner, rate, 0)


@jax.custom_jvp
def absolute(x: Array) -> Array:
    """|x|."""
    return jnp.abs(x)


@absolute.defjvp
def _absolute(primals: Any, tangents: Any) -> Any:
    (x,), (rate,) = primals, tangents
    return absolute(x), (jnp.sign(x) + corner(x, x == 0)) * rate


@jax.custom_jvp
def relu(x: Array) -> Array:
    """max(x, 0)."""
    return jnp.maximum(x, 0)


@relu.defjvp
def _relu(primals: Any, tangents: Any) -> Any:
    (x,), (rate,) = primals, tangents
    return relu(x), jnp.where(x > 0, rate, 0) + _bend(x, x == 0, rate)


@jax.custom_jvp
def leaky_relu(x: Array, slope: Array) -> Array:
    """The number itself above 0, slope·x elsewhere."""
    return jnp.where(x > 0, x, slope * x)


@leaky_relu.defjvp
def _leaky_relu(primals: Any, tangents: Any) -> Any:
    (x, slope), (rate, leaking) = primals, tangents
    left = (slope + corner(x, (x == 0) & (slope != 1))) * rate + leaking * x
    return leaky_relu(x, slope), jnp.where(x > 0, rate, left)


@jax.custom_jvp
def elu(x: Array, alpha: Array) -> Array:
    """The number itself above 0, α(eˣ − 1) elsewhere."""
    return jnp.where(x > 0, x, alpha * jnp.expm1(jnp.minimum(x, 0)))


@elu.defjvp
def _elu(primals: Any, tangents: Any) -> Any:
    (x, alpha), (rate, growing) = primals, tangents
    under = jnp.where(x > 0, 0, x)
    left = (alpha * jnp.exp(under) + corner(x, x == 0)) * rate + growing * jnp.expm1(under)
    return elu(x, alpha), jnp.where(x > 0, rate, left)


@jax.custom_jvp
def maximum(a: Array, b: Array) -> Array:
    """The larger of two."""
    return jnp.maximum(a, b)


@maximum.defjvp
def _maximum(primals: Any, tangents: Any) -> Any:
    (a, b), rates = primals, tangents
    return maximum(a, b), _chosen(a > b, a, b, *rates)


@jax.custom_jvp
def minimum(a: Array, b: Array) -> Array:
    """The smaller of two."""
    return jnp.minimum(a, b)


@minimum.defjvp
def _minimum(primals: Any, tangents: Any) -> Any:
    (a, b), rates = primals, tangents
    return minimum(a, b), _chosen(a < b, a, b, *rates)


def _chosen(first: Array, a: Array, b: Array, rate_a: Array, rate_b: Array) -> Array:
    """The rate of the chosen one of two values, half of each where they are equal."""
    tie = a == b
    shared = (rate_a + rate_b) / 2
    chosen = jnp.where(first, rate_a, jnp.where(tie, shared, rate_b))
    return chosen + _bend(a, tie, rate_a) + _bend(b, tie, rate_b)


@jax.custom_jvp
def clip(x: Array, low: Array, high: Array) -> Array:
    """A number held between two bounds; the upper one where they are the wrong way round."""
    return jnp.minimum(jnp.maximum(x, low), high)


@clip.defjvp
def _clip(primals: Any, tangents: Any) -> Any:
    (x, low, high), (rate, rate_low, rate_high) = primals, tangents
    edge = (x == low) | (x == high) | (low == high)
    under, over = (x < low) & (low < high), (x > high) | (high < low)
    inside = (x >= low) & (x <= high)
    outside = jnp.where(under, rate_low, jnp.where(over, rate_high, 0))
    return clip(x, low, high), jnp.where(inside, rate, outside) + _bend(x, edge, rate)


@jax.custom_jvp
def sign(x: Array) -> Array:
    """−1, 0 or 1."""
    return jnp.sign(x)


@sign.defjvp
def _sign(primals: Any, tangents: Any) -> Any:
    (x,), (rate,) = primals, tangents
    return sign(x), _bend(x, x == 0, rate)


@jax.custom_jvp
def floor(x: Array) -> Array:
    """The greatest whole number that is not above x."""
    return jnp.floor(x)


@floor.defjvp
def _floor(primals: Any, tangents: Any) -> Any:
    (x,), (rate,) = primals, tangents
    whole = floor(x)
    return whole, _bend(x, x == whole, rate)


@jax.custom_jvp
def hypot(x: Array, y: Array) -> Array:
    """√(x² + y²), without overflow on the way."""
    return jnp.hypot(x, y)


@hypot.defjvp
def _hypot(primals: Any, tangents: Any) -> Any:
    (x, y), (rate_x, rate_y) = primals, tangents
    length = hypot(x, y)
    tip = (x == 0) & (y == 0)
    divisor = jnp.where(tip, 1, length)
    slope_x, slope_y = x / divisor + corner(x, tip), y / divisor + corner(y, tip)
    return length, slope_x * rate_x + slope_y * rate_y


@jax.custom_jvp
def huber(error: Array, delta: Array) -> Array:
    """error²/2 within δ of 0, δ(|error| − δ/2) beyond."""
    size = jnp.abs(error)
    return jnp.where(size <= delta, error**2 / 2, delta * (size - delta / 2))


@huber.defjvp
def _huber(primals: Any, tangents: Any) -> Any:
    (error, delta), (rate, widening) = primals, tangents
    size = jnp.abs(error)
    # jnp.clip would share its slope between value and bound at a joint.
    line = delta * jnp.sign(error) + corner(error, size == delta)
    slope = jnp.where(size < delta, error, line)
    beyond = jnp.where(size < delta, 0, size - delta)
    return huber(error, delta), slope * rate + beyond * widening


Comparison = Callable[[Array, Array], Array]


def _comparison(name: str, test: Callable[[Array, Array], Any]) -> Comparison:
    """1 where two numbers compare so and 0 elsewhere: flat, with a jump where they are equal."""

    def compared(a: Array, b: Array) -> Array:
        return jnp.asarray(test(a, b)).astype(jnp.result_type(a))

    compared.__name__ = name
    flat = jax.custom_jvp(compared)

    @flat.defjvp
    def _(primals: Any, tangents: Any) -> Any:  # pyright: ignore[reportUnusedFunction]
        (a, b), (rate_a, rate_b) = primals, tangents
        return flat(a, b), _bend(a, a == b, rate_a) + _bend(b, a == b, rate_b)

    return flat


less = _comparison("less", jnp.less)
less_equal = _comparison("less_equal", jnp.less_equal)
greater = _comparison("greater", jnp.greater)
greater_equal = _comparison("greater_equal", jnp.greater_equal)
equal = _comparison("equal", jnp.equal)
not_equal = _comparison("not_equal", jnp.not_equal)
