"""Defaults that depend on two declarations at once."""

from collections.abc import Mapping
from dataclasses import fields

from server.optimizers.optimizer import Convention, Optimizer
from surfaces.surface import Surface


def learning_rate(optimizer: type[Optimizer], surface: type[Surface]) -> float:
    """The learning rate an optimiser starts with on a surface, to two significant digits."""
    rule = optimizer.default_rate
    scale = surface.learning_rate if rule.of == "gradient" else surface.stride
    return float(f"{rule.times * scale:.2g}")


def hyperparameters(optimizer: type[Optimizer], convention: Convention) -> Mapping[str, float]:
    """Every number of an optimiser but its rate, as a convention's framework sets it."""
    declared = {
        field.name: float(getattr(optimizer, field.name))
        for field in fields(optimizer)  # pyright: ignore[reportArgumentType]
        if field.name not in ("learning_rate", "convention")
    }
    return declared | dict(optimizer.forms[convention].defaults)
