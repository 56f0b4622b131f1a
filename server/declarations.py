"""Every declaration by its id, kind by kind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeVar

from server.gradient_changes import CLIPPINGS, Clipping
from server.networks.datasets import DATASETS, SeededDataset
from server.networks.initializers import INITIALIZERS, Initializer
from server.networks.losses import LOSSES, Loss
from server.optimizers.catalog import OPTIMIZERS
from server.optimizers.optimizer import Optimizer
from server.schedules.catalog import SCHEDULES
from server.schedules.schedule import Schedule
from surfaces.activations.activation import Activation
from surfaces.activations.catalog import ACTIVATIONS
from surfaces.catalog import SURFACES
from surfaces.declaration import Described
from surfaces.surface import Surface

Kind = TypeVar("Kind", bound=Described)


def _by_id(declared: Iterable[type[Kind]]) -> Mapping[str, type[Kind]]:
    return MappingProxyType({one.id: one for one in declared})


@dataclass(frozen=True)
class Declarations:
    """The classes of each kind by id, in the order in which they are shown."""

    surfaces: Mapping[str, type[Surface]]
    optimizers: Mapping[str, type[Optimizer]]
    schedules: Mapping[str, type[Schedule]]
    clippings: Mapping[str, type[Clipping]]
    activations: Mapping[str, type[Activation]]
    losses: Mapping[str, type[Loss]]
    initializers: Mapping[str, type[Initializer]]
    datasets: Mapping[str, type[SeededDataset]]


BY_ID: Final = Declarations(
    surfaces=_by_id(SURFACES),
    optimizers=_by_id(OPTIMIZERS),
    schedules=_by_id(SCHEDULES),
    clippings=_by_id(CLIPPINGS),
    activations=_by_id(ACTIVATIONS),
    losses=_by_id(LOSSES),
    initializers=_by_id(INITIALIZERS),
    datasets=_by_id(DATASETS),
)
