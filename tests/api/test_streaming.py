"""What a stream says when the work behind it fails."""

import json

from server.errors import InputError


def test_an_error_in_a_stream_says_what_a_client_may_know(client):
    from starlette.requests import Request

    from server.api.streaming import respond

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def last_event(error):
        def work(watch):
            watch.tell({"done": 1})
            raise error

        scope = {"type": "http", "method": "POST", "headers": [(b"accept", b"text/event-stream")]}
        admission = client.app.state.services.admission
        stream = (await respond(Request(scope, receive), admission, work)).body_iterator
        return [event async for event in stream][-1]

    def told(error):
        name, data = client.portal.call(last_event, error).decode().strip().split("\n")
        assert name == "event: error"
        [detail] = json.loads(data.removeprefix("data: "))["detail"]
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
