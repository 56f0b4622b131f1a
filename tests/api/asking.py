"""Requests for trajectories, and the reading of a refusal."""

from pydantic import TypeAdapter

URL = "/api/v1/trajectories"
BODY = {"surface": {"id": "bowl"}, "runs": [{"optimizer": {"id": "sgd"}}]}


def body(**changes):
    return {**BODY, **changes}


def with_optimizer(**optimizer):
    return body(runs=[{"optimizer": {"id": "adam", **optimizer}}])


def trained(optimizer=None, **training):
    return body(runs=[{"optimizer": optimizer or {"id": "sgd"}, **training}])


def refused(answer, *location):
    """The message of a refusal that must name one place."""
    assert answer.status_code == 422, answer.text
    found = {tuple(one["loc"]): one["msg"] for one in answer.json()["detail"]}
    assert location in found, found
    return found[location]


def as_documented(answer, content):
    """Content must be what ``/openapi.json`` says of an answer, and hold nothing else."""
    TypeAdapter(answer).validate_python(content, extra="forbid")
