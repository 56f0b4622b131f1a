"""What the application is made of: its routes, what it says of itself, who watches its requests."""

from functools import cache
from typing import Any

from fastapi import FastAPI, Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp

from server.api import (
    anatomy,
    backpropagation,
    bounds,
    errors,
    functions,
    halls,
    network_training,
    networks,
    operation,
    probe,
    scenarios,
    scoreboard,
    search,
    surfaces,
    trajectories,
)
from server.api import catalog as catalog_api
from server.api.catalog_entries import product_version
from server.api.examples import illustrate
from server.api.http import JSON
from server.api.maps import basins, stability, trainability, winner
from server.api.queries import DescribedQuery
from server.door.described import describe
from server.encoding import to_json
from server.middleware.requests import Observer, Requests

API = "/api/v1"
PARTS = (
    catalog_api,
    scenarios,
    surfaces,
    probe,
    backpropagation,
    trajectories,
    anatomy,
    search,
    scoreboard,
    functions,
    networks,
    network_training,
    basins,
    stability,
    trainability,
    winner,
)
"""What is a function of its request, whatever came before."""
HALLS = f"{API}{bounds.CHANGING}"
"""What is not: nothing of it is kept, and its POST is POST alone."""

DESCRIPTION = """
Paths of gradient-descent optimizers over two-dimensional surfaces.

Every answer but those of `/halls` is a pure function of its request: the same request gives the
same bytes.
A path that leaves the finite range is an outcome (`status: "diverged"`), not an error; `outcome`
says of every path what it came to, and why.
Bad input is answered 422, with the field and what would be accepted.

Work has a price, in seconds of one core, known before it begins: what costs more than
`limits.work_seconds` of the catalogue is refused with 422 (`too_much_work`: the price, the limit,
and what of each number would fit). What takes longer than the deadline all the same is stopped
and answered 503 (`too_long`), as is what would wait too long (`at_capacity`); `Retry-After` says
when to come back. The same request asked by several at once is computed once, and what nobody
waits for any more is stopped.

Whatever takes POST is answered to GET too, the body as JSON in the query parameter `request`:
the same answer, with a strong ETag for each content coding and a Cache-Control. An ETag is known
from the request alone, so `If-None-Match` costs no computation. HEAD is GET without its body.
"""


class Application(FastAPI):
    """An application whose description is worked out when it is asked for.

    Args:
        observer: is told of every request.
        **settings: of FastAPI.
    """

    def __init__(self, observer: Observer, **settings: Any):
        super().__init__(
            title="Steepest",
            version=product_version(),
            description=DESCRIPTION,
            openapi_url=None,
            docs_url=None,
            redoc_url=None,
            **settings,
        )
        self._observer = observer
        errors.install(self)
        for part in (*PARTS, halls):
            self.include_router(part.router, prefix=API)
        self.include_router(operation.router)
        self.add_api_route("/openapi.json", self._described, include_in_schema=False)

    def build_middleware_stack(self) -> ASGIApp:
        # Outside of what answers 500, which Starlette puts outside of all middleware.
        return Requests(super().build_middleware_stack(), self._observer)

    async def _described(self) -> Response:
        # A second of work, once: in a thread. The door keeps the answer.
        content = await run_in_threadpool(lambda: to_json(self.openapi()))
        return Response(content, media_type=JSON)

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            for part in PARTS:
                for route in part.router.routes:
                    extra = route.openapi_extra if isinstance(route, APIRoute) else None
                    if isinstance(extra, DescribedQuery):
                        extra.work_out()
            document = super().openapi()
            illustrate(document, API)
            describe(document, computing_posts(), HALLS)
        return super().openapi()


@cache
def computing_posts() -> dict[str, bool]:
    """Paths that take POST; each is answered to GET too. Whether it has a GET of its own."""
    methods: dict[str, set[str]] = {}
    for part in PARTS:
        for route in part.router.routes:
            if isinstance(route, APIRoute):
                methods.setdefault(f"{API}{route.path}", set()).update(route.methods or ())
    return {path: "GET" in known for path, known in methods.items() if "POST" in known}
