"""Trainability: with which learning rates and beginnings a small network learns at all.

The paper is Sohl-Dickstein (2024), «The boundary of neural network trainability is fractal»,
arXiv 2402.06184.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

import numpy as np
from jaxtyping import Bool, Float

from server.engine.programs import Programs
from server.maps.costs import DRAWN
from server.maps.description import Axis
from server.maps.kernels.network import Network
from server.maps.pixels import Pixels
from server.maps.pricing import NANO, training_step
from server.maps.refinement import usual_pixels
from server.maps.trainings import Settings, losses
from server.results import Precision

TAIL: Final = 20
"""Last losses whose mean decides: a training may oscillate."""
MOST: Final = 1e6
"""What a loss counts as at most, in units of the first."""
SIDE: Final = 64
"""Cells along a side of the first sight of a map, about."""
STAY: Final = 0.75
"""Share of their steps that trainings take before those that diverge leave the finite range."""
ROUNDINGS: Final = 1024
"""Roundings of float32 that two neighbouring pixels are apart at the least for float32 to do.

Where the border is not resolved, float32 labels 27 % of the pixels otherwise than float64 down to
this width, and more from here on: 35 % at 40 roundings, 46 % at 3; a whole map at 1e-3 … 1e6 0.1 %.
"""

AXES: Final = (
    "learning_rate", "learning_rate.input", "learning_rate.output",
    "initial_scale", "initial_offset",
)  # fmt: skip
"""Numbers that may stand on an axis."""


class Measured(NamedTuple):
    """What is made of a training's losses ℓ₀ … ℓ_{N−1}, each [n].

    Attributes:
        diverged: whether the mean of the last ``TAIL`` is not less than ℓ₀.
        rate: the mean of ℓ/ℓ₀ where it converged, of ℓ₀/ℓ where it diverged: the smaller, the
            faster. The paper's picture has the sum, and a sign.
        loss: that mean of the last.
    """

    diverged: Bool[np.ndarray, " n"]
    rate: Float[np.ndarray, " n"]
    loss: Float[np.ndarray, " n"]


def measured(every: Float[np.ndarray, "n steps"]) -> Measured:
    """The convergence of trainings (the paper's code, ``convergence_measure``)."""
    with np.errstate(all="ignore"):
        relative = every / every[:, :1].astype(np.float64)
        relative = np.where(relative <= MOST, relative, MOST)
        diverged = ~(relative[:, -TAIL:].mean(axis=1) < 1)
        sums = np.where(diverged[:, None], 1 / relative, relative)
        return Measured(diverged, sums.mean(axis=1), every[:, -TAIL:].mean(axis=1))


@dataclass(frozen=True)
class Trainability:
    """A network trained with every pair of two numbers.

    Attributes:
        network: which one; an axis may take the place of its initial scale or offset.
        x, y: numbers of ``AXES``.
        learning_rate: of both layers, where no axis says otherwise.
        steps: of gradient descent.
        precision: of the arithmetic; "auto" is float32 until neighbouring pixels are less than
            ``ROUNDINGS`` of its roundings apart.
        exact: whether every pixel is computed; else those may be filled in whose neighbours on a
            coarser lattice all agree.
    """

    network: Network
    x: Axis
    y: Axis
    learning_rate: float = 1.0
    steps: int = 100
    precision: Precision | Literal["auto"] = "auto"
    exact: bool = False

    @property
    def nx(self) -> int:
        """Columns."""
        return self.x.count

    @property
    def ny(self) -> int:
        """Rows."""
        return self.y.count

    @property
    def strides(self) -> tuple[int, ...]:
        """Halved from level to level, so that what is between can be told from the corners."""
        stride = 1
        while stride < 16 and max(self.nx, self.ny) > 1.5 * SIDE * stride:
            stride *= 2
        return tuple(2**i for i in range(stride.bit_length() - 1, -1, -1))

    @property
    def tile(self) -> int:
        """Twice as many pixels as lanes, so that a lane that is free finds work."""
        return 2 * self.network.lanes

    @property
    def computed_in(self) -> Precision:
        """The precision that is taken."""
        if self.precision != "auto":
            return self.precision
        apart = min(_apart(self.x), _apart(self.y))
        return "float64" if apart < ROUNDINGS * np.finfo(np.float32).eps else "float32"

    @property
    def refined_by(self) -> tuple[str, ...]:
        """The field whose disagreement says what has to be computed, see ``refinement``."""
        return () if self.exact else ("diverged",)

    def seconds(self) -> float:
        """Its price, of a picture as the paper's: half of its trainings diverge."""
        network, batch = self.network, self.network.batch or 0
        each = training_step(network.width, network.points, batch, self.computed_in)
        return self.steps * (usual_pixels(self) * STAY * each + NANO * DRAWN * batch)

    @staticmethod
    def fields() -> Mapping[str, np.dtype[Any]]:
        """As ``Measured``; ``loss`` may be infinite."""
        return {
            "diverged": np.dtype(np.uint8),
            "rate": np.dtype(np.float32),
            "loss": np.dtype(np.float32),
        }

    def settings(self, pixels: Pixels) -> Settings:
        """Rates and beginnings of some pixels."""
        size = len(pixels)
        numbers = {
            "learning_rate.input": np.full(size, self.learning_rate),
            "learning_rate.output": np.full(size, self.learning_rate),
            "initial_scale": np.full(size, self.network.initial_scale),
            "initial_offset": np.full(size, self.network.initial_offset),
        }
        for axis, place in ((self.x, pixels % self.nx), (self.y, pixels // self.nx)):
            of_both = axis.name == "learning_rate"
            for name in [*numbers][:2] if of_both else [axis.name]:
                numbers[name] = axis.values()[place]
        return Settings(*numbers.values())

    def compute(self, programs: Programs, pixels: Pixels) -> Mapping[str, np.ndarray]:
        """See ``fields``."""
        dtype = np.dtype(self.computed_in)
        settings = self.settings(pixels)
        found = measured(losses(programs, self.network, settings, self.steps, dtype))
        with np.errstate(over="ignore"):
            return {name: getattr(found, name).astype(kind) for name, kind in self.fields().items()}


def _apart(axis: Axis) -> float:
    """The least distance of neighbouring values, in units of the larger."""
    values = np.abs(axis.values())
    if len(values) < 2:
        return 1.0
    return float(np.min(np.abs(np.diff(axis.values())) / np.maximum(values[1:], values[:-1])))
