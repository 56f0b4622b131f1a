"""The golden requests: a few of every resource, over every surface, optimizer and schedule."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from server.optimizers.catalog import OPTIMIZERS
from server.schedules.catalog import SCHEDULES
from surfaces.catalog import SURFACES

LECTURE = [{"optimizer": {"id": one.id}} for one in OPTIMIZERS if one.kind == "lecture"]


class Asked(NamedTuple):
    """A request; ``body`` is sent by POST."""

    path: str
    body: dict[str, Any]
    accept: str = "application/json"


def trajectories(surface: Any, runs: list[Any], steps: int = 6, **more: Any) -> Asked:
    asked = {"surface": surface, "runs": runs, "steps": steps, **more}
    return Asked("/api/v1/trajectories", asked)


def requests() -> Iterator[Asked]:
    """All of them, always in this order."""
    include = ["gradient", "state", "hessian", "outcomes"]
    for surface in SURFACES:
        yield trajectories({"id": surface.id}, LECTURE[:6], include=include[2:])
    valley = {"id": "rosenbrock"}
    for one in OPTIMIZERS:
        forms = [{"id": one.id, "convention": convention} for convention in one.forms]
        yield trajectories(valley, [{"optimizer": form} for form in forms], include=include[:2])
    for one in SCHEDULES:
        for warmup_steps in (0, 3):
            run = {**LECTURE[0], "schedule": {"id": one.id, "warmup_steps": warmup_steps}}
            yield trajectories(valley, [run], 12)
    yield from _trained()
    yield from _shown()
    yield from _networks()


def _trained() -> Iterator[Asked]:
    """What training does to a gradient; noise, batches, precision, other media types."""
    trained = [
        {"clipping": {"id": "norm", "threshold": 1.0}},
        {"clipping": {"id": "value", "threshold": 0.5}},
        {"regularization": {"l2": 0.1, "l1": 0.05, "weight_decay": 0.1}},
        {"gradient_noise": 0.5},
    ]
    runs = [{**LECTURE[k], **one} for k, one in enumerate(trained)]
    asked = trajectories({"id": "himmelblau"}, runs, 8, seed=3, starts=[[1, 2], [-3, 0.5]])
    yield asked
    yield Asked(asked.path, {**asked.body, "precision": "float32"})
    yield Asked(asked.path, asked.body, "text/csv")
    batches = [{**one, "batch_size": 5} for one in LECTURE[:3]]
    yield trajectories({"id": "neuron"}, batches, 8)
    told = [{"optimizer": {"id": one}} for one in ("sgd", "momentum", "adagrad", "adam")]
    for surface in ("rosenbrock", "cliff", "saddle"):
        yield trajectories({"id": surface}, told, 100, include=["events"])
    formula = {"formula": "sin(x)*cos(y) + 0.1*x^2 + abs(y)"}
    yield trajectories(formula, LECTURE[:6], 8, include=["hessian", "outcomes"])
    references = [{"optimizer": {"id": one.id}} for one in OPTIMIZERS if one.kind == "reference"]
    smooth = {"formula": "sin(x)*cos(y) + 0.1*x^2 + 0.3*y^2"}
    yield trajectories(smooth, [*references, {"optimizer": {"id": "lbfgs"}}])
    points = {"id": "linear_regression", "points": "x,y\n0,1\n1,3\n2,4.5\n3,8"}
    yield trajectories(points, LECTURE[:2])
    diverging = [{"optimizer": {"id": "sgd", "learning_rate": 10}}]
    yield trajectories({"id": "beale"}, diverging, 50)
    search = {"low": 1e-4, "high": 1.0, "count": 9}
    for surface in ({"id": "rosenbrock"}, formula, {"id": "neuron"}):
        body = {"surface": surface, "runs": [*LECTURE[:6], references[0]], "steps": 20}
        yield Asked("/api/v1/learning-rate-search", {**body, "search": search})
    compared = [{"id": "himmelblau"}, {"id": "linear_regression"}, formula]
    some = [*LECTURE[:3], {"optimizer": {"id": "newton"}}, {"optimizer": {"id": "lbfgs"}}]
    for tuned, chosen in ((False, some), ("both", LECTURE[:3])):
        body = {"surfaces": compared, "runs": chosen, "steps": 40, "starts": 2, "tuned": tuned}
        yield Asked("/api/v1/scoreboard", body)
    noisy = {"surface": {"id": "rosenbrock"}, "runs": runs, "steps": 20, "search": search}
    yield Asked("/api/v1/learning-rate-search", noisy)


def _shown() -> Iterator[Asked]:
    """Pictures, the local truth, the graph of a loss, functions of one number."""
    for surface in ({"id": "himmelblau"}, {"id": "neuron"}, {"formula": "log(x) + y^2"}):
        grid = {"surface": surface, "nx": 8, "ny": 6, "include": ["gradient", "hessian", "lines"]}
        yield Asked("/api/v1/grid?encoding=typed", grid)
        yield Asked("/api/v1/probe", {"surface": surface, "at": [[1, 1], [0.5, -0.25]]})
    for surface in ({"id": "rosenbrock"}, {"formula": "relu(x*y) + exp(-x^2)"}):
        yield Asked("/api/v1/backpropagation", {"surface": surface, "at": [0.5, -1.5]})
    losses = {"targets": [0, 1, 1], "predictions": [0.25, 0.5, 0.75]}
    yield Asked("/api/v1/losses/values", losses)


def _networks() -> Iterator[Asked]:
    network = {"depth": 3, "width": 8}
    signal = {**network, "seeds": 2, "include": ["histograms"]}
    yield Asked("/api/v1/networks/signal", signal)
    for optimizer in ("sgd", "adam", "lion"):
        training = {
            **network,
            "dataset": {"id": "moons", "size": 16},
            "optimizer": {"id": optimizer},
            "clipping": {"id": "norm", "threshold": 1.0},
            "steps": 6,
            "frames": 2,
            "batch_size": 8,
        }
        yield Asked("/api/v1/networks/training?encoding=typed", training)
