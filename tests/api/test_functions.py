"""Activations' values and losses of points over HTTP, and what is refused."""

import numpy as np
import pytest

from server.api.functions import ActivationValues, LossesOfPoints, ValuesOfActivations
from tests.api.asking import as_documented
from tests.api.reading import unpacked


def test_catalogue_has_the_lectures_table(client):
    entries = client.get("/api/v1/activations").json()
    assert [entry["id"] for entry in entries if not entry["in_lecture"]] == ["gelu", "silu"]
    for entry in entries:
        for name in ("formula_mathml", "derivative_mathml", "range_mathml"):
            assert entry[name].startswith("<math")
            # No words of one language.
            assert "<mtext>" not in entry[name].replace("<mtext>&#x0", "")
        assert entry["at_zero"].keys() == {"en", "ru"}
        assert entry["largest_slope"] >= 0
    numbers = {one["id"]: list(one["parameters"]["properties"]) for one in entries}
    assert {name for name, own in numbers.items() if own} == {"leaky_relu", "elu"}
    losses = client.get("/api/v1/losses").json()
    assert [entry["id"] for entry in losses] == ["mse", "mae", "cross_entropy"]
    assert all(entry["one_mathml"].startswith("<math") for entry in losses)


def test_values_of_an_activation(client):
    content = client.get("/api/v1/activations/elu/values?alpha=2&z_min=-1&z_max=1&n=3").json()
    as_documented(ActivationValues, content)
    assert content["id"] == "elu" and content["parameters"] == {"alpha": 2}
    assert content["z"] == [-1, 0, 1]
    assert content["value"] == pytest.approx([2 * np.expm1(-1), 0, 1])
    assert content["derivative"] == pytest.approx([2 * np.exp(-1), 2, 1])


def test_values_by_default(client):
    content = client.get("/api/v1/activations/sigmoid/values").json()
    assert len(content["z"]) == 241 and (content["z"][0], content["z"][-1]) == (-6, 6)
    assert content["value"][120] == 0.5 and content["derivative"][120] == 0.25


def test_typed_values_lose_nothing(client):
    typed = client.get("/api/v1/activations/gelu/values?encoding=typed").json()
    plain = client.get("/api/v1/activations/gelu/values").json()
    for name in ("z", "value", "derivative"):
        assert unpacked(typed[name]).tolist() == plain[name]


def test_values_are_cached_by_etag(client):
    url = "/api/v1/activations/tanh/values?n=11"
    first = client.get(url)
    assert "max-age" in first.headers["cache-control"]
    again = client.get(url, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert client.get(url).content == first.content


@pytest.mark.parametrize(
    "path, location, says",
    [
        ("relu/values?n=1", "n", "2"),
        ("relu/values?n=5000", "n", "2048"),
        ("relu/values?n=2.5", "n", "integer"),
        ("relu/values?n=3&n=4", "n", "once"),
        ("relu/values?z_min=1&z_max=1", "z_max", "z_min less than z_max"),
        ("relu/values?z_max=1e4", "z_max", "1000"),
        ("relu/values?z_min=nan", "z_min", "finite"),
        ("relu/values?alpha=1", "alpha", "accepted here: n, z_max, z_min"),
        ("elu/values?alpha=-1", "alpha", "greater than or equal to 0"),
        ("leaky_relu/values?slop=0.1", "slop", "did you mean slope"),
        ("relu/values?encoding=xml", "encoding", "typed"),
        ("leaky/values", "activation_id", "leaky_relu"),
    ],
)
def test_bad_values_are_refused(client, path, location, says):
    answer = client.get(f"/api/v1/activations/{path}")
    assert answer.status_code == 422
    found = {one["loc"][-1]: one["msg"] for one in answer.json()["detail"]}
    assert says in found[location]


def test_values_of_several_are_those_of_each(client):
    asked = ["tanh", {"id": "elu", "alpha": 2}, {"id": "elu"}, {"id": "relu"}]
    interval = {"z_min": -2, "z_max": 1, "n": 7}
    content = client.post(
        "/api/v1/activations/values", json={"activations": asked, **interval}
    ).json()
    as_documented(ValuesOfActivations, content)
    queries = ("tanh/values?", "elu/values?alpha=2&", "elu/values?", "relu/values?")
    for query, found in zip(queries, content["activations"], strict=True):
        alone = client.get(f"/api/v1/activations/{query}z_min=-2&z_max=1&n=7").json()
        assert {**found, "z": content["z"]} == alone


@pytest.mark.parametrize(
    "asked, location, says",
    [
        ({}, ["body", "activations"], "required"),
        ({"activations": []}, ["body", "activations"], "1"),
        ({"activations": ["tanh"] * 33}, ["body", "activations"], "32"),
        (
            {"activations": ["tahn"]},
            ["body", "activations", 0, "id"],
            "unknown id 'tahn'; nearest: tanh",
        ),
        ({"activations": [{"id": "elu", "alpha": -1}]}, ["body", "activations", 0, "alpha"], "0"),
        ({"activations": ["tanh"], "z_min": 1, "z_max": 1}, ["body", "z_max"], "z_min less than"),
        ({"activations": ["tanh"], "n": 5000}, ["body", "n"], "2048"),
    ],
)
def test_bad_requests_of_several_are_refused(client, asked, location, says):
    answer = client.post("/api/v1/activations/values", json=asked)
    assert answer.status_code == 422
    found = [one["msg"] for one in answer.json()["detail"] if one["loc"] == location]
    assert found and says in found[0], answer.text


def test_losses_of_points(client):
    asked = {"targets": [0, 1, 1], "predictions": [0.2, 0.9, 0.5]}
    content = client.post("/api/v1/losses/values", json=asked).json()
    as_documented(LossesOfPoints, content)
    assert content["reasons"] == {}
    assert content["mse"]["mean"] == pytest.approx((0.04 + 0.01 + 0.25) / 3)
    assert content["mse"]["gradient"] == pytest.approx([0.4 / 3, -0.2 / 3, -1 / 3])
    assert content["mae"]["each"] == pytest.approx([0.2, 0.1, 0.5])
    assert content["mae"]["gradient"] == pytest.approx([1 / 3, -1 / 3, -1 / 3])
    log_loss = content["cross_entropy"]
    assert log_loss["each"] == pytest.approx([-np.log(0.8), -np.log(0.9), np.log(2)])
    assert log_loss["gradient"] == pytest.approx([1.25 / 3, -1 / 0.9 / 3, -2 / 3])


def test_regression_points_have_no_log_loss_and_the_answer_says_why(client):
    asked = {"targets": [0.3, 2.5], "predictions": [0.1, 9]}
    content = client.post("/api/v1/losses/values", json=asked).json()
    as_documented(LossesOfPoints, content)
    assert content["cross_entropy"] is None
    reason = content["reasons"]["cross_entropy"]
    assert reason["loc"] == ["body", "targets", 0] and "0 or 1" in reason["msg"]
    assert content["mse"]["mean"] == pytest.approx((0.04 + 42.25) / 2)


@pytest.mark.parametrize(
    "asked, location, says",
    [
        ({"targets": [1]}, ["body", "predictions"], "required"),
        ({"targets": [], "predictions": []}, ["body", "targets"], "at least 1"),
        ({"targets": [1, 0], "predictions": [0.5]}, ["body", "predictions"], "as many"),
        ({"targets": [1] * 257, "predictions": [0.5] * 257}, ["body", "targets"], "256"),
        ({"targets": [1e13], "predictions": [0.5]}, ["body", "targets", 0], "1000000000000"),
        ({"targets": ["1"], "predictions": [0.5]}, ["body", "targets", 0], "number"),
        ({"targets": [True], "predictions": [0.5]}, ["body", "targets", 0], "number"),
        ({"target": [1], "targets": [1], "predictions": [0.5]}, ["body", "target"], "targets"),
    ],
)
def test_bad_points_are_refused(client, asked, location, says):
    answer = client.post("/api/v1/losses/values", json=asked)
    assert answer.status_code == 422
    found = [one["msg"] for one in answer.json()["detail"] if one["loc"] == location]
    assert found and says in found[0]


def test_all_are_described(client):
    paths = client.get("/openapi.json").json()["paths"]
    described = paths["/api/v1/activations/{activation_id}/values"]["get"]
    names = {one["name"] for one in described["parameters"]}
    assert {"z_min", "z_max", "n", "alpha", "slope", "encoding", "activation_id"} <= names
    for path in ("/api/v1/activations/values", "/api/v1/losses/values"):
        assert {"get", "post"} <= paths[path].keys()
