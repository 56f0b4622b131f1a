"""How much one request may ask for. The catalogue publishes these numbers."""

from typing import Final

STEPS: Final = 10_000
RUNS: Final = 16
STARTS: Final = 64
POINTS: Final = 400_000
"""Points of all trajectories of one answer: runs x starts x (steps + 1)."""
GRID_SIDE: Final = 1024
GRID_POINTS: Final = 262_144
COORDINATE: Final = 1e6
"""Largest absolute value of a start's or a grid's coordinate."""
LABEL: Final = 80
BODY_BYTES: Final = 256 * 1024

PUBLISHED: Final = {
    "steps": STEPS,
    "runs": RUNS,
    "starts": STARTS,
    "points": POINTS,
    "grid_side": GRID_SIDE,
    "grid_points": GRID_POINTS,
    "coordinate": COORDINATE,
    "label": LABEL,
    "body_bytes": BODY_BYTES,
}
