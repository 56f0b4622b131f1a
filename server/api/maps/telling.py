"""How a map is answered: its price first, tiles as they are done, the whole of it at last."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, NotRequired, TypeVar

import numpy as np
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel
from typing_extensions import TypedDict

from server.admission import Tell
from server.api.answers import documented
from server.api.choices import Strict
from server.api.http import JsonRoute, preferred
from server.api.state import Services, Serving
from server.api.streaming import EVENTS, OFFERED, Piece, respond
from server.encoding import Encoding, to_json
from server.engine.price import Price
from server.maps.checking import Check
from server.maps.description import Computed, MapDescription
from server.maps.pixels import Tile
from server.maps.refinement import seconds_at_most
from server.maps.running import Done, Fields, Map
from server.results import Precision

Asked = TypeVar("Asked", bound=Strict)
STREAMED = """With `Accept: text/event-stream` events come as they are known: `progress` {`done`,
`total`: pixels; `seconds_left`: by the clock}, the first with `price_seconds` and
`price_seconds_at_most`, in seconds of one core of the reference machine: what the map costs, and
what it costs if every pixel has to be computed, because a check of those that were filled in
failed; `tile`, coarse to fine: `count` pixels from the `first` of the level of this `stride`, and
their fields; `result`, the answer."""


@dataclass(frozen=True)
class Kind(Generic[Asked]):
    """A kind of map, as its route has it.

    Attributes:
        name: last part of its path.
        summary, description: of the route; how it is streamed is said besides.
        asked: model of the request.
        answer: type of the answer.
        price: of a request, in a form of arrays.
        compute: of services, whom to tell, the request, the form, and whether tiles said it all.
    """

    name: str
    summary: str
    description: str
    asked: type[Asked]
    answer: type[Any]
    price: Callable[[Asked, Encoding], Price]
    compute: Callable[[Services, Tell, Asked, Encoding, bool], bytes]

    def router(self) -> APIRouter:
        """Its POST: a map, whole or as events.

        Typed events do not say anything twice: what tiles carried, ``result`` leaves out.
        """
        model, router = self.asked, APIRouter(prefix="/maps", tags=["maps"], route_class=JsonRoute)

        async def create(
            asked: model,  # pyright: ignore[reportInvalidTypeForm, reportUnknownParameterType]
            request: Request,
            services: Serving,
            form: Annotated[Encoding, Query(alias="encoding")] = "plain",
        ) -> Response:
            price = self.price(asked, form)
            streamed = preferred(request.headers.get("accept", ""), OFFERED) == EVENTS
            lane, most = services.admission.maps, services.map_seconds
            told = streamed and form == "typed"
            return await respond(
                request, services, price, self.compute, asked, form, told, lane=lane, most=most
            )  # fmt: skip

        router.add_api_route(
            f"/{self.name}",
            create,
            methods=["POST"],
            name=f"create_{self.name}",
            summary=self.summary,
            description=f"{self.description}\n\n{STREAMED}",
            response_class=Response,
            responses=documented(self.answer, EVENTS),
        )
        return router


class StreamedMap:
    """A map that is told of while it is computed: first of all what it costs.

    Args:
        services: under the token of this work.
        tell: whom.
        asked: what the description was made of.
        description: of the map.
        precision: that it is computed in: of float32 some pixels are computed in float64, too.
    """

    def __init__(
        self,
        services: Services,
        tell: Tell,
        asked: Strict,
        description: MapDescription,
        precision: Precision,
    ):
        self._maps, self._token = services.maps, services.programs.token
        self._tell, self._description = tell, description
        self._version = services.version.result()
        self._key = f"{self._version} {type(asked).__name__} {asked.model_dump_json()}"
        self._total, foreseen = description.nx * description.ny, description.seconds()
        self._check = Check.of(description) if precision == "float32" else None
        # One worker's, when the map is whole.
        self._after = self._check.seconds() if self._check else 0.0
        left = foreseen / (services.maps.workers.count or 1) + self._after
        first: ProgressContent = {
            "done": 0,
            "total": self._total,
            "seconds_left": left,
            "price_seconds": foreseen + self._after,
            "price_seconds_at_most": seconds_at_most(description) + self._after,
        }
        tell(first)

    def part(self, part: Computed, *of: BaseModel) -> Fields:
        """What a worker says of something besides pixels, which depends on parts of the request."""
        said = " ".join(one.model_dump_json() for one in of)
        key = f"{self._version} {type(part).__name__} {said}"
        return self._maps.once(part, self._token, key)

    def event(self, name: str, content: object) -> None:
        """Something else that is known before the first tile."""
        self._tell(Piece(name, to_json({name: content}, "typed")))

    def whole(self) -> Map:
        """All of the map, tile by tile; at once where it is kept."""
        return self._maps.run(self._description, self._token, self._tile, self._key)

    def unlike(self, whole: Map, labels: Sequence[str]) -> "SinglePrecision":
        """Some pixels of a map of float32 computed in float64: how many bear another label.

        Args:
            whole: the map.
            labels: fields that say what became of a pixel.
        """
        check = self._check
        if check is None:
            return {"precision": "float64", "float32_checked": 0, "float32_unlike": None}
        pixels = check.pixels
        ours: Fields = {name: one.reshape(-1)[pixels] for name, one in whole.fields.items()}
        if whole.computed < self._total:
            # What was filled in may be wrong for another reason.
            ours = self._maps.once(check.single, self._token, f"{self._key} float32", pixels)
        found = self._maps.once(check.double, self._token, f"{self._key} float64", pixels)
        share = float(np.logical_or.reduce([found[name] != ours[name] for name in labels]).mean())
        self._tell({"done": self._total, "total": self._total, "seconds_left": 0.0})
        return {"precision": "float32", "float32_checked": len(pixels), "float32_unlike": share}

    def _tile(self, one: Done) -> None:
        tile, fields, done, left = one
        if tile is not None:
            self._piece(tile, fields)
        self._tell({"done": done, "total": self._total, "seconds_left": left + self._after})

    def _piece(self, tile: Tile, fields: Fields) -> None:
        stride = self._description.strides[tile.level]
        content = {"stride": stride, "first": tile.first, "count": tile.size, **fields}
        self._tell(Piece("tile", to_json(content, "typed")))


class ProgressContent(TypedDict):
    """How far a map is: ``progress`` events.

    Attributes:
        done, total: pixels that are known, and all.
        seconds_left: how long the others will take, by the clock: at first by the price, then by
            what pixels took so far; more at once where a check fails.
        price_seconds: what the map costs, in seconds of one core of the reference machine, as
            large ones are refined mostly; only in the first event.
        price_seconds_at_most: the same where a check fails, so that every pixel is computed.
    """

    done: int
    total: int
    seconds_left: float
    price_seconds: NotRequired[float]
    price_seconds_at_most: NotRequired[float]


class SinglePrecision(TypedDict):
    """The precision of a map, and what float32 costs.

    Attributes:
        precision: that was taken.
        float32_checked: pixels of a map of float32 that were computed in float64, too: 256, of a
            map of fewer than 2^14 pixels 64.
        float32_unlike: share of those that float32 tells otherwise; null where none was checked.
    """

    precision: Precision
    float32_checked: int
    float32_unlike: float | None


class MapComputed(TypedDict):
    """How much of a map was computed.

    Attributes:
        computed: share of the pixels; the others were filled in where neighbours agree.
        checked_wrong: filled pixels that bore another label when they were computed after all, of
            1,024 that were. Where there was one, all were computed; if there was no time for that,
            ``computed`` is less than 1, and of those that were filled as large a share is wrong
            as of the 1,024. Where there was none, fewer than 0.3 % of those that were filled are
            wrong, with a chance of 95 %.
    """

    computed: float
    checked_wrong: int


def written(content: Mapping[str, Any], whole: Map, form: Encoding, told: bool) -> bytes:
    """The whole answer; without the fields where tiles told them."""
    shown: Mapping[str, np.ndarray] = {} if told else whole.fields
    pixels = next(iter(whole.fields.values())).size
    shares: MapComputed = {"computed": whole.computed / pixels, "checked_wrong": whole.wrong}
    return to_json({**content, **shares, **shown}, form)
