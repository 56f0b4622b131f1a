"""``/healthz`` and ``/readyz``: for orchestrators, load balancers and the page's first seconds."""

from fastapi import APIRouter, Response

from server.api.http import JSON
from server.api.state import Serving
from server.encoding import to_json

router = APIRouter(tags=["operation"])


@router.get("/healthz", summary="The process lives")
async def read_health() -> dict[str, str]:
    """Answered by the event loop alone: it waits for no computation."""
    return {"status": "alive"}


@router.get("/readyz", summary="Every built-in program is compiled")
async def read_readiness(serving: Serving) -> Response:
    """503 until then; requests are answered all the same, after their own compile.

    ``afterwards`` counts what is seldom asked for and still being compiled when ready, ``failed``
    what of it does not compile: only requests that need it feel that. ``preparing`` names what is
    compiled now because a request waits for it; that happens once per installation.
    """
    progress = serving.warm_up.progress()
    content = to_json(
        {
            "status": progress.status,
            "compiled": progress.done,
            "total": progress.total,
            "afterwards": progress.afterwards,
            "failed": progress.failed,
            "preparing": serving.programs.preparing,
        }
    )
    if progress.status == "ready":
        return Response(content, media_type=JSON)
    return Response(content, 503, {"Retry-After": "1"}, media_type=JSON)
