"""How much one request may ask for. The catalogue publishes these numbers.

What it may cost besides is a setting, ``work_seconds``, and ``engine/price.py`` says what it does.
"""

from typing import Final

from surfaces.formulas import mistakes
from surfaces.pasted import sheets

STEPS: Final = 10_000
RUNS: Final = 16
STARTS: Final = 64
POINTS: Final = 400_000
"""Points of all trajectories of one answer: runs x starts x (steps + 1)."""
GRID_SIDE: Final = 1024
GRID_POINTS: Final = 262_144
MAP_SIDE: Final = 1024
COORDINATE: Final = 1e12
"""Largest absolute value of a start's or a grid's coordinate."""
LABEL: Final = 80
CSV: Final = 65_536
"""Characters of pasted points."""
POINTS_COLUMNS: Final = sheets.MOST_COLUMNS
"""Columns of pasted points, two or three of them used."""
SEARCH_RATES: Final = 256
SEARCH_EVALUATIONS: Final = 2_000_000
"""Gradients of one search for learning rates, runs x rates x steps: all their losses are held."""
SCOREBOARD_SURFACES: Final = 64
"""Surfaces that runs are compared on; on each of them ``points`` bounds their paths."""
PROBES: Final = 256
TRAINING_STEPS: Final = 2_000
FRAMES: Final = 100
NETWORK_POINTS: Final = 256
"""Points that a network learns."""
RATE_CHANGES: Final = 16
"""Changes of the learning rate of one training."""
ACTIVATION_POINTS: Final = 2048
"""Values of an activation in one answer."""
ACTIVATION_INPUT: Final = 1000.0
"""Largest absolute value of an activation's z."""
ACTIVATIONS: Final = 32
"""Activations whose values are in one answer."""
LOSS_POINTS: Final = 256
"""Points whose losses are compared in one answer."""
GRAPH_NODES: Final = 400
"""Nodes of one computation graph."""
HALLS: Final = 1000
"""That live at once."""
HALL_VOTERS: Final = 2000
"""Devices whose answers to a question are counted."""
BODY_BYTES: Final = 256 * 1024

PUBLISHED: Final = {
    "steps": STEPS,
    "runs": RUNS,
    "starts": STARTS,
    "points": POINTS,
    "grid_side": GRID_SIDE,
    "grid_points": GRID_POINTS,
    "map_side": MAP_SIDE,
    "coordinate": COORDINATE,
    "label": LABEL,
    "formula": mistakes.MOST_CHARACTERS,
    "formula_nodes": mistakes.MOST_NODES,
    "points_rows": sheets.MOST_ROWS,
    "points_columns": POINTS_COLUMNS,
    "points_characters": CSV,
    "search_rates": SEARCH_RATES,
    "search_evaluations": SEARCH_EVALUATIONS,
    "scoreboard_surfaces": SCOREBOARD_SURFACES,
    "probes": PROBES,
    "training_steps": TRAINING_STEPS,
    "frames": FRAMES,
    "network_points": NETWORK_POINTS,
    "rate_changes": RATE_CHANGES,
    "activation_points": ACTIVATION_POINTS,
    "activation_input": ACTIVATION_INPUT,
    "loss_points": LOSS_POINTS,
    "graph_nodes": GRAPH_NODES,
    "halls": HALLS,
    "hall_voters": HALL_VOTERS,
    "body_bytes": BODY_BYTES,
}
