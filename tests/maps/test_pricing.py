"""What maps are said to cost before they begin, held against what refining really computes."""

import numpy as np
import pytest

from server.api import pricing
from server.api.maps.basins import BasinsRequest
from server.api.maps.trainability import price_of
from server.api.maps.trainability_request import TrainabilityRequest
from server.maps.pixels import pixels_of
from server.maps.refinement import CHECKED, later, planned, usually
from server.settings import Settings

PAPER = {
    "network": {"width": 16, "points": 272},
    "steps": 500,
    "x": {"name": "learning_rate.input", "count": 257},
    "y": {"name": "learning_rate.output", "count": 257},
}
SGD = {"optimizer": {"id": "sgd"}}


def basins(**more):
    asked = {"surface": {"id": "himmelblau"}, "run": SGD, "nx": 1024, "ny": 1024, **more}
    return BasinsRequest.model_validate(asked)


def test_the_papers_picture_is_let_in_and_all_its_pixels_are_not():
    asked = TrainabilityRequest.model_validate(PAPER)
    most = Settings().map_seconds
    assert price_of(asked.describe(), "typed").seconds < most
    exact = asked.model_copy(update={"exact": True})
    assert price_of(exact.describe(), "typed").seconds > most


def test_the_price_is_a_sum_of_what_is_reduced():
    whole, half = (pricing.basins(basins(steps=steps), "typed") for steps in (1000, 500))
    [steps] = [part for part in whole.parts if part.field == ("steps",)]
    assert whole.seconds - half.seconds == pytest.approx(500 * steps.seconds)


@pytest.mark.parametrize("small", ["plain", "typed"])
def test_writing_and_exactness_cost(small):
    refined = pricing.basins(basins(), small).seconds
    assert refined < pricing.basins(basins(exact=True), small).seconds
    assert pricing.basins(basins(), "typed").seconds < pricing.basins(basins(), "plain").seconds


@pytest.mark.parametrize("strides", [(4, 2, 1), (8, 4, 2, 1), (8, 2, 1)])
def test_a_level_tells_what_the_next_will_compute(strides):
    """A slanted line and a circle as borders: what is foreseen is within twice and half."""
    side = 513
    y, x = np.mgrid[:side, :side] / side
    for labels in (y > 0.3 + 0.4 * x, np.hypot(x - 0.5, y - 0.5) < 0.3):
        sizes = [len(pixels_of(side, side, strides, level)) for level in range(len(strides))]
        counts = [
            len(planned(labels * 1, pixels_of(side, side, strides, level), coarser).computed)
            for level, coarser in enumerate(strides[:-1], 1)
        ]
        foreseen = later(counts[0] / sizes[1], strides, sizes[1:]) - CHECKED
        assert 0.5 < foreseen / sum(counts[1:]) < 2
        assert sizes[0] + sum(counts) < 3 * usually(side, side, strides[0])
