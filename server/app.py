"""The application: its parts are made here, once, and handed to whoever needs them."""

import asyncio
from asyncio import to_thread
from collections.abc import AsyncGenerator, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from platform import python_version
from sys import setswitchinterval
from typing import Any

import jax
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.middleware import Middleware
from starlette.middleware.errors import ServerErrorMiddleware

from server import limits, pages, runtime, watchdog
from server.admission import Admission
from server.api import errors
from server.api.catalog_answer import Catalog
from server.api.catalog_entries import catalog, product_version
from server.api.halls_threads import InHall
from server.api.maps import opening
from server.api.state import Services
from server.application import API, HALLS, Application, computing_posts
from server.assets.scene_pages import Scene
from server.connections.listening import connections_allowed
from server.connections.register import CONNECTIONS, EARLY, Bounds, Connections
from server.door.answers import Answers
from server.door.door import Door
from server.door.early import Early
from server.door.lag import Lag
from server.door.salt import salt, version
from server.door.unsent import Unsent
from server.engine import store
from server.engine.giving_back import give_back_at_once
from server.engine.preparation import warm_up
from server.engine.programs import Programs
from server.engine.warmup import WarmUp
from server.halls import halls
from server.halls.opening import opened
from server.maps import running
from server.maps.running import kept
from server.metrics.watching import Metrics, Watched
from server.middleware.head import HeadAsGet
from server.middleware.hosts import Hosts
from server.middleware.security import SecurityHeaders, security_headers
from server.middleware.sharing import Sharing
from server.readiness import Readiness
from server.scenarios.catalog import SCENARIOS
from server.settings import Settings, read

UNSENT = 256_000_000
"""Bytes of large answers that slow readers may make a process hold."""
SWITCH = 0.001
"""Seconds after which a thread hands the interpreter on: the loop needs it often, for a moment."""


async def settle_after(last: "Future[Catalog]") -> None:
    """Have the garbage collector leave alone what lives as long as the process, all of it."""
    await asyncio.wrap_future(last)
    runtime.settle()


def scenes() -> list[Scene]:
    """The lecture's scenes, as their pages name them."""
    html = {
        "descent": "index.html",
        "signal": "signal.html",
        "functions": "functions.html",
        "maps": "maps.html",
    }
    return [Scene(one.id, html[one.state.page], one.title.en, one.title.ru) for one in SCENARIOS]


def create_app(settings: Settings | None = None) -> FastAPI:
    """Build the application; its programs begin to compile when it starts.

    Args:
        settings: of this process; those of its environment if left out.

    Raises:
        SettingsError: the environment has some that cannot be used.
        DeviceUnavailableError: a GPU was asked for and there is none.
    """
    settings = settings or read()
    give_back_at_once()
    placement = runtime.configure(settings.device)
    programs = Programs(placement, settings.compute_threads, store.opened(settings.programs))
    beside = ThreadPoolExecutor(1, thread_name_prefix="catalog")
    # Every question waits for it; the catalogue takes longer.
    devices = (placement.sequential, placement.wide)
    bounds = (settings.work_seconds, settings.map_seconds)
    salted = beside.submit(salt, devices, *bounds)
    named = beside.submit(lambda: version(salted.result()))
    where = running.Where(settings.device, settings.programs)
    maps = running.Maps(
        running.chosen(
            programs, where, settings.map_workers, settings.cluster, settings.cluster_seconds
        ),
        kept.opened(settings.maps, settings.maps_mb),
    )
    admission = Admission(settings.compute_threads, settings.waiting, settings.deadline_seconds)
    # Where nothing is compiled ahead there is nothing to wait for.
    if settings.warm_up:
        warming = warm_up(programs, opening.noted_under(maps.workers, placement))
    else:
        warming = WarmUp(programs, first=[], then=[])
    readiness = Readiness(warming, admission)
    connections = Connections(
        Bounds(
            connections=connections_allowed(settings.connections),
            header_seconds=settings.header_seconds,
            body_seconds=settings.body_seconds,
            write_seconds=settings.write_seconds,
        )
    )

    def templates() -> Iterator[str]:
        return (context.path for context in iter_route_contexts(app.routes) if context.path)

    fixed = security_headers(settings.frame_ancestors, bool(settings.cors))
    answers, unsent = Answers(settings.answers_mb * 1_000_000), Unsent(UNSENT)
    in_hall = InHall(
        halls.Halls(opened(settings.halls), halls.Bounds(limits.HALLS, limits.HALL_VOTERS))
    )
    connections.at_end.append(in_hall.watching.end)
    metrics = Metrics(
        Watched(programs, admission, warming, connections, answers, in_hall, maps),
        {
            "version": product_version(),
            "python": python_version(),
            "jax": jax.__version__,
            "device": placement.wide.platform,
        },
        templates,
        readiness.ready,
    )
    lag = Lag(metrics.lagged)
    services = Services(
        programs=programs,
        admission=admission,
        catalog=beside.submit(catalog, placement, *bounds),
        work_seconds=settings.work_seconds,
        maps=maps,
        map_seconds=settings.map_seconds,
        version=named,
        connections=connections,
        readiness=readiness,
        metrics=metrics,
        halls=in_hall,
    )

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[Mapping[str, Any]]:
        setswitchinterval(SWITCH)
        lag.start()
        warming.start()
        runtime.settle()
        watching = [
            asyncio.create_task(metrics.watch()),
            asyncio.create_task(settle_after(services.catalog)),
        ]
        if settings.hang_seconds:
            hangs = watchdog.watch(settings.hang_seconds, lambda: admission.stuck)
            watching.append(asyncio.create_task(hangs))
        # Behind a proxy the connection does not say who asks, and other origins are told so.
        told = not settings.proxies and not settings.cors
        early = Early(admission, f"{API}/", fixed, HALLS) if told else None
        yield {CONNECTIONS: services.connections, EARLY: early}
        readiness.end()
        lag.stop()
        for one in watching:
            one.cancel()
        warming.stop()
        maps.workers.close()
        await to_thread(admission.close)
        await to_thread(in_hall.close)

    app = Application(
        metrics,
        lifespan=lifespan,
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
            Middleware(
                Door,
                prefixes=(f"{API}/", "/openapi.json"),
                posts=computing_posts(),
                answers=answers,
                admission=admission,
                unsent=unsent,
                salt=salted,
                besides=(HALLS,),
            ),
        ],
    )
    beside.shutdown(wait=False)
    app.state.services, app.state.answers = services, answers
    app.state.unsent, app.state.lag = unsent, lag
    pages.install(app, settings.frontend, settings.page, named, scenes())
    return app
