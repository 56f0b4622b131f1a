"""What theory says of a rule on a quadratic of some curvature."""

from math import sqrt

from server.optimizers.optimizer import Optimizer


def limit(optimizer: Optimizer, curvature: float) -> float | None:
    """The largest rate that stays on a quadratic; ``None`` where no such theory is known.

    The rule e ← a e − b e₋₁, linear in αλ, stays where all roots of r² − ar + b are within the
    circle; the first that leaves it does so at −1, where 1 + a + b = 0.
    """
    rest, one = optimizer.recurrence(0.0), optimizer.recurrence(1.0)
    if rest is None or one is None or not curvature > 0:
        return None
    at_rest, at_one = 1 + rest[0] + rest[1], 1 + one[0] + one[1]
    return at_rest / (at_rest - at_one) / curvature


def factor(optimizer: Optimizer, rate: float, curvature: float) -> float | None:
    """By what an error along one axis shrinks in a step, in the long run: the largest |r|."""
    coefficients = optimizer.recurrence(rate * curvature)
    if coefficients is None:
        return None
    a, b = coefficients
    under = a * a - 4 * b
    return sqrt(b) if under < 0 else (abs(a) + sqrt(under)) / 2


def stationary_variance(
    optimizer: Optimizer, rate: float, curvature: float, noise: float
) -> float | None:
    """Variance of an error whose gradient has noise of a standard deviation.

    Of e ← a e − b e₋₁ − αξ with independent ξ, an autoregression of second order (Box and
    Jenkins 1976, 3.2.4): α²σ² (1+b) / ((1−b)((1+b)² − a²)). For gradient descent it is
    ασ²/(λ(2 − αλ)).
    """
    coefficients = optimizer.recurrence(rate * curvature)
    if coefficients is None:
        return None
    a, b = coefficients
    room = (1 - b) * ((1 + b) ** 2 - a * a)
    return (rate * noise) ** 2 * (1 + b) / room if room > 0 and abs(b) < 1 else None
