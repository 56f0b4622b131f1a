"""What a network is, and its numbers as programs take them."""

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import jax
import numpy as np

from server.engine.networks.layers import LAYERS, Architecture
from server.engine.price import NetworkSize
from server.errors import InputError
from server.networks.dataset import CAPACITY, Dataset
from server.networks.initializers import Initializer
from server.networks.losses import LOSSES, Loss
from server.results import Precision
from surfaces.activations.activation import Activation
from surfaces.activations.catalog import ACTIVATIONS

Normalization = Literal["none", "layer"]

WIDTHS = (16, 64, 128, 256)
"""Widths that programs are compiled for; a network uses the next of them."""


@dataclass(frozen=True)
class Network:
    """A multilayer perceptron and what it is to learn.

    Attributes:
        depth: hidden layers, 1 to 64.
        width: units of each, 2 to 256.
        activation, initializer, loss, dataset: with their numbers.
        skip: whether each layer but the first adds its input to its output.
        normalization: of a layer's sums, before the activation.
    """

    depth: int
    width: int
    activation: Activation
    initializer: Initializer
    skip: bool
    normalization: Normalization
    loss: Loss
    dataset: Dataset

    @property
    def capacity(self) -> int:
        """Units of the programs that compute it."""
        return next(width for width in WIDTHS if width >= self.width)

    @property
    def features(self) -> int:
        """Numbers that an input has."""
        return 1 if self.dataset.kind == "curve" else 2

    def fans(self, layer: int) -> tuple[int, int]:
        """Inputs and outputs of a layer from 0 on; the output layer has number ``depth``."""
        fan_in = self.features if layer == 0 else self.width
        return fan_in, 1 if layer == self.depth else self.width

    @property
    def parameters(self) -> int:
        """How many weights and biases it has."""
        return sum(
            fan_out * (fan_in + 1) for fan_in, fan_out in map(self.fans, range(self.depth + 1))
        )

    def architecture(self, dtype: np.dtype[Any]) -> Architecture:
        """Its shape as numbers."""
        own = jax.tree.leaves(self.activation)
        return Architecture(
            depth=np.int32(self.depth),
            width=np.int32(self.width),
            activation=np.int32(ACTIVATIONS.index(type(self.activation))),
            number=np.asarray(own[0] if own else 0, dtype),
            skip=np.bool_(self.skip),
            normalised=np.bool_(self.normalization == "layer"),
        )


def size_of(depth: int, width: int, precision: Precision) -> NetworkSize:
    """What a network's price follows from."""
    capacity = next(one for one in WIDTHS if one >= width)
    return NetworkSize(depth, capacity, LAYERS, CAPACITY, precision == "float64")


class Task(NamedTuple):
    """What is learned, padded to ``CAPACITY`` rows.

    Attributes:
        inputs: shape [CAPACITY, capacity], 0 beyond the features and rows there are.
        targets: shape [CAPACITY].
        rows: 1 for a row that is there, else 0, shape [CAPACITY].
        loss: which of ``LOSSES``.
        classes: whether the prediction is σ(output), not the output itself.
    """

    inputs: Any
    targets: Any
    rows: Any
    loss: Any
    classes: Any


def task(network: Network, dtype: np.dtype[Any]) -> Task:
    """A network's dataset and loss, as programs take them."""
    examples = network.dataset.examples()
    size = len(examples.targets)
    inputs = np.zeros((CAPACITY, network.capacity), dtype)
    inputs[:size, : network.features] = examples.inputs
    targets, rows = np.zeros((2, CAPACITY), dtype)
    targets[:size] = examples.targets
    rows[:size] = 1
    return Task(
        inputs,
        targets,
        rows,
        np.int32(LOSSES.index(type(network.loss))),
        np.bool_(network.dataset.kind == "classes"),
    )


def check(network: Network, batch_size: int | None) -> None:
    """Refuse what cannot be computed.

    Raises:
        InputError: a log loss of a curve, or a batch larger than the dataset.
    """
    accepted = accepted_losses(network.dataset)
    if type(network.loss) not in accepted:
        known = ", ".join(one.id for one in accepted)
        raise InputError(
            ("loss",),
            f"{network.dataset.id} is not made of classes; accepted: {known}",
            "loss_needs_classes",
        )
    if batch_size is not None and batch_size > network.dataset.size:
        raise InputError(
            ("batch_size",),
            f"there are {network.dataset.size} points; accepted: 1 to {network.dataset.size}",
            "batch_size",
        )


def accepted_losses(dataset: Dataset | type[Dataset]) -> tuple[type[Loss], ...]:
    """Losses that a dataset allows, the default first."""
    classes = dataset.kind == "classes"
    allowed = [one for one in LOSSES if classes or not one.of_probabilities]
    return tuple(sorted(allowed, key=lambda one: one.of_probabilities != classes))
