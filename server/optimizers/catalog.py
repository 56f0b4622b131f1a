"""All optimisers, the lecture's six, in the order in which they are shown."""

from server.optimizers.adagrad import Adagrad
from server.optimizers.adam import Adam
from server.optimizers.momentum import Momentum
from server.optimizers.nesterov import Nesterov
from server.optimizers.optimizer import Optimizer
from server.optimizers.rmsprop import RMSProp
from server.optimizers.sgd import Sgd

OPTIMIZERS: tuple[type[Optimizer], ...] = (Sgd, Momentum, Nesterov, Adagrad, RMSProp, Adam)
