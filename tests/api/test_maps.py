"""Maps over HTTP: told as events, whole as JSON, by GET, once for all who ask the same."""

import base64
import json

import numpy as np
import pytest

from tests.api.asking import refused

URL = "/api/v1/maps/basins"
BODY = {
    "surface": {"id": "himmelblau"},
    "run": {"optimizer": {"id": "sgd"}},
    "steps": 50,
    "nx": 20,
    "ny": 18,
}


def unpacked(array):
    values = np.frombuffer(base64.b64decode(array["bdata"]), f"<{array['dtype']}")
    shape = array.get("shape")
    return values.reshape([int(one) for one in shape.split(",")]) if shape else values


def events(client, url, body, form="typed"):
    headers = {"accept": "text/event-stream"}
    answer = client.post(url, params={"encoding": form}, json=body, headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/event-stream")
    told = []
    for one in answer.text.strip().split("\n\n"):
        name, data = one.split("\n")
        told.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return told


def whole(client, url, body, form="plain"):
    answer = client.post(url, params={"encoding": form}, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_price_comes_first_and_tiles_are_what_the_whole_answer_is(client):
    told = events(client, URL, BODY)
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
    told = events(client, URL, BODY, "plain")
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
    told = events(client, URL, body)
    assert client.app.state.services.maps.tiles == computed
    assert sum(one["count"] for name, one in told if name == "tile") == 360


def test_what_costs_too_much_is_refused_with_what_would_fit(client):
    body = {**BODY, "nx": 1024, "ny": 1024, "steps": 10_000, "precision": "float64"}
    body["surface"] = {"id": "formula", "formula": "sin(x)*exp(y)*sin(3*y)+cos(x*y)+exp(sin(x))"}
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
