"""The application: its parts are made here, once, and handed to whoever needs them."""

import asyncio
from asyncio import to_thread
from collections.abc import AsyncGenerator, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from platform import python_version
from typing import Any

import jax
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.middleware import Middleware
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.types import ASGIApp
from starlette_compress import CompressMiddleware

from server import pages, runtime, watchdog
from server.admission import Admission
from server.api import (
    backpropagation,
    errors,
    functions,
    network_training,
    networks,
    operation,
    probe,
    search,
    surfaces,
    trajectories,
)
from server.api import catalog as catalog_api
from server.api.catalog_entries import catalog, product_version
from server.api.queries import DescribedQuery
from server.api.state import Services
from server.connections.listening import connections_allowed
from server.connections.register import CONNECTIONS, Bounds, Connections
from server.engine import store
from server.engine.preparation import warm_up
from server.engine.programs import Programs
from server.metrics.watching import Metrics, Watched
from server.middleware.head import HeadAsGet
from server.middleware.hosts import Hosts
from server.middleware.requests import Observer, Requests
from server.middleware.security import SecurityHeaders
from server.middleware.sharing import Sharing
from server.readiness import Readiness
from server.settings import Settings, read

API = "/api/v1"
PARTS = (
    catalog_api,
    surfaces,
    probe,
    backpropagation,
    trajectories,
    search,
    functions,
    networks,
    network_training,
)

DESCRIPTION = """
Paths of gradient-descent optimizers over two-dimensional surfaces.

Every answer is a pure function of its request: the same request gives the same bytes.
A path that leaves the finite range is an outcome (`status: "diverged"`), not an error; `outcome`
says of every path what it came to, and why.
Bad input is answered 422, with the field and what would be accepted.

Work has a price, in seconds of one core, known before it begins: what costs more than
`limits.work_seconds` of the catalogue is refused with 422 (`too_much_work`: the price, the limit,
and what of each number would fit). What takes longer than the deadline all the same is stopped
and answered 503 (`too_long`), as is what would wait too long (`at_capacity`); `Retry-After` says
when to come back. The same request asked by several at once is computed once, and what nobody
waits for any more is stopped.
"""


class Application(FastAPI):
    """An application whose description is worked out when it is asked for.

    Args:
        observer: is told of every request.
        **settings: of FastAPI.
    """

    def __init__(self, observer: Observer, **settings: Any):
        super().__init__(**settings)
        self._observer = observer

    def build_middleware_stack(self) -> ASGIApp:
        # Outside of what answers 500, which Starlette puts outside of all middleware.
        return Requests(super().build_middleware_stack(), self._observer)

    def openapi(self) -> dict[str, Any]:
        for part in PARTS:
            for route in part.router.routes:
                if isinstance(route, APIRoute) and isinstance(route.openapi_extra, DescribedQuery):
                    route.openapi_extra.work_out()
        return super().openapi()


def create_app(settings: Settings | None = None) -> FastAPI:
    """Build the application; its programs begin to compile when it starts.

    Args:
        settings: of this process; those of its environment if left out.

    Raises:
        SettingsError: the environment has some that cannot be used.
        DeviceUnavailableError: a GPU was asked for and there is none.
    """
    settings = settings or read()
    placement = runtime.configure(settings.device)
    programs = Programs(placement, settings.compute_threads, store.opened(settings.programs))
    beside = ThreadPoolExecutor(1, thread_name_prefix="catalog")
    admission = Admission(settings.compute_threads, settings.waiting, settings.deadline_seconds)
    warming = warm_up(programs)
    readiness = Readiness(warming, admission)

    def templates() -> Iterator[str]:
        return (context.path for context in iter_route_contexts(app.routes) if context.path)

    metrics = Metrics(
        Watched(programs, admission, warming),
        {
            "version": product_version(),
            "python": python_version(),
            "jax": jax.__version__,
            "device": placement.wide.platform,
        },
        templates,
        readiness.ready,
    )
    services = Services(
        programs=programs,
        admission=admission,
        catalog=beside.submit(catalog, placement, settings.work_seconds),
        work_seconds=settings.work_seconds,
        connections=Connections(
            Bounds(
                connections=connections_allowed(settings.connections),
                header_seconds=settings.header_seconds,
                body_seconds=settings.body_seconds,
                write_seconds=settings.write_seconds,
            )
        ),
        readiness=readiness,
        metrics=metrics,
    )

    beside.shutdown(wait=False)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[Mapping[str, Any]]:
        if settings.warm_up:
            warming.start()
        watching = [asyncio.create_task(metrics.watch())]
        if settings.hang_seconds:
            hangs = watchdog.watch(settings.hang_seconds, lambda: admission.stuck)
            watching.append(asyncio.create_task(hangs))
        yield {CONNECTIONS: services.connections}
        readiness.end()
        for one in watching:
            one.cancel()
        warming.stop()
        await to_thread(admission.close)

    app = Application(
        metrics,
        title="Steepest",
        version=product_version(),
        description=DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        middleware=[
            Middleware(
                SecurityHeaders,
                frame_ancestors=settings.frame_ancestors,
                shared=bool(settings.cors),
            ),
            Middleware(Hosts, allowed=settings.allowed_hosts, refuse=errors.refuse),
            *(
                [Middleware(Sharing, origins=settings.cors, refuse=errors.refuse)]
                if settings.cors
                else []
            ),
            # What is answered of a defect passes through all of the above.
            Middleware(ServerErrorMiddleware, handler=errors.on_unexpected),
            Middleware(HeadAsGet),
            # Packed numbers hardly compress: higher levels take three times as long for nothing.
            Middleware(CompressMiddleware, minimum_size=1024, zstd_level=2, gzip_level=1),
        ],
    )
    app.state.services = services
    errors.install(app)
    for part in PARTS:
        app.include_router(part.router, prefix=API)
    app.include_router(operation.router)
    pages.install(app, settings.frontend)
    return app
