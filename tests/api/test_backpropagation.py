"""``/backpropagation``: the contract's shape, the same gradient as elsewhere, and refusals."""

import math

import numpy as np
import pytest

from server.api.backpropagation import BackpropagationAnswer
from tests.api.asking import as_documented

URL = "/api/v1/backpropagation"
POINTS = "x,y\n0,1\n2,1\n4,0"


def ask(client, surface, at, **more):
    answer = client.post(URL, json={"surface": surface, "at": at, **more})
    assert answer.status_code == 200, answer.text
    content = answer.json()
    as_documented(BackpropagationAnswer, content)
    return content


@pytest.mark.parametrize("surface, at", [
    ({"id": "rosenbrock", "parameters": {"steepness": 50}}, [-1.5, 1.5]),
    ({"id": "recurrent_unit"}, [5.0, -2.0]),
    ({"id": "linear_regression", "points": POINTS}, [0.3, -1.0]),
    ({"id": "logistic_regression", "parameters": {"size": 70, "bias": 0.5}}, [0.3, -1.0]),
    ({"formula": "sin(x)*y + exp(-x^2)"}, [0.4, 2]),
])  # fmt: skip
def test_the_inputs_adjoints_are_the_gradient_of_the_probe(client, surface, at):
    content = ask(client, surface, at)
    probed = client.post("/api/v1/probe", json={"surface": surface, "at": [at]}).json()
    [point] = probed["points"]
    x, y = content["nodes"][:2]
    assert (x["value"], y["value"]) == tuple(at)
    assert content["gradient"] == {"x": x["adjoint"], "y": y["adjoint"]}
    assert content["gradient"] == pytest.approx(point["gradient"], rel=1e-11)
    assert content["loss"] == pytest.approx(point["loss"], rel=1e-12)
    last = next(node for node in content["nodes"] if node["id"] == content["loss_node"])
    assert (last["value"], last["adjoint"]) == (content["loss"], 1)
    assert content["not_finite"] is None


def test_the_contracts_shape(client):
    content = ask(client, {"id": "rosenbrock"}, [2, 3])
    assert {"nodes", "edges", "loss", "gradient"} <= content.keys()
    known = {node["id"] for node in content["nodes"]}
    assert len(known) == len(content["nodes"]) == 9
    for node in content["nodes"]:
        assert {"id", "operation", "formula", "value", "adjoint"} <= node.keys()
    for edge in content["edges"]:
        assert {"from", "to", "derivative"} <= edge.keys()
        assert {edge["from"], edge["to"]} <= known
    # (1 − x)² + 100(y − x²)² at (2, 3): 1 + 100, and 2 + 400·2, −200 by hand.
    assert content["loss"] == 101
    assert content["gradient"] == {"x": 802, "y": -200}
    slope = {(edge["from"], edge["to"]): edge["derivative"] for edge in content["edges"]}
    square = next(node["id"] for node in content["nodes"] if node["formula"] == "x²")
    assert slope["x", square] == 4


def test_arrays_are_told_in_summary_without_padding(client):
    """Points (0, 1), (2, 1), (4, 0) and ŷ = x: the errors are −1, 1 and 4."""
    content = ask(client, {"id": "linear_regression", "points": POINTS}, [1, 0])
    nodes = {node["formula"]: node for node in content["nodes"]}
    error = nodes["v₂ − t"]
    assert error["value"] == {
        "shape": [3], "values": [-1, 1, 4], "mean": pytest.approx(4 / 3),
        "norm": pytest.approx(math.sqrt(18)),
    }  # fmt: skip
    assert error["adjoint"]["values"] == pytest.approx([-2 / 3, 2 / 3, 8 / 3])
    assert content["constants"]["u"]["values"] == [0, 2, 4]
    assert content["gradient"] == pytest.approx({"x": 12, "y": 8 / 3})
    [through] = [edge for edge in content["edges"] if edge["from"] == "x"]
    assert through["derivative"]["values"] == [0, 2, 4]
    assert through["contribution"] == pytest.approx(12)


def test_same_request_same_bytes(client):
    asked = {"surface": {"id": "neuron"}, "at": [-5, 4]}
    assert client.post(URL, json=asked).content == client.post(URL, json=asked).content


def test_numbers_that_are_not_finite_are_null_and_said(client):
    content = ask(client, {"formula": "y + log(x)"}, [-1, 2])
    assert content["loss"] is None
    assert content["not_finite"] == {"node": "v1", "of": "value"}
    content = ask(client, {"formula": "y + sqrt(x)"}, [0, 2])
    assert content["loss"] == 2
    assert content["gradient"] is None
    assert content["not_finite"] == {"node": "x", "of": "adjoint"}


def test_float32(client):
    content = ask(client, {"formula": "x/3"}, [1, 0], precision="float32")
    assert content["loss"] == float(np.float32(1) / np.float32(3))


@pytest.mark.parametrize("body, place, message", [
    ({"surface": {"id": "rosenbrok"}, "at": [0, 0]}, ["body", "surface", "id"], "rosenbrock"),
    ({"surface": {"id": "bowl"}}, ["body", "at"], ""),
    ({"surface": {"id": "bowl"}, "at": [0]}, ["body", "at"], ""),
    ({"surface": {"id": "bowl"}, "at": [0, 1e13]}, ["body", "at", 1], ""),
    ({"surface": {"id": "bowl"}, "at": [0, 0], "steps": 3}, ["body", "steps"], ""),
    ({"surface": {"formula": "x +"}, "at": [0, 0]}, ["body", "surface", "formula"], "unfinished"),
    ({"surface": {"formula": "+".join(["x^63"] * 41)}, "at": [0, 0]}, ["body", "surface"],
     "at most 400 nodes; this one has"),
])  # fmt: skip
def test_what_cannot_be_used_is_refused(client, body, place, message):
    answer = client.post(URL, json=body)
    assert answer.status_code == 422, answer.text
    [detail] = answer.json()["detail"]
    assert detail["loc"] == place
    assert message in detail["msg"]


def test_the_limit_is_published(client):
    assert client.get("/api/v1/catalog").json()["limits"]["graph_nodes"] == 400


@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_what_no_adjoint_reaches_has_one_of_its_own_precision(client, precision):
    """Far away the wave's slope is 0 or not there, and its parts get no adjoint at all."""
    asked = {"surface": {"id": "drop_wave"}, "at": [2.56e10, 5.59e11], "precision": precision}
    answer = client.post("/api/v1/backpropagation", json=asked)
    assert answer.status_code == 200
    assert answer.json()["loss"] == pytest.approx(0, abs=1e-20)
