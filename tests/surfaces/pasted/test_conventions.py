"""Tables written in every convention are read back exactly; what cannot be decided is asked."""

import csv
import io
from itertools import product

import numpy as np
import pytest

from surfaces.pasted.conventions import GROUPINGS, Convention
from surfaces.pasted.reading import read
from tests.surfaces.pasted.pastes import FIGURE, NARROW, NBSP, THIN, XY, refusal, values

# What people paste, and what it says; every table was worked out by hand.
PASTES = [
    ("1,2\n3,4\n5,6.5", [[1, 2], [3, 4], [5, 6.5]]),
    ("x,y\n1,2\n3,4\n5,6.5\n", [[1, 2], [3, 4], [5, 6.5]]),
    ("x;y\r\n1;2\r\n3;4\r\n5;6,5", [[1, 2], [3, 4], [5, 6.5]]),
    ("1\t2\n3\t4\n\n5\t6,5\n", [[1, 2], [3, 4], [5, 6.5]]),
    ('1;2\n"0,5";"1,5"', [[1, 2], [0.5, 1.5]]),
    ('"0,5","1,5"\n"2,5","3"', [[0.5, 1.5], [2.5, 3]]),
    (' "1" , 2\n3, 4\n5, 6.5e0 ', [[1, 2], [3, 4], [5, 6.5]]),
    ('"x ""left""",y\n1,2\n3,4', [[1, 2], [3, 4]]),
    ('"size\nin m²"\tprice\n1\t2\n3\t4', [[1, 2], [3, 4]]),
    ("\ufeffx,y\n1,2\n3,4", [[1, 2], [3, 4]]),
    ("\ufeff1,2\n3,4", [[1, 2], [3, 4]]),
    ('\ufeff"x";"y"\r\n1;2\r\n3;4', [[1, 2], [3, 4]]),
    ("1 2\r3 4\r5 6\r", [[1, 2], [3, 4], [5, 6]]),
    ("1 2\r\n\n3 4\r5 6", [[1, 2], [3, 4], [5, 6]]),
    ("x    y\n1    2\n 3  \t4  \n", [[1, 2], [3, 4]]),
    ("0,5 1,5\n2,5 3,5", [[0.5, 1.5], [2.5, 3.5]]),
    ("1;2;\n3;4;\n", [[1, 2], [3, 4]]),
    ("x;y\n1;2;\n3;4;\n", [[1, 2], [3, 4]]),
    ("1,2,,,\n3,4,,,\n,,,,\n", [[1, 2], [3, 4]]),
    ("1;2;\n3;4", [[1, 2], [3, 4]]),
    ("\N{MINUS SIGN}1;2\n\N{EN DASH}3;+4", [[-1, 2], [-3, 4]]),
    ("1e-3,2E+2\n.5,4.", [[0.001, 200], [0.5, 4]]),
    ("1,5e2;2\n3;4", [[150, 2], [3, 4]]),
    ("1\N{MINUS SIGN}2;3\n1;2".replace("1\N{MINUS SIGN}", "1e\N{MINUS SIGN}"), [[0.01, 3], [1, 2]]),
    (f"1{NBSP}200;3\n2;4", [[1200, 3], [2, 4]]),
    (f"1{THIN}200{THIN}000,5;3\n2;4", [[1200000.5, 3], [2, 4]]),
    (f"1{NARROW}200.5\t3\n2\t4", [[1200.5, 3], [2, 4]]),
    (f"{NBSP}1{FIGURE}200 {NBSP};3{NBSP}\n2;4", [[1200, 3], [2, 4]]),
    (f"1{NBSP}200 3\n2 4", [[1200, 3], [2, 4]]),
    ("1 200\t3 400\n5\t6", [[1200, 3400], [5, 6]]),
    ("1.200,5;3\n4;5", [[1200.5, 3], [4, 5]]),
    ('"1.200,5","3"\n4,5', [[1200.5, 3], [4, 5]]),
    ("1,200.5;3\n4;5", [[1200.5, 3], [4, 5]]),
    ("1,200,000;950\n1,300;4", [[1200000, 950], [1300, 4]]),
    ("1.200.000;950\n1.300;4", [[1200000, 950], [1300, 4]]),
    ("1'200;3\n4;5", [[1200, 3], [4, 5]]),
    ("1’200.5;3\n4;5", [[1200.5, 3], [4, 5]]),
    # Another cell of the paste decides what 1,200 is.
    ("1,200;0,5\n1,300;4", [[1.2, 0.5], [1.3, 4]]),
    ("1,200;0,500\n1,300;4", [[1.2, 0.5], [1.3, 4]]),
    ("1,200;12,34\n1,300;4", [[1.2, 12.34], [1.3, 4]]),
    ("1,200;1,3e2\n1,300;4", [[1.2, 130], [1.3, 4]]),
    ("1,200;2.5\n1,300;4", [[1200, 2.5], [1300, 4]]),
    ("1,200;1234,567\n950;4", [[1.2, 1234.567], [950, 4]]),
    ("1.200;2,5\n1.300;4", [[1200, 2.5], [1300, 4]]),
    ("1.234\t5.678\n2\t0.5", [[1.234, 5.678], [2, 0.5]]),
    # Whoever parts columns by commas or blanks writes decimal points.
    ("1.234,5.678\n2,950", [[1.234, 5.678], [2, 950]]),
    ("1.234 5.678\n2 950", [[1.234, 5.678], [2, 950]]),
    # Beside commas and blanks an ordinary blank parts no thousands.
    ("1,2 300\n4,5 600", [[1.2, 300], [4.5, 600]]),
    ("\u200e1;2\n3;\ufeff4\u200b", [[1, 2], [3, 4]]),
    # Zeros, and an exact double of seventeen digits.
    ("-0,0.0\n0.1000000000000000055511151231257827,5e-324", [[-0.0, 0], [0.1, 5e-324]]),
]


@pytest.mark.parametrize("text, table", PASTES)
def test_what_people_paste(text, table):
    assert values(text) == table


def grouped(digits, mark):
    """Thousands parted by a mark, written apart from the reader's own way to take it off."""
    return f"{int(digits):,}".replace(",", mark) if mark else digits


def written(value, decimal, mark):
    sign, digits = ("-", repr(-value)) if value < 0 else ("", repr(value))
    whole, _, fraction = digits.partition(".")
    fraction = "" if fraction == "0" else fraction
    return sign + grouped(whole, mark) + (decimal + fraction if fraction else "")


DECIMALS = {"point": ".", "comma": ","}
DELIMITERS = {"tab": "\t", "semicolon": ";", "comma": ","}
CONVENTIONS = [
    (separator, decimal, grouping, mark)
    for separator, decimal, grouping in product(DELIMITERS, DECIMALS, GROUPINGS)
    for mark in (GROUPINGS[grouping] or [""])
    if mark != DECIMALS[decimal] and not (separator == "comma" and mark == " ")
]


@pytest.mark.parametrize("separator, decimal, grouping, mark", CONVENTIONS)
@pytest.mark.parametrize("header, ending, quoting", [
    (["size", "price"], "\r\n", csv.QUOTE_MINIMAL),
    (None, "\n", csv.QUOTE_ALL),
    (["Площадь, м²", 'the "price"'], "\r", csv.QUOTE_MINIMAL),
])  # fmt: skip
def test_tables_of_every_convention_come_back_exactly(
    separator, decimal, grouping, mark, header, ending, quoting
):
    """The standard ``csv`` writes; every double is the one that was written."""
    random = np.random.default_rng(len(ending) + ord(mark or "0"))
    table = np.round(random.uniform(-3, 3, (40, 2)) * 10.0 ** random.integers(0, 6, (40, 2)), 6)
    table[0] = [1234567.25 / 2, 0.5]
    text = io.StringIO(newline="")
    writer = csv.writer(
        text, delimiter=DELIMITERS[separator], lineterminator=ending, quoting=quoting
    )
    rows = [[written(float(one), DECIMALS[decimal], mark) for one in row] for row in table]
    writer.writerows([header, *rows] if header else rows)
    found = read(text.getvalue(), XY)
    assert found.values.tolist() == table.tolist()
    assert found.convention == (separator, decimal, grouping)
    assert found.names == (tuple(header) if header else None)
    assert not found.whole and not found.alternatives
    assert found.lines == tuple(range(1 + bool(header), 41 + bool(header)))


@pytest.mark.parametrize("decimal", DECIMALS)
@pytest.mark.parametrize("blank", [" ", "\t", "   ", " \t "])
def test_runs_of_blanks_part_columns(decimal, blank):
    table = np.random.default_rng(3).normal(0, 40, (30, 2))
    rows = (blank.join(written(float(one), DECIMALS[decimal], "") for one in row) for row in table)
    text = "\n".join(f"  {row}{blank}" for row in rows)
    assert values(text) == table.tolist()


# Two readings that nothing in the paste tells apart, where they part, and what it may be.
UNDECIDED = [
    ("1,200;950\n1,300;4", (1, 1, "1,200"), {"point": 1200, "comma": 1.2}),
    ("x\ty\n7\t950\n8\t1,200", (3, 2, "1,200"), {"point": 1200, "comma": 1.2}),
    ('"1,200",950\n"1,300",4', (1, 1, "1,200"), {"point": 1200, "comma": 1.2}),
    ("1.200;950\n1.300;4", (1, 1, "1.200"), {"point": 1.2, "comma": 1200}),
    ("2019;1,200\n2020;950", (1, 2, "1,200"), {"point": 1200, "comma": 1.2}),
    ("1,200 950\n1,300 4", (1, 1, "1,200"), {"point": 1200, "comma": 1.2}),
]


@pytest.mark.parametrize("text, place, may_be", UNDECIDED)
def test_what_cannot_be_decided_is_refused_with_its_place_unless_the_request_says(
    text, place, may_be
):
    error = refusal(text)
    assert error.kind == "ambiguous"
    row, column, cell = place
    assert (error.row, error.column, error.values["cell"]) == place
    assert {one["decimal"]: one["value"] for one in error.readings} == may_be
    assert f"row {row}, column {column}: '{cell}'" in error.message
    first = row - 1 - ("x" in text)
    for decimal, value in may_be.items():
        found = read(text, XY, Convention(decimal=decimal))
        assert found.values[first, column - 1] == value
        assert found.convention.decimal == decimal
        [other] = found.alternatives
        assert other.decimal != decimal
        assert read(text, XY, other).values[first, column - 1] == may_be[other.decimal]


def test_a_comma_and_a_blank_may_part_columns_of_decimal_commas():
    text = "0,5, 1,5\n2,5, 3,5"
    error = refusal(text)
    assert (error.kind, error.row, error.column) == ("ambiguous", 1, 1)
    assert values(text, Convention("comma_space")) == [[0.5, 1.5], [2.5, 3.5]]
    assert read(f'"a, b", c\n{text}', XY, Convention("comma_space")).names == ("a, b", "c")
    four = read(text, XY, Convention("comma"))
    assert (four.width, four.values.tolist()) == (4, [[0, 5], [2, 5]])
    assert values("1, 2, 3\n4, 5, 6") == [[1, 2], [4, 5]]


def test_a_length_from_which_numbers_are_grouped_speaks_for_itself_and_can_be_overruled():
    """1,300 is not thirteen hundred in the column in which 1200 is twelve hundred."""
    found = read("1200;5\n1,300;6", XY)
    assert found.values.tolist() == [[1200, 5], [1.3, 6]]
    [other] = found.alternatives
    assert values("1200;5\n1,300;6", other) == [[1200, 5], [1300, 6]]
    # Numbers of four digits are left alone by some who part longer ones.
    assert values("1200;5\n12 300;6\n1 200 000;7")[1] == [12300, 6]


def test_blanks_give_way_and_the_other_reading_is_named():
    text = "1 200\t3 400\n5 600\t6 000"
    found = read(text, XY)
    assert found.values.tolist() == [[1200, 3400], [5600, 6000]]
    assert Convention("spaces", "point", "none") in found.alternatives
    assert values(text, Convention("spaces")) == [[1, 200], [5, 600]]


def test_a_convention_that_is_said_is_kept_to():
    assert refusal("1;2\n3;4", Convention("tab")).kind == "few_columns"
    error = refusal("1.5;2\n3;4", Convention(decimal="comma"))
    assert (error.row, error.column, error.values["cell"]) == (1, 1, "1.5")
    assert refusal("1;2\n3;4", Convention(None, "comma", "comma")).field == "reading"
    assert read("1;2\n3;4", XY, Convention(None, "comma", "space")).convention[1:] == (
        "comma",
        "space",
    )
    assert values("1.200,3\n4,5", Convention(decimal="comma")) == [[1200, 3], [4, 5]]


def test_the_same_numbers_read_otherwise_are_no_alternative():
    for wanted in (None, Convention(decimal="comma"), Convention(grouping="space")):
        found = read("1;2\n3;4", XY, wanted)
        assert (found.alternatives, found.whole) == ((), True)
        # It is kept for whoever asks next.
        assert not found.values.flags.writeable
