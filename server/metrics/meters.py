"""Every metric by its name, what it counts, and how several workers' are put together."""

import os
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, values
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from server.metrics.folder import Place

PAGE_BYTES = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
LATENCY = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
LAG = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0, 10.0)
TIMES_THE_PRICE = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)


class Meters:
    """All metrics of a process; with a place among several workers, theirs are shown too.

    Counters and histograms add up over workers. Of gauges some add up; those of each worker have
    a label ``pid``, its number, where there are several.
    """

    def __init__(self, place: Place | None):
        self._place = place
        own = self._own = CollectorRegistry()
        if place is not None:
            # A dead worker's gauges are not this one's; its counters go on.
            mark_process_dead(place.number, str(place.folder))
            values.ValueClass = values.MultiProcessValue(lambda: place.number)

        def counter(name: str, words: str, *labels: str) -> Counter:
            return Counter(f"steepest_{name}", words, labels, registry=own)

        def together(name: str, words: str, *labels: str) -> Gauge:
            return Gauge(
                f"steepest_{name}", words, labels, registry=own, multiprocess_mode="livesum"
            )

        def each(name: str, words: str, *labels: str) -> Gauge:
            return Gauge(
                f"steepest_{name}", words, labels, registry=own, multiprocess_mode="liveall"
            )

        def histogram(name: str, words: str, buckets: tuple[float, ...], *labels: str) -> Histogram:
            return Histogram(f"steepest_{name}", words, labels, buckets=buckets, registry=own)

        self.latency = histogram(
            "http_request_duration_seconds",
            "From a request's head to the last byte of its answer",
            LATENCY,
            *("route", "method", "status"),
        )
        self.sent = counter("http_response_bytes", "Bytes of answers' bodies", "route")
        self.refused = counter("http_refused", "Requests that were not served", "reason")
        self.crowded = counter(
            "at_capacity", "Requests refused since others waited, logged or not", "bound"
        )
        self.in_flight = together("http_requests_in_flight", "Requests being answered")

        self.connections = together("connections_open", "Connections of clients")
        self.ended = counter("connections_ended", "Ended or turned away by the server", "reason")

        self.waiting = together("queue_waiting", "Pieces of work that wait", "lane")
        self.running = together("queue_running", "Pieces of work being done", "lane")
        self.waited = histogram(
            "queue_wait_seconds", "From asking for work to its beginning", LATENCY, "lane"
        )
        self.computed = histogram(
            "compute_duration_seconds", "Time that a piece of work took", LATENCY, "lane"
        )
        self.priced = counter("compute_price_seconds", "Prices of the work that was done", "lane")
        self.times_the_price = histogram(
            "compute_times_price", "Time of a piece of work divided by its price", TIMES_THE_PRICE
        )

        self.programs = counter("programs", "Programs that were got ready for calls", "how")
        self.held = together("programs_held", "Programs in memory")
        self.held_bytes = together("programs_held_bytes", "What they take, as reckoned")
        self.compiling = together("programs_compiling", "Compiled now because a request waits")
        self.to_warm = each("warm_up_programs", "Built-in programs by state", "state")
        self.ready = each("ready", "1 where /readyz answers 200")

        self.maps = together("maps_running", "Maps being computed")
        self.map_tiles = counter("map_tiles", "Tiles of maps that were computed")
        self.map_retries = counter("map_retries", "Tiles computed again since a worker had died")
        self.maps_kept = counter("maps_kept", "Look-ups of maps computed before", "result")
        self.map_workers = each("map_workers", "Processes that compute maps")
        self.map_workers_bytes = each("map_workers_memory_bytes", "What they hold together")

        self.answers = counter("answers", "Look-ups of answers given before", "result")
        self.answers_bytes = together("answers_held_bytes", "Answers that are kept")

        self.halls = counter(
            "halls", "Halls that were opened, asked, and what became of their answers", "event"
        )
        self.listeners = together("hall_listeners", "Phones and pages that follow a hall")

        self.lag = histogram(
            "loop_lag_seconds",
            "How late the event loop came back to a timer, 4 times a second",
            LAG,
        )
        self.resident = each("resident_memory_bytes", "Memory of a worker")
        self.files = each("open_files", "Files and connections that a worker holds open")
        self.began = each("start_time_seconds", "When a worker began, Unix time")
        self.workers = together("workers", "Workers that live")
        self.build = Gauge(
            "steepest_build_info",
            "1, with what is running",
            ("version", "python", "jax", "device"),
            registry=own,
            multiprocess_mode="livemax",
        )

    def registry(self) -> CollectorRegistry:
        """What is shown: of this process, or of all living workers."""
        if self._place is None:
            return self._own
        for number in self._place.dead():
            mark_process_dead(number, str(self._place.folder))
        everybody = CollectorRegistry()
        MultiProcessCollector(everybody, str(self._place.folder))
        return everybody


def resident_bytes(process: int | str = "self") -> int:
    """Memory of this process, or of another by its number (Linux); 0 where that is not known."""
    try:
        pages = Path(f"/proc/{process}/statm").read_text().split()[1]
    except OSError:
        return 0
    return int(pages) * PAGE_BYTES


def open_files() -> int:
    """Files that this process holds open (Linux); 0 where that is not known."""
    try:
        return len(os.listdir("/proc/self/fd"))
    except OSError:
        return 0
