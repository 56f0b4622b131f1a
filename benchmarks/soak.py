"""20 000 formulas, all different: memory stays flat and the process alive.

``python -m benchmarks.soak [--formulas N]`` starts a server, asks it for the paths and the
picture of one new formula after another, and fails if memory or mappings grow. A compiled
function of its own for each would hold 2 MB and 21 mappings, and the process would die at the
system's limit of 65 530 mappings.
"""

import argparse
import http.client
import json
import random
import sys

from benchmarks.server import process, status_of, wait_until_ready

SETTLED = 0.1
"""Share of the formulas after which memory must no longer grow."""
GROWTH_MB = 48.0
GROWTH_MAPPINGS = 200


def formula(chance: random.Random, depth: int = 3) -> str:
    """A random formula; its constants make it a new one each time."""
    if depth == 0:
        return chance.choice(["x", "y", f"{chance.uniform(-3, 3):.6f}"])
    a, b, c = (formula(chance, depth - 1) for _ in range(3))
    return chance.choice(
        [
            f"({a}) + ({b})*{chance.uniform(-2, 2):.6f}",
            f"sin({a})*cos({b})",
            f"({a})^{chance.randrange(2, 5)} + ({b})^2",
            f"exp(-({a})^2) + ({b})*({c})",
            f"where(({a}) < ({b}), {c}, {a})",
            f"max({a}, {b}, {c})",
            f"sqrt(1 + ({a})^2) + log(1 + ({b})^2)",
        ]
    )


def measured(pid: int) -> tuple[float, int]:
    """Resident megabytes and mappings of a process (Linux)."""
    with open(f"/proc/{pid}/statm") as statm:
        pages = int(statm.read().split()[1])
    with open(f"/proc/{pid}/maps") as maps:
        return pages * 4096 / 1e6, sum(1 for _ in maps)


def main() -> int:
    """Soak, print, and answer 1 if anything grew or died."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak")
    parser.add_argument("--formulas", type=int, default=20_000)
    count = parser.parse_args().formulas
    chance = random.Random(0)
    seen: set[str] = set()
    refused = 0
    with process("server") as (port, _, pid):
        wait_until_ready(port, afterwards=True)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

        def post(path: str, body: dict[str, object]) -> int:
            raw = json.dumps(body)
            connection.request("POST", path, raw, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            answer.read()
            return answer.status

        settled = measured(pid)
        print(f"{'formulas':>9} {'MB':>8} {'mappings':>9}")
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
            if len(seen) == max(1, round(SETTLED * count)):
                settled = measured(pid)
            if len(seen) % max(1, count // 20) == 0:
                memory, mappings = measured(pid)
                print(f"{len(seen):>9} {memory:>8.1f} {mappings:>9}", flush=True)
        alive = status_of(port, "/healthz") == 200
        memory, mappings = measured(pid)
    grown, more = memory - settled[0], mappings - settled[1]
    print(f"refused: {refused}; since {SETTLED:.0%}: {grown:+.1f} MB, {more:+d} mappings")
    return int(not alive or grown > GROWTH_MB or more > GROWTH_MAPPINGS or refused > count / 10)


if __name__ == "__main__":
    sys.exit(main())
