"""Defaults that depend on two declarations at once."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Protocol

from server.optimizers.hyperparameters import RATES
from server.optimizers.optimizer import Convention, Optimizer
from surfaces.declaration import parameters


class Scales(Protocol):
    """A surface, as far as default rates go; see ``Surface``."""

    @property
    def learning_rate(self) -> float: ...

    @property
    def stride(self) -> float: ...

    @property
    def rates(self) -> Mapping[str, float]: ...


def learning_rate(optimizer: type[Optimizer], surface: Scales) -> float:
    """The learning rate an optimiser starts with on a surface, to two significant digits.

    The surface's own for that optimiser if it has one, else by what the optimiser follows; within
    the bounds of what is accepted.
    """
    rule = optimizer.default_rate
    scales = {
        "gradient": surface.learning_rate,
        "stride": surface.stride,
        "smaller": min(surface.learning_rate, surface.stride),
        "constant": 1.0,
    }
    rate = surface.rates.get(optimizer.id, rule.times * scales[rule.of])
    least, most = RATES
    return min(most, max(least, float(f"{rate:.2g}")))


def _number(default: float) -> float:
    """Whole numbers as floats; a yes or no stays one."""
    return default if isinstance(default, bool) else float(default)


@cache
def hyperparameters(optimizer: type[Optimizer], convention: Convention) -> Mapping[str, float]:
    """Every number of an optimiser but its rate, as a convention's framework sets it."""
    declared = {
        field.name: _number(getattr(optimizer, field.name))
        for field in parameters(optimizer)
        if field.name not in ("learning_rate", "convention")
    }
    return MappingProxyType(declared | dict(optimizer.forms[convention].defaults))
