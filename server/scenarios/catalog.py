"""All scenes, in the order of the lecture."""

from server.scenarios import (
    activation_slopes,
    chain_by_hand,
    convex_and_not,
    leaving_a_saddle,
    momentum_in_a_ravine,
    near_the_minimum,
    noisy_bowl,
    one_neuron_two_starts,
    one_outlier,
    stored_jacobians,
    sure_and_wrong,
    two_basins,
    universal_approximation,
)
from server.scenarios.scenario import Scenario

SCENARIOS: tuple[Scenario, ...] = (
    one_neuron_two_starts.SCENARIO,
    activation_slopes.SCENARIO,
    universal_approximation.SCENARIO,
    one_outlier.SCENARIO,
    sure_and_wrong.SCENARIO,
    two_basins.SCENARIO,
    near_the_minimum.SCENARIO,
    noisy_bowl.SCENARIO,
    convex_and_not.SCENARIO,
    leaving_a_saddle.SCENARIO,
    chain_by_hand.SCENARIO,
    stored_jacobians.SCENARIO,
    momentum_in_a_ravine.SCENARIO,
)
