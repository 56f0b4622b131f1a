"""A run from thousands of starts, or with thousands of numbers, walked to its ends."""

import numpy as np
from jaxtyping import Float

from server.engine.families import as_member
from server.engine.programs import Programs
from server.engine.runs import Run
from server.maps.kernels.calls import Calls, block_of
from server.maps.kernels.flow import FlowLoop
from server.maps.kernels.flows import Flows
from server.maps.kernels.lanes import BLOCK, CALL, Ends, Given, Numbers, Settling, as_code
from server.maps.kernels.loop import Loop
from server.maps.kernels.loop_call import Watch
from server.maps.pricing import lane_step, of_surface
from server.optimizers.optimizer import WholePath
from server.optimizers.sgd import Sgd
from server.results import Precision
from surfaces.surface import Surface

SIZES = ((1024, 8), (1024, 1), (256, 1), (32, 1))
"""Lanes of one group, whose vectors stay in a core's cache, and groups of one call: fewer where
steps are dear, as lanes are looked at only between calls, and a call is some steps at least."""
MANY = 262_144
"""Lanes of a call on a GPU: as many as it takes to fill it."""
TRIED = 7
"""Gradients of a step that a whole path's method tries."""


def walk(
    programs: Programs,
    surface: Surface,
    run: Run,
    starts: Float[np.ndarray, "n 2"],
    *,
    numbers: Numbers,
    settling: Settling,
    watch: Watch = "settling",
    tolerance: float = 0.0,
    precision: Precision = "float64",
    seed: int = 0,
    most: int | None = None,
) -> Ends:
    """A run from every start, or with every lane's numbers.

    Args:
        programs: the compiled programs.
        surface: what is descended.
        run: its schedule says how many steps; its numbers are not used.
        starts: where lanes begin.
        numbers: of each lane.
        settling: when lanes stop early.
        watch: what is looked at on the way.
        tolerance: gradient norm that counts as none.
        precision: of the arithmetic.
        seed: of noise and batches: each lane has those of a run from one start.
        most: lanes of a call at most, for few of them; ``None``: as many as is quick.
    """
    plan, given, lanes = planned(
        programs, surface, run, numbers, settling, watch, tolerance, precision, seed, most
    )
    parts = [
        plan.walk(starts[first : first + lanes], given.lanes(first, lanes))
        for first in range(0, len(starts), lanes)
    ]
    joined = {
        name: np.concatenate([getattr(one, name) for one in parts], axis=axis)
        for name, axis in (
            ("points", 0), ("steps", 0), ("within", 0), ("loss", 0), ("slope", 0), ("sound", 0),
            ("marks", 1),
        )
    }  # fmt: skip
    return Ends(**joined, block=plan.block)


def planned(
    programs: Programs,
    surface: Surface,
    run: Run,
    numbers: Numbers,
    settling: Settling,
    watch: Watch = "settling",
    tolerance: float = 0.0,
    precision: Precision = "float64",
    seed: int = 0,
    most: int | None = None,
) -> tuple[Calls | Flows, Given, int]:
    """What walks lanes, with its program; what they are given; how many of them go at once."""
    made = as_code(surface)
    dtype = np.dtype(precision)
    member = as_member(made, dtype, alone=True)
    method = type(run.optimizer)
    whole, cost = issubclass(method, WholePath), of_surface(surface)
    step = lane_step(cost, [method.id], precision, looked_at=watch != "settling")
    if whole:
        step = max(step, TRIED * lane_step(cost, [Sgd.id], precision))
    least = 1 if whole else max(BLOCK, block_of(len(run.schedule), watch))
    lanes, groups = _size(step * least)
    if most is not None:
        lanes, groups = min(lanes, most), 1
    elif programs.placement.wide.platform != "cpu":
        lanes, groups = MANY, 1
    apart = numbers.method.ndim > 1
    changed = run.gradient_noise != 0 or run.batch_size is not None
    changed |= numbers.deviation.any() | (numbers.changes[:3] != 0).any()
    changed |= bool(np.isfinite(numbers.changes[3:]).any())
    own = member.numbers if numbers.surface is None else numbers.surface
    if apart and own.ndim == 1:
        own = np.repeat(own[:, None], numbers.method.shape[1], axis=1)
    given = Given(numbers.method, own, numbers.changes, numbers.deviation)
    plan: Calls | Flows
    if issubclass(method, WholePath):
        flow = FlowLoop(method, lanes, bool(changed), apart)
        plan = Flows(programs, flow, member, run, settling, tolerance, step)
    else:
        loop = Loop(method, run.optimizer.convention, lanes, groups, bool(changed), apart, watch)
        plan = Calls(programs, loop, member, run, settling, tolerance, seed, step, made)
        lanes *= groups
    return plan, given, lanes


def _size(each: float) -> tuple[int, int]:
    """Lanes of a group and groups of a call, by the seconds of a lane's least number of steps."""
    for lanes, groups in SIZES[:-1]:
        if lanes * groups * each <= CALL:
            return lanes, groups
    return SIZES[-1]
