"""All that is no number is refused with its place, however long the paste."""

import numpy as np
import pytest

from surfaces.pasted.errors import PasteError
from surfaces.pasted.reading import read
from surfaces.pasted.sheets import MOST_COLUMNS, MOST_ROWS
from tests.surfaces.pasted.pastes import NBSP, THIN, XY, refusal

# kind of refusal, row, column, cell
REFUSED = [
    ("1,2\n3,x", "number", 2, 2, "x"),
    ("1,2\n3,4x", "number", 2, 2, "4x"),
    ("x,y\n1,2\n,4", "empty", 3, 1, ""),
    ("1;2;3\n4;5;\n7;8;9", "empty", 2, 3, ""),
    ("1,2\n3", "columns", 2, None, None),
    ("1,2\n3,4,5", "columns", 2, None, None),
    ("x,y,z\n1,2\n3,4", "columns", 1, None, None),
    ("1,2\nnan,4", "number", 2, 1, "nan"),
    ("nan,nan\n1,2\n3,4", "number", 1, 1, "nan"),
    ("1,2\ninf,4", "number", 2, 1, "inf"),
    ("1,2\n1_0,4", "number", 2, 1, "1_0"),
    ("1,2\n0x10,4", "number", 2, 1, "0x10"),
    ("1,2\n١,4", "number", 2, 1, "١"),
    ("1,2\n1.2.3,4", "number", 2, 1, "1.2.3"),
    ("1,2\n1e,4", "number", 2, 1, "1e"),
    ("1,2\n3,\x00", "number", 2, 2, "\x00"),
    ("1;2\n1,20,000;3", "number", 2, 1, "1,20,000"),
    ("1;2\n12,3.5;3", "number", 2, 1, "12,3.5"),
    ("1;2\n1.200,5;1,200.5", "number", 2, 1, "1.200,5"),
    (f"1;2\n1{NBSP}200{THIN}000;3", "number", 2, 1, "1 200 000"),
    # No leading row vanishes: neither a second row of names nor one that is half a name.
    ("x,y\nm²,€\n1,2\n3,4", "number", 2, 1, "m²"),
    ("report of May\nx,y\n1,2\n3,4", "columns", 1, None, None),
    ("x,1\n2,3\n4,5", "number", 1, 1, "x"),
    ("1O5,x\n2,3\n4,5", "number", 1, 1, "1O5"),
    ("n/a,n/a\n2,3\n4,5", "number", 1, 1, "n/a"),
    ("---,---\n2,3\n4,5", "number", 1, 1, "---"),
    ("1,2\n3,4\nx,y", "number", 3, 1, "x"),
    ("1,2", "too_few_rows", None, None, None),
    ("x,y\n1,2", "too_few_rows", None, None, None),
    ("x,y", "too_few_rows", None, None, None),
    ("", "too_few_rows", None, None, None),
    (" \n\t\n", "too_few_rows", None, None, None),
    ("1\n2\n3", "few_columns", 1, None, None),
    ("1,2\n" * (MOST_ROWS + 1), "too_many_rows", MOST_ROWS + 1, None, None),
    ("x,y\n" + "1,2\n\n" * (MOST_ROWS + 1), "too_many_rows", 2 * MOST_ROWS + 2, None, None),
    ("1," * MOST_COLUMNS + "1\n2,3", "columns", 2, None, None),
    (("1," * MOST_COLUMNS + "1\n") * 2, "too_many_columns", 1, None, None),
    ('1,2\n"3,4', "quote", 2, 1, '"3'),
    ('1,2\n3,"4', "quote", 2, 2, '"4'),
    ('1,2\n"3,5"7,4', "quote", 2, 1, '"3'),
    ('1,2\n"3",4\n5,"6"7', "quote", 3, 2, '"6"7'),
    ('1,2\n"1" x,3', "quote", 2, 1, '"1" x'),
    # A row's number is that of its first line, blank lines and quoted line ends counted.
    ('"a\nb",c\n\n1,2\n3,x', "number", 5, 2, "x"),
]  # fmt: skip


@pytest.mark.parametrize("text, kind, row, column, cell", REFUSED)
def test_every_other_cell_is_an_error_with_its_place(text, kind, row, column, cell):
    error = refusal(text)
    assert (error.kind, error.row, error.column) == (kind, row, column)
    assert error.values.get("cell") == cell
    if row is not None:
        assert error.message.startswith(f"row {row}")


def test_long_cells_and_what_cannot_be_encoded_are_shown_shortly():
    assert refusal("1,2\n3," + "x" * 1000).values["cell"] == "x" * 19 + "…"
    error = refusal("1,2\n3,\ud800")
    assert error.values["cell"].encode() and error.message.encode()
    assert read("a\ud800,b\n1,2\n3,4", XY).names[0].encode()


MOST_CHARACTERS = 65_536
HOSTILE = [
    *('"', ",", ";", "\t", " ", "\n", "\r", "1", "-", "\x00", '" ', '" ,', '"\n', ", ", "\x1f, "),
    *("1.", "1e", "1,000", "1'", " 000", "1,", ";;1\n", '""', "a;", "\ufeff", "1\u00a0000;"),
]


@pytest.mark.parametrize("unit", HOSTILE)
@pytest.mark.parametrize("head, tail", [("", ""), ("1,2\n", '"'), ('"', "\n1;2\n3;4"), ("1", ",")])
def test_a_paste_as_long_as_allowed_is_read_or_refused(unit, head, tail):
    """Nothing takes longer than it should: the tests would not end."""
    text = head + unit * (MOST_CHARACTERS // len(unit) - 8) + tail
    try:
        table = read(text, XY)
    except PasteError as error:
        assert error.kind != "ambiguous"
        assert len(error.message) < 200
    else:
        assert table.values.shape[1] == 2 and np.isfinite(table.values).any()
