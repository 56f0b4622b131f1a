"""The page, plotly.js and the API docs, all from installed files: no CDN, no internet."""

from collections.abc import Awaitable, Callable
from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI, Response
from fastapi.responses import FileResponse
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

PLOTLY = Path(str(files("plotly") / "package_data" / "plotly.min.js"))
SWAGGER = Path(str(files("fastapi_offline") / "static"))

DOCS = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Steepest API</title>
<link rel="icon" href="/favicon.svg">
<link rel="stylesheet" href="/vendor/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/vendor/swagger-ui-bundle.js"></script>
<script src="/vendor/docs.js"></script>
</body>
</html>
"""

DOCS_SCRIPT = """SwaggerUIBundle({
  url: "/openapi.json", dom_id: "#swagger-ui", deepLinking: true, validatorUrl: null,
});
"""


class PageFiles(StaticFiles):
    """Static files that a browser asks after each time, and gets again only when changed."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response


def install(app: FastAPI, frontend: Path) -> None:
    """Serve the page at ``/``, the docs at ``/docs`` and their libraries at ``/vendor``."""

    @app.get("/docs", include_in_schema=False)
    async def read_docs() -> Response:
        return Response(DOCS, media_type="text/html")

    @app.get("/vendor/docs.js", include_in_schema=False)
    async def read_docs_script() -> Response:
        return Response(DOCS_SCRIPT, media_type="text/javascript")

    for path in (PLOTLY, SWAGGER / "swagger-ui.css", SWAGGER / "swagger-ui-bundle.js"):
        app.get(f"/vendor/{path.name}", include_in_schema=False)(_file(path))
    app.mount("/", PageFiles(directory=frontend, html=True))


def _file(path: Path) -> Callable[[], Awaitable[FileResponse]]:
    async def read() -> FileResponse:
        return FileResponse(path, headers={"Cache-Control": "public, max-age=86400"})

    return read
