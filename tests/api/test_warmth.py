"""No compile once all is warm, by JAX's own events."""

import math

import jax
import numpy as np

from server.optimizers.catalog import OPTIMIZERS
from server.schedules.catalog import SCHEDULES
from surfaces.catalog import SURFACES
from tests.api.asking import BODY, URL


def test_nothing_compiles_once_all_is_warm(warm_client):
    """JAX's own events, over every surface, optimiser, convention, schedule and size."""
    post, compiles = warm_client.post, []

    def listen(event, seconds, **_):
        if "compile" in event:
            compiles.append(event)

    forms = [
        {"id": one.id, "convention": convention}
        for one in OPTIMIZERS
        for convention in one.forms
        if one.takes_estimates
    ]
    typed = [{"formula": text} for text in ("x^2+y^2", "where(x<y, sin(x), y^3)", "x*y")]
    jax.monitoring.register_event_duration_secs_listener(listen)
    try:
        for index, surface in enumerate([{"id": one.id} for one in SURFACES] + typed):
            schedule = {"id": SCHEDULES[index % len(SCHEDULES)].id, "warmup_steps": index}
            asked = {
                "surface": surface,
                "runs": [
                    {"optimizer": forms[(7 * index + k) % len(forms)], "schedule": schedule}
                    for k in range(16)
                ],
                "steps": 7 + index,
                "include": ["gradient", "state", "hessian"],
            }
            assert post(URL, json=asked).status_code == 200
            grid = {"surface": surface, "nx": 9 + index, "ny": 70, "include": asked["include"][::2]}
            assert post("/api/v1/grid", json=grid).status_code == 200
            assert post("/api/v1/probe", json={"surface": surface, "at": [[1, 1]]}).json()
            del asked["include"]
            asked["runs"] = asked["runs"][:2]
            assert post("/api/v1/learning-rate-search", json=asked).status_code == 200
        asked = {**BODY, "steps": 10_000, "runs": BODY["runs"] * 16}
        assert post(URL, json=asked).status_code == 200
        assert post(URL, json={**BODY, "precision": "float32"}).status_code == 200
        for size in (64, 65, 1000):
            surface = {"id": "neuron", "parameters": {"size": size, "activation": "relu"}}
            runs = [{"optimizer": {"id": "adam"}, "batch_size": 9}, {"optimizer": {"id": "lion"}}]
            assert post(URL, json={"surface": surface, "runs": runs}).status_code == 200
        references = [{"optimizer": {"id": one.id}} for one in OPTIMIZERS
                      if not one.takes_estimates]  # fmt: skip
        asked = {"surface": {"formula": "x^2 + 2*y^2"}, "runs": references}
        assert post(URL, json=asked).status_code == 200
    finally:
        jax.monitoring.unregister_event_duration_listener(listen)
    assert compiles == []


def test_compile_events_are_counted_at_all(warm_client):
    """The listener above would see a compile, if there were one."""
    compiles = []

    def listen(event, seconds, **_):
        compiles.append(event)

    jax.monitoring.register_event_duration_secs_listener(listen)
    try:
        jax.jit(lambda value: value * math.pi + 41)(np.arange(11.0))
    finally:
        jax.monitoring.unregister_event_duration_listener(listen)
    assert any("compile" in event for event in compiles)
