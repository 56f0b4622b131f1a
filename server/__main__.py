"""``python -m server``: serve the page and the API."""

import argparse
import os
import sys

import uvicorn

GRACE = 4
"""Seconds that answers may take to be finished when the server is told to end; then their work is
stopped, which may take as long again."""


def main() -> None:
    """Read the command line and serve until interrupted."""
    # A compute thread is a core's worth of work: BLAS's own would only wait for each other. It
    # reads this when NumPy is first imported, which the settings do.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from server import logs
    from server.metrics import folder
    from server.settings import Settings

    settings = Settings()
    parser = argparse.ArgumentParser(prog="python -m server", description="Serve Steepest.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on")
    parser.add_argument("--workers", type=int, default=1, help="processes; each compiles its own")
    parser.add_argument(
        "--device",
        choices=["auto", "cpu", "gpu"],
        default=settings.device,
        help="where wide work is computed (auto: the GPU when there is one)",
    )
    arguments = parser.parse_args()
    # Workers are processes of their own; the environment is what reaches them.
    os.environ["STEEPEST_DEVICE"] = arguments.device
    with folder.shared(arguments.workers):
        uvicorn.run(
            "server.app:create_app",
            factory=True,
            host=arguments.host,
            port=arguments.port,
            workers=arguments.workers,
            timeout_graceful_shutdown=GRACE,
            log_config=logs.configuration(settings.log),
            # Every request is logged by the application, which knows more of it.
            access_log=False,
        )
    # A compile cannot be stopped, and Python would wait for its thread.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
