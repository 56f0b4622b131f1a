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

    dtype: Literal["f4", "f8", "u1", "u2"]
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
            "description": "A field cannot be used, or the work would cost more than "
            "`limits.work_seconds` of the catalogue: then `type` is `too_much_work`, and `values` "
            "hold its `price`, the `limit` and what `fits`, by field",
        },
        499: {"description": "The client left before the answer; only logs see it"},
        503: {
            "model": Refused,
            "description": "`type` is `at_capacity`, or `too_long`: the work was stopped at its "
            "deadline; come back after Retry-After",
        },
    }
    if others:
        responses[406] = {"model": Refused, "description": "`Accept` names nothing that is offered"}
    return responses
