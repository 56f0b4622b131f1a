"""Reads off others what an operator watches, every second and once more for whoever asks.

What happens seldom or is somebody's own number (queues, programs, kept answers) is read, so that
nobody who has it knows of metrics. What is measured (a request, a computation, the loop's lag) is
told when it happens.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from multiprocessing import active_children
from time import monotonic
from typing import Protocol

from prometheus_client import Counter
from prometheus_client.exposition import choose_encoder

from server.admission import Admission
from server.connections.register import Connections
from server.engine.preparation import Preparation
from server.engine.programs import Programs
from server.engine.warmup import WarmUp
from server.errors import CLIENT_LEFT
from server.metrics import folder
from server.metrics.meters import Meters, open_files, resident_bytes
from server.metrics.routes import Routes
from server.middleware.requests import QUIET, Exchange

SAMPLES = 1.0
"""Seconds between two readings of everything that is not told."""
KEPT = 1.0
"""Seconds for which a text is given again, however often it is asked for."""
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})
LIMITS = frozenset({"at_capacity", "too_long", "too_much_work"})
"""Words for what the server does not take on, among all words for what is wrong."""
MISTAKES = frozenset({400, 404, 405, 406, 415, 422})
"""Statuses of what was asked wrongly: one reason for all."""


class Answers(Protocol):
    """What is read off a cache of answers."""

    hits: int
    misses: int
    bytes: int


class HallEvents(Protocol):
    """What is read off halls."""

    @property
    def events(self) -> Mapping[str, int]:
        """How often each thing happened."""
        ...


class MapsKept(Protocol):
    """What is read off maps that are kept."""

    hits: int
    misses: int


class Maps(Protocol):
    """What is read off whoever computes maps."""

    running: int
    tiles: int
    retries: int

    @property
    def kept(self) -> MapsKept: ...


class Listening(Protocol):
    """What is read off who listens to them."""

    @property
    def listeners(self) -> int:
        """How many there are."""
        ...


class InHall(Protocol):
    """Both."""

    @property
    def halls(self) -> HallEvents:
        """What happened there."""
        ...

    @property
    def watching(self) -> Listening:
        """Who listens."""
        ...


@dataclass(frozen=True)
class Watched:
    """Whose numbers are read.

    Attributes:
        programs, admission, warm_up, connections: of the process.
        answers: a cache of them, if there is one.
        halls: and who listens to them, if there are any.
        maps: whoever computes them, if there is anybody.
    """

    programs: Programs
    admission: Admission
    warm_up: Preparation | WarmUp
    connections: Connections
    answers: Answers | None = None
    halls: InHall | None = None
    maps: Maps | None = None


def _follow(counter: Counter) -> Callable[[str], Callable[[int], None]]:
    """A counter by its label, that follows a number which somebody else counts."""

    def labelled(label: str) -> Callable[[int], None]:
        child, last = counter.labels(label), 0

        def follow(total: int) -> None:
            nonlocal last
            child.inc(max(0, total - last))
            last = total

        return follow

    return labelled


class Metrics:
    """Told of every request and computation; reads the rest; writes all of it down.

    Args:
        watched: see there.
        build: names and versions of what is running.
        templates: of all routes; called once, for the first request.
        ready: whether the process may be sent requests.
    """

    def __init__(
        self,
        watched: Watched,
        build: Mapping[str, str],
        templates: Callable[[], Iterable[str]],
        ready: Callable[[], bool],
    ):
        self._watched, self._ready = watched, ready
        self._routes = Routes(templates)
        self._meters = Meters(folder.place())
        self._in_flight = 0
        self._text: tuple[float, str, bytes, str] | None = None
        meters = self._meters
        meters.build.labels(**build).set(1)
        meters.workers.set(1)
        meters.began.set_to_current_time()
        self._made, self._loaded = map(_follow(meters.programs), ("made", "loaded"))
        self._ended = _follow(meters.ended)
        self._endings: dict[str, Callable[[int], None]] = {}
        self._crowded = _follow(meters.crowded)
        self._hall = _follow(meters.halls)
        self._in_hall: dict[str, Callable[[int], None]] = {}
        self._bounds: dict[str, Callable[[int], None]] = {}
        self._hits, self._misses = map(_follow(meters.answers), ("hit", "miss"))
        kept = _follow(meters.maps_kept)
        self._maps_hit, self._maps_missed = kept("hit"), kept("miss")
        self._tiles = _follow_one(meters.map_tiles)
        self._retries = _follow_one(meters.map_retries)
        for reason in LIMITS:
            meters.refused.labels(reason)
        for lane in watched.admission.lanes:
            lane.observe = self.computed

    def begun(self) -> None:
        """A request came."""
        self._in_flight += 1

    def finished(self, exchange: Exchange) -> None:
        """It was answered, or its client left."""
        self._in_flight -= 1
        method = exchange.method if exchange.method in METHODS else "other"
        route = self._routes.label(exchange.path, exchange.status)
        status = f"{exchange.status // 100}xx"
        self._meters.latency.labels(route, method, status).observe(exchange.seconds)
        self._meters.sent.labels(route).inc(exchange.sent)
        if exchange.status >= 400 and exchange.path not in QUIET:
            self._meters.refused.labels(_reason(exchange)).inc()

    def computed(self, lane: str, price: float, waited: float, took: float) -> None:
        """A piece of work has ended, well or not; called in its thread. All in seconds."""
        self._meters.waited.labels(lane).observe(waited)
        self._meters.computed.labels(lane).observe(took)
        self._meters.priced.labels(lane).inc(price)
        if price > 0:
            self._meters.times_the_price.observe(took / price)

    def text(self, accept: str = "") -> tuple[bytes, str]:
        """All metrics, and their media type, as a scraper prefers it; made once a second."""
        now = monotonic()
        if self._text is None or self._text[1] != accept or now > self._text[0] + KEPT:
            self._sample()
            encode, media_type = choose_encoder(accept)
            self._text = (now, accept, encode(self._meters.registry()), media_type)
        return self._text[2:]

    def lagged(self, late: float) -> None:
        """The event loop came late to look, by so many seconds."""
        self._meters.lag.observe(late)

    async def watch(self) -> None:
        """Look until cancelled."""
        # Before the first request has to wait for it.
        self._routes.read()
        while True:
            await asyncio.sleep(SAMPLES)
            self._sample()

    def _sample(self) -> None:
        meters, watched = self._meters, self._watched
        meters.in_flight.set(self._in_flight)
        for lane in watched.admission.lanes:
            meters.waiting.labels(lane.name).set(lane.waiting)
            meters.running.labels(lane.name).set(lane.running)
        meters.connections.set(watched.connections.open)
        for reason, count in tuple(watched.connections.ended.items()):
            if reason not in self._endings:
                self._endings[reason] = self._ended(reason)
            self._endings[reason](count)
        for bound, count in tuple(watched.admission.refused.items()):
            if bound not in self._bounds:
                self._bounds[bound] = self._crowded(bound)
            self._bounds[bound](count)
        programs = watched.programs.figures()
        meters.held.set(programs.held)
        meters.held_bytes.set(programs.bytes)
        meters.compiling.set(programs.compiling)
        self._made(programs.made)
        self._loaded(programs.loaded)
        progress = watched.warm_up.progress()
        states = {
            "done": progress.done,
            "total": progress.total,
            "afterwards": progress.afterwards,
            "failed": progress.failed,
        }
        for state, count in states.items():
            meters.to_warm.labels(state).set(count)
        meters.ready.set(self._ready())
        if watched.answers is not None:
            self._hits(watched.answers.hits)
            self._misses(watched.answers.misses)
            meters.answers_bytes.set(watched.answers.bytes)
        if watched.halls is not None:
            meters.listeners.set(watched.halls.watching.listeners)
            for event, count in tuple(watched.halls.halls.events.items()):
                if event not in self._in_hall:
                    self._in_hall[event] = self._hall(event)
                self._in_hall[event](count)
        if watched.maps is not None:
            self._sample_maps(watched.maps)
        meters.resident.set(resident_bytes())
        meters.files.set(open_files())

    def _sample_maps(self, maps: Maps) -> None:
        meters = self._meters
        meters.maps.set(maps.running)
        self._tiles(maps.tiles)
        self._retries(maps.retries)
        self._maps_hit(maps.kept.hits)
        self._maps_missed(maps.kept.misses)
        # Whatever a server process begins computes maps.
        workers = [one.pid for one in active_children() if one.pid is not None]
        meters.map_workers.set(len(workers))
        meters.map_workers_bytes.set(sum(map(resident_bytes, workers)))


def _follow_one(counter: Counter) -> Callable[[int], None]:
    """A counter without a label that follows a number."""
    last = 0

    def follow(total: int) -> None:
        nonlocal last
        counter.inc(max(0, total - last))
        last = total

    return follow


def _reason(exchange: Exchange) -> str:
    """One of a few: what the server would not take on by its name, all mistakes as one."""
    if exchange.reason in LIMITS:
        return exchange.reason
    if exchange.status == CLIENT_LEFT:
        return "client_left"
    if exchange.status in MISTAKES:
        return "mistake"
    return f"http_{exchange.status}"
