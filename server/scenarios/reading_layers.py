"""What claims read off answers about networks."""

import numpy as np
from numpy.typing import NDArray

from server.scenarios.scenario import Answer

Floats = NDArray[np.float64]


def layers(answer: Answer, name: str) -> Floats:
    """One measure of ``/networks/signal``, first layer first."""
    return np.array([layer[name] for layer in answer["layers"]], float)


def reaching(answer: Answer) -> float:
    """Which part of the gradient at the last layer reaches the first."""
    gradients = layers(answer, "gradient_norm")
    return float(gradients[0] / gradients[-1])


def a_layer(answer: Answer) -> float:
    """What one layer multiplies the gradient by on its way back, in the geometric mean."""
    return reaching(answer) ** (1 / (len(answer["layers"]) - 1))


def furthest(measure: Floats) -> float:
    """By which factor a measure is away from what it is at the first layer, at most."""
    return float(np.exp(np.abs(np.log(measure / measure[0])).max()))


def late_loss(answer: Answer, steps: int = 50) -> float:
    """Mean loss of the last steps of ``/networks/training``; ∞ where it left the finite range."""
    return (
        float("inf") if answer["status"] == "diverged" else float(np.mean(answer["loss"][-steps:]))
    )
