"""``python -m benchmarks.prices [WORD …]``: what requests are priced, beside what they cost here.

Shares of the worst that may be asked for, of every kind; only those whose name has a word, if one
is given. Seconds are the processor's, the least of some tries after one that compiles; several
clients at once would be counted together, so one asks after the other.
"""

import argparse
import os
from collections.abc import Callable, Mapping
from time import process_time
from typing import Any, NamedTuple

from starlette.testclient import TestClient

from benchmarks import arguments

TRIES = 2
NEVER = 86_400.0
"""A limit that nothing meets."""
ROSENBROCK = {"id": "rosenbrock"}
POINTS = {"id": "logistic_regression", "parameters": {"size": 1000}}
NEURON = {"id": "neuron", "parameters": {"size": 1000}}
NETWORK = {"id": "network_slice"}
LOOP = {"id": "recurrent_unit"}
POWERS = {"formula": "+".join(["x^63"] * 40)}
SINES = {"formula": "+".join(["sin(x*y)"] * 39)}
SIX = ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam")
ALL = ["hessian", "gradient", "outcomes", "state", "events"]


class Asked(NamedTuple):
    """A request: its name in the table, and what is sent."""

    name: str
    path: str
    body: Mapping[str, Any]
    media_type: str = "application/json"


def _paths(
    name: str, surface: Mapping[str, Any], optimizer: str, runs: int, steps: int, **more: Any
) -> Asked:
    rate = {"learning_rate": 1e-6} if optimizer in ("sgd", "adam") else {}
    run = {"optimizer": {"id": optimizer, **rate}, **more.pop("run", {})}
    start = {"starts": [[0.5, 0.4]]} if "formula" in surface else {}
    media_type = more.pop("media_type", "application/json")
    body = {"surface": surface, "runs": [run] * runs, "steps": steps, **start, **more}
    return Asked(f"{name}: {optimizer}", "trajectories", body, media_type)


def _search(name: str, surface: Mapping[str, Any], optimizer: str, runs: int, steps: int) -> Asked:
    one = _paths(name, surface, optimizer, runs, steps)
    return one._replace(name=f"search {one.name}", path="learning-rate-search")


def _scoreboard(name: str, starts: int, steps: int, tuned: Any, *ids: str, **more: Any) -> Asked:
    runs = [{"optimizer": {"id": one}} for one in ids]
    body = {"runs": runs, "starts": starts, "steps": steps, "tuned": tuned, **more}
    return Asked(f"scoreboard {name}, tuned {tuned}: {len(ids)}", "scoreboard", body)


def _grid(name: str, surface: Mapping[str, Any], side: int, *include: str) -> Asked:
    body = {"surface": surface, "nx": side, "ny": side, "include": [*include]}
    return Asked(f"grid {name} {side}: {' '.join(include)}", "grid", body)


def _probe(name: str, surface: Mapping[str, Any]) -> Asked:
    return Asked(f"probe {name}", "probe", {"surface": surface, "at": [[0.01, 1]] * 256})


def _network(path: str, depth: int, width: int, precision: str, **more: Any) -> Asked:
    body = {"depth": depth, "width": width, "precision": precision, **more}
    told = " ".join(f"{name} {value}" for name, value in more.items())
    return Asked(f"{path} {depth} × {width} {precision}, {told}", f"networks/{path}", body)


REQUESTS = [
    _paths("16 on a formula in code", ROSENBROCK, "sgd", 16, 10_000),
    _paths("64 starts", ROSENBROCK, "sgd", 16, 300, starts=[[0.5, 0.4]] * 64),
    _paths("16, everything", ROSENBROCK, "adam", 16, 10_000, include=ALL),
    _paths("16, CSV", ROSENBROCK, "adam", 16, 3000, include=ALL, media_type="text/csv"),
    _paths("16, NPZ", ROSENBROCK, "adam", 16, 10_000, media_type="application/x-npz"),
    _paths("16, events", ROSENBROCK, "adam", 16, 10_000, include=["events"]),
    _paths("6, events", NETWORK, "adam", 6, 500, include=["events"]),
    _paths("16, outcomes", ROSENBROCK, "adam", 16, 10_000, include=["outcomes"]),
    *(_paths("points", POINTS, one, 4, 3000) for one in ("sgd", "adam", "nesterov")),
    _paths("points, batches", POINTS, "adam", 4, 3000, run={"batch_size": 5}),
    _paths("neuron", NEURON, "adam", 4, 5000),
    *(_paths("network", NETWORK, one, 4, 3000) for one in ("adam", "nesterov")),
    *(_paths("powers", POWERS, one, 8, 5000) for one in ("adam", "nesterov")),
    _paths("sines, curvatures", SINES, "adam", 8, 5000, include=["hessian"]),
    _paths("loop", LOOP, "adam", 16, 5000),
    *(
        _paths(name, surface, one, 1, steps)
        for one in ("newton", "lbfgs", "exact_line_search", "gradient_flow")
        for name, surface, steps in (
            ("code", ROSENBROCK, 10_000), ("points", POINTS, 1000), ("network", NETWORK, 300),
            ("powers", POWERS, 1000), ("sines", SINES, 1000),
        )
    ),
    _search("code", ROSENBROCK, "adam", 6, 2000),
    _search("points", POINTS, "adam", 1, 200),
    _search("network", NETWORK, "adam", 1, 200),
    _search("powers", POWERS, "adam", 6, 300),
    _search("code", ROSENBROCK, "exact_line_search", 1, 1000),
    _scoreboard("catalogue", 20, 500, False, "sgd", "nesterov", "adam"),
    _scoreboard("catalogue", 10, 500, "both", *SIX),
    _scoreboard("code", 3, 2000, True, *SIX, surfaces=[ROSENBROCK]),
    _scoreboard("references", 10, 500, False, "newton", "lbfgs", surfaces=[ROSENBROCK, POINTS]),
    *(
        _grid(name, surface, side, "gradient", "lines")
        for name, surface, side in (
            ("code", ROSENBROCK, 512), ("rastrigin", {"id": "rastrigin"}, 512),
            ("points", POINTS, 200), ("network", NETWORK, 200), ("sines", SINES, 512),
        )
    ),
    _grid("network", NETWORK, 100, "gradient", "hessian", "lines"),
    *(_probe(name, one) for name, one in (("network", NETWORK), ("points", POINTS))),
    _network("signal", 10, 64, "float32", seeds=4),
    _network("signal", 64, 64, "float64", seeds=4),
    _network("signal", 64, 256, "float32", seeds=4),
    _network("signal", 1, 256, "float64", seeds=4),
    _network("signal", 64, 256, "float64", seeds=2, include=["histograms"]),
    _network("training", 10, 64, "float32", steps=300, frames=4),
    _network("training", 64, 16, "float32", steps=300, frames=4),
    _network("training", 64, 64, "float64", steps=50, frames=4),
    _network("training", 64, 256, "float32", steps=12, frames=2),
    _network("training", 1, 256, "float64", steps=60, frames=4),
    _network("training", 10, 64, "float32", steps=100, frames=50, include=["histograms"]),
]  # fmt: skip


def priced(asked: Asked) -> float:
    """Seconds by price."""
    from server.api import pricing
    from server.api.network_training import TrainingRequest
    from server.api.networks import SignalRequest
    from server.api.probe import ProbeRequest
    from server.api.runs import TrajectoryRequest
    from server.api.scoreboard import ScoreboardRequest
    from server.api.search import SearchRequest
    from server.api.surfaces import GridRequest

    form = {"text/csv": "csv", "application/x-npz": "npz"}.get(asked.media_type, "typed")
    kinds: Mapping[str, tuple[Any, Callable[[Any], Any]]] = {
        "trajectories": (TrajectoryRequest, lambda one: pricing.trajectories(one, form)),
        "learning-rate-search": (SearchRequest, pricing.search),
        "grid": (GridRequest, lambda one: pricing.grid(one, form)),
        "scoreboard": (ScoreboardRequest, pricing.scoreboard),
        "probe": (ProbeRequest, pricing.probe),
        "networks/signal": (SignalRequest, pricing.signal),
        "networks/training": (TrainingRequest, pricing.training),
    }
    model, of = kinds[asked.path]
    return of(model.model_validate(asked.body)).seconds


def cost(client: TestClient, asked: Asked) -> float:
    """Seconds of the processor."""
    times: list[float] = []
    for _ in range(1 + TRIES):
        begun = process_time()
        url = f"/api/v1/{asked.path}?encoding=typed"
        answer = client.post(url, json=asked.body, headers={"Accept": asked.media_type})
        times.append(process_time() - begun)
        assert answer.status_code == 200, (asked.name, answer.text[:300])
    return min(times[1:])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.prices")
    parser.add_argument("words", nargs="*", metavar="WORD", help="in the names of what is asked")
    names = [one.name for one in REQUESTS]
    wanted = arguments.with_words(parser, parser.parse_args().words, names)
    # Of one core: linear algebra of NumPy's would use all there are.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from server.app import create_app
    from server.settings import Settings

    settings = Settings(device="cpu", warm_up=False, work_seconds=NEVER, deadline_seconds=NEVER)
    chosen = [one for one in REQUESTS if one.name in wanted]
    print(f"{'request':<66} {'price, s':>9} {'here, s':>9} {'ratio':>6}")
    with TestClient(create_app(settings)) as client:
        for one in chosen:
            said, here = priced(one), cost(client, one)
            print(f"{one.name:<66} {said:>9.3f} {here:>9.3f} {said / here:>6.2f}", flush=True)


if __name__ == "__main__":
    main()
