"""What maps are held against: a surface of three roots, starts and slopes written out."""

import numpy as np

from surfaces.formula import Formula

ROOTS = Formula("(x^3 - 3*x*y^2 - 1)^2 + (3*x^2*y - y^3)^2", ((-2.0, 2.0), (-2.0, 2.0)))
"""|z³ − 1|² of z = x + iy."""


def starts_of(asked, pixels):
    """Where the descents of a map's pixels start, [n, 2]."""
    x, y = (
        np.linspace(*ends, n) for ends, n in zip(asked.domain, (asked.nx, asked.ny), strict=True)
    )
    return np.stack([x[pixels % asked.nx], y[pixels // asked.nx]], axis=1)


def himmelblaus_gradient(x, y):
    """Of (x² + y − 11)² + (x + y² − 7)²."""
    a, b = x**2 + y - 11, x + y**2 - 7
    return 4 * x * a + 2 * b, 2 * a + 4 * y * b
