"""Logs of a real server, line by line, and what hostile text becomes in them."""

import io
import json
import logging
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from server.application import Application
from server.logs import JsonFormatter, TextFormatter
from tests.api.heavy import HEAVY, SEARCHING, post
from tests.operations.conftest import ask, events, logged, until

NASTY = "a\nb\r\x1b[2J\x85\u2028\u202e\ud800\x00"


class Nobody:
    def begun(self): ...

    def finished(self, exchange): ...


def written(formatter, message, *args, exc_info=None):
    record = logging.LogRecord("steepest", logging.INFO, "f", 1, message, args, exc_info)
    return formatter.format(record)


def test_every_line_is_json_with_a_time(server):
    ask(server, "/healthz")
    for one in events(server):
        assert {"time", "level", "logger", "process", "message"} <= one.keys()
        age = datetime.now(UTC) - datetime.fromisoformat(one["time"])
        assert 0 <= age.total_seconds() < 3600


def test_a_request_is_one_line_without_its_query_and_its_body(server):
    body = json.dumps({"surface": {"id": "secret"}})
    answer, _ = ask(
        server, "/api/v1/trajectories?encoding=secret", "POST", body,
        **{"Content-Type": "application/json", "X-Request-ID": "one-line"},
    )  # fmt: skip
    assert answer.status == 422
    line = logged(server, "one-line")
    assert line["method"] == "POST"
    assert line["path"] == "/api/v1/trajectories"
    assert line["status"] == 422
    assert line["bytes"] == int(answer.headers["Content-Length"])
    assert line["client"] == "127.0.0.1"
    assert line["duration_ms"] > 0
    assert line["reason"]
    assert [one for one in events(server) if one.get("request_id") == "one-line"] == [line]
    assert not any("secret" in text for text in server.lines)


@pytest.mark.parametrize("sent", ["", "a b", "x" * 65, "<script>", "é"])
def test_an_id_that_is_not_sane_is_replaced(server, sent):
    answer, _ = ask(server, "/nonsuch", **{"X-Request-ID": sent.encode("latin-1")})
    given = answer.headers["X-Request-ID"]
    assert given != sent
    assert logged(server, given)["status"] == 404


def test_health_is_not_logged(server):
    for path in ("/healthz", "/readyz", "/metrics"):
        ask(server, path)
    ask(server, "/nonsuch", **{"X-Request-ID": "after-health"})
    logged(server, "after-health")
    paths = {one.get("path") for one in events(server)}
    assert not paths & {"/healthz", "/readyz", "/metrics"}


def test_who_leaves_is_499(server):
    connection = post(server, "trajectories", {**HEAVY, "runs": [SEARCHING], "steps": 2000})
    connection.close()
    line = until(lambda: next((one for one in events(server) if one.get("status") == 499), None))
    assert line["path"] == "/api/v1/trajectories"


@pytest.mark.parametrize("formatter", [TextFormatter(), JsonFormatter()])
def test_nothing_that_is_logged_begins_a_line(formatter):
    line = written(formatter, "told %s", NASTY)
    assert len(line.splitlines()) == 1
    assert line.encode().decode().isprintable()


def test_the_lines_of_an_exception_are_indented():
    try:
        raise ValueError("oops\n2026-01-01T00:00:00.000Z INFO forged")
    except ValueError as error:
        story = (type(error), error, error.__traceback__)
    line = written(TextFormatter(), "failed", exc_info=story)
    first, *rest = line.split("\n")
    assert first.endswith("failed")
    assert all(one.startswith("  ") for one in rest)
    assert len(rest) > 2


def test_a_defect_is_answered_and_logged_with_the_requests_id():
    app = Application(Nobody())

    @app.get("/broken")
    async def read():
        raise RuntimeError("a defect")

    log = io.StringIO()
    handler = logging.StreamHandler(log)
    handler.setFormatter(JsonFormatter())
    logger = logging.getLogger("steepest")
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        with TestClient(app, raise_server_exceptions=False) as client:
            answer = client.get("/broken", headers={"X-Request-ID": "broken-1"})
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
    assert answer.status_code == 500
    assert answer.headers["X-Request-ID"] == "broken-1"
    story, request = map(json.loads, log.getvalue().splitlines())
    assert "a defect" in story["exception"]
    assert story["request_id"] == request["request_id"] == "broken-1"
    assert request["status"] == 500
