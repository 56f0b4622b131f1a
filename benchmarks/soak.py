"""Mixed traffic for an hour: memory, mappings, files and threads stay as they are.

``python -m benchmarks.soak [--minutes N] [--tree PATH]`` starts a server and does to it what people
do: pages, sliders, pastes, networks, tables, refusals, streams that are left, clients that stop.
Each minute it prints what the server holds, and it fails if that grows after the first tenth.

``--formulas N`` asks for the paths and the picture of as many new formulas, one after another,
instead. A compiled function of its own for each would hold 2 MB and 21 mappings, and the process
would die at the system's limit of 65 530 mappings.
"""

import argparse
import asyncio
import http.client
import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import uvloop

from benchmarks.arguments import count
from benchmarks.formulas import formula
from benchmarks.load.mixed import Mixed
from benchmarks.load.served import HERE, Served, Tree, serving
from benchmarks.load.tally import Tally
from benchmarks.server import status_of

SETTLED = 0.1
"""Share of the time after which nothing must grow any more."""
COLUMNS = f"{'done':>9} {'MB':>8} {'mappings':>9} {'files':>6} {'threads':>8} {'p99 ms':>7}"


@dataclass(frozen=True)
class Held:
    """What a server holds; or how much more than before."""

    megabytes: float
    mappings: int
    descriptors: int
    threads: int

    @classmethod
    def by(cls, served: Served) -> "Held":
        return cls(served.megabytes(), served.mappings(), served.descriptors(), served.threads())

    def told(self, done: str, p99: float) -> str:
        return (
            f"{done:>9} {self.megabytes:>8.1f} {self.mappings:>9} {self.descriptors:>6} "
            f"{self.threads:>8} {1e3 * p99:>7.0f}"
        )


MAY_GROW = Held(megabytes=48.0, mappings=200, descriptors=64, threads=4)
"""What is held comes and goes by as much; a leak of one thing a request passes it soon."""


def grown(seen: list[Held]) -> Held:
    """How much more the last tenth held than the one after the settling, in the middle."""
    tenth = max(1, round(SETTLED * len(seen)))
    early, late = seen[tenth : 2 * tenth] or seen[:1], seen[-tenth:]

    def more(name: str) -> float:
        return median(getattr(one, name) for one in late) - median(
            getattr(one, name) for one in early
        )

    return Held(
        more("megabytes"),
        round(more("mappings")),
        round(more("descriptors")),
        round(more("threads")),
    )


def mixed(served: Served, minutes: float) -> Iterator[tuple[str, Held, Tally]]:
    """A minute of everything after another."""
    with uvloop_runner() as runner:
        everything = Mixed(served.port)
        periods = max(10, round(minutes))
        for period in range(periods):
            everything.tally = Tally()
            runner.run(everything.run(60 * minutes / periods))
            done = f"{minutes * (period + 1) / periods:.1f} min"
            yield done, Held.by(served), everything.tally
        everything.close()
    print(f"did: {dict(everything.did)}")
    if everything.strange:
        raise AssertionError(f"answers that should not be: {dict(everything.strange)}")


def uvloop_runner() -> asyncio.Runner:
    """One loop for all minutes, so that connections live on."""
    return asyncio.Runner(loop_factory=uvloop.new_event_loop)


def formulas(served: Served, count: int) -> Iterator[tuple[str, Held, Tally]]:
    """One new formula after another; a twentieth of them at a time."""
    chance = random.Random(0)
    seen: set[str] = set()
    refused = 0
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)

    def post(path: str, body: dict[str, object]) -> int:
        raw = json.dumps(body)
        connection.request("POST", path, raw, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        return answer.status

    while len(seen) < count:
        text = formula(chance)
        if text in seen:
            continue
        seen.add(text)
        surface = {"formula": text}
        run = {"optimizer": {"id": "adam"}}
        statuses = {
            post("/api/v1/trajectories", {"surface": surface, "runs": [run], "steps": 50}),
            post("/api/v1/grid", {"surface": surface, "nx": 20, "ny": 20}),
        }
        # 422: too large a formula, or not finite at its start.
        assert statuses <= {200, 422}, (statuses, text)
        refused += 422 in statuses
        if len(seen) % max(1, count // 20) == 0:
            yield str(len(seen)), Held.by(served), Tally()
    assert refused <= count / 10, f"{refused} of {count} formulas were refused"


def main() -> int:
    """Soak, print, and answer 1 if anything grew or died."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak")
    parser.add_argument("--minutes", type=float, default=60, help="of everything mixed")
    parser.add_argument("--formulas", type=count, help="as many new formulas and nothing else")
    parser.add_argument("--tree", type=Path, default=HERE, help="whose server is started")
    arguments = parser.parse_args()
    seen: list[Held] = []
    with serving(Tree(arguments.tree.resolve())) as served:
        print(COLUMNS)
        periods = (
            mixed(served, arguments.minutes)
            if arguments.formulas is None
            else formulas(served, arguments.formulas)
        )
        for done, held, tally in periods:
            p99 = tally.seconds(0.99) if tally.outcomes else float("nan")
            print(held.told(done, p99), f"  {tally.told()}" if tally.outcomes else "", flush=True)
            seen.append(held)
        alive = status_of(served.port, "/healthz") == 200
    more = grown(seen)
    print(f"since {SETTLED:.0%}: {more}")
    too_much = [
        name
        for name in ("megabytes", "mappings", "descriptors", "threads")
        if getattr(more, name) > getattr(MAY_GROW, name)
    ]
    print("grew: " + ", ".join(too_much) if too_much else "nothing grew")
    return int(not alive or bool(too_much))


if __name__ == "__main__":
    sys.exit(main())
