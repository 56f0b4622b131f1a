"""HTTP as a client speaks it, with nothing in between: no decoding, no cache, no redirects."""

import http.client
import json
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

BODY = {"surface": {"id": "rosenbrock"}, "steps": 50, "runs": [{"optimizer": {"id": "adam"}}]}
TO_ANSWER = 120


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    content: bytes

    def detail(self):
        return json.loads(self.content)["detail"]


def connect(server, source=None):
    """A connection, from an address of the loopback if one is given."""
    where = (source, 0) if source else None
    netloc = urlsplit(server.address).netloc
    return http.client.HTTPConnection(netloc, timeout=TO_ANSWER, source_address=where)


def received(connection):
    answer = connection.getresponse()
    content = answer.read()
    headers = {name.lower(): value for name, value in answer.getheaders()}
    return Answer(answer.status, headers, content)


def ask(server, method, path, body=None, **headers):
    connection = connect(server)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if isinstance(body, dict):
        body = json.dumps(body)
        named.setdefault("Content-Type", "application/json")
    try:
        connection.request(method, path, body, named)
        return received(connection)
    finally:
        connection.close()


def reading(path, body, query=""):
    """The address of a GET that asks what a POST with this body does."""
    return f"/api/v1/{path}?request={quote(json.dumps(body))}{query}"
