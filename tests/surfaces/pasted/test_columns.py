"""Names of columns, and which are used."""

import csv

import pytest

from surfaces.pasted.reading import read
from tests.surfaces.pasted.pastes import XY, refusal


# At most one row of names, and only if it looks like names.
@pytest.mark.parametrize("text, names", [
    ("x,y\n1,2\n3,4", ("x", "y")),
    ("Living area\tPrice\n1\t2\n3\t4", ("Living area", "Price")),
    ("°C;%O₂\n1;2\n3;4", ("°C", "%O₂")),
    (",y\n1,2\n3,4", ("", "y")),
    ('\ufeff"x";"y ""z"""\n1;2\n3;4', ("x", 'y "z"')),
    ('"a, b", c\n1,5, 2\n3, 4', ("a, b", "c")),
    ("1,2\n3,4", None),
    ("2019,2020\n3,4", None),
])  # fmt: skip
def test_a_row_of_names(text, names):
    assert read(text, XY).names == names


# Which columns are used, where there are more than needed.
FIVE = "n;Size;note;Price;x\n1;10;good;100;0,5\n2;20;bad;200;0,6"


@pytest.mark.parametrize("text, columns, used_columns", [
    (FIVE, None, (1, 2)),
    (FIVE, (2, 4), (2, 4)),
    (FIVE, ("Price", "Size"), (4, 2)),
    (FIVE, ("4", "x"), (4, 5)),
    ("a,b,c\n1,2,3\n4,5,6", None, (1, 2)),
    ("House;Size;Price\nA1;10;100\nB2;20;200", None, (2, 3)),
    # Called as they are needed; and a spreadsheet's own numbers of rows have no name.
    ("id,y,x\n1,2,3\n4,5,6", None, (3, 2)),
    (",a,b\n0,2,3\n1,5,6", None, (2, 3)),
    (",a\n0,2\n1,5", None, (1, 2)),
    ("3,b,1\n4,c,2", None, (1, 3)),
])  # fmt: skip
def test_columns(text, columns, used_columns):
    found = read(text, XY, None, columns)
    assert found.used == used_columns
    delimiter = ";" if ";" in text else ","
    rows = list(csv.reader(text.splitlines(), delimiter=delimiter))[-2:]
    expected = [[float(row[at - 1].replace(",", ".")) for at in used_columns] for row in rows]
    assert found.values.tolist() == expected


def test_columns_not_chosen_may_hold_anything_and_still_tell_how_numbers_are_written():
    text = "a;b;c\n1,200;0,5;2020-01-01\n1,300;?;2020-02-01"
    error = refusal(text)
    assert (error.row, error.column, error.values["cell"]) == (2, 3, "2020-01-01")
    assert refusal(text, columns=(1, 3)).column == 3
    found = read("a;b;c;d\n1,200;0,5;2020-01-01;3\n1,300;?;2020-02-01;4", XY, None, ("a", "d"))
    assert found.values.tolist() == [[1.2, 3], [1.3, 4]]
    assert found.convention.decimal == "comma"


@pytest.mark.parametrize("columns, kind", [
    ((1, 9), "unknown_column"),
    ((0, 1), "unknown_column"),
    ((-1, 1), "unknown_column"),
    (("a", "z"), "unknown_column"),
    (("1" * 5000, 1), "unknown_column"),
    (("²", 1), "unknown_column"),
    ((1, 1), "columns_chosen"),
    (("a", 1), "columns_chosen"),
    ((1,), "columns_chosen"),
    ((1, 2, 3), "columns_chosen"),
    ((), "columns_chosen"),
    # Two columns of one name are told apart by number.
    (("b", 1), "unknown_column"),
])  # fmt: skip
def test_columns_that_cannot_be_used(columns, kind):
    error = refusal("a,b,b\n1,2,3\n4,5,6", columns=columns)
    assert (error.field, error.kind) == ("columns", kind)
