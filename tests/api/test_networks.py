"""The networks resource: contract, refusals, streams and cancelling."""

import json

import numpy as np
import pytest

from server.api.signal_answer import SignalAnswer
from server.api.training_answer import TrainingAnswer
from tests.api.asking import as_documented
from tests.api.reading import events, unpacked

SIGNAL = "/api/v1/networks/signal"
TRAINING = "/api/v1/networks/training"
SMALL = {"depth": 3, "width": 8, "dataset": {"id": "moons", "size": 32}}


def test_a_layer_shows_what_the_contract_names(client):
    answer = client.post(SIGNAL, json=SMALL).json()
    assert [one["layer"] for one in answer["layers"]] == [1, 2, 3]
    layer = answer["layers"][1]
    for name in (
        "activation_mean",
        "activation_std",
        "gradient_norm",
        "weight_gradient_norm",
        "saturated_fraction",
        "dead_fraction",
    ):
        least, most = layer["spread"][name]
        assert least <= layer[name] <= most
    assert answer["seeds"] == [0, 1, 2, 3]
    assert (layer["fan_in"], layer["fan_out"]) == (8, 8)
    assert answer["parameters"] == 3 * 8 + 2 * 9 * 8 + 9
    assert answer["network"]["loss"] == "cross_entropy"
    assert set(answer["layers"][0]["predicted"]) == {
        "activation_std",
        "gradient_norm",
        "gradient_norm_bound",
    }


def test_everything_may_be_left_out(client):
    answer = client.post(SIGNAL, json={}).json()
    assert len(answer["layers"]) == 10
    assert len(answer["data"]["label"]) == 256


def test_a_mean_is_that_of_single_seeds(client):
    many = client.post(SIGNAL, json={**SMALL, "seed": 4, "seeds": 3}).json()
    single = [
        client.post(SIGNAL, json={**SMALL, "seed": seed, "seeds": 1}).json() for seed in (4, 5, 6)
    ]
    for layer in range(3):
        norms = [one["layers"][layer]["gradient_norm"] for one in single]
        assert many["layers"][layer]["gradient_norm"] == pytest.approx(np.mean(norms), rel=1e-9)
        assert many["layers"][layer]["spread"]["gradient_norm"] == [min(norms), max(norms)]


def test_the_same_request_gives_the_same_bytes(client):
    body = {**SMALL, "include": ["histograms"]}
    assert client.post(SIGNAL, json=body).content == client.post(SIGNAL, json=body).content
    train = {**SMALL, "steps": 10, "batch_size": 8}
    assert client.post(TRAINING, json=train).content == client.post(TRAINING, json=train).content


def test_what_overflows_is_null(client):
    body = {
        "depth": 64,
        "width": 16,
        "activation": "relu",
        "initializer": {"id": "normal", "standard_deviation": 10},
    }
    answer = client.post(SIGNAL, json=body)
    assert answer.status_code == 200
    assert answer.json()["layers"][0]["gradient_norm"] is None
    assert answer.json()["loss"]["mean"] is None
    trained = client.post(TRAINING, json={**body, "steps": 5}).json()
    assert (trained["status"], trained["diverged_at"], trained["loss"]) == ("diverged", 0, [])
    assert trained["final"]["loss"] is None


@pytest.mark.parametrize(
    "body, place, says",
    [
        ({"activation": "rleu"}, ["body", "activation", "id"], "nearest: relu"),
        ({"activation": {"id": "elu", "alpha": 9}}, ["body", "activation", "alpha"], "3"),
        ({"activation": {"id": "tanh", "alpha": 1}}, ["body", "activation", "alpha"], "unknown"),
        ({"activation": 5}, ["body", "activation"], ""),
        ({"initializer": "havier"}, ["body", "initializer", "id"], "xavier"),
        ({"dataset": "moon"}, ["body", "dataset", "id"], "moons"),
        ({"dataset": "curve", "loss": "cross_entropy"}, ["body", "loss"], "mse, mae"),
        ({"loss": "huber"}, ["body", "loss"], "mse"),
        ({"depth": 0}, ["body", "depth"], "1"),
        ({"depth": 65}, ["body", "depth"], "64"),
        ({"depth": 2.5}, ["body", "depth"], "integer"),
        ({"width": 257}, ["body", "width"], "256"),
        ({"skip": "yes"}, ["body", "skip"], "boolean"),
        ({"normalization": "batch"}, ["body", "normalization"], "layer"),
        ({"seeds": 9}, ["body", "seeds"], "8"),
        ({"dataset": {"id": "moons", "size": 20}, "batch_size": 21}, ["body", "batch_size"], "20"),
        ({"wdith": 8}, ["body", "wdith"], "width"),
        ({"depth": float("nan")}, ["body", "depth"], "integer"),
    ],
)
def test_refusals_say_where_and_what_is_accepted(client, body, place, says):
    content = json.dumps(body)
    answer = client.post(SIGNAL, content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422, answer.text
    (detail,) = [
        one for one in answer.json()["detail"] if one["loc"][: len(place)] == place
    ] or answer.json()["detail"][:1]
    assert detail["loc"][: len(place)] == place
    assert says in detail["msg"]


@pytest.mark.parametrize(
    "body, place, says",
    [
        ({"optimizer": {"id": "newton"}}, ["body", "optimizer", "id"], "does not train"),
        ({"optimizer": {"id": "adamm"}}, ["body", "optimizer", "id"], "adam"),
        ({"optimizer": {"id": "adam", "beta3": 1}}, ["body", "optimizer", "beta3"], "beta1"),
        ({"steps": 2001}, ["body", "steps"], "2000"),
        ({"frames": 1}, ["body", "frames"], "2"),
        ({"steps": 2000, "depth": 64, "width": 256}, ["body", "steps"], "at most"),
        ({"steps": 2000, "depth": 10, "width": 129}, ["body", "steps"], "at most"),
        ({"schedule": {"id": "nosuch"}}, ["body", "schedule", "id"], "cosine"),
    ],
)
@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_training_refuses_before_it_streams(client, body, place, says, accept):
    answer = client.post(TRAINING, json=body, headers={"Accept": accept})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == place
    assert says in answer.json()["detail"][0]["msg"]


def test_training_answers_by_the_contract(client):
    body = {**SMALL, "steps": 12, "frames": 4, "clipping": {"id": "norm", "threshold": 0.05}}
    answer = client.post(TRAINING, json=body).json()
    assert len(answer["loss"]) == len(answer["accuracy"]) == 13
    assert len(answer["learning_rate"]) == len(answer["gradient_norm"]) == 12
    for name in ("weight_gradient_norm", "update_ratio"):
        assert np.shape(answer[name]) == (3, 12)
        assert len(answer["output"][name]) == 12
    assert answer["prediction"]["steps"] == [0, 4, 8, 12]
    assert np.shape(answer["prediction"]["values"]) == (4, 32, 32)
    assert answer["clipped"] == [
        step for step, norm in enumerate(answer["gradient_norm"], 1) if norm >= 0.05
    ]
    assert answer["status"] == "running"
    assert answer["final"]["loss"] == answer["loss"][-1]
    assert answer["optimizer"]["convention"] == "pytorch"


@pytest.mark.parametrize("encoding", ["plain", "typed"])
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"initializer": {"id": "zeros"}},
        {"dataset": {"id": "curve", "size": 32}},
        {"depth": 40, "activation": {"id": "relu"},
         "initializer": {"id": "normal", "standard_deviation": 10}},
    ],
    ids=["usual", "zeros", "curve", "overflow"],
)  # fmt: skip
def test_answers_are_what_the_documentation_says(client, changes, encoding):
    body = {**SMALL, "include": ["histograms"], **changes}
    for url, model, more in (
        (SIGNAL, SignalAnswer, {}),
        (TRAINING, TrainingAnswer, {"steps": 3}),
    ):
        answer = client.post(f"{url}?encoding={encoding}", json={**body, **more})
        assert answer.status_code == 200
        as_documented(model, answer.json())


def test_a_curve_has_no_accuracy(client):
    body = {**SMALL, "dataset": "curve", "steps": 5, "frames": 2}
    answer = client.post(TRAINING, json=body).json()
    assert answer["accuracy"] is None
    assert np.shape(answer["prediction"]["values"]) == (2, len(answer["prediction"]["x"]))


def test_typed_arrays_hold_the_same_numbers(client):
    body = {**SMALL, "steps": 6, "frames": 2}
    plain = client.post(TRAINING, json=body).json()
    typed = client.post(f"{TRAINING}?encoding=typed", json=body).json()
    np.testing.assert_array_equal(unpacked(typed["update_ratio"]), plain["update_ratio"])


def test_progress_comes_before_the_result(client):
    body = {**SMALL, "steps": 40, "frames": 3}
    headers = {"Accept": "text/event-stream"}
    with client.stream("POST", TRAINING, json=body, headers=headers) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        seen = events(answer.read().decode())
    assert [name for name, _ in seen] == ["progress"] * 3 + ["result"]
    assert [content["done"] for _, content in seen[:-1]] == [0, 20, 40]
    losses = [loss for _, content in seen[:-1] for loss in content["loss"]]
    result = seen[-1][1]
    assert losses == result["loss"][:-1]
    assert result == client.post(TRAINING, json=body).json()


def test_catalogue_draws_the_controls(client):
    catalog = client.get("/api/v1/catalog").json()
    assert [one["id"] for one in catalog["initializers"]] == [
        "zeros",
        "constant",
        "normal",
        "xavier",
        "he",
        "lecun",
        "orthogonal",
    ]
    assert [one["id"] for one in catalog["datasets"]] == [
        "moons",
        "circles",
        "spirals",
        "xor",
        "blobs",
        "curve",
    ]
    by_id = {one["id"]: one for one in catalog["datasets"]}
    assert by_id["moons"]["losses"][0] == "cross_entropy"
    assert by_id["curve"]["losses"] == ["mse", "mae"]
    shape = catalog["network"]["parameters"]["properties"]
    assert (shape["depth"]["minimum"], shape["depth"]["maximum"]) == (1, 64)
    assert (shape["width"]["minimum"], shape["width"]["maximum"]) == (2, 256)
    assert "newton" not in catalog["network"]["training"]["learning_rates"]
