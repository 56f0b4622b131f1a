"""A run from thousands of starts, or with thousands of numbers, walked to its ends."""

import numpy as np
from jaxtyping import Float

from server.engine.costs import METHODS, PLAIN
from server.engine.families import as_member
from server.engine.programs import Programs
from server.engine.runs import Run
from server.engine.surface_costs import of_surface
from server.maps.kernels.calls import Calls
from server.maps.kernels.flow import FlowLoop
from server.maps.kernels.flows import Flows
from server.maps.kernels.lanes import Ends, Given, Numbers, Settling, as_code
from server.maps.kernels.loop import Loop
from server.maps.kernels.loop_call import Watch
from server.optimizers.optimizer import WholePath
from server.results import Precision
from surfaces.formula import Formula
from surfaces.surface import Surface

LANES, GROUPS = 1024, 8
"""Lanes of one group, whose vectors stay in a core's cache, and groups of one call."""
FEW = 256
"""Lanes of a call where a step takes long."""
DEAR = 1e-6
"""Seconds of one gradient from which on it does."""
MANY = 262_144
"""Lanes of a call on a GPU: as many as it takes to fill it."""
QUICK = 1e-9
"""Seconds of a lane's step on a plain surface, or more."""


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
    """
    plan, given, lanes = planned(
        programs, surface, run, numbers, settling, watch, tolerance, precision, seed
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
) -> tuple[Calls | Flows, Given, int]:
    """What walks lanes, with its program; what they are given; how many of them go at once."""
    made = as_code(surface)
    dtype = np.dtype(precision)
    member = as_member(made, dtype, alone=True)
    cost = of_surface(made if not isinstance(surface, Formula) else surface).slopes
    lanes, groups = (LANES, GROUPS) if cost < DEAR else (FEW, 1)
    if programs.placement.wide.platform != "cpu":
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
    method = type(run.optimizer)
    if issubclass(method, WholePath):
        flow = FlowLoop(method, lanes, bool(changed), apart)
        plan = Flows(programs, flow, member, run, settling, tolerance)
    else:
        loop = Loop(method, run.optimizer.convention, lanes, groups, bool(changed), apart, watch)
        step = (QUICK + max(cost - PLAIN.slopes, 0)) * _plain_steps(method.id)
        plan = Calls(programs, loop, member, run, settling, tolerance, seed, step, made)
        lanes *= groups
    return plan, given, lanes


def _plain_steps(optimizer_id: str) -> float:
    """As many as a step of a method costs at most, mostly."""
    method = METHODS.get(optimizer_id)
    return 1 if method is None else 2 * method.steps
