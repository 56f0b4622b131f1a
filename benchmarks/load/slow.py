"""Clients that stop: in a header, in a body, in reading. What they cost, and whether it ends."""

import signal
import socket
import time
from contextlib import suppress

import uvloop

from benchmarks.load.arrivals import open_model
from benchmarks.load.bodies import PATHS, ask_once, big, slider
from benchmarks.load.client import Client, addresses
from benchmarks.load.figures import Figures
from benchmarks.load.prober import probing
from benchmarks.load.served import Tree, serving
from benchmarks.load.tally import Tally
from benchmarks.load.wire import raw_request

TO_END = 10.0
"""Seconds that a server with such clients may take to end."""


def _stopped(port: int, address: str, raw: bytes) -> socket.socket:
    """A connection that sends this and then does nothing; it reads as little as can be."""
    one = socket.socket()
    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    one.bind((address, 0))
    one.settimeout(10)
    one.connect(("127.0.0.1", port))
    one.sendall(raw)
    one.setblocking(False)
    return one


def _closed(one: socket.socket) -> bool:
    """Whether the server has ended it; what it sent is not read further than that takes."""
    try:
        return one.recv(1, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


async def _others(port: int, seconds: float) -> Tally:
    tally = Tally()
    clients = [Client(port, one, patience=10) for one in addresses(10, network=3)]

    async def ask(number: int, scheduled: float) -> None:
        raw = raw_request("POST", PATHS, slider(number))
        tally.add(await clients[number % 10].send(raw, scheduled))

    await open_model(10, seconds, ask)
    for one in clients:
        one.close()
    return tally


def measure(tree: Tree, quick: bool) -> Figures:
    """100 of each kind at once, each from an address of its own."""
    many, seconds = (20, 3.0) if quick else (100, 15.0)
    figures = Figures("slow")
    stopped: list[socket.socket] = []
    with serving(tree) as served:
        ask_once(served.port)
        alone = uvloop.run(_others(served.port, seconds))
        before, descriptors = served.megabytes(), served.descriptors()
        served.forget_peak()
        with probing(served.port) as health:
            path, body = big(0)
            whole = raw_request("POST", path, body)
            head = whole[: whole.index(b"\r\n\r\n")]
            half_a_header, half_a_body = head[: len(head) // 2], whole[: -len(body) // 2]
            for index, address in enumerate(addresses(many, network=4)):
                for raw in (half_a_header, half_a_body, raw_request("POST", *big(index))):
                    with suppress(OSError):
                        stopped.append(_stopped(served.port, address, raw))
            others = uvloop.run(_others(served.port, seconds))
        figures.add("others' p50 / without", others.seconds(0.5) / alone.seconds(0.5), "", 3)
        figures.add("others' p99 / without", others.seconds(0.99) / alone.seconds(0.99), "", 3)
        figures.add("others' errors", others.failed, "", 0)
        figures.health(health)
        figures.add(f"memory that {3 * many} of them cost", served.peak_megabytes() - before, "MB")
        figures.add("descriptors meanwhile", served.descriptors() - descriptors, "")
        figures.note(f"others: {others.told()}")
        ended = sum(_closed(one) for one in stopped)
        figures.note(f"of {len(stopped)} stopped clients the server had ended {ended} by then")
        begun = time.perf_counter()
        served.process.send_signal(signal.SIGTERM)
        served.process.wait(60)
        figures.add("SIGTERM to the end", time.perf_counter() - begun, "s", TO_END)
    for one in stopped:
        one.close()
    return figures
