"""A computation graph becomes JSON: numbers whole, arrays in summary."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from server.engine.backpropagation.graph import Graph

SHOWN = 8
"""Values of an array that are told."""


def graph_content(graph: Graph) -> dict[str, Any]:
    """A graph as the API answers it; null where a number is not finite."""

    def told(value: Any) -> Any:
        return _told(value, graph.rows, graph.used)

    gradient = [float(one) for one in graph.gradient]
    return {
        "nodes": [
            {
                "id": node.id,
                "name": node.name,
                "operation": node.operation,
                "formula": node.formula,
                "value": told(node.value),
                "adjoint": told(node.adjoint),
            }
            for node in graph.nodes
        ],
        "edges": [
            {
                "from": edge.source,
                "to": edge.target,
                "derivative": None if edge.derivative is None else told(edge.derivative),
                "contribution": told(edge.contribution),
            }
            for edge in graph.edges
        ],
        "constants": {name: told(value) for name, value in graph.constants.items()},
        "loss": float(graph.loss),
        "loss_node": graph.last,
        "gradient": dict(zip("xy", gradient, strict=True)) if np.isfinite(gradient).all() else None,
        "not_finite": next(_not_finite(graph), None),
    }


def _told(value: Any, rows: int, used: int) -> Any:
    """A number, or shape, first values, mean and Euclidean norm of an array.

    Args:
        value: any array.
        rows: an array with so many rows is padded.
        used: rows that count.
    """
    array = np.asarray(value).astype(float)
    if array.ndim == 0:
        return float(array)
    if rows and len(array) == rows:
        array = array[:used]
    with np.errstate(all="ignore"):
        mean, norm = float(array.mean()), float(np.sqrt(np.square(array).sum()))
    values = np.ascontiguousarray(array.ravel()[:SHOWN])
    return {"shape": array.shape, "values": values, "mean": mean, "norm": norm}


def _not_finite(graph: Graph) -> Iterator[dict[str, str]]:
    """Where finite numbers end: values in the order of the way forward, adjoints back."""
    for node in graph.nodes:
        if not np.isfinite(np.asarray(node.value).astype(float)).all():
            yield {"node": node.id, "of": "value"}
    for node in reversed(graph.nodes):
        if not np.isfinite(np.asarray(node.adjoint).astype(float)).all():
            yield {"node": node.id, "of": "adjoint"}
