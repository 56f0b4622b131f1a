"""All scenes, in the order of the lecture."""

from server.scenarios import momentum_in_a_ravine
from server.scenarios.scenario import Scenario

SCENARIOS: tuple[Scenario, ...] = (momentum_in_a_ravine.SCENARIO,)
