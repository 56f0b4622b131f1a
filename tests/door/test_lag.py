"""No single request keeps the event loop from everybody else: the worst that is known of each.

What is watched is the processor time of the loop's own thread, of a real server in this process:
a busy machine adds nothing to it, nor do the threads that compute.
"""

import json
import threading
from dataclasses import dataclass
from urllib.parse import quote

import pytest
import uvicorn

from server.app import create_app
from server.door.lag import Lag
from server.settings import Settings
from tests.door.asking import BODY, ask
from tests.door.one_of_each import ONE_OF_EACH

MOST = 0.05
"""Seconds for which one request may keep the loop."""
LARGEST = 256 * 1024 - 64
JSON = {"Content_Type": "application/json"}
RUN = {"optimizer": {"id": "sgd"}}


@dataclass
class Watched:
    address: str
    lag: Lag

    def spent(self, *request, **headers):
        """The most seconds of the loop's between two looks at its clock; the answer."""
        self.lag.busiest = 0.0
        answer = ask(self, *request, **headers)
        looks = self.lag.looks
        while self.lag.looks == looks:
            threading.Event().wait(0.01)
        return self.lag.busiest, answer


@pytest.fixture(scope="module")
def watched():
    app = create_app(Settings(device="cpu", warm_up=False))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            threading.Event().wait(0.02)
        [listening] = server.servers[0].sockets
        watched = Watched(f"http://127.0.0.1:{listening.getsockname()[1]}", app.state.lag)
        # What is made once is not any request's.
        for path, body in ONE_OF_EACH.items():
            ask(watched, "POST", f"/api/v1/{path}", {**body, "unknown": 1})
        ask(watched, "GET", "/api/v1/catalog")
        yield watched
    finally:
        server.should_exit = True
        thread.join()


def filled(piece, around="[%s]", joint=","):
    """JSON as long as it may be, of pieces that are told their number."""
    pieces, length, i = [], len(around), 0
    while length < LARGEST:
        pieces.append(piece(i))
        length += len(pieces[-1]) + len(joint)
        i += 1
    return around % joint.join(pieces[:-1])


def with_part(name, text):
    """A body whose part is this JSON."""
    return json.dumps({**BODY, name: "@"}).replace('"@"', text)


WORDS = filled(lambda i: f'"w{i}"')
FIELDS = filled(lambda i: f'"f{i}":0', "{%s}")
RUNS = json.dumps(
    [{"optimizer": {"id": f"adaam{i}"}, **dict.fromkeys("abcd", 1)} for i in range(16)]
)
BODIES = {
    "unknown fields": FIELDS,
    "fields that are near known ones": filled(lambda i: f'"stepps{i}":0', "{%s}"),
    "deep lists": "[" * LARGEST,
    "deep objects": '{"a":' * (LARGEST // 5),
    "a number of many digits": with_part("steps", "1" * 250_000),
    "a fraction of many digits": with_part("tolerance", "0." + "1" * 250_000),
    "escapes": with_part("precision", '"' + "\\u0000" * 40_000 + '"'),
    "an id of many letters": with_part("surface", '{"id":"%s"}' % ("rosenbrock" * 25_000)),
    "optimizers nobody knows": with_part("runs", RUNS),
    "runs of nothing": with_part("runs", filled(lambda i: "{}")),
    "runs of unknown fields": with_part(
        "runs",
        json.dumps([{**RUN, **{f"f{i}": 0 for i in range(240)}}] * 16),
    ),
    "starts of words": with_part("starts", json.dumps([["a", "b"]] * 1200)),
    "starts without end": with_part("starts", filled(lambda i: "[1,2]")),
    "what is to be included": with_part("include", WORDS),
    "words that are few enough": with_part("include", json.dumps(["word"] * 4000)),
    "a formula of many characters": with_part("surface", '{"formula":"%s"}' % ("(" * 250_000)),
    "a formula nested as deep as may be": with_part(
        "surface", '{"formula":"%s"}' % ("sin(" * 59 + "x" + ")" * 59)
    ),
    "a formula of many operations": with_part("surface", '{"formula":"%s"}' % ("x^2+" * 60 + "y")),
    "columns": with_part(
        "surface",
        '{"id":"neuron","points":"%s","columns":[1]}' % ("1;2,5;3 000;" * 21_000),
    ),
    "lines": with_part(
        "surface", '{"id":"neuron","points":"%s"}' % ("1\\n" * 32_000)
    ),
}  # fmt: skip


@pytest.mark.parametrize("path", ONE_OF_EACH)
def test_no_body_keeps_the_loop(watched, path):
    for what, body in BODIES.items():
        spent, answer = watched.spent("POST", f"/api/v1/{path}", body, **JSON)
        assert answer.status < 500, what
        assert spent < MOST, what
        if answer.status == 422:
            assert len(answer.detail()) <= 21, what
            assert len(answer.content) < 64_000, what


ID = "rosenbrock" * 400
QUERIES = {
    "names": "&".join(f"name{i}=1" for i in range(1500)),
    "one name": "&".join(["a=1"] * 4000),
    "as many names as may be": "&".join(f"stepps{i}=1" for i in range(250)),
    "words": f"include={'a,' * 8000}",
    "coordinates": f"start={'1,' * 8000}",
    "columns": f"surface=neuron&points=1&columns={'1,' * 8000}",
    "ends": f"formula=x&domain={'1,' * 8000}",
    "a formula": f"optimizer=sgd&formula={'(' * 15_000}",
    "ids": f"surface={ID}&optimizer={ID}&schedule={ID}",
    "a request": f"request={quote(json.dumps({f'f{i}': 0 for i in range(1000)}))}",
    "percent signs": "a=" + "%00" * 5000,
}


@pytest.mark.parametrize(
    "path",
    ["trajectories", "surfaces/neuron/grid", "activations/tanh/values", "grid", "catalog",
     f"surfaces/{ID}", f"surfaces/{ID}/grid", ID],
)  # fmt: skip
def test_no_query_keeps_the_loop(watched, path):
    for what, query in QUERIES.items():
        spent, answer = watched.spent("GET", f"/api/v1/{path}?{query}")
        assert answer.status < 500, what
        assert spent < MOST, what
        if answer.status == 422:
            assert len(answer.detail()) <= 21, what


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Accept", "a/b;q=0.1," * 1500),
        ("Accept", "a/" * 8000),
        ("Accept_Encoding", "gzip;q=0.1," * 1500),
        ("If_None_Match", '"a",' * 4000),
        ("Content_Type", "application/json;" + "a=b;" * 4000),
    ],
)
def test_no_header_keeps_the_loop(watched, name, value):
    headers = {**JSON, name: value}
    for method, url in (
        ("POST", "/api/v1/trajectories"),
        ("GET", "/api/v1/trajectories?surface=1"),
        ("GET", "/api/v1/catalog"),
    ):
        body = "{}" if method == "POST" else None
        spent, answer = watched.spent(method, url, body, **headers)
        assert answer.status < 500
        assert spent < MOST


def test_the_description_of_everything_is_worked_out_beside_the_loop(watched):
    spent, answer = watched.spent("GET", "/openapi.json")
    assert answer.status == 200
    assert spent < MOST


def test_many_mistakes_are_counted_and_the_first_are_told(watched):
    wrong = {**BODY, **{f"field{i}": 0 for i in range(137)}}
    answer = ask(watched, "POST", "/api/v1/trajectories", wrong)
    told = answer.detail()
    assert len(told) == 21
    assert told[-1] == {"loc": [], "msg": "and 117 more", "type": "more"}
    assert {one["loc"][1] for one in told[:-1]} == {f"field{i}" for i in range(20)}
