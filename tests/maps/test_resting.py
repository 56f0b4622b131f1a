"""Words of many places at once against those of one: ``maps.resting`` and ``outcomes.rests``."""

import numpy as np
import pytest

from server.engine.outcomes import rests
from server.maps.resting import Places, radii, words
from surfaces.surface import Minimum

COUNT = 20_000
TOLERANCE = 1e-3
DIAGONAL = 3.0


def table(lowest):
    """Places of every kind: losses that tie, no curvature, rings with holes and plateaus."""
    draw = np.random.default_rng(0)

    def of(*values):
        return draw.choice(values, COUNT)

    base = 0.0 if lowest is None else lowest
    loss = base + of(0.0, 0.0, 1e-13, 1e-9, -1e-9, -1e-6, 1.0, -1.0)
    norm = TOLERANCE * of(0.0, 1e-9, 1e-3, 0.5, 1.0)
    sizes = (0.0, 1e-320, 1e-12, TOLERANCE / DIAGONAL, 1e-2, 1.0, 1e200, np.inf, np.nan)
    curvatures = np.stack([of(*sizes) * of(-1, 1), of(*sizes) * of(-1, 1)], axis=1)
    curvatures[:, 1] = np.where(of(0, 0, 1) == 1, 1e9 * curvatures[:, 0], curvatures[:, 1])
    curvatures.sort(axis=1)
    # Where there is none there is no other: they are a mean and a radius.
    curvatures[np.isnan(curvatures).any(axis=1)] = np.nan
    steps = draw.choice([0.0, 1e-15, 1e-9, 1.0], (COUNT, rests.RING))
    signs = draw.choice([-1, 0, 1], (COUNT, rests.RING), p=[0.02, 0.03, 0.95])
    around = loss[:, None] + steps * signs * of(-1, 1)[:, None]
    around[draw.random(around.shape) < 0.01] = np.nan
    around[draw.random(around.shape) < 0.01] = np.inf
    flat = of(0, 0, 0, 1) == 1
    around[flat] = loss[flat, None]
    return Places(loss, norm, curvatures), around


@pytest.mark.parametrize("lowest", [None, 0.0, -7.5, 1e6], ids=str)
def test_many_places_are_what_each_is_alone(lowest):
    places, around = table(lowest)
    known = [] if lowest is None else [Minimum(50.0, 50.0, lowest)]
    ground = rests.Ground(known, np.ones((len(known), 2)), DIAGONAL, TOLERANCE)
    found = words(DIAGONAL, places, around, TOLERANCE, lowest)
    radius = radii(DIAGONAL, places, TOLERANCE)
    alone, away = [], []
    for loss, norm, eigenvalues, ring in zip(*places, around, strict=True):
        place = rests.Place(0.0, 0.0, float(loss), float(norm), *map(float, eigenvalues))
        alone.append(rests.unknown(ground, place, ring).id)
        # The first neighbour is to the right.
        away.append(rests.neighbours(ground, place)[0, 0])
    assert found.tolist() == alone
    np.testing.assert_allclose(radius, away, rtol=1e-12)
    expected = {"local_minimum", "maximum", "saddle", "flat"} | ({"minimum"} if known else set())
    assert set(alone) == expected
