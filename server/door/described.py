"""What ``/openapi.json`` says of the door: a GET for every computing POST, and its 304."""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from server.door.question import REQUEST, VERSION

NOT_MODIFIED = {"description": "What `If-None-Match` names is still the answer"}
ASKED = (
    "What POST takes, as JSON in the query. The answer is that of POST, with a strong ETag and "
    "Cache-Control, so that browsers and proxies keep it; not for streams of events."
)


MEANT = {
    "name": VERSION,
    "in": "query",
    "required": False,
    "schema": {"type": "string"},
    "description": "Which answers are meant, as the page's address of the catalogue has it. The "
    "answer is the same; named by the present version it may be kept for ever.",
}

VERSIONED = "/api/"
"""Beginning of the paths whose answers are kept by version."""


def describe(document: dict[str, Any], posts: Iterable[str], besides: str) -> None:
    """Add to an OpenAPI document what the door answers.

    Args:
        document: as the routes describe themselves.
        posts: paths that take POST.
        besides: beginning of the paths that the door lets pass.
    """
    for path in posts:
        operations = document["paths"][path]
        post = operations["post"]
        schema = post["requestBody"]["content"]["application/json"]
        own = "get" in operations
        asked = {
            "name": REQUEST,
            "in": "query",
            # Where the path has a GET of its own, its parameters are the other way to ask.
            "required": not own,
            "description": ASKED,
            "content": {"application/json": schema},
        }
        if not own:
            get = {key: deepcopy(post[key]) for key in post if key != "requestBody"}
            get["summary"] = f"{post['summary']} (as POST, its body in the query)"
            get["operationId"] = f"{post['operationId']}_read"
            get["responses"].pop("413", None)
            operations["get"] = get
        operations["get"].setdefault("parameters", []).insert(0, asked)
    for path, operations in document["paths"].items():
        if path.startswith(besides):
            continue
        if "get" in operations and path.startswith(VERSIONED):
            operations["get"].setdefault("parameters", []).append(MEANT)
        if "get" in operations and "200" in operations["get"]["responses"]:
            operations["get"]["responses"].setdefault("304", NOT_MODIFIED)
