"""What a lane's step costs."""

from server.engine import costs
from server.engine.costs import Evaluation
from server.engine.surface_costs import of_surface
from server.results import Precision
from surfaces.surface import Surface

OWN = 1.0e-9
"""Seconds of a lane's step besides what the surface costs over a plain one, in float32."""


def lane_step(surface: Surface, optimizer_id: str, precision: Precision) -> float:
    """Seconds of one core that a step of one lane takes."""
    return lane_step_of(of_surface(surface), optimizer_id, precision)


def lane_step_of(evaluation: Evaluation, optimizer_id: str, precision: Precision) -> float:
    """The same, of a surface of which a point costs as much."""
    double = 2 if precision == "float64" else 1
    more = max(evaluation.slopes - costs.PLAIN.slopes, 0.0)
    method = costs.METHODS.get(optimizer_id)
    return double * (OWN + more) * (1 if method is None else 2 * method.steps)
