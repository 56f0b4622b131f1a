"""Activations' values, of one and of several, and ``/losses/values``: functions tabulated."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import numpy as np
from fastapi import APIRouter, Query, Request, Response
from pydantic import Field, create_model
from typing_extensions import TypedDict

from server import limits
from server.api import intervals, pricing, queries
from server.api.answers import Numbers, Refusal, documented
from server.api.choices import WHOLE, ActivationChoice, Coordinate, Strict, fields_of
from server.api.errors import refused
from server.api.http import JSON, JsonRoute
from server.api.serving import compute
from server.api.state import Services, Serving
from server.api.surface_answer import Parameters, parameters_of
from server.declarations import BY_ID
from server.encoding import Encoding, to_json
from server.engine.functions import compare, tabulate
from server.errors import InputError
from server.networks.losses import LOSSES
from server.results import LossValues
from surfaces.activations.activation import Activation
from surfaces.activations.catalog import ACTIVATIONS
from surfaces.declaration import parameters

End = Annotated[float, Field(ge=-limits.ACTIVATION_INPUT, le=limits.ACTIVATION_INPUT)]
Values = Annotated[list[Coordinate], Field(min_length=1, max_length=limits.LOSS_POINTS)]


class Interval(Strict):
    """Where an activation is sampled, and how finely."""

    z_min: End = -6.0
    z_max: End = 6.0
    n: Annotated[int, Field(ge=2, le=limits.ACTIVATION_POINTS), WHOLE] = 241

    def ends(self) -> tuple[float, float]:
        """Both ends.

        Raises:
            InputError: the first is not before the last, or they are too near each other.
        """
        intervals.check(("z_max",), "z", (self.z_min, self.z_max), self.n, "interval")
        return self.z_min, self.z_max


SAMPLINGS: dict[str, type[Interval]] = {
    activation.id: create_model(
        f"{activation.__name__}Values", __base__=Interval, **fields_of(activation)
    )
    for activation in ACTIVATIONS
}
"""What may be asked of each activation: the interval and its own number."""


class Activations(Interval):
    """Which activations, each with its own number; the same may be there with several."""

    activations: Annotated[
        list[ActivationChoice], Field(min_length=1, max_length=limits.ACTIVATIONS)
    ]


class LossPoints(Strict):
    """Predictions, each of the target at its place."""

    targets: Values
    predictions: Values


class ActivationValues(TypedDict):
    """φ and φ′ at each z; the derivative is automatic."""

    id: str
    parameters: Parameters
    z: Numbers
    value: Numbers
    derivative: Numbers


class OneActivation(TypedDict):
    """φ and φ′ of one of several."""

    id: str
    parameters: Parameters
    value: Numbers
    derivative: Numbers


class ValuesOfActivations(TypedDict):
    """φ and φ′ of each, in the order asked, all at the same z."""

    z: Numbers
    activations: list[OneActivation]


class OneLoss(TypedDict):
    """A mean, what each point adds to it, and its gradient by each prediction."""

    mean: float
    each: Numbers
    gradient: Numbers


ONE_OF_EACH = {loss.id: OneLoss | None if loss.of_probabilities else OneLoss for loss in LOSSES}

if TYPE_CHECKING:
    LossesOfPoints = Mapping[str, OneLoss | dict[str, Refusal] | None]
else:
    LossesOfPoints = TypedDict("LossesOfPoints", {**ONE_OF_EACH, "reasons": dict[str, Refusal]})
    LossesOfPoints.__doc__ = (
        "Every loss of the same points; null where it is not defined, and ``reasons`` say why."
    )


router = APIRouter(tags=["functions"], route_class=JsonRoute)
ActivationId = Annotated[str, queries.one_of(BY_ID.activations)]


def tabulated(services: Services, activation: Activation, asked: Interval, form: Encoding) -> bytes:
    """Tabulate and encode; runs in a compute thread."""
    found = tabulate(services.programs, activation, *asked.ends(), asked.n)
    content: ActivationValues = {
        "id": activation.id,
        "parameters": parameters_of(activation),
        "z": found.z,
        "value": found.value,
        "derivative": found.derivative,
    }
    return to_json(content, form)


def all_tabulated(services: Services, asked: Activations, form: Encoding) -> bytes:
    """Tabulate several and encode; runs in a compute thread."""
    ends = asked.ends()
    declared = [one.resolve() for one in asked.activations]
    found = [tabulate(services.programs, one, *ends, asked.n) for one in declared]
    content: ValuesOfActivations = {
        "z": found[0].z,
        "activations": [
            {
                "id": activation.id,
                "parameters": parameters_of(activation),
                "value": values.value,
                "derivative": values.derivative,
            }
            for activation, values in zip(declared, found, strict=True)
        ],
    }
    return to_json(content, form)


def compared(services: Services, asked: LossPoints, form: Encoding) -> bytes:
    """Compute every loss and encode; runs in a compute thread.

    Raises:
        InputError: there are not as many predictions as targets.
    """
    if len(asked.predictions) != len(asked.targets):
        raise InputError(
            ("predictions",),
            f"accepted: as many as targets, {len(asked.targets)}; these are "
            f"{len(asked.predictions)}",
            "length",
        )
    found = compare(services.programs, np.array(asked.predictions), np.array(asked.targets))
    content: dict[str, OneLoss | None] = {}
    reasons: dict[str, Refusal] = {}
    for loss_id, loss in found.items():
        match loss:
            case LossValues(mean, each, gradient):
                content[loss_id] = {"mean": mean, "each": each, "gradient": gradient}
            case InputError():
                content[loss_id] = None
                reasons[loss_id] = refused(loss, "body")
    answer: LossesOfPoints = {**content, "reasons": reasons}
    return to_json(answer, form)


def own_query() -> tuple[queries.QueryParameter, ...]:
    """Parameters of the query that are no declaration's."""
    return (
        *queries.of_model(
            Interval, z_min="The first z.", z_max="The last z.", n="How many, evenly spaced."
        ),
        queries.ENCODING,
    )


@router.get(
    "/activations/{activation_id}/values",
    summary="An activation and its derivative",
    response_class=Response,
    responses=documented(ActivationValues),
    openapi_extra=queries.DescribedQuery(own_query, ACTIVATIONS),
)
async def read_activation_values(
    activation_id: ActivationId, request: Request, serving: Serving
) -> Response:
    """φ(z) and φ′(z); the activation's own number is a query parameter of its name."""
    queries.known_id("activation", activation_id, BY_ID.activations)
    declared = BY_ID.activations[activation_id]
    values = queries.read(request.query_params)
    form = queries.encoding(values)
    asked = queries.validate(SAMPLINGS[activation_id], values)
    own = {field.name: getattr(asked, field.name) for field in parameters(declared)}
    activation = declared(**own)
    content = await compute(request, serving, pricing.LIGHT, tabulated, activation, asked, form)
    return Response(content, media_type=JSON)


@router.post(
    "/activations/values",
    summary="Several activations and their derivatives",
    response_class=Response,
    responses=documented(ValuesOfActivations),
)
async def create_activation_values(
    asked: Activations,
    request: Request,
    serving: Serving,
    form: Annotated[Encoding, Query(alias="encoding")] = "plain",
) -> Response:
    """φ(z) and φ′(z) of each, all at the same z; an activation without a number may be its id."""
    content = await compute(request, serving, pricing.LIGHT, all_tabulated, asked, form)
    return Response(content, media_type=JSON)


@router.post(
    "/losses/values",
    summary="Every loss of the same points",
    response_class=Response,
    responses=documented(LossesOfPoints),
)
async def create_loss_values(
    asked: LossPoints,
    request: Request,
    serving: Serving,
    form: Annotated[Encoding, Query(alias="encoding")] = "plain",
) -> Response:
    """Mean, what each point costs, and the gradient of the mean by each prediction."""
    content = await compute(request, serving, pricing.LIGHT, compared, asked, form)
    return Response(content, media_type=JSON)
