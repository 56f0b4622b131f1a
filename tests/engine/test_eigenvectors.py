"""Eigenvectors of Hessians against numpy.linalg.eigh of the Hessian written by hand."""

import numpy as np
import pytest

from server.engine.probe import probe
from surfaces.formula import Formula


def himmelblau(x, y):
    """The Hessian of (x² + y − 11)² + (x + y² − 7)²."""
    return [[12 * x**2 + 4 * y - 42, 4 * (x + y)], [4 * (x + y), 12 * y**2 + 4 * x - 26]]


@pytest.mark.parametrize("at", [(3.0, 2.0), (-0.27, -0.92), (0.5, -0.5), (-3.1, 3.2)])
def test_the_larger_eigenvalues_vector(programs, at):
    surface = Formula("(x^2 + y - 11)^2 + (x + y^2 - 7)^2").ready()
    local = probe(programs, surface, np.array([at]))
    values, vectors = np.linalg.eigh(himmelblau(*at))
    assert local.hessian_eigenvalues[0] == pytest.approx(values, rel=1e-12)
    # Which of its two ways it points says nothing.
    assert abs(local.steepest[0] @ vectors[:, 1]) == pytest.approx(1, abs=1e-12)


def test_a_turned_ravine_is_steepest_across(programs):
    angle = 0.4
    u, v = f"({np.cos(angle)}*x + {np.sin(angle)}*y)", f"({-np.sin(angle)}*x + {np.cos(angle)}*y)"
    surface = Formula(f"{u}^2 + 25*{v}^2").ready()
    local = probe(programs, surface, np.array([[0.3, -0.8]]))
    across = np.array([-np.sin(angle), np.cos(angle)])
    assert abs(local.steepest[0] @ across) == pytest.approx(1, abs=1e-12)
