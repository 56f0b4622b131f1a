"""How a map is answered: its price first, tiles as they are done, the whole of it at last."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from fastapi import Request, Response

from server.admission import Tell
from server.api.choices import Strict
from server.api.http import preferred
from server.api.state import Services
from server.api.streaming import EVENTS, OFFERED, Piece, respond
from server.encoding import Encoding, to_json
from server.engine.price import Price
from server.maps.description import MapDescription
from server.maps.running import Done, Fields


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


def computed(
    services: Services,
    tell: Tell,
    asked: Strict,
    description: MapDescription,
    ahead: Mapping[str, object] | None = None,
) -> Fields:
    """All fields of a map, told of while it is computed; kept ones at once.

    Args:
        services: under the token of this work.
        tell: whom.
        asked: what the description was made of.
        description: of the map.
        ahead: what is told before the first tile, by the name of its event.
    """
    total, seconds = description.nx * description.ny, description.seconds()
    at_once = services.maps.workers.count or 1
    tell(
        {"done": 0, "total": total, "seconds_left": seconds / at_once, "price_seconds": seconds}
    )  # fmt: skip

    for name, content in (ahead or {}).items():
        tell(Piece(name, to_json(content, "typed")))

    def told(one: Done) -> None:
        tile, fields, done, left = one
        content = {
            "stride": description.strides[tile.level],
            "first": tile.first,
            "count": tile.size,
            **fields,
        }
        tell(Piece("tile", to_json(content, "typed")))
        tell({"done": done, "total": total, "seconds_left": left})

    key = f"{services.version.result()} {type(asked).__name__} {asked.model_dump_json()}"
    return services.maps.run(description, services.programs.token, told, key)


def written(content: Mapping[str, Any], fields: Fields, form: Encoding, told: bool) -> bytes:
    """The whole answer; without the fields where tiles told them."""
    shown: Mapping[str, np.ndarray] = {} if told else fields
    return to_json({**content, **shown}, form)
