"""Answers become JSON: arrays as lists or packed; equal answers become equal bytes."""

from typing import Any, Literal

import numpy as np
import orjson
from pybase64 import b64encode

Encoding = Literal["plain", "typed"]
"""How JSON carries arrays."""
FEW = 4
"""Numbers of an array that are looked at before all of them are."""


def to_json(answer: Any, encoding: Encoding = "plain") -> bytes:
    """Compact JSON of an answer: dicts, lists, dataclasses, numbers, text and NumPy arrays.

    Args:
        answer: what is encoded; a number that is not finite becomes null.
        encoding: ``plain``, arrays are nested lists; ``typed``, all of them are packed in
            the form of ``_array``, NaN and infinities included. What is a list stays one.
    """
    if encoding == "typed":
        with np.errstate(over="ignore"):
            return orjson.dumps(answer, default=_packed)
    return orjson.dumps(answer, default=_listed, option=orjson.OPT_SERIALIZE_NUMPY)


def _array(values: np.ndarray) -> bytes:
    """An array as JSON in the form that plotly.js decodes by itself, without loss.

    ``{"dtype": "f4", "bdata": base64 of little-endian bytes}``, with ``shape`` when it has two
    dimensions. ``float32``, unsigned and short integers stay what they are; of other numbers four
    bytes each where that loses nothing, else eight.
    """
    whole = values.dtype.kind == "u" or (values.dtype.kind == "i" and values.itemsize < 8)
    if not whole and values.dtype != np.float32:
        # A few of them mostly say already that four bytes are too few.
        short = _in_four_bytes(values[-FEW:]) and _in_four_bytes(values)
        values = values.astype("<f4" if short else "<f8", copy=False)
    data = b64encode(np.ascontiguousarray(values).data)
    shape = ", ".join(map(str, values.shape)) if values.ndim > 1 else ""
    # Written as it will stand: orjson need not look through the base64 for what to escape.
    return b'{"dtype":"%c%d","bdata":"%s"%s}' % (
        values.dtype.kind.encode(),
        values.itemsize,
        data,
        b',"shape":"%s"' % shape.encode() if shape else b"",
    )


def _in_four_bytes(values: np.ndarray) -> bool:
    return bool((values.astype("<f4") == values).all())


def _packed(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return orjson.Fragment(_array(value))
    if isinstance(value, np.float64 | np.integer | np.bool_):
        return value.item()
    if isinstance(value, np.generic):
        return orjson.Fragment(orjson.dumps(value, option=orjson.OPT_SERIALIZE_NUMPY))
    raise TypeError(f"{type(value).__name__} is no part of an answer")


def _listed(value: Any) -> Any:
    if isinstance(value, np.ndarray) and not value.flags.c_contiguous:
        return np.ascontiguousarray(value)
    raise TypeError(f"{type(value).__name__} is no part of an answer")
