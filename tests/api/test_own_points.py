"""Networks on pasted points, and training whose rate changes on the way, over HTTP."""

import numpy as np
import pytest

from server.api.signal_answer import SignalAnswer
from server.api.training_answer import TrainingAnswer
from tests.api.asking import as_documented

SIGNAL = "/api/v1/networks/signal"
TRAINING = "/api/v1/networks/training"
SMALL = {"depth": 2, "width": 8}
CLASSES = "n;x2;label;x1\n1;2,5;1;7\n2;3;0;8,5\n3;4,5;1;9\n4;3,5;0;1"
UNDECIDED = "1,200;950\n1,300;4\n2,100;1"


def own(text, kind="points", **more):
    return {"id": kind, "points": text, **more}


def table(columns, separator="\t"):
    return "\n".join(separator.join(map(repr, row)) for row in np.column_stack(columns).tolist())


def answered(client, url, body):
    answer = client.post(url, json={**SMALL, **body})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_answer_says_what_was_read_and_how_it_was_scaled(client):
    data = answered(client, SIGNAL, {"dataset": own(CLASSES)})["data"]
    assert data["x1"] == [7, 8.5, 9, 1]
    assert data["x2"] == [2.5, 3, 4.5, 3.5]
    assert data["label"] == [1, 0, 1, 0]
    assert data["reading"]["used"] == [4, 2, 3]
    assert data["reading"]["decimal"] == "comma"
    columns = np.column_stack([data["x1"], data["x2"]])
    assert data["scaling"]["features"]["mean"] == pytest.approx(columns.mean(0))
    assert data["scaling"]["features"]["deviation"] == pytest.approx(columns.std(0))
    assert data["scaling"]["targets"] is None
    trained = answered(client, TRAINING, {"dataset": own(CLASSES), "steps": 3, "frames": 2})
    assert trained["data"] == data
    grid = trained["prediction"]["grid"]
    for axis, ends in zip((grid["x"], grid["y"]), data["region"], strict=True):
        assert [axis[0], axis[-1]] == pytest.approx(ends)


def test_built_in_points_say_nothing_of_reading(client):
    answer = answered(client, SIGNAL, {"dataset": {"id": "moons", "size": 16}})
    assert set(answer["data"]) == {"kind", "x1", "x2", "label"}


def test_units_change_nothing_but_what_is_shown(client):
    """Points of two classes in metres and in other units train to the same losses."""
    moons = answered(client, SIGNAL, {"dataset": {"id": "moons", "size": 60}})["data"]
    x1, x2, label = (np.array(moons[name]) for name in ("x1", "x2", "label"))
    body = {"steps": 60, "frames": 2, "precision": "float64"}
    metres = answered(client, TRAINING, {**body, "dataset": own(table([x1, x2, label]))})
    other = table([3e6 + 1e3 * x1, -5 + x2 / 512, 2 * label - 1])
    others = answered(client, TRAINING, {**body, "dataset": own(other)})
    # 3e6 keeps ten digits of what varies.
    np.testing.assert_allclose(others["loss"], metres["loss"], rtol=1e-6)
    np.testing.assert_allclose(
        others["prediction"]["values"], metres["prediction"]["values"], atol=1e-6
    )
    np.testing.assert_allclose(
        others["prediction"]["grid"]["x"],
        3e6 + 1e3 * np.array(metres["prediction"]["grid"]["x"]),
        rtol=1e-9,
    )


def test_a_curve_is_predicted_in_its_own_units(client):
    years = np.arange(1990, 2021.0)
    prices = 40_000 + 15_000 * np.tanh((years - 2004) / 5)
    body = {"dataset": own(table([years, prices]), "points_curve"), "steps": 800, "frames": 2}
    answer = answered(
        client, TRAINING, {**body, "optimizer": {"id": "adam", "learning_rate": 0.02}}
    )
    predicted = np.interp(years, answer["prediction"]["x"], answer["prediction"]["values"][-1])
    np.testing.assert_allclose(predicted, prices, atol=0.1 * prices.std())
    [deviation] = answer["data"]["scaling"]["targets"]["deviation"]
    # The loss is of the scaled y: a mean square of the errors in the table's units.
    mean_square = np.mean((predicted - prices) ** 2) / deviation**2
    assert answer["final"]["loss"] == pytest.approx(mean_square, rel=0.1)


@pytest.mark.parametrize("url", [SIGNAL, TRAINING])
def test_what_cannot_be_decided_is_refused_and_each_reading_offered_is_taken(client, url):
    body = {**SMALL, "dataset": own(UNDECIDED, "points_curve")}
    answer = client.post(url, json=body)
    assert answer.status_code == 422
    [detail] = answer.json()["detail"]
    assert detail["loc"] == ["body", "dataset", "points"]
    assert detail["type"] == "points_ambiguous"
    assert (detail["row"], detail["column"], detail["values"]) == (1, 1, {"cell": "1,200"})
    for one in detail["readings"]:
        value = one.pop("value")
        dataset = own(UNDECIDED, "points_curve", reading=one)
        assert answered(client, SIGNAL, {"dataset": dataset})["data"]["x"][0] == value


@pytest.mark.parametrize("dataset, place, kind", [
    (own("1;2;1\n1;x;0"), ["points"], "points_number"),
    (own("1;2;3\n1;3;0"), ["points"], "points_label"),
    (own("1;2;1"), ["points"], "points_too_few_rows"),
    (own(table([np.arange(257.0)] * 3)), ["points"], "points_too_many_rows"),
    (own("1;2e9;1\n1;3;0"), ["points"], "points_range"),
    (own("1;2;1\n1;3;0", columns=[1, 2, 4]), ["columns"], "points_unknown_column"),
    (own("1;2;1\n1;3;0", columns=[1, 2]), ["columns"], "points_columns_chosen"),
    (own("1;2;1\n1;3;0", reading={"decimal": "dot"}), ["reading", "decimal"], "literal_error"),
    (own("1;2;1\n1;3;0", size=4), ["size"], "extra_forbidden"),
    ("points", ["points"], "missing"),
    (own("1;2\n1;3", "points_cruve"), ["id"], "union_tag_invalid"),
])  # fmt: skip
def test_refusals_are_placed_in_the_dataset(client, dataset, place, kind):
    answer = client.post(SIGNAL, json={**SMALL, "dataset": dataset})
    assert answer.status_code == 422
    detail = answer.json()["detail"][0]
    assert (detail["loc"], detail["type"]) == (["body", "dataset", *place], kind)


def test_a_curve_of_ones_own_has_no_classes_and_no_larger_batch(client):
    curve = own("1;2\n3;4\n5;6", "points_curve")
    for more, place in (({"loss": "cross_entropy"}, "loss"), ({"batch_size": 4}, "batch_size")):
        answer = client.post(SIGNAL, json={**SMALL, "dataset": curve, **more})
        assert answer.json()["detail"][0]["loc"] == ["body", place]


@pytest.mark.parametrize("encoding", ["plain", "typed"])
@pytest.mark.parametrize("kind", ["points", "points_curve"])
def test_answers_are_what_the_documentation_says(client, kind, encoding):
    body = {
        **SMALL,
        "dataset": own("1;2;1\n1;3;0\n2;4;1", kind, columns=[1, 2, 3][: 3 - (kind != "points")]),
    }
    changes = [{"step": 2, "learning_rate": 0.5}]
    for url, model, more in (
        (SIGNAL, SignalAnswer, {}),
        (TRAINING, TrainingAnswer, {"steps": 4, "changes": changes}),
    ):
        answer = client.post(f"{url}?encoding={encoding}", json={**body, **more})
        assert answer.status_code == 200
        as_documented(model, answer.json())


def test_the_catalogue_says_what_may_be_pasted(client):
    catalog = client.get("/api/v1/catalog").json()
    by_id = {one["id"]: one for one in catalog["pasted_datasets"]}
    assert by_id["points"]["columns"] == ["x1", "x2", "label"]
    assert by_id["points_curve"]["columns"] == ["x", "y"]
    for one in by_id.values():
        built_in = next(other for other in catalog["datasets"] if other["kind"] == one["kind"])
        assert one["losses"] == built_in["losses"]
    rows = catalog["limits"]["network_points"]
    dataset = own(table([np.arange(float(rows))] * 2), "points_curve")
    assert len(answered(client, SIGNAL, {"dataset": dataset})["data"]["x"]) == rows


MOONS = {"dataset": {"id": "moons", "size": 32}, "steps": 40, "frames": 3, "batch_size": 8}


def test_up_to_a_change_everything_is_as_without_it(client):
    without = answered(client, TRAINING, MOONS)
    changes = [{"step": 17, "learning_rate": 0.5}, {"step": 39, "learning_rate": 1e-6}]
    changed = answered(client, TRAINING, {**MOONS, "changes": changes})
    assert changed["changes"] == changes and "changes" not in without
    assert changed["loss"][:18] == without["loss"][:18]
    assert changed["gradient_norm"][:18] == without["gradient_norm"][:18]
    assert changed["loss"][18] != without["loss"][18]
    rates = without["learning_rate"]
    assert changed["learning_rate"] == [*rates[:17], *[0.5] * 22, 1e-6]


def test_a_schedule_counts_the_steps_of_the_whole_run(client):
    schedule = {"schedule": {"id": "cosine", "warmup_steps": 5}}
    usual = {"optimizer": {"id": "sgd", "learning_rate": 0.25}}
    without = answered(client, TRAINING, {**MOONS, **schedule, **usual})["learning_rate"]
    changes = {"changes": [{"step": 3, "learning_rate": 0.5}, {"step": 20, "learning_rate": 0.125}]}
    changed = answered(client, TRAINING, {**MOONS, **schedule, **usual, **changes})["learning_rate"]
    np.testing.assert_array_equal(changed[:3], without[:3])
    np.testing.assert_array_equal(changed[3:20], 2 * np.array(without[3:20]))
    np.testing.assert_array_equal(changed[20:], np.array(without[20:]) / 2)


def change(step, rate=0.1):
    return {"step": step, "learning_rate": rate}


@pytest.mark.parametrize("changes, place, says", [
    ([change(0)], [0, "step"], "1"),
    ([change(40)], [0, "step"], "less than 40"),
    ([change(5), change(5)], [1, "step"], "more than 5"),
    ([change(5), change(4)], [1, "step"], "more than 5"),
    ([change(5, -1)], [0, "learning_rate"], "greater"),
    ([change(2.5)], [0, "step"], "integer"),
    ([{"step": 5}], [0, "learning_rate"], "required"),
    ([{**change(5), "rate": 1}], [0, "rate"], "learning_rate"),
    ([change(step) for step in range(1, 18)], [], "16"),
    (change(5), [], "list"),
])  # fmt: skip
@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_changes_that_cannot_be_are_refused(client, changes, place, says, accept):
    body = {**SMALL, **MOONS, "changes": changes}
    answer = client.post(TRAINING, json=body, headers={"Accept": accept})
    assert answer.status_code == 422
    detail = answer.json()["detail"][0]
    assert detail["loc"] == ["body", "changes", *place]
    assert says in detail["msg"]
