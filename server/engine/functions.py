"""Functions of one number tabulated: activations with their slopes, losses of given points.

One program holds every activation and another every loss, for a fixed number of values;
which of them is asked, its number, the values and how many of them count are data.
"""

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax

from server.engine.programs import Programs
from server.errors import InputError
from server.limits import ACTIVATION_POINTS, LOSS_POINTS
from server.networks.losses import LOSSES, Loss
from server.results import Floats, LossValues, Tabulated
from surfaces.activations.activation import Activation
from surfaces.activations.catalog import ACTIVATIONS


def warm(programs: Programs) -> None:
    """Compile both programs, if nobody has."""
    programs.compiled(("activations",), _all_activations, _blank())
    programs.compiled(("losses",), _all_losses, _no_points())


def tabulate(
    programs: Programs, activation: Activation, z_min: float, z_max: float, n: int
) -> Tabulated:
    """φ and φ′, in float64 and by automatic differentiation, at evenly spaced z.

    Args:
        programs: the compiled programs.
        activation: with its own number, if it has one.
        z_min: the first z.
        z_max: the last z.
        n: how many, from 2 to ``ACTIVATION_POINTS``.
    """
    part = np.arange(n) / (n - 1)
    # Not z_min + i·step: so the ends are exact, and so is 0 in the middle.
    z = z_min * (1 - part) + z_max * part
    index, numbers, padded = _blank()
    padded[:n] = z
    own = [getattr(activation, field.name) for field in _numbers(type(activation))]
    numbers[: len(own)] = own
    index[...] = ACTIVATIONS.index(type(activation))
    program = programs.compiled(("activations",), _all_activations, _blank())
    value, derivative = program(index, numbers, padded)
    return Tabulated(z, np.asarray(value)[:n], np.asarray(derivative)[:n])


def compare(
    programs: Programs, predictions: Floats, targets: Floats
) -> dict[str, LossValues | InputError]:
    """Every loss of the same points by id, or why it has none.

    Args:
        programs: the compiled programs.
        predictions: shape [n], n at most ``LOSS_POINTS``.
        targets: shape [n].
    """
    n = len(predictions)
    p, y = _no_points()
    p[:n], y[:n] = predictions, targets
    each, slopes = programs.compiled(("losses",), _all_losses, _no_points())(p, y)
    answers: dict[str, LossValues | InputError] = {}
    for loss, values, slope in zip(LOSSES, each, slopes, strict=True):
        values, slope = np.asarray(values)[:n], np.asarray(slope)[:n]
        refused = _outside(loss, predictions, targets)
        answers[loss.id] = refused or LossValues(float(values.mean()), values, slope / n)
    return answers


def _blank() -> tuple[Any, Floats, Floats]:
    """The arguments of the program of activations: which one, its number, places."""
    return np.zeros((), np.int32), np.zeros(1), np.zeros(ACTIVATION_POINTS)


def _no_points() -> tuple[Floats, Floats]:
    """The arguments of the program of losses: predictions and targets, harmless ones."""
    return np.full(LOSS_POINTS, 0.5), np.zeros(LOSS_POINTS)


def _outside(loss: type[Loss], predictions: Floats, targets: Floats) -> InputError | None:
    """The first point at which a loss is not defined."""
    if not loss.of_probabilities:
        return None
    # XLA takes what is smaller than this for 0.
    least = np.finfo(np.float64).tiny
    for index, (prediction, target) in enumerate(zip(predictions, targets, strict=True)):
        if target not in (0.0, 1.0):
            return InputError(("targets", index), f"accepted: 0 or 1; this is {target:g}", "label")
        if not least <= prediction < 1:
            message = f"accepted: strictly between 0 and 1; this is {prediction:g}"
            return InputError(("predictions", index), message, "probability")
    return None


def _numbers(activation: type[Any]) -> Sequence[Any]:
    return fields(activation)


def _all_activations(index: Array, numbers: Array, z: Array) -> tuple[Array, Array]:
    def branch(activation: type[Any]) -> Callable[..., Any]:
        def answer(numbers: Array, z: Array) -> Any:
            one = activation(*numbers[: len(_numbers(activation))])
            return jax.jvp(one, (z,), (jnp.ones_like(z),))

        return answer

    return lax.switch(index, [branch(one) for one in ACTIVATIONS], numbers, z)


def _all_losses(p: Array, y: Array) -> tuple[list[Array], list[Array]]:
    """Each loss at each point, and its slope by that point's prediction."""

    def both(loss: type[Loss]) -> tuple[Array, Array]:
        def each(p: Array) -> Array:
            return loss().each(p, y)

        return jax.jvp(each, (p,), (jnp.ones_like(p),))

    pairs = [both(loss) for loss in LOSSES]
    return [each for each, _ in pairs], [slope for _, slope in pairs]
