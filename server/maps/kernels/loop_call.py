"""What one call of a loop takes and gives."""

from typing import Any, Literal, NamedTuple

from jaxtyping import Bool, Float, Int, UInt8

STEPS = 512
"""Steps of one call at most."""

Watch = Literal["settling", "arrivals", "rates"]
"""Whether lanes settle; also since which step they are within the tolerance; also by what their
gradient shrinks from block to block."""


class Lanes(NamedTuple):
    """What a call changes of a group of lanes, a number a lane.

    Attributes:
        done: steps that the group has taken.
        x, y: where each is.
        state: of its method, leaves that end in lanes or are shared.
        since: the step at which it was first seen settled or gone, -1 before.
        end_x, end_y: where it was then.
        within: the step since which its gradient has been within the tolerance, -1 while not.
        marks: squares of the largest gradient of each block, shape [BLOCKS, lanes].
    """

    done: Int[Any, ""]
    x: Float[Any, " lanes"]
    y: Float[Any, " lanes"]
    state: Any
    since: Int[Any, " lanes"]
    end_x: Float[Any, " lanes"]
    end_y: Float[Any, " lanes"]
    within: Int[Any, " lanes"]
    marks: Float[Any, "blocks lanes"]


class Call(NamedTuple):
    """What one call computes of some groups of lanes.

    Attributes:
        first, last: the call's steps are those from ``first`` to before ``last``.
        block: steps between two looks at whether lanes have settled.
        numbers: hyperparameters, a lane's along the last axis where lanes differ by them, of all
            groups in turn.
        own: the surface's numbers, likewise.
        changes: of gradients (``GradientChanges``), likewise.
        deviation: of the noise, likewise.
        schedule, noise, batch: of each step of the call: what the rate is multiplied by, noise of
            deviation 1, weights of the surface's points.
        slope, stride: a lane is settled whose gradient's square is below the one and whose way
            over a block below the other.
        restless: lanes that go on although they have settled.
        tolerance: gradient norm that counts as none.
        lanes: of all groups along a first axis, packed (``Loop.packings``).
    """

    first: Int[Any, ""]
    last: Int[Any, ""]
    block: Int[Any, ""]
    numbers: Any
    own: Any
    changes: Any
    deviation: Any
    schedule: Float[Any, " steps"]
    noise: Float[Any, "steps 2"]
    batch: UInt8[Any, "steps points"]
    slope: Float[Any, ""]
    stride: Float[Any, ""]
    restless: Bool[Any, "groups lanes"]
    tolerance: Float[Any, ""]
    lanes: tuple[Any, ...]


class Seen(NamedTuple):
    """What is minimised, penalties included, where lanes came to rest or are.

    Attributes:
        loss: of each lane.
        slope: the gradient's norm.
        sound: whether all that the lane carries is finite: 1 or 0.
    """

    loss: Float[Any, " lanes"]
    slope: Float[Any, " lanes"]
    sound: Float[Any, " lanes"]
