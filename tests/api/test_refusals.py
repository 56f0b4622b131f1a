"""What the trajectories resource refuses: where the mistake is, and what would be accepted."""

import json

import pytest

from tests.api.asking import BODY, URL, body, refused, trained, with_optimizer


@pytest.mark.parametrize(
    "asked, location, says",
    [
        (body(surface={"id": "rosenbrok"}), ("surface", "id"), "rosenbrock"),
        (body(surface={}), ("surface", "id"), "required"),
        (with_optimizer(learning_rate=1e11), ("runs", 0, "optimizer", "learning_rate"), "10"),
        (with_optimizer(learning_rate="fast"), ("runs", 0, "optimizer", "learning_rate"), "number"),
        (with_optimizer(learning_rate=True), ("runs", 0, "optimizer", "learning_rate"), "number"),
        (with_optimizer(lr=0.1), ("runs", 0, "optimizer", "lr"), "learning_rate"),
        (
            with_optimizer(convention="keras", bias_correction=False),
            ("runs", 0, "optimizer"),
            "lecture",
        ),
        (
            with_optimizer(bias_correction="yes"),
            ("runs", 0, "optimizer", "bias_correction"),
            "boolean",
        ),
        (with_optimizer(convention="torch"), ("runs", 0, "optimizer", "convention"), "pytorch"),
        (body(runs=[{"optimizer": {"id": "adm"}}]), ("runs", 0, "optimizer", "id"), "adam"),
        (body(runs=[]), ("runs",), "at least 1"),
        (body(runs=BODY["runs"] * 17), ("runs",), "at most 16"),
        (body(starts=[[0, 0]] * 65), ("starts",), "at most 64"),
        (body(starts=[]), ("starts",), "at least 1"),
        (body(starts=[[0, 0, 0]]), ("starts", 0), "at most 2"),
        (body(starts=[[2e12, 0]]), ("starts", 0, 0), "1000000"),
        (body(steps=10_001), ("steps",), "10000"),
        (body(steps=0), ("steps",), "1"),
        (body(steps=1.5), ("steps",), "integer"),
        (body(tolerance=0), ("tolerance",), "greater than 0"),
        (body(precision="float16"), ("precision",), "float32"),
        (body(include=["jacobian"]), ("include", 0), "hessian"),
        (body(colour="red"), ("colour",), "accepted here"),
        (
            body(surface={"id": "bowl", "parameters": {"kappa": 3}}),
            ("surface", "parameters", "kappa"),
            "condition_number",
        ),
        (body(surface={"id": "bowl", "parameters": {"condition_number": 0}}),
         ("surface", "parameters", "condition_number"), "1"),
        (body(runs=[{**BODY["runs"][0], "label": "x" * 81}]), ("runs", 0, "label"), "80"),
        (trained(schedule={"id": "cosin"}), ("runs", 0, "schedule", "id"), "cosine"),
        (trained(schedule={"id": "step", "every": 0}), ("runs", 0, "schedule", "every"), "1"),
        (trained(clipping={"id": "norm", "threshold": 0}), ("runs", 0, "clipping", "threshold"),
         "0.000000000001"),
        (trained(clipping={"id": "length"}), ("runs", 0, "clipping", "id"), "norm"),
        (trained(regularization={"l3": 1}), ("runs", 0, "regularization", "l3"), "l2"),
        (trained(regularization={"l2": -1}), ("runs", 0, "regularization", "l2"), "0"),
        (trained(gradient_noise=-0.1), ("runs", 0, "gradient_noise"), "0"),
        (trained(batch_size=0), ("runs", 0, "batch_size"), "1"),
        (trained(batch_size=5), ("runs", 0, "batch_size"), "not made of points"),
        (trained({"id": "newton"}, gradient_noise=1), ("runs", 0, "gradient_noise"), "no noise"),
        (body(surface={"id": "neuron", "parameters": {"size": 20.5}}),
         ("surface", "parameters", "size"), "integer"),
        (body(surface={"id": "neuron", "parameters": {"activation": "gelu"}}),
         ("surface", "parameters", "activation"), "tanh"),
        (body(surface={"id": "bowl", "points": "1,2"}), ("surface", "points"), "accepted here"),
        (body(surface={"id": "neuron", "points": "1,2\n3,a"}), ("surface", "points"), "column 2"),
        (body(surface={"id": "neuron", "points": "1" * 65_537}), ("surface", "points"), "65536"),
        (body(surface={"formula": "x +"}), ("surface", "formula"), "character 4"),
        (body(surface={"formula": 3}), ("surface", "formula"), "string"),
        (body(surface={"formula": "x", "id": "bowl"}), ("surface", "id"), "not both"),
        (body(surface={"formula": "x", "domain": [[1, 0], [0, 1]]}), ("surface", "domain"),
         "x_min less than x_max"),
        (body(surface={"formula": "x", "parameters": {}}), ("surface", "parameters"), "formula"),
        (body(surface={"formula": "log(x)"}, starts=[[-1, 0]]), ("starts", 0), "finite"),
        (body(runs=BODY["runs"] * 16, starts=[[0, 1]] * 64, steps=400), (), "400000"),
    ],
)  # fmt: skip
def test_bad_input_is_named_and_answered_with_what_is_accepted(client, asked, location, says):
    assert says in refused(client.post(URL, json=asked), "body", *location)


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "1e999"])
@pytest.mark.parametrize("place", ["learning_rate", "start"])
def test_what_is_not_finite_is_refused(client, text, place):
    asked = json.dumps(with_optimizer(learning_rate=0.125) | {"starts": [[0.0625, 0]]})
    raw = asked.replace("0.125" if place == "learning_rate" else "0.0625", text)
    answer = client.post(URL, content=raw, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert "finite" in answer.json()["detail"][0]["msg"]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[1]",
        b"null",
        b'"text"',
        b"\xff\xfe",
        b'{"surface": "\\ud800"}',
        b"[" * 50_000,
        b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
        b'{"runs": [{"optimizer": {"id": "\\u0000"}}], "surface": {"id": ""}}',
        b'{"surface": {"id": {"id": []}}, "runs": {"a": 1}}',
    ],
)
def test_malformed_bodies_are_422(client, raw):
    answer = client.post(URL, content=raw, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert all({"loc", "msg", "type"} == set(one) for one in answer.json()["detail"])


def test_a_body_without_a_content_type_says_what_to_send(client):
    answer = client.post(URL, content=json.dumps(BODY))
    assert "application/json" in refused(answer, "body")


def test_too_large_a_body_is_413(client):
    big = body(runs=[{**BODY["runs"][0], "label": "x" * 300_000}])
    answer = client.post(URL, json=big)
    assert answer.status_code == 413
    assert "262144" in answer.json()["detail"][0]["msg"]


@pytest.mark.parametrize(
    "query, location, says",
    [
        ("surface=bowl&optimizer=adamm", "optimizer", "adam"),
        ("surface=bowll&optimizer=adam", "surface", "bowl"),
        ("optimizer=adam", "surface", "required"),
        ("surface=bowl", "optimizer", "required"),
        ("surface=bowl&optimizer=adam&lr=1", "lr", "accepted here"),
        ("surface=bowl&optimizer=adam&beta1=nan", "beta1", "finite"),
        ("surface=bowl&optimizer=adam&beta1=2", "beta1", "0.999"),
        ("surface=bowl&optimizer=adam&condition_number=0", "condition_number", "1"),
        ("surface=bowl&optimizer=adam&steps=5&steps=6", "steps", "once"),
        ("surface=bowl&optimizer=adam&encoding=xml", "encoding", "typed"),
        ("surface=bowl&optimizer=adam&start=1", "start", "at least 2"),
        ("surface=bowl&optimizer=sgd&beta1=0.5", "beta1", "accepted here"),
    ],
)
def test_queries_are_refused_under_their_own_names(client, query, location, says):
    answer = client.get(f"{URL}?{query}")
    assert answer.status_code == 422
    found = {one["loc"][1]: one["msg"] for one in answer.json()["detail"]}
    assert says in found[location]


@pytest.mark.parametrize(
    "text, position, length",
    [("x + foo*y", 4, 3), ("x^2 +", 5, 1), ("(x", 0, 1), ("x.__class__", 1, 1)],
)
def test_a_mistake_in_a_formula_has_its_place(client, text, position, length):
    for path in ("trajectories", "grid", "probe", "learning-rate-search"):
        asked = {"surface": {"formula": text}}
        asked |= {"at": [[0, 0]]} if path == "probe" else {}
        asked |= {"runs": BODY["runs"]} if path[0] in "tl" else {}
        answer = client.post(f"/api/v1/{path}", json=asked)
        assert answer.status_code == 422
        [one] = answer.json()["detail"]
        assert one["loc"] == ["body", "surface", "formula"]
        assert (one["position"], one["length"]) == (position, length)
        assert one["type"].startswith("formula_")
