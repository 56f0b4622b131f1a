"""What maps are said to cost before they begin, held against what refining really computes."""

import numpy as np
import pytest

from server.api import pricing
from server.api.maps.basins import BasinsRequest
from server.api.maps.stability import StabilityRequest
from server.api.maps.trainability import price_of
from server.api.maps.trainability_request import TrainabilityRequest
from server.api.maps.winner import WinnerRequest
from server.engine import costs
from server.maps.pixels import pixels_of
from server.maps.refinement import CHECKED, later, planned, usual_pixels_refined
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


def test_every_field_that_is_answered_is_paid_for():
    """A map of who is first has four: what it costs more as numbers in text is theirs."""
    runs = {"surface": {"id": "himmelblau"}, "runs": [SGD], "nx": 100, "ny": 100}
    axes = {"x": {"name": "learning_rate", "from": 0.1, "to": 1.0, "count": 100}}
    axes["y"] = {**axes["x"], "name": "momentum"}
    one = {"surface": {"id": "himmelblau"}, "run": {"optimizer": {"id": "momentum"}}, **axes}
    for price, asked, told in (
        (pricing.winner, WinnerRequest.model_validate(runs),
         ("winner", "steps", "tied", "together")),
        (pricing.basins, basins(nx=100, ny=100), ("basin", "steps", "loss", "outcome")),
        (pricing.stability, StabilityRequest.model_validate(one),
         ("loss", "rate", "steps", "diverged")),
    ):  # fmt: skip
        more = price(asked, "plain").seconds - price(asked, "typed").seconds
        each = costs.WRITTEN["plain"] - costs.WRITTEN["typed"]
        assert more == pytest.approx(1e4 * len(told) * each)


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
        assert sizes[0] + sum(counts) < 3 * usual_pixels_refined(side, side, strides[0])
