"""How a map is answered: its price first, tiles as they are done, the whole of it at last."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from fastapi import Request, Response
from pydantic import BaseModel
from typing_extensions import TypedDict

from server.admission import Tell
from server.api.choices import Strict
from server.api.http import preferred
from server.api.state import Services
from server.api.streaming import EVENTS, OFFERED, Piece, respond
from server.encoding import Encoding, to_json
from server.engine.price import Price
from server.maps.checking import Check
from server.maps.description import Computed, MapDescription
from server.maps.pixels import Tile
from server.maps.running import Done, Fields, Map
from server.results import Precision


async def answered(
    request: Request,
    services: Services,
    price: Price,
    answer: Callable[..., bytes],
    asked: Strict,
    form: Encoding,
) -> Response:
    """A map, whole or as events.

    Typed events do not say anything twice: what tiles carried, ``result`` leaves out.

    Args:
        request: whose client is watched.
        services: of the process.
        price: of the map.
        answer: of services, whom to tell, the request, the form, and whether tiles said it all.
        asked: what is asked for.
        form: how arrays are written.
    """
    streamed = preferred(request.headers.get("accept", ""), OFFERED) == EVENTS
    lane, most = services.admission.maps, services.map_seconds
    told = streamed and form == "typed"
    return await respond(
        request, services, price, answer, asked, form, told, lane=lane, most=most
    )  # fmt: skip


class Told:
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
        self._total, seconds = description.nx * description.ny, description.seconds()
        self._check = Check.of(description) if precision == "float32" else None
        # One worker's, when the map is whole.
        self._after = self._check.seconds() if self._check else 0.0
        left = seconds / (services.maps.workers.count or 1) + self._after
        seconds += self._after
        tell({"done": 0, "total": self._total, "seconds_left": left, "price_seconds": seconds})

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
