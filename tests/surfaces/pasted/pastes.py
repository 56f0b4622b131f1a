"""A paste for a surface of x and y: its numbers, or why it is refused."""

import pytest

from surfaces.pasted.errors import PasteError
from surfaces.pasted.reading import read

XY = ("x", "y")
NBSP, THIN, NARROW, FIGURE = "\u00a0", "\u2009", "\u202f", "\u2007"


def values(text, wanted=None, columns=None, roles=XY):
    return read(text, roles, wanted, columns).values.tolist()


def refusal(text, wanted=None, columns=None, roles=XY):
    with pytest.raises(PasteError) as refused:
        read(text, roles, wanted, columns)
    return refused.value
