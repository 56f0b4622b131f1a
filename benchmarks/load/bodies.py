"""What clients ask for: the page's own light question with another number each time."""

import http.client
import json
from typing import Any

LECTURE = ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam")
PATHS = "/api/v1/trajectories?encoding=typed"


def run(optimizer: str, learning_rate: float | None = None) -> dict[str, Any]:
    """One path's run as the page asks for it."""
    rate = {} if learning_rate is None else {"learning_rate": learning_rate}
    return {
        "optimizer": {"id": optimizer, "convention": "lecture", **rate},
        "schedule": {"id": "constant"},
        "regularization": {},
        "gradient_noise": 0,
        "batch_size": None,
    }


def paths(learning_rate: float, **more: Any) -> bytes:
    """The default picture's six paths, the first at this rate."""
    runs = [run("sgd", learning_rate), *(run(one) for one in LECTURE[1:])]
    body = {
        "surface": {"id": "rosenbrock", "parameters": {}},
        "starts": [[-1.2, 1]],
        "steps": 500,
        "seed": 0,
        "tolerance": 0.001,
        "precision": "float64",
        "include": ["outcomes"],
        "runs": runs,
    }
    return json.dumps({**body, **more}).encode()


def slider(number: int) -> bytes:
    """A slider's position that nobody has asked for; ``number`` tells them apart."""
    return paths(1e-4 * (1 + number * 1e-6))


def heavy(number: int) -> tuple[str, bytes]:
    """Path and body of a question of half a second, another each time."""
    body = {"depth": 10, "width": 64, "steps": 400, "seed": number}
    return "/api/v1/networks/training?encoding=typed", json.dumps(body).encode()


def big(number: int) -> tuple[str, bytes]:
    """Path and body of an answer of many megabytes, another each time."""
    body = {
        "surface": {"id": "rosenbrock"},
        "starts": [[-1.2, 1 + number * 1e-9]],
        "runs": [run(one) for one in LECTURE],
        "steps": 10_000,
        "include": ["gradient", "state"],
    }
    return "/api/v1/trajectories", json.dumps(body).encode()


def ask_once(port: int) -> None:
    """Have the programs of light and heavy questions loaded, so that no first one waits for them.

    Numbers are negative: nobody asks for these afterwards.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": "application/json"}
    for path, body in ((PATHS, slider(-1)), ("/api/v1/networks/training", heavy(1 << 20)[1])):
        connection.request("POST", path, body, headers)
        connection.getresponse().read()
    connection.close()
