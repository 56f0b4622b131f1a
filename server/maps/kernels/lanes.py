"""What lanes are given, and what comes of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import jax
import numpy as np

from server.engine.programs import Options
from server.engine.runs import Run
from server.results import Bools, Floats, Integers
from surfaces.formula import Formula
from surfaces.surface import Surface
from surfaces.traced import traced

CALL = 0.05
"""Seconds that a call should take at most: between calls work can be stopped."""
BLOCK = 20
"""Steps between two looks at whether lanes have settled; fewer where runs are short."""

# The full compile, for vectors as long as the processor has.
WIDE: Options = {"xla_cpu_prefer_vector_width": "512"}
# Of a method that asks the objective again and again: under a worker's flags the newer emitters end
# the process at L-BFGS, and are no quicker at the others.
ASKING: Options = {**WIDE, "xla_cpu_use_fusion_emitters": False}

SETTLED = 1e-4
"""A lane is settled whose gradient is this share of the usual one, and whose way over twenty steps
is this share of the domain's diagonal."""

Accept = Callable[[Floats], Bools]


@dataclass(frozen=True)
class Numbers:
    """What lanes are given, one of each for all, or one a lane along the last axis.

    Attributes:
        method: hyperparameters in the order of their declaration.
        surface: its own numbers; ``None`` for those that it has.
        changes: of gradients.
        deviation: of the noise.
    """

    method: Floats
    changes: Floats
    deviation: Floats
    surface: Floats | None = None

    @classmethod
    def of(cls, run: Run) -> "Numbers":
        """Those of a run, the same for all lanes."""
        method = np.array([float(one) for one in jax.tree.leaves(run.optimizer)])
        return cls(method, np.array(run.changes), np.array(run.gradient_noise))


@dataclass(frozen=True)
class Settling:
    """When a lane counts as settled, and whether it may stop then.

    Attributes:
        slope: its gradient is shorter than this,
        stride: and its way over ``BLOCK`` steps shorter than this, ``SETTLED`` of the diagonal.
        accept: whether ends [n, 2] are places where lanes stay; others go on to the last step.
        stops: whether lanes stop there at all.
    """

    slope: float
    stride: float
    accept: Accept
    stops: bool


class Ends(NamedTuple):
    """Where lanes ended.

    Attributes:
        points: shape [n, 2].
        steps: after how many steps they had settled, or left the finite range; -1 for neither.
        within: since which step they are within the tolerance, -1 if they are not.
        loss, slope: of what is minimised there.
        sound: whether all that they carry is finite.
        marks: squares of the largest gradient of each block, shape [blocks, n].
        block: steps of a block.
    """

    points: Floats
    steps: Integers
    within: Integers
    loss: Floats
    slope: Floats
    sound: Bools
    marks: Floats
    block: int


def as_code(surface: Surface) -> Surface:
    """A typed formula as code of its own; everything else as it is."""
    return traced(surface.text) if isinstance(surface, Formula) else surface.ready()


class Given(NamedTuple):
    """Numbers as a call takes them, for all lanes or for some."""

    numbers: Floats
    own: Floats
    changes: Floats
    deviation: Floats

    def lanes(self, first: int, count: int) -> "Given":
        """Those of some lanes, the last one's repeated where there are fewer."""
        if self.numbers.ndim == 1:
            return self

        def some(of: Floats) -> Floats:
            part = of[..., first : first + count]
            padding = [(0, 0)] * (part.ndim - 1) + [(0, count - part.shape[-1])]
            return np.pad(part, padding, mode="edge")

        return Given(*map(some, self))


def stays(settling: Settling, lanes: Any, asked: Bools) -> Bools:
    """Which of the lanes that are asked about have settled where lanes stay, or are gone."""
    ends = np.stack([lanes.end_x, lanes.end_y], axis=-1).astype(np.float64)
    stay = np.asarray(lanes.since >= 0) & asked
    finite = np.nonzero(stay & finite_points(ends))
    if len(finite[0]):
        stay[finite] = settling.accept(ends[finite])
    return stay


def told_apart(settling: Settling, lanes: Any, restless: Bools, calm: Bools) -> tuple[Bools, Bools]:
    """Lanes that go on although they settled, and those that need not: with the newly settled."""
    new = np.asarray(lanes.since >= 0) & ~restless & ~calm
    stay = stays(settling, lanes, new)
    return restless | (new & ~stay), calm | stay


def ends_of(
    settling: Settling, lanes: Any, seen: Any, restless: Bools
) -> tuple[Floats, Bools, Any]:
    """Points [lanes, 2], which lanes have settled there, and what was seen, of NumPy."""
    rests = (lanes.since >= 0) & ~restless
    x, y = np.where(rests, lanes.end_x, lanes.x), np.where(rests, lanes.end_y, lanes.y)
    settled = rests if settling.stops else stays(settling, lanes, np.ones(x.shape, bool))

    def flat(of: Any) -> Any:
        return np.asarray(of).reshape(-1)

    points = np.stack([flat(x), flat(y)], axis=1)
    return points, flat(settled), jax.tree.map(flat, seen)


def finite_points(points: Floats) -> Bools:
    """Which of points [..., 2] are finite; ``all`` over an axis of two takes five times as long."""
    return np.isfinite(points[..., 0]) & np.isfinite(points[..., 1])


def single(values: Floats) -> Floats:
    """As float32, which what is larger than its largest number becomes."""
    most = np.finfo(np.float32).max
    return np.clip(values, -most, most).astype(np.float32)
