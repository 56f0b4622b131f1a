"""All kinds of events, in the order in which those of one step are told."""

from collections.abc import Callable

from server.engine.events.clipped import clipped
from server.engine.events.convex_region import convex_region
from server.engine.events.linear_rate import linear_rate
from server.engine.events.noise_ball import noise_ball
from server.engine.events.oscillation import oscillation
from server.engine.events.overshoot import overshoot
from server.engine.events.path import Found, Path
from server.engine.events.rate_frozen import rate_frozen
from server.engine.events.rate_over_limit import rate_over_limit
from server.engine.events.saddle_left import saddle_left
from server.engine.events.thrown import thrown
from server.engine.events.units import dead_unit, saturated_unit
from server.results import EventKind

KINDS: dict[EventKind, Callable[[Path], Found | None]] = {
    "dead_unit": dead_unit,
    "saturated_unit": saturated_unit,
    "rate_over_limit": rate_over_limit,
    "thrown": thrown,
    "clipped": clipped,
    "saddle_left": saddle_left,
    "convex_region": convex_region,
    "oscillation": oscillation,
    "overshoot": overshoot,
    "rate_frozen": rate_frozen,
    "noise_ball": noise_ball,
    "linear_rate": linear_rate,
}
