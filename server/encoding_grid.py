"""A sampled surface as the API answers it; typed, as a page draws it."""

from typing import Any

import numpy as np

from server.encoding import Encoding, eigenvalues_content, encoded, plain, typed
from server.results import Floats, Grid, Lines

SHADES = 254
"""Steps of a typed shade; one more says that there is no surface."""
SHARES = 65_535
"""Steps of a typed vertex along a side of the rectangle."""


def narrowed(values: Floats) -> dict[str, str]:
    """What is only looked at: four bytes a number wherever they can hold the range."""
    with np.errstate(over="ignore"):
        rounded = values.astype("<f4")
    holds = np.array_equal(np.isfinite(rounded), np.isfinite(values))
    return encoded(rounded if holds else values.astype("<f8"))


def grid_content(grid: Grid, form: Encoding) -> dict[str, Any]:
    """Plain, the losses; typed, their heights above the reference, which four bytes can hold."""
    is_plain = form == "plain"
    encode = plain if is_plain else narrowed
    content: dict[str, Any] = {
        "x": plain(grid.x) if is_plain else typed(grid.x),
        "y": plain(grid.y) if is_plain else typed(grid.y),
        "loss": plain(grid.loss) if is_plain else narrowed(grid.heights),
        "reference": grid.reference,
        "heights_from": "loss" if grid.exact else "gradient",
        "levels": plain(grid.levels),
        "level_heights": plain(grid.level_heights),
    }
    if grid.gradient_norm is not None:
        content["gradient_norm"] = encode(grid.gradient_norm)
    if grid.eigenvalues is not None:
        content["hessian_eigenvalues"] = eigenvalues_content(grid.eigenvalues, encode)
    if grid.lines is not None:
        lines = _plain_lines(grid, grid.lines) if is_plain else _typed_lines(grid.lines)
        counted = {"level": grid.lines.level, "length": grid.lines.length}
        content["lines"] = counted | lines
    if grid.shade is not None:
        content["shade"] = (
            plain(grid.shade)
            if is_plain
            else _stepped((grid.shade + 1) / (max(len(grid.levels), 1) + 1))
        )
    if grid.steepness is not None:
        low, high, numbers = grid.steepness.low, grid.steepness.high, grid.steepness.numbers
        shade = plain(numbers) if is_plain else _stepped((numbers - low) / (high - low))
        content["steepness"] = {"low": low, "high": high, "shade": shade}
    return content


def _plain_lines(grid: Grid, lines: Lines) -> dict[str, Any]:
    x, y = lines.vertices.T
    return {
        "x": plain(grid.x[0] + x * (grid.x[-1] - grid.x[0])),
        "y": plain(grid.y[0] + y * (grid.y[-1] - grid.y[0])),
    }


def _typed_lines(lines: Lines) -> dict[str, Any]:
    steps = np.rint(lines.vertices * SHARES).astype("<u2")
    return {"x": encoded(steps[:, 0]), "y": encoded(steps[:, 1])}


def _stepped(share: Floats) -> dict[str, str]:
    """Shares of a scale of colours, in one byte each."""
    steps = np.where(np.isnan(share), SHADES + 1, np.rint(np.clip(share, 0, 1) * SHADES))
    return encoded(steps.astype("u1"))
