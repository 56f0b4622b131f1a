"""``python -m tests.api.everything``: start, ask for everything, print what JAX compiled meanwhile.

In a process of its own, because what one test has compiled another would not see compiled.
"""

import json
import math
import time
from threading import Event

import jax
import numpy as np
from starlette.testclient import TestClient

from server.app import create_app
from server.optimizers.catalog import OPTIMIZERS
from server.schedules.catalog import SCHEDULES
from server.settings import Settings
from surfaces.catalog import SURFACES
from tests.api.asking import BODY, URL

TYPED = ("x^2+y^2", "where(x<y, sin(x), y^3)", "x*y")


def ready(client):
    """Wait until nothing is left to prepare."""
    deadline = time.monotonic() + 600
    while client.get("/readyz").json()["afterwards"]:
        assert time.monotonic() < deadline
        # Asking without a pause would take the interpreter from those who compile.
        Event().wait(0.05)


def requests():
    """Every surface, optimiser, convention, schedule and size, in few requests."""
    forms = [
        {"id": one.id, "convention": convention}
        for one in OPTIMIZERS
        for convention in one.forms
        if one.takes_estimates
    ]
    typed = [{"formula": text} for text in TYPED]
    for index, surface in enumerate([{"id": one.id} for one in SURFACES] + typed):
        schedule = {"id": SCHEDULES[index % len(SCHEDULES)].id, "warmup_steps": index}
        runs = [
            {"optimizer": forms[(7 * index + k) % len(forms)], "schedule": schedule}
            for k in range(16)
        ]
        asked = {"surface": surface, "runs": runs, "steps": 7 + index}
        yield URL, {**asked, "include": ["gradient", "state", "hessian"]}
        shown = ["gradient", "hessian"]
        yield "/api/v1/grid", {"surface": surface, "nx": 9 + index, "ny": 70, "include": shown}
        yield "/api/v1/probe", {"surface": surface, "at": [[1, 1]]}
        yield "/api/v1/learning-rate-search", {**asked, "runs": runs[:2]}
    yield URL, {**BODY, "steps": 10_000, "runs": BODY["runs"] * 16}
    yield URL, {**BODY, "precision": "float32"}
    for size in (64, 65, 1000):
        surface = {"id": "neuron", "parameters": {"size": size, "activation": "relu"}}
        runs = [{"optimizer": {"id": "adam"}, "batch_size": 9}, {"optimizer": {"id": "lion"}}]
        yield URL, {"surface": surface, "runs": runs}
    references = [{"optimizer": {"id": one.id}} for one in OPTIMIZERS if not one.takes_estimates]
    yield URL, {"surface": {"formula": "x^2 + 2*y^2"}, "runs": references}


def main():
    compiles = []

    def listen(event, seconds, fun_name="", **_):
        # A trace alone is no compile: types of an optimiser's state are asked of JAX too.
        if "compile" in event and "trace" not in event:
            compiles.append((event, fun_name))

    jax.monitoring.register_event_duration_secs_listener(listen)
    refused, compiled = [], {}
    with TestClient(create_app(Settings(device="cpu"))) as client:
        ready(client)
        before_ready = [name for event, name in compiles if "backend" in event]
        for url, body in requests():
            before = len(compiles)
            answer = client.post(url, json=body)
            if answer.status_code != 200:
                refused.append(answer.text)
            if len(compiles) > before:
                compiled[f"{url} {json.dumps(body)}"] = len(compiles) - before
    before = len(compiles)
    jax.jit(lambda value: value * math.pi + 41)(np.arange(11.0))
    told = {
        "before ready": before_ready,
        "refused": refused,
        "compiled": compiled,
        "one on purpose": len(compiles) - before,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
