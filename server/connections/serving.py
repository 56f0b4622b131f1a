"""The server's processes: one, or several workers under a parent that looks after them."""

import faulthandler
import logging
import multiprocessing
import os
import signal
import socket
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from time import monotonic
from types import FrameType
from typing import NoReturn

import uvicorn
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors.multiprocess import Multiprocess, Process

from server import logs
from server.connections.listening import address, several
from server.connections.protocol import Connection
from server.connections.register import CONNECTIONS, Connections
from server.logs import Form

logger = logging.getLogger("uvicorn.error")

GRACE = 4
"""Seconds that answers may take to be finished when the server is told to end; then their work is
stopped, which may take as long again."""
AT_LAST = 9.5
"""Seconds after which a server that was told to end does, come what may."""
KEEP_ALIVE = 75
"""Seconds that a connection may be idle: longer than proxies keep theirs, lest both act at once."""
HUNG = 60
"""Seconds without a sign of life after which a worker is killed and begun anew."""
FAILURES = 3
"""Workers in a row that may end before they serve."""


def configuration(app: str, workers: int, proxies: Sequence[str], log: Form) -> uvicorn.Config:
    """How uvicorn serves.

    Args:
        app: where the factory of the application is.
        workers: processes.
        proxies: addresses and networks whose word about a client's address is taken.
        log: text or JSON.
    """
    return uvicorn.Config(
        app,
        factory=True,
        http=Connection,
        ws="none",
        lifespan="on",
        workers=workers,
        # Nobody's word is taken by default: uvicorn would take that of the machine itself.
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies),
        server_header=False,
        log_config=logs.configuration(log),
        # Every request is logged by the application, which knows more of it.
        access_log=False,
        timeout_graceful_shutdown=GRACE,
        timeout_keep_alive=KEEP_ALIVE,
        timeout_worker_healthcheck=HUNG,
    )


def serve(config: uvicorn.Config, listening: socket.socket) -> int:
    """Serve until told to end; the status to exit with."""
    sockets = several(listening)
    if config.workers == 1:
        server = Server(config)
        server.run(sockets)
        return 0 if server.started else STARTUP_FAILURE
    workers = Workers(config, sockets)
    workers.run()
    return workers.status


class Server(uvicorn.Server):
    """Serves in this process until it is told to end."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if sockets and self.config.workers == 1:
            _tell(sockets[0])

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        register = self.lifespan.state[CONNECTIONS]
        assert isinstance(register, Connections)
        register.end()
        await super().shutdown(sockets)
        # It has ended as it was told to: nobody else has to be told of the signal.
        self._captured_signals.clear()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        # Whatever holds it up, it says where it stood and ends: this needs no turn of Python's.
        if not self.should_exit:
            faulthandler.dump_traceback_later(AT_LAST, exit=True)
        super().handle_exit(sig, frame)


class Worker(Process):
    """A process of several.

    Attributes:
        serves: whether it has come so far.
    """

    def __init__(self, config: uvicorn.Config, sockets: list[socket.socket]):
        super().__init__(config, sockets)
        self.serves = False
        self._asked: float | None = None

    @property
    def server(self) -> Server:
        if self._server is None:
            self._server = Server(self.config)
            threading.Thread(target=_end_with_parent, daemon=True).start()
        assert isinstance(self._server, Server)
        return self._server

    def always_pong(self) -> None:
        # Without an end where the parent has gone: this process ends with it.
        with suppress(EOFError, OSError):
            super().always_pong()

    def target(self, sockets: list[socket.socket] | None = None) -> None:
        super().target(sockets)
        leave(0)

    def is_well(self) -> bool:
        """Whether it lives, and has given a sign of that lately; waits for nothing."""
        if not self.process.is_alive():
            return False
        now = monotonic()
        with suppress(EOFError, OSError):
            if self._asked is None:
                self._asked = now
                self.parent_conn.send(b"ping")
            elif self.parent_conn.poll():
                self.serves = bool(self.parent_conn.recv()) or self.serves
                self._asked = None
        return self._asked is None or now - self._asked < HUNG


class Workers(Multiprocess):
    """Begins workers, begins those anew that end, and gives up where none can serve.

    Attributes:
        status: to exit with.
    """

    def __init__(self, config: uvicorn.Config, sockets: list[socket.socket]):
        super().__init__(config, sockets)
        self.status = 0
        self._failures = 0
        self._workers: list[Worker] = []

    def init_processes(self) -> None:
        _tell(self.sockets[0])
        self._workers = [self._begun() for _ in range(self.processes_num)]
        self.processes = [*self._workers]

    def _begun(self) -> Worker:
        worker = Worker(self.config, self.sockets)
        worker.start()
        return worker

    def keep_subprocess_alive(self) -> None:
        for place, worker in enumerate(self._workers):
            if worker.is_well() or self.should_exit.is_set():
                continue
            worker.kill()
            worker.join()
            logger.error("Worker [%s] ended with status %s", worker.pid, worker.exitcode)
            self._failures = 0 if worker.serves else self._failures + 1
            by_itself = not worker.serves and (worker.exitcode or 0) > 0
            if by_itself or self._failures >= FAILURES:
                logger.error("Workers cannot be started: giving up")
                self.status = (by_itself and worker.exitcode) or STARTUP_FAILURE
                self.should_exit.set()
                return
            self.processes[place] = self._workers[place] = self._begun()

    def terminate_all(self) -> None:
        # The workers have copies of their own: from now on nobody else shall come.
        for one in self.sockets:
            one.close()
        super().terminate_all()

    def handle_hup(self) -> None:
        self.handle_term()

    def handle_ttin(self) -> None:
        """Nothing: there are as many workers as were asked for."""

    def handle_ttou(self) -> None:
        """Nothing, likewise."""


def leave(status: int) -> NoReturn:
    """End this process now, whatever its threads do."""
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def _tell(listening: socket.socket) -> None:
    logger.info("Uvicorn running on %s (Press CTRL+C to quit)", address(listening))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
