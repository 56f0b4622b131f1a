"""What a stream says when the work behind it fails, and who hears it."""

import asyncio
import json
import threading

from starlette.requests import Request

from server.api.errors import on_unavailable
from server.api.streaming import respond
from server.engine.price import Price
from server.errors import CancelledError, DeadlineError, InputError
from server.maps.running.unavailable import away, died
from tests.api.streams import asking, streamed


def test_an_error_in_a_stream_says_what_a_client_may_know(client):
    def told(error):
        def work(services, tell):
            tell({"done": 1})
            raise error

        first, last = streamed(client, work)
        assert (first[0], last[0]) == ("progress", "error")
        [detail] = last[1]["detail"]
        return detail

    assert told(OSError("/srv/secret.key: permission denied")) == {
        "loc": [],
        "msg": "an error of the server; it was logged",
        "type": "server_error",
    }
    assert told(InputError(("steps",), "accepted: at most 5", "too_much_work")) == {
        "loc": ["body", "steps"],
        "msg": "accepted: at most 5",
        "type": "too_much_work",
    }
    assert told(DeadlineError("stopped after 1 s of computing"))["type"] == "too_long"
    assert told(away())["type"] == "cluster_away"


def test_a_map_that_nobody_can_compute_is_refused_in_words_and_with_a_time(client):
    refusal = client.portal.call(on_unavailable, asking(), died())
    [detail] = json.loads(refusal.body)["detail"]
    assert (refusal.status_code, refusal.headers["retry-after"]) == (503, "60")
    assert detail["type"] == "workers_died" and "ask for less" in detail["msg"]


def test_who_comes_later_hears_everything_and_it_is_computed_once(client):
    """Two streams of one piece of work, the second opened after it told of its progress."""
    began, both, computed = threading.Event(), threading.Event(), []

    def work(services, tell, name):
        computed.append(name)
        tell({"done": 1})
        began.set()
        assert both.wait(30)
        return b"{}"

    streams = []
    first = threading.Thread(target=lambda: streams.append(streamed(client, work, "one")))
    first.start()
    assert began.wait(30)
    admission = client.app.state.services.admission

    async def joins():
        while not any(job.clients == 2 for job in admission._jobs.values()):
            await asyncio.sleep(0)
        both.set()

    waiting = client.portal.start_task_soon(joins)
    streams.append(streamed(client, work, "one"))
    first.join(30)
    waiting.result(30)
    assert computed == ["one"]
    assert streams[0] == streams[1]
    assert [name for name, _ in streams[0]] == ["progress", "result"]


def test_work_ends_when_its_last_client_leaves(client):
    began, ended = threading.Event(), threading.Event()

    def work(services, tell):
        began.set()
        try:
            while True:
                services.programs.token.check()
        except CancelledError:
            ended.set()
            raise

    async def leave():
        async def gone():
            await asyncio.to_thread(began.wait, 30)
            return {"type": "http.disconnect"}

        scope = {"type": "http", "method": "POST", "headers": []}
        try:
            await respond(Request(scope, gone), client.app.state.services, Price(1.0), work)
        except CancelledError:
            return True

    assert client.portal.call(leave)
    assert ended.wait(30)
