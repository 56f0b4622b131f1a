"""All scenes, in the order of the lecture."""

from server.scenarios import (
    adagrads_rate_dies,
    adams_first_steps,
    everybody_tuned,
    gd_against_sgd,
    momentum_in_a_ravine,
    momentum_passes_a_dent,
    nesterov_looks_ahead,
    same_name_other_step,
    sgd_rattles,
    the_plateau,
    too_much_momentum,
    turn_the_ravine,
    zigzag,
)
from server.scenarios.scenario import Scenario

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

SCENARIOS: tuple[Scenario, ...] = (*OPTIMISERS,)
