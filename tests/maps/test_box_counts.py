"""Box counts against sets whose dimension is known."""

from math import log

import numpy as np
import pytest

from server.maps.box_counts import border_of, box_counts

SIDE = 729


def test_a_straight_border_has_dimension_1():
    row, column = np.mgrid[:513, :513]
    for labels in (column > 200, row + column > 500, 3 * row > column + 700):
        found = box_counts(border_of(labels))
        assert found.dimension == pytest.approx(1, abs=0.06)
    assert found.size.tolist() == [1, 2, 4, 8, 16, 32, 64, 128]


def test_a_filled_square_has_dimension_2():
    found = box_counts(np.ones((512, 512), bool))
    assert found.boxes.tolist() == [4**k for k in range(9, 1, -1)]
    assert found.dimension == pytest.approx(2)


def test_sierpinskis_triangle_has_its_dimension():
    """Pascal's triangle modulo 2: C(i + j, i) is odd where i and j share no bit."""
    i, j = np.mgrid[:512, :512]
    found = box_counts((i & j) == 0)
    assert found.boxes.tolist() == [3**k for k in range(9, 1, -1)]
    assert found.dimension == pytest.approx(log(3) / log(2))


def test_cantors_dust_has_its_dimension():
    """Numbers whose base-4 digits are 0 or 3, along both axes: 4 copies at a quarter, dimension 1;
    times a line, 1/2 + 1."""
    digits = np.array([all(k // 4**p % 4 in (0, 3) for p in range(5)) for k in range(1024)])
    assert box_counts(digits[:, None] & digits).dimension == pytest.approx(1, abs=0.03)
    assert box_counts(digits[:, None] & np.ones(1024, bool)).dimension == pytest.approx(
        1.5, abs=0.03
    )


def test_kochs_snowflake_has_its_dimension():
    """Its border, log 4 / log 3 = 1.2619; by vertices closer than a cell."""
    turn = np.exp(1j * np.pi / 3)
    points = np.array([0, turn, 1, 0]) * 0.8 + (0.1 + 0.05j)
    for _ in range(7):
        start, step = points[:-1, None], np.diff(points)[:, None] / 3
        new = start + step * np.array([0, 1, 1 + turn, 2])
        points = np.append(new.ravel(), points[-1])
    cells = np.zeros((1024, 1024), bool)
    shifted = points - points.real.min() - 1j * points.imag.min()
    scaled = shifted * (1023 / max(shifted.real.max(), shifted.imag.max()))
    cells[scaled.imag.astype(int), scaled.real.astype(int)] = True
    assert box_counts(cells).dimension == pytest.approx(log(4) / log(3), abs=0.04)


def test_no_border_has_no_dimension():
    found = box_counts(border_of(np.zeros((65, 65), int)))
    assert np.isnan(found.dimension) and not found.boxes.any()
