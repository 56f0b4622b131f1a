"""Points of a pasted table: labels, bounds, as many as may be."""

import pytest

from surfaces.pasted.errors import PasteError
from surfaces.pasted.sheets import MOST_ROWS
from surfaces.points import BUCKETS, count, pasted, used


def test_labels_may_be_0_and_1_or_plus_and_minus_1():
    for labels in ("0", "-1", "\N{MINUS SIGN}1", "0,0"):
        points, _ = pasted(f"x1;x2;label\n1;2;1\n3;4;{labels}", "classes")
        assert used(points)[1].tolist() == [1, -1]
        assert used(points)[0].tolist() == [[1, 2], [3, 4]]


@pytest.mark.parametrize("text, kind, expected", [
    ("1,2,0\n3,4,2", "classes", ("label", 2, 3, "2")),
    ("a,b,c,d\n1,9,0,0\n3,9,4,0.5", "classes", ("label", 3, 3, "4")),
    ("1,2,0\n3,4,1\n5,6,-1", "classes", ("labels_mixed", 3, 3, "-1")),
    ("1,2,-1\n3,4,1\n5,6,0", "classes", ("labels_mixed", 3, 3, "0")),
    ("x,y\n1,2\n1e10,4", "curve", ("range", 3, 1, "1e10")),
    ("1,2\n1e999,4", "curve", ("range", 2, 1, "1e999")),
    ("n,x,y\n0,1,2\n0,3,-1000000001", "curve", ("range", 3, 3, "-1000000001")),
])  # fmt: skip
def test_values_that_points_cannot_have(text, kind, expected):
    with pytest.raises(PasteError) as refused:
        pasted(text, kind)
    error = refused.value
    assert (error.kind, error.row, error.column, error.values["cell"]) == expected


def test_most_rows_are_accepted_and_points_are_those_of_the_table():
    text = "y;x\n" + "1,5;2\n3;4,25\n" * (MOST_ROWS // 2)
    points, table = pasted(text, "curve", columns=["x", "y"])
    assert count(points) == len(table.values) == MOST_ROWS
    assert len(points.targets) == BUCKETS[-1]
    features, targets = used(points)
    assert features[:2, 0].tolist() == [2, 4.25] and targets[:2].tolist() == [1.5, 3]
