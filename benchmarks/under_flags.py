"""What is measured in a process of its own, under the flags that the workers of maps have."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any, cast

from benchmarks.report import Figure, Skipped


def asked(module: str, rounds: int) -> list[Figure | Skipped]:
    """What a module of benchmarks says in a child: flags of XLA hold for a process."""
    command = [sys.executable, "-m", module, str(rounds)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    rows = json.loads(done.stdout.splitlines()[-1])
    return [_read(row) for row in rows]


def _read(row: dict[str, Any]) -> Figure | Skipped:
    if "value" not in row:
        return Skipped(**row)
    # JSON knows no tuples.
    if isinstance(row["target"], list):
        low, high = cast("list[float]", row["target"])
        row = {**row, "target": (low, high)}
    return Figure(**row)


def said(measure: Callable[[int], Sequence[Figure | Skipped]]) -> None:
    """The child's part: measure under the flags, and print the figures."""
    from server.maps.running.worker import FLAGS

    os.environ["XLA_FLAGS"] = " ".join(FLAGS)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    print(json.dumps([asdict(one) for one in measure(int(sys.argv[1]))]))
