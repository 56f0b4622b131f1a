"""``/anatomy`` and ``include=rates``: letters with numbers, and the rates of paths."""

import re

import pytest

from server.optimizers.catalog import OPTIMIZERS
from server.optimizers.optimizer import WholePath

FORMS = [(one, form) for one in OPTIMIZERS if not issubclass(one, WholePath) for form in one.forms]
LETTER = re.compile(r'data-role="([a-z]*)" data-value="(\d+)"')
# Letters of formulas that have no number of the point's: gradients before, and the like.
WITHOUT = {
    "lbfgs",
    "newton",
    "prodigy",
    "radam",
    "rprop",
    "schedule_free",
    "adabelief",
    "adan",
    "nadam",
}


def asked(*runs, **more):
    return {"surface": {"id": "bowl"}, "starts": [[2.0, 1.0]], "steps": 30, "step": 3,
            "runs": list(runs), **more}  # fmt: skip


def test_every_letter_of_the_rules_has_its_number(client):
    runs = [{"optimizer": {"id": one.id, "convention": form}} for one, form in FORMS]
    steps = []
    for i in range(0, len(runs), 16):
        answer = client.post("/api/v1/anatomy", json=asked(*runs[i : i + 16]))
        assert answer.status_code == 200, answer.text
        steps += [run["step"] for run in answer.json()["runs"]]
    for (one, form), step in zip(FORMS, steps, strict=True):
        name = f"{one.id} {form}"
        assert len(step["lines"]) == len(one.forms[form].lines), name
        formulas = [*step["lines"], *(piece["formula_mathml"] for piece in step["pieces"])]
        places = [int(place) for text in formulas for _, place in LETTER.findall(text)]
        assert places, name
        assert not any(chr(code) in text for text in formulas for code in range(0xE000, 0xE100))
        if one.id not in WITHOUT:
            assert all(step["values"][place] is not None for place in places), name
        for axis in "xy":
            reached = step["head"][axis] + sum(piece[axis] for piece in step["pieces"])
            assert reached == pytest.approx(step["end"][axis], abs=1e-12), name


def test_letters_of_a_state_are_old_until_they_are_assigned(client):
    """v ← βv − αg; x ← x + v, by hand on f = (x² + 10y²)/2 from (2, 1)."""
    run = {"optimizer": {"id": "momentum", "learning_rate": 0.05, "momentum": 0.5}}
    step = client.post("/api/v1/anatomy", json=asked(run, step=2)).json()["runs"][0]["step"]
    seen = [
        [(role, step["values"][int(place)]) for role, place in LETTER.findall(line)]
        for line in step["lines"]
    ]
    old, new, x, there = [-0.1, -0.5], [-0.145, -0.5], [1.9, 0.5], [1.755, 0.0]
    expected = [
        [("velocity", new), ("", 0.5), ("velocity", old), ("", 0.05), ("gradient", [1.9, 5.0])],
        [("", there), ("", x), ("velocity", new)],
    ]
    for line, wanted in zip(seen, expected, strict=True):
        assert [role for role, _ in line] == [role for role, _ in wanted]
        for (_, value), (_, number) in zip(line, wanted, strict=True):
            assert value == pytest.approx(number, abs=1e-12)


@pytest.mark.parametrize(
    ("more", "place"), [({"step": 31}, "step_after_end"), ({"start": 1}, "no_such_start")]
)
def test_what_is_not_there_is_refused(client, more, place):
    answer = client.post("/api/v1/anatomy", json=asked({"optimizer": {"id": "sgd"}}, **more))
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["type"] == place


def test_effective_rates_stand_in_all_forms_of_a_path(client):
    body = {
        "surface": {"id": "bowl"},
        "starts": [[2.0, 1.0]],
        "steps": 4,
        "include": ["rates"],
        "runs": [
            {"optimizer": {"id": "sgd"}},
            {"optimizer": {"id": "adagrad", "learning_rate": 1.0, "epsilon": 0.25}},
        ],
    }
    sgd, adagrad = client.post("/api/v1/trajectories", json=body).json()["runs"]
    assert sgd["trajectories"][0]["effective_rate"] is None
    rates = adagrad["trajectories"][0]["effective_rate"]
    # G = g² = (4, 100) after the first step.
    assert rates["x"][0] == pytest.approx(1 / 4.25**0.5)
    assert rates["y"][0] == pytest.approx(1 / 100.25**0.5)
    assert len(rates["x"]) == 4
    table = client.post("/api/v1/trajectories", json=body, headers={"accept": "text/csv"}).text
    head, *lines = table.splitlines()
    column = head.split(",").index("effective_rate_x")
    assert float(lines[6].split(",")[column]) == pytest.approx(rates["x"][0])
    assert lines[1].split(",")[column] == ""
