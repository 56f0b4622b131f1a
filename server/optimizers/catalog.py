"""All optimisers, the lecture's six first, in the order in which they are shown."""

from server.optimizers.adam import Adam
from server.optimizers.optimizer import Optimizer

OPTIMIZERS: tuple[type[Optimizer], ...] = (Adam,)
