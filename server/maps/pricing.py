"""What a lane's step costs."""

from server.engine.surface_costs import of_surface
from server.results import Precision
from surfaces.surface import Surface

OWN = 1.0e-9
"""Seconds of a lane's step besides what the surface costs over a plain one, in float32."""


def lane_step(surface: Surface, optimizer_id: str, precision: Precision) -> float:
    """Seconds of one core that a step of one lane takes."""
    from server.engine import costs

    double = 2 if precision == "float64" else 1
    more = max(of_surface(surface).slopes - costs.PLAIN.slopes, 0.0)
    method = costs.METHODS.get(optimizer_id)
    return double * (OWN + more) * (1 if method is None else 2 * method.steps)
