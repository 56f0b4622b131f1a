"""What a run is, and whether a surface allows it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

from server.engine.gradient_changes import PLAIN, GradientChanges
from server.errors import InputError
from server.optimizers.optimizer import Optimizer
from server.results import Floats
from surfaces.data import DataSurface
from surfaces.points import count
from surfaces.surface import Surface


@dataclass(frozen=True)
class Run:
    """One optimiser with its numbers, and how it is trained.

    Attributes:
        optimizer: what descends.
        schedule: what the learning rate is multiplied by at each step, shape [n].
        changes: penalties, clipping and decay.
        gradient_noise: standard deviation of the noise on each component of the gradient.
        batch_size: how many points each gradient is of; ``None`` for all.
    """

    optimizer: Optimizer
    schedule: Floats
    changes: GradientChanges = PLAIN
    gradient_noise: float = 0.0
    batch_size: int | None = None

    @property
    def learning_rate(self) -> Floats:
        """The rate of each step, shape [n]."""
        return self.optimizer.learning_rate * self.schedule

    def at_rate(self, rate: float) -> "Run":
        """The same with another learning rate."""
        optimizer: Any = self.optimizer
        return replace(self, optimizer=replace(optimizer, learning_rate=float(rate)))


def check(runs: Sequence[Run], surface: Surface) -> None:
    """Refuse what would be ignored: batches of no points, noise that nothing would feel.

    Raises:
        InputError: placed at the run and its field.
    """
    for r, run in enumerate(runs):
        check_batch(surface, run.batch_size, ("runs", r, "batch_size"))
        if run.optimizer.takes_estimates:
            continue
        ignored = {
            "gradient_noise": run.gradient_noise != 0,
            "batch_size": run.batch_size is not None,
            "clipping": run.changes[3:] != PLAIN[3:],
            "regularization": run.changes.weight_decay != 0,
        }
        for field, given in ignored.items():
            if given:
                raise InputError(
                    ("runs", r, field),
                    f"{run.optimizer.id} asks the exact surface for more than one gradient, so it "
                    "takes no noise, batches, clipping or weight decay; leave it out",
                    "not_for_this_optimizer",
                )


def start_not_finite(start: int, loss: float) -> InputError:
    """The refusal of a start by the loss there: not finite, or without a finite gradient."""
    field = ("starts", start)
    if isfinite(loss):
        return InputError(
            field,
            f"the loss at this start is finite, {loss:.6g}, but its derivative is not: there is "
            "no direction to step in; move the start a little",
            "start_no_derivative",
        )
    return InputError(
        field,
        "the loss is not finite at this start; choose one where it is",
        "start_not_finite",
    )


def check_batch(surface: Surface, batch_size: int | None, field: tuple[str | int, ...]) -> None:
    """Refuse batches that a surface cannot give.

    Raises:
        InputError: placed at the field.
    """
    if batch_size is None:
        return
    if not isinstance(surface, DataSurface) or surface.points is None:
        raise InputError(
            field,
            "this surface is not made of points, so there are no batches; leave it null, "
            "or use gradient_noise",
            "no_points",
        )
    rows = count(surface.points)
    if not 1 <= batch_size <= rows:
        raise InputError(field, f"there are {rows} points; accepted: 1 to {rows}", "batch_size")
