"""Which methods a path takes: those of all its routes together, as ``Allow`` says them."""

from fastapi import Request
from starlette.routing import Match, Mount

from server.api import bounds

ROUTED = ("GET", "POST", "PUT", "PATCH", "DELETE")


def allowed(request: Request, *, static: bool) -> list[str]:
    """The methods of a request's path, HEAD with GET, OPTIONS with any; none if it has no route.

    Args:
        request: whose path is looked at, whatever its method.
        static: whether a path without a route is a file's.
    """
    root = request.scope.get("app_root_path", request.scope.get("root_path", ""))
    routes = [one for one in request.app.routes if not isinstance(one, Mount)]
    found = [
        method
        for method in ROUTED
        for scope in ({**request.scope, "root_path": root, "method": method},)
        if any(route.matches(scope)[0] is Match.FULL for route in routes)
    ]
    # Whatever takes POST is answered to GET, before it reaches a route: server/door.
    changes = bounds.CHANGING in request.url.path
    if (found == ["POST"] and not changes) or (not found and static):
        found.insert(0, "GET")
    if "GET" in found:
        found.insert(1, "HEAD")
    return [*found, "OPTIONS"] if found else []
