"""Bodies that work, for every POST of ``/openapi.json``: what ``/docs`` fills in to be tried."""

from collections.abc import Mapping
from typing import Any, Final

HIMMELBLAU: Final = {"id": "himmelblau"}
MOMENTUM: Final = {"optimizer": {"id": "momentum", "learning_rate": 0.01, "momentum": 0.9}}
ADAM: Final = {"optimizer": {"id": "adam", "learning_rate": 0.05}, "label": "Adam"}
POINTS: Final = "0 1.2\n1 2.9\n2 5.3\n3 6.8\n4 9.4\n5 14"

EXAMPLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "grid": {
        "A typed formula with its level lines": {
            "surface": {"formula": "(1-x)^2 + 100*(y-x^2)^2", "domain": [[-2, 2], [-1, 3]]},
            "nx": 80,
            "ny": 80,
            "include": ["lines"],
        },
        "The gradient of pasted points' loss": {
            "surface": {"id": "linear_regression", "points": POINTS},
            "include": ["gradient"],
        },
    },
    "probe": {
        "Curvature at two points": {"surface": HIMMELBLAU, "at": [[0, 0], [3, 2]]},
    },
    "backpropagation": {
        "A neuron by hand": {
            "surface": {"formula": "log(1 + exp(-1*(0.5 + x*2 + y*(-1))))"},
            "at": [0.5, 1],
        },
    },
    "trajectories": {
        "Two optimizers from two starts": {
            "surface": {"id": "bowl", "parameters": {"condition_number": 50}},
            "starts": [[-3, 1], [2, 2]],
            "steps": 200,
            "runs": [MOMENTUM, ADAM],
        },
        "A schedule, clipping and noise": {
            "surface": {"id": "rosenbrock"},
            "runs": [
                {
                    "optimizer": {"id": "sgd", "learning_rate": 0.002},
                    "schedule": {"id": "cosine", "warmup_steps": 20},
                    "clipping": {"id": "norm", "threshold": 10.0},
                    "gradient_noise": 0.1,
                }
            ],
            "include": ["gradient", "state"],
        },
    },
    "anatomy": {
        "Adam's third step": {"surface": {"id": "rosenbrock"}, "runs": [ADAM], "step": 3},
    },
    "learning-rate-search": {
        "The best rate of 64": {
            "surface": {"id": "rosenbrock"},
            "runs": [{"optimizer": {"id": "sgd"}}],
            "steps": 200,
            "search": {"count": 64},
        },
    },
    "scoreboard": {
        "Two optimizers on two surfaces": {
            "surfaces": [{"id": "rosenbrock"}, HIMMELBLAU],
            "starts": 5,
            "runs": [{"optimizer": {"id": "sgd"}}, {"optimizer": {"id": "adam"}}],
            "steps": 200,
            "tuned": False,
        },
    },
    "activations/values": {
        "Two side by side": {"activations": [{"id": "tanh"}, {"id": "leaky_relu"}]},
    },
    "losses/values": {
        "All losses of three predictions": {
            "predictions": [0.1, 0.6, 0.9],
            "targets": [0, 1, 1],
        },
    },
    "networks/signal": {
        "Ten layers of ReLU with He's weights": {
            "depth": 10,
            "width": 64,
            "activation": "relu",
            "initializer": "he",
            "dataset": "moons",
        },
    },
    "networks/training": {
        "Spirals, by Adam": {
            "depth": 3,
            "width": 32,
            "activation": "tanh",
            "dataset": "spirals",
            "optimizer": {"id": "adam", "learning_rate": 0.01},
            "steps": 100,
            "frames": 5,
        },
    },
    "maps/basins": {
        "Momentum from every start": {
            "surface": HIMMELBLAU,
            "run": MOMENTUM,
            "steps": 200,
            "nx": 64,
            "ny": 64,
        },
        "A typed formula, exactly": {
            "surface": {"formula": "(x^2-1)^2 + y^2", "domain": [[-2, 2], [-1, 1]]},
            "run": {"optimizer": {"id": "sgd", "learning_rate": 0.05}},
            "steps": 100,
            "nx": 32,
            "ny": 32,
            "precision": "float64",
            "exact": True,
        },
    },
    "maps/stability": {
        "Learning rate against momentum on a bowl": {
            "surface": {"id": "bowl", "parameters": {"condition_number": 10}},
            "run": {"optimizer": {"id": "momentum"}},
            "x": {"name": "learning_rate", "from": 0.01, "to": 1, "count": 48, "scale": "log"},
            "y": {"name": "momentum", "from": 0, "to": 0.98, "count": 48},
            "steps": 200,
        },
    },
    "maps/trainability": {
        "Two learning rates of a small network": {
            "network": {"width": 8, "points": 16},
            "x": {"name": "learning_rate.input", "from": 0.001, "to": 1000000, "count": 33},
            "y": {"name": "learning_rate.output", "from": 0.001, "to": 1000000, "count": 33},
            "steps": 100,
        },
    },
    "maps/winner": {
        "Which of two is first": {
            "surface": HIMMELBLAU,
            "runs": [MOMENTUM, ADAM],
            "steps": 200,
            "nx": 48,
            "ny": 48,
        },
    },
    "halls": {"A hall": {}},
    "halls/{hall}/questions": {
        "A scene's question": {"scene": "factor_two"},
        "A question of one's own": {"question": "Which is first?", "answers": ["SGD", "Adam"]},
    },
    "halls/{hall}/answers": {"The second choice": {"device": "phone-0001", "answer": 1}},
    "halls/{hall}/close": {"No more answers": {}},
    "halls/{hall}/show": {"The first choice was right": {"result": 0}},
    "halls/{hall}/again": {"The same again": {}},
    "halls/{hall}/place": {"The tenth step of a scene": {"scene": "factor_two", "step": 10}},
}
"""By path below ``/api/v1``, then by what it shows."""


def illustrate(document: dict[str, Any], under: str) -> None:
    """Put the examples into an OpenAPI document.

    Args:
        document: as the routes describe themselves.
        under: beginning of all paths.
    """
    for path, examples in EXAMPLES.items():
        content = document["paths"][f"{under}/{path}"]["post"]["requestBody"]["content"]
        content["application/json"]["examples"] = {
            name: {"summary": name, "value": value} for name, value in examples.items()
        }
