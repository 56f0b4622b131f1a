"""No picture shows what is not there: level lines at the opening view of every surface."""

import contourpy
import jax
import numpy as np
import pytest
from scipy.optimize import minimize

from server.engine.contours import is_closed, level_lines
from server.engine.evaluation import loss_and_gradient
from server.engine.grid import sample
from surfaces.catalog import SURFACES
from surfaces.formula import Formula
from surfaces.surface import loss_at

PLACES = {"1366x768": (440, 555), "1920x1080": (812, 850), "390x844": (282, 327)}
"""CSS pixels inside the picture's axes, in windows of these sizes."""
LONGER = 180
"""Samples along the longer side, as the page asks for."""
THICK = 2.0
"""Pixels: a closed line as thick as that is seen by any grid of a few samples a pixel."""


def opening(surface, place):
    """The rectangle that the page shows first, and its samples along each side."""
    (x0, x1), (y0, y1) = surface.domain
    width, height = place
    unit = max((x1 - x0) / width, (y1 - y0) / height)
    ranges = [
        ((a + b) / 2 - unit * side / 2, (a + b) / 2 + unit * side / 2)
        for (a, b), side in zip(surface.domain, place, strict=True)
    ]
    return *ranges, *(round(LONGER * side / max(place)) for side in place)


def polygons(lines):
    """Each closed line with its level, as shares of the picture's sides."""
    parts = np.split(lines.vertices, np.cumsum(lines.length)[:-1])
    return [(k, part) for k, part in zip(lines.level, parts, strict=True) if is_closed(part)]


def thickness(line, place):
    """Twice the area over the length of the outline, in pixels."""
    x, y = (line * place).T
    area = abs(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2
    return 2 * area / np.hypot(np.diff(x), np.diff(y)).sum()


def inside(line, points):
    """Which points [n, 2] a closed line is around: an odd number of its sides is to their right."""
    x, y = points[:, :1], points[:, 1:]
    (x0, y0), (x1, y1) = line[:-1].T, line[1:].T
    crosses = (y0 > y) != (y1 > y)
    with np.errstate(all="ignore"):
        right = x < x0 + (y - y0) * (x1 - x0) / (y1 - y0)
    return ((crosses & right).sum(axis=1) % 2).astype(bool)


def distance(points, lines):
    """How far nine tenths of points [n, 2] are from polylines, at most.

    The tip of a tongue that gets thinner than a sample is anybody's.
    """
    starts = np.concatenate([line[:-1] for line in lines])
    sides = np.concatenate([np.diff(line, axis=0) for line in lines])
    x, y = (points[:, axis, None] - starts[:, axis] for axis in (0, 1))
    along, up = sides.T
    share = np.clip((x * along + y * up) / np.maximum(along**2 + up**2, 1e-300), 0, 1)
    squared = (x - share * along) ** 2 + (y - share * up) ** 2
    return np.quantile(np.sqrt(squared.min(axis=1)), 0.9)


# Compiled once a surface, for one point and for as many as are ever looked at together.
LOSS, LOSSES = jax.jit(loss_at), jax.jit(jax.vmap(loss_at, in_axes=(None, 0)))
TOGETHER = 1600


def losses_at(surface, points):
    blocks = range(0, len(points), TOGETHER)
    filled = np.resize(points, (TOGETHER * len(blocks), 2))
    found = [np.asarray(LOSSES(surface, filled[at : at + TOGETHER])) for at in blocks]
    return np.concatenate(found)[: len(points)]


def holds_an_extremum(surface, corner, sides, line, level):
    """Whether SciPy's simplex, let down (or up) inside a closed line, finds its end in there.

    The line is in shares of a rectangle's sides.
    """
    low, high = line.min(axis=0), line.max(axis=0)
    shares = (np.arange(40) + 0.5) / 40
    points = low + np.stack(np.meshgrid(shares, shares), axis=-1).reshape(-1, 2) * (high - low)
    points = points[inside(line, points)]
    if len(points) == 0:
        points = (line[:-1] + np.roll(line[:-1], len(line) // 2, axis=0)) / 2
    values = losses_at(surface, corner + points * sides) - level
    sign = 1 if np.median(values) < 0 else -1
    start = points[np.argmin(sign * values)]
    simplex = start + 0.05 * (high - low) * [[0, 0], [1, 0], [0, 1]]
    found = minimize(
        lambda point: sign * (float(LOSS(surface, corner + point * sides)) - level),
        start,
        method="Nelder-Mead",
        options={"initial_simplex": simplex, "maxiter": 2000, "xatol": 1e-12, "fatol": 0},
    )
    slack = 0.01 * (high - low)
    return found.fun < 0 and bool(((found.x >= low - slack) & (found.x <= high + slack)).all())


@pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.id)
def test_every_closed_line_is_round_something_and_none_is_missing(programs, surface):
    """Thick ones are those of a grid many times as fine; SciPy finds an extremum in thin ones."""
    surface = surface()
    place = PLACES["1366x768"]
    x_range, y_range, nx, ny = opening(surface, place)
    grid = sample(programs, surface, x_range, y_range, nx, ny, lines=True)
    drawn = polygons(grid.lines)

    factor = 3 if surface.family is None else 8
    x = np.linspace(*x_range, factor * (nx - 1) + 1)
    y = np.linspace(*y_range, factor * (ny - 1) + 1)
    points = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    fine, _ = loss_and_gradient(programs, surface, points, "float64")
    generator = contourpy.contour_generator(z=fine.reshape(len(y), len(x)))
    there = [
        (k, line / [len(x) - 1, len(y) - 1])
        for k, level in enumerate(grid.levels)
        for line in generator.lines(level)
        if is_closed(line)
    ]

    def middle(line):
        return (line.min(axis=0) + line.max(axis=0)) / 2 * place

    middles = {
        k: np.array([middle(line) for level, line in there if level == k])
        for k in {k for k, _ in there}
    }

    def has_twin(k, line):
        return k in middles and bool((np.hypot(*(middles[k] - middle(line)).T) < 1.5).any())

    thick = [one for one in there if thickness(one[1], place) >= THICK]
    parts = np.split(grid.lines.vertices * place, np.cumsum(grid.lines.length)[:-1])
    missing = [
        (k, line.mean(axis=0))
        for k, line in thick
        if distance(
            line[:: max(1, len(line) // 60)] * place,
            [part for level, part in zip(grid.lines.level, parts, strict=True) if level == k],
        )
        > 1.5
    ]
    assert missing == []

    corner, sides = np.array([x[0], y[0]]), np.array([np.ptp(x), np.ptp(y)])
    ready = surface.ready()
    false = [
        (k, line.mean(axis=0))
        for k, line in drawn
        if not (thickness(line, place) >= THICK and has_twin(k, line))
        and not holds_an_extremum(ready, corner, sides, line, grid.levels[k])
    ]
    assert false == []


@pytest.mark.parametrize("place", ["1920x1080", "390x844"])
@pytest.mark.parametrize(
    "surface",
    [surface for surface in SURFACES if surface.family == "plain" or surface.family == "loops"],
    ids=lambda surface: surface.id,
)
def test_thin_lines_are_round_something_in_other_windows_too(programs, surface, place):
    surface, place = surface(), PLACES[place]
    x_range, y_range, nx, ny = opening(surface, place)
    grid = sample(programs, surface, x_range, y_range, nx, ny, lines=True)
    ready = surface.ready()
    corner = np.array([x_range[0], y_range[0]])
    sides = np.array([x_range[1] - x_range[0], y_range[1] - y_range[0]])
    assert [
        (k, line.mean(axis=0))
        for k, line in polygons(grid.lines)
        if thickness(line, place) < THICK
        and not holds_an_extremum(ready, corner, sides, line, grid.levels[k])
    ] == []


def test_lines_stand_at_their_levels(programs):
    """Booth's function, in NumPy: nowhere is a line half a pixel from where it should be."""
    surface = next(one for one in SURFACES if one.id == "booth")()
    place = PLACES["1366x768"]
    x_range, y_range, nx, ny = opening(surface, place)
    grid = sample(programs, surface, x_range, y_range, nx, ny, lines=True)
    u, v = grid.lines.vertices.T
    x = x_range[0] + u * (x_range[1] - x_range[0])
    y = y_range[0] + v * (y_range[1] - y_range[0])
    first, second = x + 2 * y - 7, 2 * x + y - 5
    slope = 2 * np.hypot(first + 2 * second, 2 * first + second)
    pixel = (x_range[1] - x_range[0]) / place[0]
    level = np.repeat(grid.levels[grid.lines.level], grid.lines.length)
    assert len(grid.lines.length) >= len(grid.levels)
    assert np.abs(first**2 + second**2 - level).max() > 0
    assert (np.abs(first**2 + second**2 - level) / (slope * pixel)).max() < 0.5


def test_shade_counts_the_same_heights_as_the_levels(programs):
    """A plane has no curve in it: its shade is its samples, counted in levels."""
    surface = Formula("2*x+y")
    grid = sample(programs, surface, (-1, 1), (-1, 1), 41, 31, lines=True)
    x, y = np.meshgrid(np.linspace(-1, 1, 41), np.linspace(-1, 1, 31))
    within = (2 * x + y > grid.levels[0]) & (2 * x + y < grid.levels[-1])
    expected = np.interp(2 * x + y, grid.levels, np.arange(len(grid.levels)))
    assert grid.shade[within] == pytest.approx(expected[within], abs=1e-9)
    assert grid.shade.min() == -1
    assert grid.shade.max() == len(grid.levels)


def test_round_a_false_pit_the_gradient_does_not_turn():
    """One low sample of a valley's many: marching squares alone would draw a pit."""
    x, y = np.meshgrid(np.linspace(0, 1, 9), np.linspace(0, 1, 9))
    sampled = np.where((x == 0.25) & (y == 0.25), -0.5, 0.5)
    pit = level_lines(sampled, 1, lambda at: 2 * (at - 0.25))
    valley = level_lines(
        sampled, 1, lambda at: np.stack([at[:, 0] - at[:, 1] + 0.01, at[:, 1] - at[:, 0]], axis=1)
    )
    assert len(pit.length) == 1
    assert len(valley.length) == 0
