"""The trajectories resource: contract and formats."""

import csv
import io

import numpy as np
import pytest

from server.api.trajectory_answer import TrajectoryAnswer
from tests.api.asking import BODY, URL, as_documented, body, trained, with_optimizer
from tests.api.reading import unpacked


def test_the_least_request_is_worth_showing(client):
    answer = client.post(URL, json=BODY)
    assert answer.status_code == 200
    content = answer.json()
    as_documented(TrajectoryAnswer, content)
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
    corrected = {one: resolved("adam", one)["bias_correction"] for one in ("lecture", "optax")}
    assert corrected == {"lecture": False, "optax": True}


def test_the_default_rate_follows_the_surface(client):
    def rate(surface):
        asked = {"surface": {"id": surface}, "runs": [{"optimizer": {"id": "sgd"}}], "steps": 1}
        return client.post(URL, json=asked).json()["runs"][0]["optimizer"]["learning_rate"]

    # 1.9/(1 + κ), and 1.9/λ_max at (1, 1), to two digits.
    assert rate("bowl") == 0.17
    assert rate("rosenbrock") == 0.0019


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
        assert unpacked(typed[name]) == pytest.approx(plain[name], rel=1e-6, abs=0)


def test_typed_arrays_never_turn_a_number_into_infinity_or_zero(client):
    """Losses up to 1e308, and near a minimum down to 1e-80, need eight bytes."""
    runs = [{"optimizer": {"id": "sgd", "learning_rate": rate}} for rate in (4.0, 0.15)]
    content = client.post(f"{URL}?encoding=typed", json=body(runs=runs)).json()
    exploding, converging = (run["trajectories"][0] for run in content["runs"])
    assert exploding["status"] == "diverged"
    assert np.isfinite(unpacked(exploding["loss"])).all()
    assert unpacked(exploding["loss"]).max() > 1e300
    assert 0 < unpacked(converging["loss"])[480] < 1e-60


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


def test_training_is_resolved_and_answered(client):
    run = {
        "optimizer": {"id": "adamw", "weight_decay": 0.1},
        "schedule": {"id": "cosine", "warmup_steps": 2},
        "clipping": {"id": "norm", "threshold": 0.5},
        "regularization": {"l2": 0.25},
        "gradient_noise": 0.1,
        "label": "ours",
    }
    asked = {"surface": {"id": "rosenbrock"}, "runs": [run], "steps": 9, "include": ["hessian"]}
    content = client.post(URL, json=asked).json()
    as_documented(TrajectoryAnswer, content)
    [resolved] = content["runs"]
    assert resolved["schedule"] == {"id": "cosine", "end": 0.0, "warmup_steps": 2}
    assert resolved["clipping"] == {"id": "norm", "threshold": 0.5}
    assert resolved["regularization"] == {"l2": 0.25, "l1": 0.0, "weight_decay": 0.0}
    [path] = resolved["trajectories"]
    rate = resolved["optimizer"]["learning_rate"]
    assert path["learning_rate"][:3] == pytest.approx([0, rate / 2, rate])
    assert path["clipped"] == list(range(1, 10))
    x, y = np.array(path["x"]), np.array(path["y"])
    own = (1 - x) ** 2 + 100 * (y - x**2) ** 2
    assert path["surface_loss"] == pytest.approx(own, rel=1e-9)
    assert path["loss"] == pytest.approx(own + 0.125 * (x**2 + y**2), rel=1e-9)
    trace = (2 - 400 * (y - x**2) + 800 * x**2) + 200 + 2 * 0.25
    ends = path["hessian_eigenvalues"]
    assert np.array(ends["smaller"]) + np.array(ends["larger"]) == pytest.approx(trace, rel=1e-9)
    query = (
        "surface=rosenbrock&optimizer=adamw&weight_decay=0.1&schedule=cosine&warmup_steps=2"
        "&clipping=norm&threshold=0.5&l2=0.25&gradient_noise=0.1&label=ours&steps=9&include=hessian"
    )
    assert client.get(f"{URL}?{query}").json() == content


def test_the_seed_decides_the_noise(client):
    def losses(seed):
        asked = {**trained(gradient_noise=0.5), "seed": seed, "steps": 20}
        return client.post(URL, json=asked).json()["runs"][0]["trajectories"][0]["loss"]

    assert losses(1) == losses(1) != losses(2)


def test_a_formula_is_a_surface(client):
    text = "(1-x)^2 + 100*(y-x^2)^2"
    asked = {"surface": {"formula": text, "domain": [[-2, 2], [-1, 3]]}, "starts": [[-0.5, 2.6]],
             "runs": [{"optimizer": {"id": "adam", "learning_rate": 0.01}}],
             "steps": 100}  # fmt: skip
    typed = client.post(URL, json=asked).json()
    as_documented(TrajectoryAnswer, typed)
    assert typed["surface"]["formula"] == text
    built_in = client.post(URL, json={**asked, "surface": {"id": "rosenbrock"}}).json()
    ours, theirs = (one["runs"][0]["trajectories"][0]["x"] for one in (typed, built_in))
    assert ours == pytest.approx(theirs, rel=1e-9)
    query = {"formula": text, "domain": "-2,2,-1,3", "optimizer": "adam", "learning_rate": 0.01,
             "start": "-0.5,2.6", "steps": 100}  # fmt: skip
    assert client.get(URL, params=query).json() == typed


def test_defaults_of_a_formula_and_of_pasted_points_are_worth_showing(client):
    """The rate follows the curvature seen, whatever the scale of the function or the data."""
    surfaces = [{"formula": text} for text in
                ("x^2 + y^2", "1e5*(x^2+3*y^2)", "1e-5*(x^2+y^2)", "sin(x)*cos(y)", "x^4+y^4",
                 "abs(x)+abs(y)", "(1-x)^2 + 100*(y-x^2)^2")]  # fmt: skip
    surfaces += [
        {"id": "linear_regression", "points": "0,1000\n500,3000\n1000,4500\n800,4100"},
        {"id": "logistic_regression", "points": "100,1,1\n120,2,0\n90,4,1\n105,3,0\n130,0,0"},
        {"id": "neuron", "points": "0.001,0\n0.002,0.4\n0.003,1"},
    ]
    runs = [{"optimizer": {"id": one}} for one in ("sgd", "momentum", "adam")]
    for surface in surfaces:
        content = client.post(URL, json={"surface": surface, "runs": runs}).json()
        for run in content["runs"]:
            [path] = run["trajectories"]
            assert path["status"] != "diverged"
            assert path["final"]["loss"] < path["loss"][0]


def test_pasted_points_are_what_is_fitted(client):
    """Three points on y = 2x + 1: the minimum is there, and SGD with batches finds it."""
    surface = {"id": "linear_regression", "points": "x,y\n0,1\n1,3\n2,5"}
    run = {"optimizer": {"id": "sgd", "learning_rate": 0.1}, "batch_size": 1}
    content = client.post(URL, json={"surface": surface, "runs": [run], "steps": 2000}).json()
    [minimum] = content["surface"]["minima"]
    assert [minimum["x"], minimum["y"], minimum["loss"]] == pytest.approx([2, 1, 0], abs=1e-9)
    final = content["runs"][0]["trajectories"][0]["final"]
    assert [final["x"], final["y"]] == pytest.approx([2, 1], abs=1e-6)
