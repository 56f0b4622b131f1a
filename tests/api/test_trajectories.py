"""The trajectories resource: contract, formats, refusals, and no compile after readiness."""

import base64
import csv
import io
import json
import math

import jax
import numpy as np
import pytest

from server.api.answers import TrajectoryAnswer
from server.optimizers.catalog import OPTIMIZERS
from surfaces.catalog import SURFACES

URL = "/api/v1/trajectories"
BODY = {"surface": {"id": "bowl"}, "runs": [{"optimizer": {"id": "sgd"}}]}


def body(**changes):
    return {**BODY, **changes}


def with_optimizer(**optimizer):
    return body(runs=[{"optimizer": {"id": "adam", **optimizer}}])


def refused(answer, *location):
    """The message of a refusal that must name one place."""
    assert answer.status_code == 422, answer.text
    found = {tuple(one["loc"]): one["msg"] for one in answer.json()["detail"]}
    assert location in found, found
    return found[location]


def decoded(array):
    dtype = {"f4": "<f4", "f8": "<f8"}[array["dtype"]]
    return np.frombuffer(base64.b64decode(array["bdata"]), dtype)


def test_the_least_request_is_worth_showing(client):
    answer = client.post(URL, json=BODY)
    assert answer.status_code == 200
    content = answer.json()
    TrajectoryAnswer.model_validate(content)
    [trajectory] = content["runs"][0]["trajectories"]
    assert len(trajectory["x"]) == len(trajectory["loss"]) == 501
    assert len(trajectory["learning_rate"]) == 500
    assert [trajectory["x"][0], trajectory["y"][0]] == [-3.5, 1.5]
    assert trajectory["status"] == "converged"
    assert content["surface"]["parameters"] == {"condition_number": 10.0}


def test_state_and_gradient_come_when_included(client):
    asked = {**with_optimizer(), "include": ["gradient", "state"], "steps": 3}
    [trajectory] = client.post(URL, json=asked).json()["runs"][0]["trajectories"]
    assert trajectory["gradient"]["x"] == pytest.approx(trajectory["x"])
    assert list(trajectory["state"]) == ["v", "G"]
    # v₁ = (1 − β₁) g₀ and G₁ = (1 − β₂) g₀² with g₀ = (−3.5, 15)
    assert trajectory["state"]["v"]["y"][0] == pytest.approx(0.1 * 15)
    assert trajectory["state"]["G"]["x"][0] == pytest.approx(0.001 * 3.5**2)
    assert len(trajectory["state"]["G"]["x"]) == 3


def test_each_convention_brings_its_frameworks_defaults(client):
    def resolved(optimizer, convention):
        runs = [{"optimizer": {"id": optimizer, "convention": convention}}]
        return client.post(URL, json=body(runs=runs, steps=1)).json()["runs"][0]["optimizer"]

    assert resolved("rmsprop", "pytorch")["decay"] == 0.99
    assert resolved("rmsprop", "keras")["epsilon"] == 1e-7
    assert resolved("adagrad", "optax")["initial_accumulator"] == 0.1
    assert resolved("adagrad", "pytorch")["epsilon"] == 1e-10
    assert resolved("adam", "keras")["epsilon"] == 1e-7


def test_the_default_rate_follows_the_surface(client):
    def rate(surface):
        asked = {"surface": {"id": surface}, "runs": [{"optimizer": {"id": "sgd"}}], "steps": 1}
        return client.post(URL, json=asked).json()["runs"][0]["optimizer"]["learning_rate"]

    assert rate("bowl") == 0.1
    assert rate("rosenbrock") < 0.001


def test_get_is_post_for_one_run(client):
    query = "surface=bowl&condition_number=3&optimizer=adam&learning_rate=0.2&beta1=0.5&steps=20"
    got = client.get(f"{URL}?{query}&start=1,2&start=-1,0.5&include=state")
    asked = {
        "surface": {"id": "bowl", "parameters": {"condition_number": 3.0}},
        "runs": [{"optimizer": {"id": "adam", "learning_rate": 0.2, "beta1": 0.5}}],
        "starts": [[1, 2], [-1, 0.5]],
        "steps": 20,
        "include": ["state"],
    }
    assert got.content == client.post(URL, json=asked).content


def test_get_can_be_cached(client):
    url = f"{URL}?surface=bowl&optimizer=sgd&steps=5"
    first = client.get(url)
    assert "max-age" in first.headers["cache-control"]
    again = client.get(url, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(url, headers={"If-None-Match": '"other"'}).status_code == 200


def test_typed_arrays_carry_the_same_numbers(client):
    plain = client.post(URL, json=BODY).json()["runs"][0]["trajectories"][0]
    typed = client.post(f"{URL}?encoding=typed", json=BODY).json()["runs"][0]["trajectories"][0]
    for name in ("x", "y", "loss", "gradient_norm", "learning_rate"):
        assert decoded(typed[name]) == pytest.approx(plain[name], rel=1e-6, abs=0)


def test_typed_arrays_never_turn_a_number_into_infinity_or_zero(client):
    """Losses up to 1e308, and near a minimum down to 1e-80, need eight bytes."""
    runs = [{"optimizer": {"id": "sgd", "learning_rate": rate}} for rate in (4.0, 0.15)]
    content = client.post(f"{URL}?encoding=typed", json=body(runs=runs)).json()
    exploding, converging = (run["trajectories"][0] for run in content["runs"])
    assert exploding["status"] == "diverged"
    assert np.isfinite(decoded(exploding["loss"])).all()
    assert decoded(exploding["loss"]).max() > 1e300
    assert 0 < decoded(converging["loss"])[480] < 1e-60


def test_divergence_is_an_answer(client):
    answer = client.post(URL, json=body(runs=[{"optimizer": {"id": "sgd", "learning_rate": 5}}]))
    [trajectory] = answer.json()["runs"][0]["trajectories"]
    assert trajectory["status"] == "diverged"
    assert len(trajectory["x"]) == trajectory["diverged_at"]
    assert trajectory["final"]["loss"] == trajectory["loss"][-1]
    assert "NaN" not in answer.text and "Infinity" not in answer.text and "null" in answer.text


def test_csv_has_a_row_a_point(client):
    asked = body(starts=[[1, 1], [2, 2]], steps=4, runs=[*BODY["runs"], *with_optimizer()["runs"]])
    answer = client.post(URL, json=asked, headers={"Accept": "text/csv"})
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == 2 * 2 * 5
    plain = client.post(URL, json=asked).json()
    row = rows[5 + 3]
    assert (row["run"], row["start"], row["step"]) == ("0", "1", "3")
    assert float(row["loss"]) == plain["runs"][0]["trajectories"][1]["loss"][3]
    assert rows[0]["learning_rate"] == ""


def test_npz_opens_in_numpy(client):
    asked = {**with_optimizer(), "steps": 6}
    answer = client.post(URL, json=asked, headers={"Accept": "application/x-npz"})
    again = client.post(URL, json=asked, headers={"Accept": "application/x-npz"})
    assert answer.content == again.content
    with np.load(io.BytesIO(answer.content)) as archive:
        assert archive["labels"].tolist() == ["Adam"]
        assert archive["run0_start0_x"].shape == (7,)
        assert archive["run0_start0_state_v_x"].shape == (6,)


def test_accept_is_negotiated_by_quality(client):
    headers = {"Accept": "text/csv;q=0.2, application/json;q=0.9"}
    assert client.post(URL, json=BODY, headers=headers).json()
    headers = {"Accept": "text/html,*/*;q=0.8"}
    assert client.post(URL, json=BODY, headers=headers).json()


@pytest.mark.parametrize(
    "asked, location, says",
    [
        (body(surface={"id": "rosenbrok"}), ("surface", "id"), "rosenbrock"),
        (body(surface={}), ("surface", "id"), "required"),
        (with_optimizer(learning_rate=1e9), ("runs", 0, "optimizer", "learning_rate"), "10"),
        (with_optimizer(learning_rate="fast"), ("runs", 0, "optimizer", "learning_rate"), "number"),
        (with_optimizer(learning_rate=True), ("runs", 0, "optimizer", "learning_rate"), "number"),
        (with_optimizer(lr=0.1), ("runs", 0, "optimizer", "lr"), "learning_rate"),
        (with_optimizer(convention="torch"), ("runs", 0, "optimizer", "convention"), "pytorch"),
        (body(runs=[{"optimizer": {"id": "adm"}}]), ("runs", 0, "optimizer", "id"), "adam"),
        (body(runs=[]), ("runs",), "at least 1"),
        (body(runs=BODY["runs"] * 17), ("runs",), "at most 16"),
        (body(starts=[[0, 0]] * 65), ("starts",), "at most 64"),
        (body(starts=[]), ("starts",), "at least 1"),
        (body(starts=[[0, 0, 0]]), ("starts", 0), "at most 2"),
        (body(starts=[[2e6, 0]]), ("starts", 0, 0), "1000000"),
        (body(steps=10_001), ("steps",), "10000"),
        (body(steps=0), ("steps",), "1"),
        (body(steps=1.5), ("steps",), "integer"),
        (body(tolerance=0), ("tolerance",), "greater than 0"),
        (body(precision="float16"), ("precision",), "float32"),
        (body(include=["hessian"]), ("include", 0), "gradient"),
        (body(colour="red"), ("colour",), "accepted here"),
        (
            body(surface={"id": "bowl", "parameters": {"kappa": 3}}),
            ("surface", "parameters", "kappa"),
            "condition_number",
        ),
        (body(surface={"id": "bowl", "parameters": {"condition_number": 0}}),
         ("surface", "parameters", "condition_number"), "1"),
        (body(runs=[{**BODY["runs"][0], "label": "x" * 81}]), ("runs", 0, "label"), "80"),
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
        ("surface=bowl&optimizer=adan", "optimizer", "adam"),
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


def test_nothing_compiles_after_readiness(client):
    """JAX's own events, over every surface, optimiser, convention, precision and size."""
    compiles = []

    def listen(event, seconds, **_):
        if "compile" in event:
            compiles.append(event)

    jax.monitoring.register_event_duration_secs_listener(listen)
    try:
        conventions = ("lecture", "pytorch", "keras", "optax")
        for index, surface in enumerate(SURFACES):
            runs = [
                {"optimizer": {"id": one.id, "convention": conventions[(index + k) % 4]}}
                for k, one in enumerate(OPTIMIZERS)
            ]
            for precision, steps, count in (("float64", 7 + index, 1), ("float32", 900, 3)):
                asked = {
                    "surface": {"id": surface.id},
                    "runs": runs,
                    "steps": steps,
                    "precision": precision,
                    "starts": [list(surface.start)] * count,
                    "include": ["gradient", "state"],
                }
                assert client.post(URL, json=asked).status_code == 200
            grid = f"/api/v1/surfaces/{surface.id}/grid?nx={9 + index}&ny=70"
            assert client.get(f"{grid}&include=gradient,hessian").status_code == 200
        asked = {**BODY, "steps": 10_000, "runs": BODY["runs"] * 16}
        assert client.post(URL, json=asked).status_code == 200
    finally:
        jax.monitoring.unregister_event_duration_listener(listen)
    assert compiles == []


def test_compile_events_are_counted_at_all(client):
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
