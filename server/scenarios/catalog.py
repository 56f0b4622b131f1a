"""All scenes, in the order of the lecture."""

from server.scenarios import (
    activation_slopes,
    adagrads_rate_dies,
    adams_first_steps,
    chain_by_hand,
    convex_and_not,
    everybody_tuned,
    gd_against_sgd,
    leaving_a_saddle,
    momentum_in_a_ravine,
    momentum_passes_a_dent,
    near_the_minimum,
    nesterov_looks_ahead,
    noisy_bowl,
    one_neuron_two_starts,
    one_outlier,
    same_name_other_step,
    sgd_rattles,
    stored_jacobians,
    sure_and_wrong,
    the_plateau,
    too_much_momentum,
    turn_the_ravine,
    two_basins,
    universal_approximation,
    zigzag,
)
from server.scenarios.scenario import Scenario

BEFORE_OPTIMISERS = (
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
)
OPTIMISERS = (
    zigzag.SCENARIO,
    gd_against_sgd.SCENARIO,
    sgd_rattles.SCENARIO,
    momentum_in_a_ravine.SCENARIO,
    momentum_passes_a_dent.SCENARIO,
    too_much_momentum.SCENARIO,
    nesterov_looks_ahead.SCENARIO,
    adagrads_rate_dies.SCENARIO,
    the_plateau.SCENARIO,
    adams_first_steps.SCENARIO,
    turn_the_ravine.SCENARIO,
    same_name_other_step.SCENARIO,
    everybody_tuned.SCENARIO,
)

SCENARIOS: tuple[Scenario, ...] = (*BEFORE_OPTIMISERS, *OPTIMISERS)
