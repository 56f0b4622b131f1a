"""The worst requests known of each route, none larger than the 256 KiB that a body may have."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from benchmarks.load.bodies import run
from benchmarks.load.wire import raw_request

BODY = 256 * 1024 - 64
QUERY = 30_000
"""Characters of a query string; today's server takes up to 64 kB of head."""


@dataclass(frozen=True)
class Worst:
    """One request.

    Attributes:
        route: it is the worst of.
        kind: of what is bad about it.
        raw: its bytes.
    """

    route: str
    kind: str
    raw: bytes


def _json(body: Any) -> bytes:
    return json.dumps(body, separators=(",", ":")).encode()


def _filled(item: str, opening: str, closing: str) -> bytes:
    """As many copies of an item as a body may hold, in a list."""
    count = (BODY - len(opening) - len(closing)) // (len(item) + 1)
    return f"{opening}{','.join([item] * count)}{closing}".encode()


def bodies() -> Iterator[tuple[str, str, bytes]]:
    """Route, kind and body."""
    many_keys = _filled('"k":0', "{", "}")
    different = ",".join(f'"{"learning_rat"}{n:x}":0' for n in range(12_000))
    long_id = "rosenbroc" * 28_000
    routes = (
        "trajectories",
        "grid",
        "probe",
        "backpropagation",
        "learning-rate-search",
        "losses/values",
        "networks/signal",
        "networks/training",
    )
    for route in routes:
        yield route, "as many unknown fields", f"{{{different}}}".encode()
        yield route, "nested as deep", b"[" * BODY
        yield route, "one field again and again", many_keys
        yield route, "an id of 250 kB", _json({"surface": {"id": long_id}, "activation": long_id})
    for route in ("trajectories", "learning-rate-search"):
        opening = '{"surface":{"id":"rosenbrock"},"runs":['
        yield route, "wrong runs", _filled('{"optimizer":{"id":"adm"}}', opening, "]}")
        yield route, "empty runs", _filled("{}", opening, "]}")
    head = '{"surface":{"id":"rosenbrock"},"runs":[{"optimizer":{"id":"sgd"}}],"starts":['
    yield "trajectories", "wrong starts", _filled('["a",1]', head, "]}")
    yield "probe", "wrong points", _filled("[1]", '{"surface":{"id":"rosenbrock"},"at":[', "]}")
    for form in ("(", "-", "x+", "sin(", "x^"):
        formula = {"formula": (form * 260_000)[:250_000]}
        yield "grid", f"a formula of {form}", _json({"surface": formula})
    formula = {"formula": "+".join(["x*y"] * 125)[:499]}
    yield "grid", "a formula as long as may be", _json({"surface": formula})
    paste = "\n".join("1,2,3" for _ in range(43_000))
    for text, kind in (
        (paste, "a paste of 250 kB"),
        (paste[:65_500], "a paste as long as may be"),
        ('"' * 65_500, "a paste of quotes"),
        (("1,5;" * 64 + "\n") * 250, "a paste of 64 columns"),
    ):
        body = {"surface": {"id": "linear_regression", "points": text}}
        yield "grid", kind, _json(body)
        yield "trajectories", kind, _json({**body, "runs": [run("sgd")]})
    losses = {"targets": [1.0] * 20_000, "predictions": [0.5] * 20_000}
    yield "losses/values", "too many points", _json(losses)


def queries() -> Iterator[tuple[str, str, str]]:
    """Route, kind and path of GETs."""
    for route in ("trajectories?surface=rosenbrock&optimizer=adam", "surfaces/rosenbrock/grid?n=1"):
        name = route.split("?")[0]
        many = "&".join(f"a{n:x}=1" for n in range(QUERY // 7))
        yield name, "as many unknown parameters", f"{route}&{many}"[:QUERY]
        yield name, "one again and again", f"{route}{'&steps=1' * (QUERY // 8)}"[:QUERY]
        yield name, "a long name", f"{route}&{'learning_rate' * (QUERY // 13)}=1"[:QUERY]
        wrong = urlencode({"precision": "float6" * (QUERY // 6)})
        yield name, "a long value", f"{route}&{wrong}"[:QUERY]
    yield "surfaces/<id>", "a long id", f"surfaces/{'rosenbroc' * (QUERY // 9)}"
    yield "activations/<id>/values", "a long id", f"activations/{'rel' * (QUERY // 3)}/values"


def requests() -> list[Worst]:
    """All of them."""
    posted = [
        Worst(route, kind, raw_request("POST", f"/api/v1/{route}", body[: BODY + 64]))
        for route, kind, body in bodies()
    ]
    asked = [
        Worst(route, kind, raw_request("GET", f"/api/v1/{path}")) for route, kind, path in queries()
    ]
    return posted + asked
