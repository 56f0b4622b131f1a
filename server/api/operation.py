"""Health, readiness and metrics: for orchestrators, load balancers and whoever watches.

Each is answered by the event loop alone: it waits for no thread and no computation.
"""

from fastapi import APIRouter, Request, Response

from server.api.http import JSON
from server.api.state import Serving
from server.encoding import to_json

router = APIRouter(tags=["operation"])


@router.get("/healthz", summary="The process lives")
async def read_health() -> dict[str, str]:
    """Answered as long as the event loop turns; a process that does not answer is to be ended."""
    return {"status": "alive"}


@router.get("/readyz", summary="Requests should be sent here")
async def read_readiness(serving: Serving) -> Response:
    """200 with `status: "ready"`, else 503 with the first of these that applies.

    - `ending`: the process was told to end, and finishes what it has begun.
    - `stuck`: all threads of a lane hold on to work that was cancelled, or whose deadline passed,
      more than 30 seconds ago; if it stays so, only a restart helps.
    - `warming`: built-in programs are being compiled, `compiled` of `total` are. Requests are
      answered all the same, after their own compile.
    - `failed`: one of them does not compile; the log says which.

    `afterwards` counts what is seldom asked for and still being compiled when ready, `failed` what
    of it does not compile: only requests that need it feel that.
    """
    status, progress = serving.readiness.status(), serving.readiness.progress()
    content = to_json(
        {
            "status": status,
            "compiled": progress.done,
            "total": progress.total,
            "afterwards": progress.afterwards,
            "failed": progress.failed,
        }
    )
    if status == "ready":
        return Response(content, media_type=JSON)
    return Response(content, 503, {"Retry-After": "1"}, media_type=JSON)


@router.get("/metrics", summary="What an operator watches", response_class=Response)
async def read_metrics(request: Request, serving: Serving) -> Response:
    """In the form that Prometheus reads; of all workers together.

    Not for the internet: a reverse proxy should answer 404 here.
    """
    text, media_type = serving.metrics.text(request.headers.get("accept", ""))
    return Response(text, headers={"Content-Type": media_type, "Cache-Control": "no-store"})


@router.get("/preparing", summary="What is compiled now because a request waits for it")
async def read_preparing(serving: Serving) -> dict[str, list[str]]:
    """Names of programs; each is compiled once per installation.

    Where processes of the server's own compute maps, two names are fixed: `map` for any program of
    a map, and `workers of maps` while those processes begin. Where its threads do (on a GPU, or
    with STEEPEST_MAP_WORKERS=0) a map's programs have names of their own, as all others; of what a
    cluster compiles nothing is said. The page asks when an answer is long in coming, and says so.
    """
    names = {*serving.programs.preparing, *serving.maps.workers.preparing}
    return {"preparing": sorted(names)}
