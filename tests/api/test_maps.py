"""Maps over HTTP: told as events, whole as JSON, by GET, once for all who ask the same."""

import json

import numpy as np
import pytest

from tests.api.asking import refused
from tests.api.reading import events, unpacked

URL = "/api/v1/maps/basins"
BODY = {
    "surface": {"id": "himmelblau"},
    "run": {"optimizer": {"id": "sgd"}},
    "steps": 50,
    "nx": 20,
    "ny": 18,
}


def streamed(client, url, body, form="typed"):
    headers = {"accept": "text/event-stream"}
    answer = client.post(url, params={"encoding": form}, json=body, headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/event-stream")
    return events(answer.text)


def whole(client, url, body, form="plain"):
    answer = client.post(url, params={"encoding": form}, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_price_comes_first_and_tiles_are_what_the_whole_answer_is(client):
    told = streamed(client, URL, BODY)
    assert told[0][0] == "progress"
    assert told[0][1]["done"] == 0 and told[0][1]["total"] == 360
    assert told[0][1]["price_seconds"] > 0
    assert told[-1][0] == "result"
    # Typed events say nothing twice.
    assert not {"basin", "steps", "loss"} & set(told[-1][1])
    answer = whole(client, URL, BODY, "typed")
    assert {**answer, **told[-1][1]} == answer
    for name in ("basin", "steps", "loss"):
        tiles = [unpacked(one[name]) for event, one in told if event == "tile"]
        expected = unpacked(answer[name])
        assert tiles[0].dtype == expected.dtype
        # Of the coarsest level: every eighth, row by row.
        np.testing.assert_array_equal(tiles[0][:9], expected[::8, ::8].ravel())
        assert sum(map(len, tiles)) == 360


def test_whole_numbers_stay_what_they_are(client):
    answer = whole(client, URL, BODY, "typed")
    assert answer["basin"]["dtype"] == "i2"
    assert answer["steps"]["dtype"] == "i4"
    assert answer["loss"]["dtype"] == "f4"


def test_a_plain_stream_ends_with_the_whole_answer(client):
    told = streamed(client, URL, BODY, "plain")
    assert told[-1] == ("result", whole(client, URL, BODY))


def test_the_same_map_is_answered_to_get_and_kept_by_its_etag(client):
    query = {"request": json.dumps(BODY)}
    first = client.get(URL, params=query)
    assert first.json() == whole(client, URL, BODY)
    again = client.get(URL, params=query, headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304


def test_a_map_that_was_computed_is_told_again_without_computing(client):
    body = {**BODY, "steps": 51}
    whole(client, URL, body)
    computed = client.app.state.services.maps.tiles
    told = streamed(client, URL, body)
    assert client.app.state.services.maps.tiles == computed
    assert sum(one["count"] for name, one in told if name == "tile") == 360


def test_a_map_of_single_precision_says_how_many_pixels_end_elsewhere_in_double(client):
    # A rate beyond the limit of its minima: what ends where is chaos, and the last digit decides.
    body = {**BODY, "steps": 200}
    body["run"] = {"optimizer": {"id": "sgd", "learning_rate": 0.022}}
    one, two = (whole(client, URL, {**body, "precision": of}) for of in ("float32", "float64"))
    assert (two["precision"], two["float32_checked"], two["float32_unlike"]) == ("float64", 0, None)
    # Not every pixel is checked; each that is counts as what the map of float64 has there.
    other = np.not_equal(one["basin"], two["basin"]) | np.not_equal(one["outcome"], two["outcome"])
    pixels = np.sort(np.random.default_rng(0).choice(360, 64, replace=False))
    assert one["float32_checked"] == 64
    assert one["float32_unlike"] == pytest.approx(other.ravel()[pixels].mean())
    assert one["float32_unlike"] > 0


def test_a_tie_that_double_does_not_see_is_another_pixel(client):
    """In float32 both rates are one; in double chaos tells them apart, and the first still wins."""
    rates = (0.3, 0.3 + 3e-9)
    runs = [{"optimizer": {"id": "adam", "learning_rate": one}} for one in rates]
    body = {"surface": {"id": "rastrigin"}, "runs": runs, "steps": 800, "nx": 20, "ny": 18}
    body["tolerance"] = 0.1
    one, two = (
        whole(client, "/api/v1/maps/winner", {**body, "precision": of})
        for of in ("float32", "float64")
    )
    pixels = np.sort(np.random.default_rng(0).choice(360, 64, replace=False))
    others = {
        name: np.not_equal(one[name], two[name]).ravel()[pixels] for name in ("winner", "together")
    }
    assert (others["together"] & ~others["winner"]).any()
    assert one["float32_unlike"] == pytest.approx((others["winner"] | others["together"]).mean())


def test_the_check_in_double_is_paid_for_and_waited_for(client):
    """Sines in float64 cost forty times those of float32, so that it is half of a small map."""
    body = {**BODY, "surface": {"id": "rastrigin"}, "nx": 64, "ny": 64, "steps": 400}
    said = {}
    for precision in ("float32", "float64"):
        told = streamed(client, URL, {**body, "precision": precision})
        said[precision] = told[0][1]["price_seconds"]
        left = [one["seconds_left"] for name, one in told if name == "progress"]
        whole_at = [one["done"] for name, one in told if name == "progress"].index(64 * 64)
        # While pixels of a map of float32 are computed in float64, something is left.
        assert (left[whole_at] > 0) == (precision == "float32") and left[-1] == 0
    sine, double = 0.42e-9, 16e-9
    each = 400 * (64 * 64 * sine + 64 * double) + (64 * 64 + 64) * 220e-9
    assert said["float32"] == pytest.approx(each, rel=0.05)


@pytest.mark.parametrize("exact", [True, False])
def test_what_a_refined_map_costs_if_a_check_fails_is_said_first(client, exact):
    """Of 97² pixels 49² are the first level, and a tenth of the others is computed mostly."""
    numbers = {"count": 97, "from": 1e-3, "to": 1e6}
    body = {"steps": 30, "precision": "float64", "exact": exact}
    for axis, layer in (("x", "input"), ("y", "output")):
        body[axis] = {"name": f"learning_rate.{layer}", **numbers}
    [(_, first), *others] = streamed(client, "/api/v1/maps/trainability", body)
    share = 1 if exact else (49**2 + 0.1 * (97**2 - 49**2)) / 97**2
    assert first["price_seconds"] == pytest.approx(share * first["price_seconds_at_most"])
    assert not any("price_seconds" in one for name, one in others if name == "progress")


def test_a_refined_map_is_checked_where_it_was_computed(client):
    """As a map is that has no filled pixels: those have errors of another kind."""
    numbers = {"count": 129, "scale": "log", "from": 1e-3, "to": 1e6}
    body = {"steps": 40, "precision": "float32", "x": {"name": "learning_rate.input", **numbers}}
    body["y"] = {"name": "learning_rate.output", **numbers}
    url = "/api/v1/maps/trainability"
    refined, exact = (whole(client, url, {**body, "exact": exact}) for exact in (False, True))
    assert refined["computed"] < 1 == exact["computed"]
    assert refined["float32_checked"] == exact["float32_checked"] == 256
    assert refined["float32_unlike"] == exact["float32_unlike"]


def test_what_costs_too_much_is_refused_with_what_would_fit(client):
    body = {**BODY, "nx": 1024, "ny": 1024, "steps": 10_000, "precision": "float64"}
    long = " + ".join(f"sin({k}*x)*exp(y)*sin({k}*y)" for k in range(1, 9))
    body["surface"] = {"id": "formula", "formula": long}
    answer = client.post(URL, json=body)
    [detail] = answer.json()["detail"]
    assert answer.status_code == 422 and detail["type"] == "too_much_work"
    fits = detail["ctx"]["fits"] if "ctx" in detail else detail["values"]["fits"]
    assert set(fits) <= {"steps", "nx", "ny"} and fits["steps"] < 10_000


@pytest.mark.parametrize(
    "change, place, said",
    [
        ({"nx": 1}, ("body", "nx"), "greater than or equal to 2"),
        ({"ny": 1025}, ("body", "ny"), "less than or equal to 1024"),
        ({"x_min": 2.0, "x_max": 1.0}, ("body", "x_max"), "x_min less than x_max"),
        ({"y_min": 0.0, "y_max": 1e-320}, ("body", "y_max"), "at least"),
    ],
)
def test_bounds_are_told(client, change, place, said):
    assert said in refused(client.post(URL, json={**BODY, **change}), *place)


CLOSE = {
    "x_min": 3 - 1e-7, "x_max": 3 + 1e-7, "y_min": 2 - 1e-7, "y_max": 2 + 1e-7, "steps": 1
}  # fmt: skip


def test_pixels_that_single_precision_cannot_tell_are_told_in_double(client):
    """Round the minimum at (3, 2), whose neighbours in float32 are 2.4e-7 apart."""
    answer = whole(client, URL, {**BODY, **CLOSE})
    assert len(np.unique(answer["loss"])) > 100
    said = refused(
        client.post(URL, json={**BODY, **CLOSE, "precision": "float32"}), "body", "x_max"
    )
    assert "float32 tells 20 points" in said


STABILITY = "/api/v1/maps/stability"
RATES = {
    "surface": {"id": "bowl"},
    "run": {"optimizer": {"id": "momentum"}},
    "steps": 300,
    "x": {"name": "learning_rate", "from": 0.05, "to": 40.0, "count": 21},
    "y": {"name": "momentum", "from": 0.0, "to": 0.9, "count": 10},
}


def test_numbers_of_a_run_are_on_the_axes(client):
    answer = whole(client, STABILITY, RATES)
    assert answer["x"]["name"] == "learning_rate" and len(answer["x"]["values"]) == 21
    assert (answer["y"]["values"][0], answer["y"]["values"][-1]) == (0.0, 0.9)
    assert np.shape(answer["loss"]) == (10, 21) == np.shape(answer["diverged"])
    # Ten times 2/λ_max without momentum.
    assert answer["diverged"][0][-1] == 1 and answer["loss"][0][-1] is None
    assert answer["diverged"][0][0] == 0 and answer["loss"][0][0] < 1


@pytest.mark.parametrize(
    "side, change, place, said",
    [
        ("x", {"name": "learning_rat"}, "name", "nearest: learning_rate"),
        ("x", {"name": "beta1"}, "name", "accepted: learning_rate, momentum, clipping.threshold"),
        ("x", {"name": "surface.condition"}, "name", "nearest: surface.condition_number"),
        ("x", {"name": "clipping.threshold", "from": 0.0}, "from", "for clipping.threshold"),
        ("x", {"name": "gradient_noise", "from": -1.0}, "from", "for gradient_noise"),
        ("x", {"name": "regularization.l2", "from": -1.0}, "from", "for regularization.l2"),
        ("y", {"name": "learning_rate"}, "name", "another number than that of x: momentum"),
        ("y", {"to": 1.0}, "to", "accepted for momentum: less than or equal to 0.999"),
        ("y", {"from": -0.1}, "from", "accepted for momentum: greater than or equal to 0"),
        ("x", {"from": 0.0}, "from", "accepted for learning_rate: greater than or equal to 0.000"),
    ],
)
def test_what_cannot_be_on_an_axis_is_told(client, side, change, place, said):
    body = {**RATES, side: {**RATES[side], **change}}
    assert said in refused(client.post(STABILITY, json=body), "body", side, place)


@pytest.mark.parametrize("name", ["xyz", "learning_rat", "beta1"])
def test_numbers_that_may_be_on_an_axis_are_listed_once(client, name):
    body = {**RATES, "x": {**RATES["x"], "name": name}}
    said = refused(client.post(STABILITY, json=body), "body", "x", "name")
    assert said.count("clipping.threshold") == 1
    assert said.split("accepted: ")[1].startswith("learning_rate, momentum, clipping.threshold")


@pytest.mark.parametrize(
    "change, said",
    [
        ({"from": 50.0}, "from must be less than to"),
        ({"from": -1.0, "scale": "log"}, "greater than 0"),
    ],
)
def test_axes_ascend(client, change, said):
    body = {**RATES, "x": {**RATES["x"], **change}}
    assert said in refused(client.post(STABILITY, json=body), "body", "x")


def test_an_axis_that_single_precision_cannot_tell_is_refused_in_it(client):
    near = {**RATES, "x": {**RATES["x"], "from": 0.01, "to": 0.01 + 1e-9}, "precision": "float32"}
    said = refused(client.post(STABILITY, json=near), "body", "x")
    assert "float32 tells" in said
    rates = whole(client, STABILITY, {**near, "precision": "auto"})
    assert len(set(rates["x"]["values"])) == RATES["x"]["count"]


def test_the_winner_is_one_of_the_runs_or_none(client):
    runs = [{"optimizer": {"id": one, "learning_rate": 0.1}} for one in ("sgd", "momentum")]
    body = {"surface": {"id": "bowl"}, "runs": runs, "steps": 200, "nx": 12, "ny": 10}
    answer = whole(client, "/api/v1/maps/winner", body)
    assert np.shape(answer["winner"]) == (10, 12) == np.shape(answer["steps"])
    assert len({one["label"] for one in answer["runs"]}) == 2
    assert {one for row in answer["winner"] for one in row} <= {-1, 0, 1}
    none = whole(client, "/api/v1/maps/winner", {**body, "steps": 1, "tolerance": 1e-9})
    assert {one for row in none["winner"] for one in row} == {-1}
