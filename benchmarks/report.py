"""Figures with their targets: measured interleaved, quoted as medians, printed as a table."""

import json
import platform
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Figure:
    """One measured number; ``target`` is the most it should be, or the least if so said.

    Two targets are the least and the most.
    """

    benchmark: str
    name: str
    value: float
    unit: str
    target: float | tuple[float, float] | None = None
    at_least: bool = False

    @property
    def verdict(self) -> str:
        if self.target is None:
            return ""
        if isinstance(self.target, tuple):
            met = self.target[0] <= self.value <= self.target[1]
        else:
            met = self.value >= self.target if self.at_least else self.value <= self.target
        return "met" if met else "NOT met"

    @property
    def aim(self) -> str:
        """The target as it is printed."""
        if self.target is None:
            return ""
        if isinstance(self.target, tuple):
            return f"{self.target[0]:g}…{self.target[1]:g}"
        return f"{'≥' if self.at_least else '≤'} {self.target:g}"


@dataclass(frozen=True)
class Skipped:
    """What could not be measured here, and why."""

    benchmark: str
    why: str


def interleaved(work: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each piece of work, taken in turn so that a slow machine slows all."""
    for run in work.values():
        run()
    times: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(rounds):
        for name, run in work.items():
            begun = time.perf_counter()
            run()
            times[name].append(1e3 * (time.perf_counter() - begun))
    return times


def ratio(times: Mapping[str, list[float]], name: str, other: str) -> float:
    """Median over the rounds of one time divided by the other."""
    return statistics.median(a / b for a, b in zip(times[name], times[other], strict=True))


def table(results: list[Figure | Skipped]) -> str:
    """Everything measured, a line each."""
    lines = [f"{'benchmark':<10} {'what':<46} {'value':>10}  {'unit':<6} {'target':>8}  verdict"]
    for one in results:
        if isinstance(one, Skipped):
            lines.append(f"{one.benchmark:<10} skipped: {one.why}")
            continue
        lines.append(
            f"{one.benchmark:<10} {one.name:<46} {one.value:>10.3g}  {one.unit:<6} "
            f"{one.aim:>8}  {one.verdict}"
        )
    return "\n".join(lines)


def compared(names: list[str], columns: list[list[Figure]]) -> str:
    """The same figures of several trees side by side; targets are held against the last."""
    width = max(10, *(len(name) for name in names))
    heads = "  ".join(f"{name:>{width}}" for name in names)
    lines = [f"{'benchmark':<10} {'what':<46} {heads}  {'unit':<6} {'target':>8}  verdict"]
    for row in zip(*columns, strict=True):
        values = "  ".join(f"{one.value:>{width}.3g}" for one in row)
        last = row[-1]
        lines.append(
            f"{last.benchmark:<10} {last.name:<46} {values}  {last.unit:<6} "
            f"{last.aim:>8}  {last.verdict}"
        )
    return "\n".join(lines)


def write(results: list[Figure | Skipped]) -> Path:
    """The same as JSON, with the machine it was measured on."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / "latest.json"
    machine = {"system": platform.platform(), "python": platform.python_version()}
    rows = [
        asdict(one) | ({"verdict": one.verdict} if isinstance(one, Figure) else {})
        for one in results
    ]
    path.write_text(json.dumps({"machine": machine, "results": rows}, indent=2) + "\n")
    return path
