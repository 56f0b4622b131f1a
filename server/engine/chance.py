"""Everything random in a run, as arrays made before the walk: a run is a function of its seed.

All runs of a request share their randomness: the same noise, scaled, and the same batches. A
difference between two runs is then the optimisers' and not luck's.
"""

from dataclasses import replace
from typing import Any

import numpy as np

from server.results import Floats
from surfaces.batches import batch_weights
from surfaces.data import DataSurface
from surfaces.points import count
from surfaces.surface import Surface


def gradient_noise(deviation: float, steps: int, seed: int, start: int) -> Floats | None:
    """Independent Gaussian noise of a standard deviation for each component, shape [steps, 2].

    Each start has its own. Fewer steps are the beginning of more.
    """
    if deviation == 0:
        return None
    generator = np.random.default_rng([seed, start])
    return deviation * generator.standard_normal((steps, 2))


def batches_of(surface: Surface, batch_size: int | None, steps: range, seed: int) -> Any:
    """The weights of a surface's points at each of some steps, or ``None`` for all points.

    Args:
        surface: ready; with points if there is a batch size.
        batch_size: points a batch; ``None`` for all of them.
        steps: consecutive numbers of steps, from 1 on.
        seed: of the order in which points are drawn.

    Returns:
        0 and 1 in an array of shape [steps, rows], or ``None``.
    """
    if batch_size is None or not isinstance(surface, DataSurface):
        return None
    points = surface.points
    rows = count(points)
    if batch_size == rows:
        return None
    return batch_weights(rows, len(points.weights), batch_size, steps, seed)


def on_batch(surface: DataSurface, batch_size: int, step: int, seed: int) -> DataSurface:
    """A surface of the points of one step's batch only."""
    weights = batches_of(surface, batch_size, range(step, step + 1), seed)
    if weights is None:
        return surface
    made: Any = surface
    return replace(made, points=surface.points._replace(weights=weights[0].astype(np.float64)))
