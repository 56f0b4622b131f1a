"""What ``/trajectories`` answers: every run from every start."""

from collections.abc import Sequence
from typing import NotRequired

from typing_extensions import TypedDict

from server.api.answers import NullableNumbers, Numbers, Pair
from server.api.runs import ResolvedRun
from server.api.surface_answer import SurfaceContent
from server.results import Event, Outcome, Precision, Status, Trajectory


class Slopes(TypedDict):
    """A number of each coordinate at each point or step; null where it is not finite."""

    x: NullableNumbers
    y: NullableNumbers


class Eigenvalues(TypedDict):
    """The two eigenvalues of the Hessian at each point; null where it has none."""

    smaller: NullableNumbers
    larger: NullableNumbers


class Final(TypedDict):
    """The last point of a path; ``gradient_norm`` is null where there is no derivative."""

    x: float
    y: float
    loss: float
    gradient_norm: float | None
    distance_to_minimum: float | None


class TrajectoryContent(TypedDict):
    """One run from one start: point 0 is the start, ``learning_rate`` has one number a step.

    ``status`` is of the gradient alone: ``converged`` when its norm ended within the tolerance,
    wherever that is, ``diverged`` when the path left the finite range, else ``running``.
    ``outcome`` says what the path came to; with ``include=outcomes``, ``outcomes`` has every
    change of it on the way, at most 32, each as it stood when it came up, from the points up
    to there alone; with ``include=events``, ``events`` has what happened on the way and why, each
    kind once, in order of steps. The arrays are shorter than ``steps`` + 1 where the path ended
    early; where it did for want of a derivative, the last gradient is null (NaN when typed).
    ``effective_rate`` is what each coordinate of the direction was multiplied by at each step; null
    for an optimizer that multiplies both by the same.
    """

    x: Numbers
    y: Numbers
    loss: Numbers
    gradient_norm: NullableNumbers
    learning_rate: Numbers
    status: Status
    diverged_at: int | None
    converged_at: int | None
    outcome: Outcome
    final: Final
    path_length: float
    clipped: list[int]
    outcomes: NotRequired[tuple[Outcome, ...]]
    surface_loss: NotRequired[Numbers]
    gradient: NotRequired[Slopes]
    state: NotRequired[dict[str, Pair]]
    hessian_eigenvalues: NotRequired[Eigenvalues]
    events: NotRequired[tuple[Event, ...]]
    effective_rate: NotRequired[Slopes | None]


class RunContent(ResolvedRun):
    """A run and its trajectory from each start."""

    trajectories: list[TrajectoryContent]


class TrajectoryAnswer(TypedDict):
    """Every run from every start."""

    surface: SurfaceContent
    steps: int
    precision: Precision
    seed: int
    tolerance: float
    runs: list[RunContent]


def trajectory_content(trajectory: Trajectory, include: Sequence[str]) -> TrajectoryContent:
    """One trajectory, with the parts that were asked for."""
    x, y = trajectory.points.T
    content: TrajectoryContent = {
        "x": x,
        "y": y,
        "loss": trajectory.loss,
        "gradient_norm": trajectory.gradient_norm,
        "learning_rate": trajectory.learning_rate,
        "status": trajectory.status,
        "diverged_at": trajectory.diverged_at,
        "converged_at": trajectory.converged_at,
        "outcome": trajectory.outcome,
        "final": {
            "x": x[-1],
            "y": y[-1],
            "loss": trajectory.loss[-1],
            "gradient_norm": trajectory.gradient_norm[-1],
            "distance_to_minimum": trajectory.distance_to_minimum,
        },
        "path_length": trajectory.path_length,
        "clipped": trajectory.clipped.tolist(),
    }
    if trajectory.outcomes is not None:
        content["outcomes"] = trajectory.outcomes
    if trajectory.surface_loss is not None:
        content["surface_loss"] = trajectory.surface_loss
    if "gradient" in include:
        along_x, along_y = trajectory.gradient.T
        content["gradient"] = {"x": along_x, "y": along_y}
    if "state" in include:
        content["state"] = {
            name: {"x": values[:, 0], "y": values[:, 1]}
            for name, values in trajectory.state.items()
        }
    if trajectory.hessian_eigenvalues is not None:
        smaller, larger = trajectory.hessian_eigenvalues.T
        content["hessian_eigenvalues"] = {"smaller": smaller, "larger": larger}
    if trajectory.events is not None:
        content["events"] = trajectory.events
    if "rates" in include:
        rate = trajectory.effective_rate
        content["effective_rate"] = rate if rate is None else {"x": rate[:, 0], "y": rate[:, 1]}
    return content
