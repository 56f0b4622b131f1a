"""Yogi in both forms against its recurrence in NumPy, a scalar at a time."""

import numpy as np
import pytest

from server.engine.paths import Walk, walk_paths
from server.optimizers.yogi import Yogi
from surfaces.shapes import Bowl

SLOPE = np.array([1.0, 10.0])


def by_hand(first_moment, steps):
    """Zaheer et al. (2018), algorithm 2, with Adam's corrections; on f = (x² + 10y²)/2."""
    x, v, G = np.array([2.0, 1.0]), np.full(2, first_moment), np.full(2, 1e-6)
    path = [x]
    for k in range(1, steps + 1):
        g = SLOPE * x
        v = 0.8 * v + 0.2 * g
        G = G - 0.01 * np.sign(G - g**2) * g**2
        x = x - 0.1 * (v / (1 - 0.8**k)) / (np.sqrt(G / (1 - 0.99**k)) + 1e-3)
        path.append(x)
    return np.array(path)


@pytest.mark.parametrize(("convention", "first_moment"), [("optax", 1e-6), ("paper", 0.0)])
def test_first_moment_begins_where_the_form_says(programs, convention, first_moment):
    one = Yogi(learning_rate=0.1, beta1=0.8, beta2=0.99, convention=convention)
    walk = Walk(one, np.array([2.0, 1.0]), np.full(30, 0.1))
    [walked] = walk_paths(programs, Bowl(), [walk], "float64")
    np.testing.assert_allclose(walked.points, by_hand(first_moment, 30), rtol=1e-12, atol=1e-13)


def test_the_two_forms_differ():
    assert np.abs(by_hand(1e-6, 1) - by_hand(0.0, 1)).max() > 1e-9
