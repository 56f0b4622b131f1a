"""All schedules, in the order in which they are shown."""

from server.schedules.cyclic import OneCycle, WarmRestarts
from server.schedules.decaying import Constant, Cosine, Exponential, InverseTime, Linear, Step
from server.schedules.schedule import Schedule

SCHEDULES: tuple[type[Schedule], ...] = (
    Constant,
    Step,
    Exponential,
    InverseTime,
    Linear,
    Cosine,
    OneCycle,
    WarmRestarts,
)
