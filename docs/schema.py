"""``python -m docs.schema``: what all answers are made of, as JSON: the page's types follow."""

import json
from typing import Any, Final

from server.app import create_app
from server.settings import Settings

REFERENCE: Final = "#/components/schemas/"
REFUSAL: Final = "Refused"


def named(part: Any) -> set[str]:
    """Names of the schemas that a part of a document refers to."""
    if isinstance(part, list):
        return {name for one in part for name in named(one)}
    if not isinstance(part, dict):
        return set()
    own = part.get("$ref")
    found = {own.removeprefix(REFERENCE)} if isinstance(own, str) else set[str]()
    return found | {name for one in part.values() for name in named(one)}


def untitled(part: Any) -> Any:
    """A part without the titles of its schemas, which only say their names again."""
    if isinstance(part, list):
        return [untitled(one) for one in part]
    if not isinstance(part, dict):
        return part
    return {
        key: untitled(one)
        for key, one in part.items()
        if not (key == "title" and isinstance(one, str))
    }


def answers(document: dict[str, Any]) -> dict[str, Any]:
    """An OpenAPI document of nothing but what answers are made of: a page sends what it likes."""
    schemas = document["components"]["schemas"]
    wanted = {REFUSAL} | named(
        [
            operation["responses"]["200"]
            for path in document["paths"].values()
            for operation in path.values()
        ]
    )
    kept: set[str] = set()
    while new := wanted - kept:
        kept |= new
        wanted |= named([schemas[name] for name in new])
    return {
        "openapi": document["openapi"],
        "info": document["info"],
        "paths": {},
        "components": {"schemas": {name: untitled(schemas[name]) for name in sorted(kept)}},
    }


if __name__ == "__main__":
    print(json.dumps(answers(create_app(Settings()).openapi())))
