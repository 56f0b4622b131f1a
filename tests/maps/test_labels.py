"""Labels of maps: what ``trajectories`` says of 500 random pixels of every surface, in float64.

Each surface with the next of some rules; ``python -m benchmarks.labels`` tries all with all.
"""

import numpy as np
import pytest

from benchmarks.labels import SIDE, basins_of, compare, surfaces
from server.declarations import BY_ID
from server.engine.views import view

PIXELS = 500
RULES = ("sgd", "adam", "nesterov", "rmsprop", "momentum", "adagrad")
ALL = [(name, surface, RULES[n % len(RULES)]) for n, (name, surface) in enumerate(surfaces())]


@pytest.mark.parametrize(("name", "surface", "rule"), ALL, ids=[f"{n}-{r}" for n, _, r in ALL])
def test_labels_are_those_of_paths(programs, name, surface, rule):
    seen = view(programs, surface)
    basins = basins_of(programs, surface, BY_ID.optimizers[rule], seen)
    pixels = np.random.default_rng(1).choice(SIDE * SIDE, PIXELS, replace=False)
    wrong, told, words = compare(programs, basins, pixels)
    assert wrong == 0 and not words, f"{told} {dict(words)}"
