"""The lecture's formulas in decimal arithmetic, one coordinate at a time.

Written from the slide, sharing nothing with the product: no JAX, no arrays, 40 digits.
"""

from collections.abc import Callable
from decimal import Decimal, localcontext

Slope = Callable[[Decimal], Decimal]


def sgd(x: Decimal, slope: Slope, learning_rate: Decimal) -> list[Decimal]:
    path = [x]
    for _ in range(3):
        path.append(path[-1] - learning_rate * slope(path[-1]))
    return path


def momentum(x: Decimal, slope: Slope, learning_rate: Decimal, momentum: Decimal) -> list[Decimal]:
    v = Decimal(0)
    path = [x]
    for _ in range(3):
        v = momentum * v - learning_rate * slope(path[-1])
        path.append(path[-1] + v)
    return path


def nesterov(x: Decimal, slope: Slope, learning_rate: Decimal, momentum: Decimal) -> list[Decimal]:
    v = Decimal(0)
    path = [x]
    for _ in range(3):
        v = momentum * v - learning_rate * slope(path[-1] + momentum * v)
        path.append(path[-1] + v)
    return path


def adagrad(x: Decimal, slope: Slope, learning_rate: Decimal, epsilon: Decimal) -> list[Decimal]:
    squares = Decimal(0)
    path = [x]
    for _ in range(3):
        g = slope(path[-1])
        squares += g * g
        path.append(path[-1] - learning_rate / (squares + epsilon).sqrt() * g)
    return path


def rmsprop(
    x: Decimal, slope: Slope, learning_rate: Decimal, decay: Decimal, epsilon: Decimal
) -> list[Decimal]:
    squares = Decimal(0)
    path = [x]
    for _ in range(3):
        g = slope(path[-1])
        squares = decay * squares + (1 - decay) * g * g
        path.append(path[-1] - learning_rate / (squares + epsilon).sqrt() * g)
    return path


def adam(
    x: Decimal,
    slope: Slope,
    learning_rate: Decimal,
    beta1: Decimal,
    beta2: Decimal,
    epsilon: Decimal,
    bias_correction: bool = False,
) -> list[Decimal]:
    v = squares = Decimal(0)
    path = [x]
    for k in (1, 2, 3):
        g = slope(path[-1])
        v = beta1 * v + (1 - beta1) * g
        squares = beta2 * squares + (1 - beta2) * g * g
        mean, size = v, squares
        if bias_correction:  # Kingma and Ba (2015), algorithm 1.
            mean, size = v / (1 - beta1**k), squares / (1 - beta2**k)
        path.append(path[-1] - learning_rate / (size + epsilon).sqrt() * mean)
    return path


RULES = {
    "sgd": sgd,
    "momentum": momentum,
    "nesterov": nesterov,
    "adagrad": adagrad,
    "rmsprop": rmsprop,
    "adam": adam,
}


def three_steps(
    optimizer: str, numbers: dict[str, float], start: tuple[float, float], **switches: bool
) -> list[tuple[float, float]]:
    """Start and three steps on f = (x² + 10y²)/2, whose coordinates do not meet."""
    given = {name: Decimal(repr(value)) for name, value in numbers.items()}
    with localcontext() as context:
        context.prec = 40
        xs = RULES[optimizer](Decimal(repr(start[0])), lambda x: x, **given, **switches)
        ys = RULES[optimizer](Decimal(repr(start[1])), lambda y: 10 * y, **given, **switches)
    return [(float(x), float(y)) for x, y in zip(xs, ys, strict=True)]
