"""All optimisers in the order in which they are shown: the lecture's six come first."""

from server.optimizers.adabelief import AdaBelief
from server.optimizers.adadelta import Adadelta
from server.optimizers.adagrad import Adagrad
from server.optimizers.adam import Adam
from server.optimizers.adamax import AdaMax
from server.optimizers.adamw import AdamW
from server.optimizers.adan import Adan
from server.optimizers.amsgrad import AMSGrad
from server.optimizers.exact_line_search import ExactLineSearch
from server.optimizers.gradient_flow import GradientFlow
from server.optimizers.lbfgs import Lbfgs
from server.optimizers.lion import Lion
from server.optimizers.momentum import Momentum
from server.optimizers.nadam import NAdam
from server.optimizers.nesterov import Nesterov
from server.optimizers.newton import Newton
from server.optimizers.novograd import NovoGrad
from server.optimizers.optimizer import GradientRule, ObjectiveMethod, Optimizer, WholePath
from server.optimizers.prodigy import Prodigy
from server.optimizers.radam import RAdam
from server.optimizers.rmsprop import RMSProp
from server.optimizers.rprop import Rprop
from server.optimizers.schedule_free import ScheduleFree
from server.optimizers.sgd import Sgd
from server.optimizers.sophia import Sophia
from server.optimizers.yogi import Yogi

OPTIMIZERS: tuple[type[Optimizer], ...] = (
    Sgd,
    Momentum,
    Nesterov,
    Adagrad,
    RMSProp,
    Adam,
    AdamW,
    NAdam,
    AMSGrad,
    AdaMax,
    Adadelta,
    RAdam,
    AdaBelief,
    Yogi,
    Lion,
    Rprop,
    NovoGrad,
    Adan,
    Prodigy,
    ScheduleFree,
    Sophia,
    Lbfgs,
    Newton,
    ExactLineSearch,
    GradientFlow,
)

# By kind, for those who execute them.
GRADIENT_RULES = tuple(one for one in OPTIMIZERS if issubclass(one, GradientRule))
OBJECTIVE_METHODS = tuple(one for one in OPTIMIZERS if issubclass(one, ObjectiveMethod))
WHOLE_PATHS = tuple(one for one in OPTIMIZERS if issubclass(one, WholePath))
