"""The application with one more route: as many ready-made bytes as an answer has."""

import argparse
from typing import get_args

import uvicorn
from fastapi import APIRouter, FastAPI, Response

from server.app import create_app
from server.runtime import Device
from server.settings import Settings


def add_ready_made(app: FastAPI) -> None:
    """A POST route that answers a JSON string of the asked length, made once per length."""
    made: dict[int, bytes] = {}
    router = APIRouter()

    @router.post("/benchmark/bytes/{count}")
    async def ready_made(count: int) -> Response:
        if count not in made:
            made[count] = b'"' + b"x" * (count - 2) + b'"'
        return Response(made[count], media_type="application/json")

    app.include_router(router)
    # The page is mounted at "/" and would answer first.
    app.router.routes.insert(0, app.router.routes.pop())


def main() -> None:
    """Serve on a port of loopback."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--device", choices=get_args(Device), default="cpu")
    arguments = parser.parse_args()
    app = create_app(Settings(device=arguments.device))
    add_ready_made(app)
    uvicorn.run(app, host="127.0.0.1", port=arguments.port, log_level="warning")


if __name__ == "__main__":
    main()
