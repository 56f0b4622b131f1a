"""What answers are made of.

An answer is a ``TypedDict`` beside its route: pyright checks what the route puts into it,
``/openapi.json`` is generated from it, and ``encoding`` writes it, arrays and all. Nothing is
validated or copied on the way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, NotRequired

import numpy as np
from jaxtyping import Float
from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema
from typing_extensions import TypedDict

from surfaces.pasted.conventions import Decimal, Grouping, Separator


class TypedArray(TypedDict):
    """``encoding=typed``: base64 of little-endian numbers, as plotly.js reads them."""

    dtype: Literal["f4", "f8", "i1", "i2", "i4", "u1", "u2", "u4"]
    bdata: str
    shape: NotRequired[str]


@dataclass(frozen=True)
class Sent:
    """How clients see a value that we hold in another form, an array for example."""

    form: Any

    def __get_pydantic_core_schema__(self, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The schema of the form, in place of ours."""
        return handler.generate_schema(self.form)


Numbers = Annotated[Float[np.ndarray, " n"], Sent(list[float] | TypedArray)]
NullableNumbers = Annotated[Float[np.ndarray, " n"], Sent(list[float | None] | TypedArray)]
"""Null where a number is not finite; NaN when typed."""
Table = Annotated[Float[np.ndarray, "m n"], Sent(list[list[float | None]] | TypedArray)]
"""Rows of numbers, null where not finite."""
Blocks = Annotated[
    Float[np.ndarray, "..."],
    Sent(list[list[float | None]] | list[list[list[float | None]]] | TypedArray),
]
"""A table, or one table after another."""
Column = Annotated[Float[np.ndarray, " n"], Sent(list[float])]
"""Numbers in the answer of a route that has no typed arrays."""
NullableColumn = Annotated[Float[np.ndarray, " n"], Sent(list[float | None])]


class Pair(TypedDict):
    """Two components, one number a step or point each."""

    x: Numbers
    y: Numbers


class Vector(TypedDict):
    """Two components."""

    x: float
    y: float


class ConventionContent(TypedDict):
    """What parts columns, fractions and thousands in pasted points."""

    separator: Separator
    decimal: Decimal
    grouping: Grouping


class ValueReading(ConventionContent):
    """What the cell that a refusal names is worth under one reading."""

    value: float


class Refusal(TypedDict):
    """One thing that was wrong: where, and what would be accepted."""

    loc: Sequence[str | int]
    msg: str
    type: str
    position: NotRequired[int]
    length: NotRequired[int]
    row: NotRequired[int]
    column: NotRequired[int]
    values: NotRequired[dict[str, str | float | dict[str, int]]]
    readings: NotRequired[list[ValueReading]]
    columns: NotRequired[list[str]]


class Refused(TypedDict):
    """Why a request was refused."""

    detail: Sequence[Refusal]


DEPENDENT = {
    "empty_rectangle": "an end is not before the other, as given or as left out",
    "narrow_rectangle": "the precision cannot tell the points between the ends from each other",
    "empty_interval": "the same of an interval",
    "narrow_interval": "the same of an interval",
    "empty_range": "the lower rate is not below the higher",
    "length": "there are not as many predictions as targets",
    "unknown_axis": "the number is none of this run's, its surface's or its network's",
    "same_number": "both axes name the same number, or one names both layers' rates",
    "not_for_log": "an axis with a logarithmic scale begins at 0 or below",
    "too_many_points": "the product of numbers is over a limit of the catalogue",
    "too_many_evaluations": "the same of a search",
    "too_many_nodes": "the surface's graph is over a limit of the catalogue",
    "too_much_work": "it would cost more than `limits.work_seconds` of the catalogue; `values` "
    "hold its `price`, the `limit` and what `fits`, by field",
    "flow_too_long": "the flow along this surface takes too many steps of its solver",
    "step_after_end": "a step of a path that has fewer",
    "no_such_start": "a start after the last one",
    "start_not_finite": "the loss is not finite at a start",
    "start_no_derivative": "the gradient is not finite at a start",
    "no_points": "a batch of a surface that is not made of points",
    "batch_size": "a batch larger than the points there are",
    "not_for_this_optimizer": "noise, batches, clipping or decay beside an exact method",
    "not_for_this_convention": "a number that another convention of the optimizer has",
    "no_minimum": "a surface that has none in its domain, so that there is nothing to reach",
    "not_for_networks": "an optimizer that does not train networks",
    "change_order": "the step of a change of the rate is not after that of the one before it",
    "change_after_end": "no step comes after a change of the rate",
    "loss_needs_classes": "a loss of classes beside a dataset that has none",
    "hall_question": "a question that nobody could answer",
    "without_points": "how points are read, where none are pasted",
    "formula_…": "a text that is not a formula; `position` and `length` say where",
    "points_…": "a text that is not a table of such points; `row` and `column` say where",
}
"""Types of refusals of what its schema takes: what they depend on no schema says."""


def documented(answer: Any, *others: str) -> dict[int | str, dict[str, Any]]:
    """The ``responses`` of a route: its answer, its other media types, its refusals."""
    content: dict[str, Any] = {
        media_type: {"schema": {"type": "string", "format": "binary"}} for media_type in others
    }
    responses: dict[int | str, dict[str, Any]] = {
        200: {"model": answer, "content": content},
        413: {"model": Refused, "description": "The body is larger than the limit"},
        422: {
            "model": Refused,
            "description": "A field cannot be used. What a schema cannot say is told by `type`: "
            + "; ".join(f"`{kind}`: {what}" for kind, what in DEPENDENT.items()),
        },
        499: {"description": "The client left before the answer; only logs see it"},
        503: {
            "model": Refused,
            "description": "`type` is `at_capacity`, or `too_long`: the work was stopped at its "
            "deadline; of maps also `workers_died` and `cluster_…`: nobody can compute them now; "
            "come back after Retry-After",
        },
    }
    if others:
        responses[406] = {"model": Refused, "description": "`Accept` names nothing that is offered"}
    return responses
