"""The application with one more route: as many ready-made bytes as an answer has."""

import argparse

import uvicorn
from fastapi import Response
from starlette.routing import Route

from server.app import create_app
from server.settings import Settings

READY_MADE = "/benchmark/bytes/{count:int}"


async def ready_made(request) -> Response:
    """A JSON string of the asked length, made once per length."""
    count = request.path_params["count"]
    if count not in MADE:
        MADE[count] = b'"' + b"x" * (count - 2) + b'"'
    return Response(MADE[count], media_type="application/json")


MADE: dict[int, bytes] = {}


def main() -> None:
    """Serve on a port of loopback."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--device", default="cpu")
    arguments = parser.parse_args()
    app = create_app(Settings(device=arguments.device))
    app.router.routes.insert(0, Route(READY_MADE, ready_made, methods=["POST"]))
    uvicorn.run(app, host="127.0.0.1", port=arguments.port, log_level="warning")


if __name__ == "__main__":
    main()
