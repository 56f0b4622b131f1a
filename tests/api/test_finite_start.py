"""Starts that are left out, where a formula is not finite everywhere."""

import math

import pytest

from tests.api.asking import BODY, URL, refused

GRID = "/api/v1/grid"
SEARCH = "/api/v1/learning-rate-search"
NOWHERE = {"formula": "log(-1-x^2)"}


@pytest.mark.parametrize("text", ["log(x)", "sqrt(x-1)", "log(1e-4-x^2-y^2)"])
def test_a_start_left_out_is_one_that_can_be_walked_from(client, text):
    asked = {**BODY, "surface": {"formula": text}, "steps": 3}
    posted = client.post(URL, json=asked).json()
    [trajectory] = posted["runs"][0]["trajectories"]
    assert [trajectory["x"][0], trajectory["y"][0]] == posted["surface"]["start"]
    assert math.isfinite(trajectory["loss"][0]) and trajectory["gradient_norm"][0] > 0
    query = {"formula": text, "optimizer": "sgd", "steps": 3}
    assert client.get(URL, params=query).json()["surface"] == posted["surface"]
    assert (
        client.post(GRID, json={"surface": asked["surface"]}).json()["surface"]
        == (posted["surface"])
    )
    asked["search"] = {"count": 4}
    assert client.post(SEARCH, json=asked).json()["start"] == posted["surface"]["start"]


def test_a_formula_finite_nowhere_says_so(client):
    for url in (URL, SEARCH):
        message = refused(client.post(url, json={**BODY, "surface": NOWHERE}), "body", "surface",
                          "formula")  # fmt: skip
        assert "x from -4 to 4 and y from -3 to 3" in message
    answer = client.get(URL, params={**NOWHERE, "optimizer": "sgd"})
    assert "finite" in refused(answer, "query", "formula")
    [one] = client.post(GRID, json={"surface": NOWHERE}).json()["detail"]
    assert one["type"] == "formula_not_finite"
    assert (one["position"], one["length"]) == (0, len(NOWHERE["formula"]))
    assert one["values"] == {"x_min": -4, "x_max": 4, "y_min": -3, "y_max": 3}


def test_what_says_where_is_answered(client):
    """A start or a rectangle of one's own needs no start to be found."""
    surface = {"formula": "log(x-10)"}
    walked = client.post(URL, json={**BODY, "surface": surface, "starts": [[12, 0]], "steps": 2})
    assert walked.json()["runs"][0]["trajectories"][0]["loss"][0] == pytest.approx(math.log(2))
    assert walked.json()["surface"]["start"] is None
    rectangle = {"x_min": 11, "x_max": 12, "y_min": 0, "y_max": 1}
    seen = client.post(GRID, json={"surface": surface, "nx": 2, "ny": 2, **rectangle}).json()
    assert seen["loss"][0] == pytest.approx([0, math.log(2)])
    del rectangle["y_max"]
    refused(client.post(GRID, json={"surface": surface, **rectangle}), "body", "surface", "formula")


def test_a_place_in_a_formula_counts_its_own_characters(client):
    [one] = client.post(GRID, json={"surface": {"formula": "𝑥² + 2𝑥𝑦"}}).json()["detail"]
    assert one["type"] == "formula_joined"
    assert (one["position"], one["length"]) == (6, 2)
    assert one["values"] == {"name": "𝑥𝑦", "product": "x*y"}


def test_the_text_is_kept_as_typed_and_shown_as_read(client):
    typed = "f(x, y) = ½x² − 2|y|"
    content = client.post(GRID, json={"surface": {"formula": typed}}).json()
    assert content["surface"]["formula"] == typed
    plain = client.post(GRID, json={"surface": {"formula": "1/2*x^2 - 2*abs(y)"}}).json()
    assert content["formula_mathml"] == plain["formula_mathml"]
    assert content["loss"] == plain["loss"]
