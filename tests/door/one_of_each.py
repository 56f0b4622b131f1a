"""A small request for each path that takes POST."""

from tests.door.asking import BODY

SURFACE = {"surface": {"id": "bowl"}}
SGD = {"optimizer": {"id": "sgd"}}
RATES = {"from": 0.01, "to": 0.1, "count": 2}
ONE_OF_EACH = {
    "trajectories": BODY,
    "grid": {**SURFACE, "nx": 5, "ny": 5},
    "probe": {**SURFACE, "at": [[1, 2]]},
    "backpropagation": {**SURFACE, "at": [1, 2]},
    "anatomy": {**BODY, "steps": 5, "step": 2},
    "learning-rate-search": {**BODY, "steps": 5, "search": {"count": 3}},
    "activations/values": {"activations": ["tanh", {"id": "elu", "alpha": 2}], "n": 5},
    "losses/values": {"targets": [0, 1], "predictions": [0.5, 0.25]},
    "networks/signal": {"depth": 2, "width": 4},
    "networks/training": {"depth": 2, "width": 4, "steps": 3, "frames": 2},
    "maps/basins": {**SURFACE, "run": SGD, "steps": 5, "nx": 3, "ny": 3},
    "maps/stability": {
        **SURFACE,
        "run": SGD,
        "steps": 5,
        "x": {"name": "learning_rate", **RATES},
        "y": {"name": "gradient_noise", **RATES},
    },
    "maps/winner": {**SURFACE, "runs": [SGD], "steps": 5, "nx": 3, "ny": 3},
    "maps/trainability": {
        "network": {"width": 2, "points": 2},
        "steps": 3,
        "x": {"name": "learning_rate.input", **RATES},
        "y": {"name": "learning_rate.output", **RATES},
    },
    "scoreboard": {"surfaces": [{"id": "bowl"}], "runs": [SGD], "steps": 5, "starts": 2},
}
