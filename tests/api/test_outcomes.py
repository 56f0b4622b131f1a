"""Outcomes over HTTP: the same in every format, with the answer's own shapes."""

import csv
import io

import numpy as np

from server.api.trajectory_answer import TrajectoryAnswer
from tests.api.asking import URL, as_documented, body, refused

FAR = {"surface": {"id": "easom"}, "starts": [[-3, -3], [3, 3]], "steps": 40}
CONE = {"formula": "sqrt(x^2+y^2)"}
ONE = {"optimizer": {"id": "sgd", "learning_rate": 1}}


def paths(client, **asked):
    content = client.post(URL, json=body(**asked)).json()
    as_documented(TrajectoryAnswer, content)
    return content["runs"][0]["trajectories"]


def test_every_path_has_an_outcome_beside_its_status(client):
    plateau, pit = paths(client, **FAR)
    assert [path["status"] for path in (plateau, pit)] == ["converged", "converged"]
    assert [path["outcome"]["id"] for path in (plateau, pit)] == ["flat", "minimum"]
    assert set(plateau["outcome"]) == {"id", "at", "text", "numbers"}
    assert "outcomes" not in plateau


def test_changes_come_when_included_by_post_and_get(client):
    asked = {**FAR, "include": ["outcomes"]}
    _, pit = paths(client, **asked)
    assert [change["id"] for change in pit["outcomes"]] == ["descending", "minimum"]
    assert pit["outcomes"][-1]["at"] == pit["outcome"]["at"] == pit["converged_at"]
    query = "surface=easom&optimizer=sgd&start=-3,-3&start=3,3&steps=40&include=outcomes"
    got = client.get(f"{URL}?{query}").json()["runs"][0]["trajectories"]
    assert got == paths(client, **asked)


def test_a_missing_derivative_is_null_and_no_divergence(client):
    asked = body(surface=CONE, starts=[[1, 0]], runs=[ONE], include=["gradient"], steps=9)
    answer = client.post(URL, json=asked)
    as_documented(TrajectoryAnswer, answer.json())
    [path] = answer.json()["runs"][0]["trajectories"]
    assert "NaN" not in answer.text
    assert path["loss"] == [1.0, 0.0]
    assert path["gradient_norm"] == [1.0, None] and path["gradient"]["x"] == [1.0, None]
    assert path["final"]["gradient_norm"] is None
    assert (path["status"], path["diverged_at"]) == ("running", None)
    assert path["outcome"]["id"] == "no_derivative"
    rows = client.post(URL, json=asked, headers={"Accept": "text/csv"}).text.splitlines()
    assert [row["gradient_norm"] for row in csv.DictReader(rows)] == ["1.0", ""]


def test_a_start_with_a_loss_but_no_derivative_is_refused_as_such(client):
    answer = client.post(URL, json=body(surface=CONE, starts=[[1, 1], [0, 0]]))
    assert "derivative" in refused(answer, "body", "starts", 1)
    assert answer.json()["detail"][0]["type"] == "start_no_derivative"
    search = client.post("/api/v1/learning-rate-search", json=body(surface=CONE, starts=[[0, 0]]))
    assert search.json()["detail"][0]["type"] == "start_no_derivative"


def test_tables_carry_the_words(client):
    asked = body(**FAR, include=["outcomes"])
    _, pit = paths(client, **FAR, include=["outcomes"])
    text = client.post(URL, json=asked, headers={"Accept": "text/csv"}).text
    words = [row["outcome"] for row in csv.DictReader(io.StringIO(text)) if row["start"] == "1"]
    since = pit["outcome"]["at"]
    assert words == ["descending"] * since + ["minimum"] * (41 - since)
    content = client.post(URL, json=asked, headers={"Accept": "application/x-npz"}).content
    with np.load(io.BytesIO(content)) as archive:
        assert archive["run0_start1_outcome"].tolist() == ["descending", "minimum"]
        assert archive["run0_start1_outcome_at"].tolist() == [0, since]
    plain = client.post(URL, json=body(**FAR), headers={"Accept": "application/x-npz"}).content
    with np.load(io.BytesIO(plain)) as archive:
        assert archive["run0_start0_outcome"].tolist() == ["flat"]


def test_a_training_has_an_outcome_too(client):
    def trained(**asked):
        given = {"depth": 2, "width": 8, "dataset": "moons", "steps": 100, **asked}
        return client.post("/api/v1/networks/training", json=given).json()

    learning = trained(optimizer={"id": "adam", "learning_rate": 0.01, "convention": "pytorch"})
    assert learning["outcome"]["id"] == "descending"
    assert learning["loss"][-1] < learning["loss"][0]
    still = trained(initializer="zeros", optimizer={"id": "sgd", "learning_rate": 1e-6})
    assert still["outcome"]["id"] == "flat"
    steep = {"id": "sgd", "learning_rate": 10}
    gone = trained(dataset="curve", loss="mse", activation="linear", optimizer=steep, steps=500)
    assert gone["status"] == "diverged"
    assert gone["outcome"]["id"] == "not_finite"
    assert gone["outcome"]["at"] == gone["diverged_at"]
    batches = trained(batch_size=8, optimizer={"id": "adam", "convention": "pytorch"})
    assert "batch" in batches["outcome"]["text"]["en"]
