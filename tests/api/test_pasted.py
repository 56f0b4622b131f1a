"""Pasted points over HTTP: what was read is said, what was not is placed."""

import csv
import io

import numpy as np
import pytest

GERMAN = "Größe;Lage;Preis\n54,5;Nord;8,1\n72;Süd;10,4\n39,5;West;6,3\n"
UNDECIDED = "1,200;950\n1,300;4\n2,100;1"


def grid(client, status=200, **surface):
    body = {"surface": {"id": "linear_regression", **surface}, "nx": 2, "ny": 2}
    answer = client.post("/api/v1/grid", json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


def refused(client, **surface):
    [detail] = grid(client, 422, **surface)["detail"]
    return detail


def test_the_answer_says_how_points_were_read(client):
    content = grid(client, points=GERMAN)
    assert content["surface"]["reading"] == {
        "rows": 3,
        "columns": 3,
        "names": ["Größe", "Lage", "Preis"],
        "used": [1, 3],
        "separator": "semicolon",
        "decimal": "comma",
        "grouping": "none",
        "whole_numbers": False,
        "alternatives": [],
    }
    rows = list(csv.reader(io.StringIO(GERMAN), delimiter=";"))[1:]
    assert content["points"]["x"] == [float(row[0].replace(",", ".")) for row in rows]
    assert content["points"]["y"] == [float(row[2].replace(",", ".")) for row in rows]


def test_every_answer_about_pasted_points_says_so_and_no_other_does(client):
    surface = {"id": "linear_regression", "points": GERMAN}
    runs = [{"optimizer": {"id": "sgd"}}]
    asked = {
        "trajectories": {"runs": runs, "steps": 3},
        "probe": {"at": [[0, 0]]},
        "learning-rate-search": {"runs": runs, "steps": 3},
        "grid": {"nx": 2, "ny": 2},
    }
    for path, body in asked.items():
        answer = client.post(f"/api/v1/{path}", json={"surface": surface, **body}).json()
        assert answer["surface"]["reading"]["used"] == [1, 3], path
        other = client.post(f"/api/v1/{path}", json={"surface": {"id": surface["id"]}, **body})
        assert "reading" not in other.json()["surface"], path


def test_columns_are_chosen_by_number_or_name(client):
    by_name = grid(client, points=GERMAN, columns=["Preis", "Größe"])
    assert by_name["surface"]["reading"]["used"] == [3, 1]
    assert by_name == grid(client, points=GERMAN, columns=[3, 1])
    assert by_name["points"]["x"] == [8.1, 10.4, 6.3]


def test_classes_take_three_columns(client):
    text = "n\tx2\tlabel\tx1\n1\t2,5\t1\t7\n2\t3\t0\t8,5\n3\t4\t1\t9"
    content = grid(client, id="logistic_regression", points=text)
    assert content["surface"]["reading"]["used"] == [4, 2, 3]
    assert content["points"] == {"x1": [7, 8.5, 9], "x2": [2.5, 3, 4], "label": [1, -1, 1]}


def test_what_cannot_be_decided_is_refused_and_each_reading_offered_is_taken(client):
    detail = refused(client, points=UNDECIDED)
    assert detail["loc"] == ["body", "surface", "points"]
    assert detail["type"] == "points_ambiguous"
    assert (detail["row"], detail["column"], detail["values"]) == (1, 1, {"cell": "1,200"})
    assert sorted(one["value"] for one in detail["readings"]) == [1.2, 1200]
    for one in detail["readings"]:
        value = one.pop("value")
        content = grid(client, points=UNDECIDED, reading=one)
        assert content["points"]["x"][0] == value
        assert content["points"]["y"] == [950, 4, 1]
        reading = content["surface"]["reading"]
        [other] = reading["alternatives"]
        assert {name: reading[name] for name in one} == one != other


def test_a_refused_cell_comes_with_its_place_and_the_columns_found(client):
    detail = refused(client, points="a,b,c\n1,2,3\n4,5,x\n")
    assert (detail["row"], detail["column"], detail["values"]) == (3, 3, {"cell": "x"})
    assert detail["columns"] == ["a", "b", "c"]
    assert "row 3, column 3: 'x'" in detail["msg"]
    assert grid(client, points="a,b,c\n1,2,3\n4,5,x\n", columns=["a", "b"])["points"]["y"] == [2, 5]


@pytest.mark.parametrize("surface, place, says", [
    ({"points": "1,2\n3,4", "columns": [1, 3]}, ["columns"], "1 to 2"),
    ({"points": "1,2\n3,4", "columns": [1]}, ["columns"], "2 different columns"),
    ({"points": "1,2\n3,4", "columns": [1, None]}, ["columns", 1], "number"),
    ({"points": "1,2\n3,4", "columns": [True, 1]}, ["columns", 0], "number"),
    ({"points": "1,2\n3,4", "columns": "ab"}, ["columns"], "list"),
    ({"points": "1,2\n3,4", "reading": {"decimal": "dot"}}, ["reading", "decimal"], "'point'"),
    ({"points": "1,2\n3,4", "reading": {"decimals": 1}}, ["reading", "decimals"], "decimal"),
    ({"points": "1,2\n3,4", "reading": {"decimal": "comma", "grouping": "comma"}}, ["reading"],
     "thousands"),
    ({"columns": [1, 2]}, ["columns"], "beside points"),
    ({"reading": {}}, ["reading"], "beside points"),
])  # fmt: skip
def test_what_a_request_cannot_say_of_its_points(client, surface, place, says):
    detail = refused(client, **surface)
    assert detail["loc"] == ["body", "surface", *place]
    assert says in detail["msg"]


def test_a_query_says_all_that_a_body_does(client):
    query = {"points": UNDECIDED, "decimal": "comma", "columns": "2,1"}
    path = "/api/v1/surfaces/linear_regression/grid"
    answer = client.get(path, params={"nx": 2, "ny": 2, **query}).json()
    surface = {"points": UNDECIDED, "reading": {"decimal": "comma"}, "columns": [2, 1]}
    assert answer == grid(client, **surface)
    assert answer["points"]["y"] == [1.2, 1.3, 2.1]
    walked = {"surface": "linear_regression", "optimizer": "sgd", "steps": 2}
    answer = client.get("/api/v1/trajectories", params={**walked, **query}).json()
    assert answer["surface"]["reading"]["used"] == [2, 1]


@pytest.mark.parametrize("query, name, says", [
    ({"points": UNDECIDED}, "points", "row 1, column 1: '1,200'"),
    ({"points": "1;2\n3;x"}, "points", "row 2, column 2: 'x'"),
    ({"points": UNDECIDED, "decimal": "comma", "columns": "1,9"}, "columns", "1 to 2"),
    ({"points": UNDECIDED, "decimal": "dot"}, "decimal", "'comma'"),
    ({"columns": "1,2"}, "columns", "unknown field"),
])  # fmt: skip
def test_refusals_are_placed_in_the_query(client, query, name, says):
    answer = client.get("/api/v1/surfaces/linear_regression/grid", params=query)
    assert answer.status_code == 422
    [detail] = answer.json()["detail"]
    assert detail["loc"] == ["query", name]
    assert says in detail["msg"]


def test_the_same_paste_read_otherwise_is_another_surface(client):
    """A path over 1.2 beside one over 1200: the least squares of NumPy tell which is descended."""
    for decimal, x in (("comma", [1.2, 1.3, 2.1]), ("point", [1200, 1300, 2100])):
        raw = {"parameters": {"standardise": "off"}}
        surface = grid(client, points=UNDECIDED, reading={"decimal": decimal}, **raw)["surface"]
        slope, height = np.polyfit(x, [950, 4, 1], 1)
        [minimum] = surface["minima"]
        assert minimum["x"] == pytest.approx(slope, rel=1e-9)
        assert minimum["y"] == pytest.approx(height, rel=1e-9)


def test_readings_and_refusals_are_described(client):
    described = client.get("/openapi.json").json()
    schemas = described["components"]["schemas"]
    answered = grid(client, points=GERMAN)["surface"]["reading"]
    assert set(schemas["ReadingContent"]["properties"]) == set(answered)
    detail = refused(client, points=UNDECIDED)
    assert set(detail) <= set(schemas["Refusal"]["properties"])
    assert set(schemas["ReadingRequest"]["properties"]) == {"separator", "decimal", "grouping"}
    names = {one["name"] for one in described["paths"]["/api/v1/trajectories"]["get"]["parameters"]}
    assert {"points", "columns", "separator", "decimal", "grouping"} <= names
