"""Pasted tables: what was written comes back or a question is asked; what broke does no harm."""

import json
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from surfaces.pasted.conventions import DECIMALS, Convention
from surfaces.pasted.errors import PasteError
from surfaces.points import pasted, used
from tests.fuzz.formulas import NASTY

PARTED = {"tab": "\t", "semicolon": ";", "comma": ",", "comma_space": ", ", "spaces": " "}
GROUPED = {"none": "", "comma": ",", "point": ".", "space": "\u202f", "apostrophe": "'"}
ENDS = ("\n", "\r\n", "\r")


def number(value, digits, decimal, grouping, minus):
    """A number as a dialect writes it."""
    whole, _, fraction = f"{abs(value):,.{digits}f}".partition(".")
    text = whole.replace(",", GROUPED[grouping])
    text += DECIMALS[decimal] + fraction if fraction else ""
    return f"{minus}{text}" if value < 0 else text


@st.composite
def tables(draw):
    """A text, its numbers as Python reads what was meant, and the dialect it is written in."""
    separator = draw(st.sampled_from([*PARTED]))
    decimal = draw(st.sampled_from([*DECIMALS]))
    groupings = [one for one in GROUPED if GROUPED[one] != DECIMALS[decimal]]
    grouping = draw(st.sampled_from(groupings))
    # Between commas a decimal comma stands in quotes, and is seen only where there is one.
    quoted = separator in ("comma", "comma_space") and decimal == "comma"
    digits, minus = draw(st.integers(int(quoted), 4)), draw(st.sampled_from("-−"))
    values = draw(st.lists(st.tuples(*[st.floats(-1e6, 1e6)] * 2), min_size=2, max_size=12))
    end = draw(st.sampled_from(ENDS))
    # A spreadsheet quotes a cell that holds what parts cells.
    part = PARTED[separator]
    rows = []
    for row in values:
        cells = [number(value, digits, decimal, grouping, minus) for value in row]
        rows.append(part.join(f'"{one}"' if part.strip() and part.strip() in one else one
                              for one in cells))  # fmt: skip
    if draw(st.booleans()):
        rows.insert(0, part.join(("x", "y")))
    meant = [[float(f"{value:.{digits}f}") for value in row] for row in values]
    return end.join(rows) + draw(st.sampled_from(("", end))), meant, (separator, decimal, grouping)


def same(points, meant):
    features, targets = used(points)
    return np.array_equal(np.column_stack([features[:, 0], targets]), np.array(meant) + 0.0)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(tables())
def test_the_numbers_come_back_or_a_question_is_asked(written):
    text, meant, dialect = written
    try:
        points, table = pasted(text, "curve")
    except PasteError as error:
        assert error.kind == "ambiguous", (text, error.message)
        assert error.readings and error.message
        return
    if not same(points, meant):
        # The page shows how it was read, and what else it might say.
        assert any(one.decimal == dialect[1] or one.grouping == dialect[2]
                   or one.separator == dialect[0] for one in table.alternatives), text  # fmt: skip


@settings(max_examples=300, deadline=None, derandomize=True)
@given(tables())
def test_said_how_it_is_written_it_is_read_so(written):
    text, meant, dialect = written
    points, _ = pasted(text, "curve", Convention(*dialect))
    assert same(points, meant), text


def harmless(text, kind, columns=None):
    try:
        points, table = pasted(text, kind, None, columns)
    except PasteError as error:
        assert error.kind and error.message and len(error.message) < 2000
        for place in (error.row, error.column):
            assert place is None or 1 <= place <= len(text) + 1
        json.dumps([error.message, error.values, error.readings], allow_nan=False)
        return False
    features, targets = used(points)
    assert np.isfinite(features).all() and np.isfinite(targets).all()
    assert 2 <= len(targets) <= 1000 and len(table.lines) == len(targets)
    return True


SEEDS = ("x,y\n1,2\n3,4.5\n5,6", "1;2,5\r\n3;4,25\r\n", "a\tb\tc\n1\t2\t1\n3\t4\t-1\n5\t6\t1",
         "1.234,5;2\n3.456,7;8\n", '"1,200",3\n"2,300",4\n', "1 2 1\n3 4 0\n5 6 1\n",
         "0,5, 1,5\n2,5, 3,5\n")  # fmt: skip
MORE = (
    *NASTY,
    "\u2003",
    '"',
    '""',
    ",,",
    ";;",
    "\n\n",
    "\r",
    "NaN",
    "inf",
    "1e400",
    "-",
    "=1+1",
    "\x1f",
)


def test_no_table_gone_wrong_does_harm():
    random, accepted = Random(11), 0
    for i in range(5000):
        text = SEEDS[i % len(SEEDS)] * random.choice((1, 1, 1, 40))
        for _ in range(random.choice((1, 2, 5))):
            at = random.randint(0, len(text))
            to = min(len(text), at + random.choice((0, 0, 1, 5)))
            text = text[:at] + random.choice(MORE) + text[to:]
        accepted += harmless(text, random.choice(("curve", "classes")))
    assert 50 < accepted < 4900


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    st.text(max_size=300), st.lists(st.one_of(st.integers(-3, 70), st.text(max_size=8)), max_size=4)
)
def test_no_text_at_all_does_harm(text, columns):
    harmless(text, "curve", columns or None)


def test_the_worst_tables_end():
    """64 kB of what a reader that tries again and again would never finish."""
    for unit in ('"', '""', '" ', ",", ", ", ";", " ", "\t", "'", "1'", "1,", "1.", '"1,', "1 ",
                 "1,234,", "0.", "\n", "\r", '"\n', "-", "1e", "x", '"a"b', "\x1f"):  # fmt: skip
        harmless((unit * 65_536)[:65_536], "curve")
        harmless(("1,2\n" + unit * 65_536)[:65_536], "classes")
