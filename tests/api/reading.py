"""Answers as a client reads them: typed arrays, events of a stream."""

import base64
import json

import numpy as np


def unpacked(array):
    """The numbers of a typed array, in its shape."""
    values = np.frombuffer(base64.b64decode(array["bdata"]), f"<{array['dtype']}")
    shape = array.get("shape")
    return values.reshape([int(side) for side in shape.split(",")]) if shape else values


def events(text):
    """The name and the content of each event of a whole stream."""
    told = []
    for one in text.strip().split("\n\n"):
        name, data = one.split("\n")
        told.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return told
