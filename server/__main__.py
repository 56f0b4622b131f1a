"""``python -m server``: serve the page and the API; ``… scoreboard`` compares in the terminal."""

import argparse
import os

# One command of our own, see below.
import subprocess  # nosec B404
import sys
import traceback
from collections.abc import Iterable
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from fastapi import FastAPI

WRONG = 2
"""The status of what cannot be served as it was asked for."""
PORTS = range(65_536)
WORKERS = range(1, 257)


def main() -> int:
    """Read the command line and serve until interrupted; the status to exit with."""
    if sys.argv[1:2] == ["scoreboard"]:
        from server import scoreboard_command

        return scoreboard_command.main(sys.argv[2:])
    # A compute thread is a core's worth of work: BLAS's own would only wait for each other. It
    # reads this when NumPy is first imported, which the settings do.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from server.connections.listening import CannotListenError, bound
    from server.connections.serving import configuration, serve
    from server.cores import cores
    from server.metrics import folder
    from server.settings import SettingsError, read

    try:
        settings = read()
    except SettingsError as error:
        return _say(error.lines)
    parser = _Parser(
        prog="python -m server",
        description="Serve Steepest.",
        epilog="python -m server scoreboard --help: compare optimizers in the terminal.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument(
        "--port", type=_Within(PORTS), default=8000, help="port to listen on; 0 is any free one"
    )
    parser.add_argument(
        "--workers", type=_Within(WORKERS), default=1, help="processes; each compiles its own"
    )
    parser.add_argument(
        "--device",
        choices=["auto", "cpu", "gpu"],
        default=settings.device,
        help="where wide work is computed (auto: the GPU when there is one)",
    )
    parser.add_argument(
        "--cluster",
        default=settings.cluster,
        metavar="tcp://…",
        help="scheduler of a Dask cluster that computes maps (docs/cluster.md)",
    )
    arguments = parser.parse_args()
    # Workers are processes of their own; the environment is what reaches them.
    os.environ["STEEPEST_DEVICE"] = arguments.device
    if arguments.cluster is not None:
        os.environ["STEEPEST_CLUSTER"] = arguments.cluster
    if arguments.workers > 1 and settings.map_workers is None:
        # All processes together have one a core.
        os.environ["STEEPEST_MAP_WORKERS"] = str(max(1, cores() // arguments.workers))
    if arguments.workers > 1 and arguments.device == "gpu" and (why := _no_gpu()):
        return _say([why])
    try:
        listening = bound(arguments.host, arguments.port)
    except CannotListenError as error:
        return _say([str(error)])
    with folder.shared(arguments.workers):
        return serve(
            configuration(
                "server.__main__:application", arguments.workers, settings.proxies, settings.log
            ),
            listening,
        )


def application() -> "FastAPI":
    """The application of a process, which ends with a line where it cannot be made."""
    from server.app import create_app
    from server.maps.running import ClusterUnavailableError
    from server.runtime import DeviceUnavailableError
    from server.settings import SettingsError

    try:
        return create_app()
    except (ClusterUnavailableError, DeviceUnavailableError, SettingsError) as error:
        sys.exit(_say(str(error).splitlines()))


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(_say([message, f"{self.prog} --help shows what is accepted"]))


class _Within:
    """A whole number of a range, for argparse."""

    def __init__(self, accepted: range):
        self._accepted = accepted

    def __call__(self, value: str) -> int:
        try:
            number = int(value)
        except ValueError:
            number = None
        if number is None or number not in self._accepted:
            first, last = self._accepted[0], self._accepted[-1]
            raise argparse.ArgumentTypeError(f"{value!r} is no whole number from {first} to {last}")
        return number


def _no_gpu() -> str:
    """Why there is no GPU, if there is none: found out by a process that ends again."""
    code = "from server.runtime import configure; configure('gpu')"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True)  # nosec B603
    return done.stderr.strip().splitlines()[-1].partition(": ")[2] if done.returncode else ""


def _say(lines: Iterable[str]) -> int:
    for line in lines:
        print(f"steepest: {line}", file=sys.stderr)
    return WRONG


if __name__ == "__main__":
    status = 1
    try:
        status = main()
    except SystemExit as ending:
        status = ending.code if isinstance(ending.code, int) else 0
    except KeyboardInterrupt:
        status = 0
    except Exception:
        # Nobody else says it: the process ends below.
        traceback.print_exc()
    finally:
        # A compile cannot be stopped, and Python would wait for its thread.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
