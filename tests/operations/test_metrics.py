"""Metrics of a real server with two workers, read by Prometheus's own parser."""

import json
import os
import signal
from collections import Counter, defaultdict

import pytest
from prometheus_client.parser import text_string_to_metric_families

from server.metrics.watching import LIMITS, MISTAKES
from tests.api.heavy import HEAVY, SEARCHING
from tests.operations.conftest import ask, events, logged, until

TRAJECTORIES = "/api/v1/trajectories"
PATHS = f"{TRAJECTORIES}?surface=bowl&optimizer=sgd&steps="


def metrics(server):
    """Values by name and labels."""
    answer, text = ask(server, "/metrics")
    assert answer.status == 200
    values = defaultdict(dict)
    for family in text_string_to_metric_families(text.decode()):
        for sample in family.samples:
            values[sample.name][tuple(sorted(sample.labels.items()))] = sample.value
    return values


def answered(now, route, status="2xx"):
    """How many requests of a route were answered with a class of statuses, in one reading."""
    return sum(
        count
        for labels, count in now["steepest_http_request_duration_seconds_count"].items()
        if {("route", route), ("status", status)} <= set(labels)
    )


def read_when(server, wanted):
    """The first reading in which something holds.

    Either worker gives the same text for a second, so what one has told the other may not yet.
    """
    return until(lambda: now if wanted(now := metrics(server)) else None)


def in_the_log(server):
    """How many paths were answered, by the log of both workers."""
    return sum(one.get("path") == TRAJECTORIES and one["status"] == 200 for one in events(server))


def test_two_workers_add_up(server):
    by = Counter()
    asked = 0
    # The kernel hands each connection to either.
    while len(by) < 2:
        assert asked < 500
        asked += 1
        assert ask(server, f"{PATHS}{asked}", **{"X-Request-ID": f"sum-{asked}"})[0].status == 200
        by[logged(server, f"sum-{asked}")["process"]] += 1
    now = read_when(server, lambda now: answered(now, TRAJECTORIES) == in_the_log(server))
    assert now["steepest_workers"] == {(): 2}
    assert set(now["steepest_resident_memory_bytes"]) == {(("pid", "0"),), (("pid", "1"),)}


def test_a_killed_worker_is_replaced_and_its_count_goes_on(server):
    ask(server, f"{PATHS}7", **{"X-Request-ID": "before-kill"})
    process = logged(server, "before-kill")["process"]
    os.kill(process, signal.SIGKILL)

    def replaced():
        began = [one for one in events(server) if "startup complete" in one["message"]]
        return len(began) > 2

    until(replaced)
    read_when(server, lambda now: now["steepest_workers"] == {(): 2})
    for number in range(1, 21):
        assert ask(server, f"{PATHS}{number}")[0].status == 200
    now = read_when(server, lambda now: answered(now, TRAJECTORIES) == in_the_log(server))
    assert len(now["steepest_resident_memory_bytes"]) == 2


def test_labels_are_few_whatever_is_sent(server):
    known = set(json.loads(ask(server, "/openapi.json")[1])["paths"])
    for number in range(30):
        ask(server, f"/api/v1/{number}/x")
        ask(server, f"/{number}.php", method=f"M{number}" if number % 2 else "DELETE")
    ask(server, "/api/v1/surfaces/himmelblau")
    now = read_when(
        server,
        lambda now: (
            answered(now, "/api/v1/surfaces/{entry_id}") and answered(now, "unknown", "4xx") >= 30
        ),
    )
    labels = [dict(one) for one in now["steepest_http_request_duration_seconds_count"]]
    routes = {one["route"] for one in labels}
    assert routes <= known | {"page", "unknown", "/openapi.json", "/docs"}
    assert {one["method"] for one in labels} <= {"GET", "POST", "DELETE", "other"}
    assert {one["status"] for one in labels} <= {"2xx", "4xx", "5xx"}


TOO_MUCH = {**HEAVY, "runs": [SEARCHING] * 16, "starts": [[0, 0]] * 2}


@pytest.mark.parametrize(
    ("body", "reason"), [({"surface": {"id": "nonsuch"}}, "mistake"), (TOO_MUCH, "too_much_work")]
)
def test_refusals_are_counted_by_reason(server, body, reason):
    def counted():
        return metrics(server)["steepest_http_refused_total"].get((("reason", reason),), 0)

    def in_the_log():
        lines = [one for one in events(server) if one.get("status") in MISTAKES]
        return sum((one["reason"] if one["reason"] in LIMITS else "mistake") == reason
                   for one in lines)  # fmt: skip

    before = in_the_log()
    text, kind = json.dumps(body), {"Content-Type": "application/json"}
    assert ask(server, "/api/v1/trajectories", "POST", text, **kind)[0].status == 422
    until(lambda: in_the_log() == before + 1 == counted())


def test_work_is_compared_with_its_price(server):
    def done():
        now = metrics(server)
        return {
            name: sum(now[f"steepest_compute_{name}"].values())
            for name in ("duration_seconds_count", "price_seconds_total", "times_price_count")
        }

    before = done()
    ask(server, "/api/v1/trajectories?surface=beale&optimizer=adam&steps=4321")
    until(lambda: all(done()[name] > before[name] for name in before))


def test_answers_given_again_are_counted(server):
    def hits(now):
        return now["steepest_answers_total"][(("result", "hit"),)]

    before = hits(metrics(server))
    # Either worker keeps answers of its own: of three the same two go to one.
    for _ in range(3):
        ask(server, "/api/v1/trajectories?surface=booth&optimizer=sgd&steps=33")
    now = read_when(server, lambda now: hits(now) > before)
    assert sum(now["steepest_answers_held_bytes"].values()) > 0


def test_what_is_read_off_others_is_there(server):
    # Either worker reads how far the other one is from the store.
    now = read_when(server, lambda now: min(now["steepest_ready"].values()) == 1)
    progress = now["steepest_warm_up_programs"]
    assert {dict(one)["state"] for one in progress} == {"done", "total", "afterwards", "failed"}
    assert sum(now["steepest_programs_held"].values()) > 0
    assert min(now["steepest_resident_memory_bytes"].values()) > 50e6
    assert sum(now["steepest_loop_lag_seconds_count"].values()) > 0
    [build] = now["steepest_build_info"]
    assert dict(build)["device"] == "cpu"
