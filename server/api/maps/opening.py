"""The maps that pages and scenes open with: their programs are compiled ahead."""

import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import numpy as np

from server.api.maps.basins import BasinsRequest
from server.api.maps.stability import StabilityRequest
from server.api.maps.trainability_request import TrainabilityRequest
from server.api.maps.winner import WinnerRequest
from server.engine.identity import ROOT, environment, of_files
from server.engine.programs import Programs
from server.engine.store import Store
from server.engine.token import Token
from server.engine.views import view
from server.maps.basins import Basins
from server.maps.checking import Check
from server.maps.description import Computed
from server.maps.minima import MinimaOf
from server.maps.pixels import Pixels
from server.maps.running import Cluster, Maps, UnavailableError, Workers
from server.optimizers.catalog import OPTIMIZERS
from server.runtime import Placement
from server.scenarios.asking import Request
from server.scenarios.catalog import SCENARIOS
from surfaces.catalog import SURFACES

logger = logging.getLogger("steepest")

SOURCES: Final = ("api", "maps", "scenarios")
"""Folders of server/ that say what is asked for, and of what programs its map is made."""
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


def noted_under(workers: Workers, placement: Placement) -> dict[str, str] | None:
    """Under what a store notes that these maps' programs are in it: all that they depend on.

    A note names no entries, since workers have stores of their own: what was removed since, for
    want of room, is compiled when it is asked for.

    Args:
        workers: who would compute; a cluster's keep their own programs, and nothing is noted.
        placement: of this process.
    """
    if isinstance(workers, Cluster):
        return None
    files = [one for name in SOURCES for one in (ROOT / "server" / name).rglob("*.py")]
    return {
        **environment(placement.sequential),
        "maps": of_files(sorted(files)),
        "workers": f"{type(workers).__name__} on {placement.wide.device_kind}",
    }


def compile_ahead(
    workers: Workers,
    programs: Programs,
    store: Store,
    asked: Sequence[Request],
    tell: Callable[[int], None] = lambda _: None,
) -> None:
    """Have these maps' programs in the store, unless it is noted that they are, and note it.

    Some pixels of each map are computed, with all programs that takes. What goes wrong is said in
    the log; the next time it is tried again.

    Args:
        workers: who compute them, and keep what they compile.
        programs: of this process.
        store: where that is noted.
        asked: the maps.
        tell: is told how many are left.
    """
    around = noted_under(workers, programs.placement)
    if around is None or store.noted(around):
        return
    maps, failed = Maps(workers), 0
    for at, one in enumerate(asked):
        tell(len(asked) - at)
        try:
            _compile(maps, one, programs)
        except (UnavailableError, OSError) as error:
            # Who dies of one map, or cannot begin, would die of the others, slowly.
            left = len(asked) - at
            logger.error("%d maps, from %s on, are not compiled ahead: %s", left, one.path, error)
            return
        except Exception:
            failed += 1
            logger.exception("a map of %s is not compiled ahead", one.path)
        if not store.keeps:
            return
    if not failed:
        store.note_prepared(around, [])


def _compile(maps: Maps, request: Request, programs: Programs) -> None:
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
