"""All scenes, in the order of the lecture."""

from server.scenarios import (
    chain_of_layers,
    clipped,
    clipping,
    decay,
    exploding,
    factor_two,
    learning_curves,
    maze_or_bowl,
    momentum_in_a_ravine,
    pascanus_wall,
    regularisation,
    remedy,
    runaway,
    saturated,
    skip,
    stalled,
    symmetric,
    the_cliff,
    through,
    vanishing,
    warm_up,
    zeros,
)
from server.scenarios.scenario import Scenario

SCENARIOS: tuple[Scenario, ...] = (
    # 4. The optimisers
    momentum_in_a_ravine.SCENARIO,
    # 5. The nuances of training
    learning_curves.SCENARIO,
    decay.SCENARIO,
    warm_up.SCENARIO,
    the_cliff.SCENARIO,
    clipping.SCENARIO,
    regularisation.SCENARIO,
    pascanus_wall.SCENARIO,
    # 6. Depth
    chain_of_layers.SCENARIO,
    vanishing.SCENARIO,
    remedy.SCENARIO,
    factor_two.SCENARIO,
    skip.SCENARIO,
    saturated.SCENARIO,
    zeros.SCENARIO,
    exploding.SCENARIO,
    symmetric.SCENARIO,
    stalled.SCENARIO,
    through.SCENARIO,
    maze_or_bowl.SCENARIO,
    clipped.SCENARIO,
    runaway.SCENARIO,
)
