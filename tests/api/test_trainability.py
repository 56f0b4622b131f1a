"""``/maps/trainability``: what is asked, refused, and said of the map as a whole."""

import numpy as np
import pytest

from server.maps.description import Axis
from server.maps.kernels.network import Network
from server.maps.trainability import Trainability
from surfaces.activations.cornered import Relu

PATH = "/api/v1/maps/trainability"


def axis(name, low=1e-2, high=1e3, count=9, scale="log"):
    return {"name": name, "from": low, "to": high, "count": count, "scale": scale}


def body(**more):
    both = {"x": axis("learning_rate.input"), "y": axis("learning_rate.output", count=7)}
    return {**both, **more}


def test_the_answer_is_the_description_computed(client, programs):
    network = {"width": 4, "points": None, "activation": "relu", "seed": 5, "batch_size": 6}
    asked = body(
        network=network, steps=60, y=axis("initial_scale", 0.5, 3, 7, "linear"), exact=True
    )
    found = client.post(PATH, json=asked).json()
    x = Axis("learning_rate.input", 1e-2, 1e3, 9, "log")
    y = Axis("initial_scale", 0.5, 3, 7)
    own = Trainability(Network(4, 20, Relu(), 5, batch=6), x, y, steps=60)
    fields = own.compute(programs, np.arange(63))
    assert found["network"]["points"] == found["network"]["weights"] == 20
    assert found["x"] == {"name": x.name, "values": x.values().tolist()}
    assert found["y"]["values"] == y.values().tolist()
    assert found["diverged"] == fields["diverged"].reshape(7, 9).tolist()
    assert 0 < fields["diverged"].sum() < 63
    for name in ("rate", "loss"):
        read = np.array(found[name], float).ravel()
        np.testing.assert_allclose(
            read, np.where(np.isfinite(fields[name]), fields[name], np.nan), rtol=1e-6
        )
    assert found["precision"] == "float32"


def test_a_close_view_is_computed_in_float64(client):
    close = body(x=axis("learning_rate.input", 10, 10.0001))
    assert client.post(PATH, json=close).json()["precision"] == "float64"
    single = client.post(PATH, json={**close, "precision": "float32"}).json()
    assert single["precision"] == "float32"


def test_a_map_without_a_border_has_no_dimension(client):
    slow = body(x=axis("learning_rate.input", 1e-6, 1e-5), y=axis("learning_rate.output", 1e-6, 1))
    border = client.post(PATH, json=slow).json()["border"]
    assert border["dimension"] is None and not any(border["boxes"])


@pytest.mark.parametrize(
    "wrong, at",
    [
        (body(y=axis("learning_rate.input")), ["body"]),
        (body(y=axis("learning_rate")), ["body"]),
        (body(y=axis("momentum")), ["body", "y", "name"]),
        (body(y=axis("learning_rate.output", 2, 1)), ["body", "y"]),
        (body(y=axis("learning_rate.output", 0, 1)), ["body", "y"]),
        (body(y=axis("initial_scale", -1, 1, scale="linear")), ["body", "y"]),
        (body(y=axis("learning_rate.output", 1, 1 + 1e-15)), ["body", "y"]),
        (body(network={"width": 65}), ["body", "network", "width"]),
    ],
)
def test_what_cannot_be_mapped_is_refused_where_it_is_said(client, wrong, at):
    answer = client.post(PATH, json=wrong)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == at


def test_what_is_too_dear_says_what_would_do(client):
    wide = {name: axis(f"learning_rate.{name}", count=1024) for name in ("input", "output")}
    asked = {"x": wide["input"], "y": wide["output"], "steps": 1000, "exact": True}
    asked["network"] = {"width": 16}
    answer = client.post(PATH, json=asked)
    [detail] = answer.json()["detail"]
    assert answer.status_code == 422 and detail["type"] == "too_much_work"
    fits = detail["values"]["fits"]
    assert fits["steps"] < 1000 and fits["count"] < 1024
