"""The maps that pages and scenes open with: their programs are compiled ahead."""

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

import numpy as np

from server.api.maps.basins import BasinsRequest
from server.api.maps.stability import StabilityRequest
from server.api.maps.trainability_request import TrainabilityRequest
from server.api.maps.winner import WinnerRequest
from server.engine.programs import Programs
from server.engine.token import Token
from server.engine.views import view
from server.engine.warmup import Work
from server.maps.basins import Basins
from server.maps.checking import Check
from server.maps.description import Computed
from server.maps.minima import MinimaOf
from server.maps.pixels import Pixels
from server.maps.running import Maps, Workers
from server.optimizers.catalog import OPTIMIZERS
from server.scenarios.asking import Request
from server.scenarios.catalog import SCENARIOS
from surfaces.catalog import SURFACES

LECTURE: Final = 6
"""Optimizers that Descent opens with."""
NONE, SOME = np.zeros(0, np.int64), np.zeros(1, np.int64)
"""Pixels: programs take as many lanes for one as for thousands."""
KINDS: Final[dict[str, Any]] = {
    "/maps/basins": BasinsRequest,
    "/maps/winner": WinnerRequest,
    "/maps/stability": StabilityRequest,
    "/maps/trainability": TrainabilityRequest,
}


def requests() -> Iterator[Request]:
    """What pages ask for whose maps nobody has changed, then what scenes do."""
    six = [{"optimizer": {"id": one.id}} for one in OPTIMIZERS[:LECTURE]]
    for run in reversed(six):
        # The last of them is the one that is selected.
        yield Request("/maps/basins", {"surface": {"id": SURFACES[0].id}, "run": run})
    rate = {"name": "learning_rate", "from": 9e-4, "to": 0.9, "count": 256, "scale": "log"}
    momentum = {"name": "momentum", "from": 0.0, "to": 0.999, "count": 256}
    own = {"optimizer": {"id": "momentum"}}
    stability = {"surface": {"id": "bowl"}, "run": own, "x": rate, "y": momentum, "steps": 300}
    yield Request("/maps/stability", stability)
    yield Request("/maps/trainability", {})
    for scene in SCENARIOS:
        yield from (one for one in scene.state.requests() if one.path in KINDS)
    yield Request("/maps/winner", {"surface": {"id": SURFACES[0].id}, "runs": six})


def works(workers: Workers) -> list[Work]:
    """One for each of those maps: some of its pixels are computed, with all programs that takes.

    Args:
        workers: who compute them, and keep what they compile.
    """
    maps = Maps(workers)
    return [Work(f"a map of {one.path}", partial(_compiled, maps, one)) for one in requests()]


def _compiled(maps: Maps, request: Request, programs: Programs) -> None:
    # Pages ask for more pixels than the claims of scenes do, and check more of them.
    body = {name: one for name, one in request.body.items() if name not in ("nx", "ny")}
    asked = KINDS[request.path].model_validate(body)
    if isinstance(asked, TrainabilityRequest):
        description = asked.describe()
        precision = description.computed_in
    else:
        description = asked.describe(view(programs, asked.surface.resolve()))
        precision = description.precision
    parts: list[tuple[Computed, Pixels]] = [(description, SOME)]
    if isinstance(description, Basins):
        parts.insert(0, (MinimaOf(description), NONE))
    if precision == "float32":
        parts.append((Check.of(description).double, SOME))
    for part, pixels in parts:
        maps.once(part, Token(), pixels=pixels)
