"""``python -m benchmarks.compare REV``: bench and load of this tree and another, side by side.

The other revision is laid into a temporary folder, with an environment of its own where its lock
differs. Each benchmark is measured of both in turn, round by round, so that a machine that is
slow for a while slows both; what is printed are medians, and the ratio of the two. 1.10 is a tenth
more than before.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.__main__ import BENCHMARKS
from benchmarks.arguments import check, count
from benchmarks.load.__main__ import SCENARIOS

HERE = Path(__file__).parent.parent
LOCK = "requirements/test.txt"
BENCHES = ("paths", "starts", "search", "http", "formula", "networks", "start", "memory")
"""Those that another tree is likely to have under the same name."""

Key = tuple[str, str, str]
"""Benchmark, name of the figure, unit."""


@dataclass(frozen=True)
class Tree:
    """One of the two.

    Attributes:
        name: in the table.
        path: of its files.
        python: with what it needs.
        programs: a private folder for its compiled programs.
    """

    name: str
    path: Path
    python: str
    programs: Path

    def environment(self) -> dict[str, str]:
        """Of everything that is run of it."""
        return {**os.environ, "STEEPEST_PROGRAMS": str(self.programs), "PYTHONPATH": ""}


@contextmanager
def both(revision: str) -> Iterator[tuple[Tree, Tree]]:
    """The other tree, then this one; the other is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="steepest-compare-") as folder:
        room = Path(folder)
        other = room / "tree"
        other.mkdir()
        archive = subprocess.run(
            ["git", "archive", revision], cwd=HERE, stdout=subprocess.PIPE, check=True
        )
        subprocess.run(["tar", "-x", "-C", str(other)], input=archive.stdout, check=True)
        python = sys.executable
        if (other / LOCK).read_bytes() != (HERE / LOCK).read_bytes():
            print("its lock differs: an environment of its own", flush=True)
            subprocess.run([sys.executable, "-m", "venv", str(room / "venv")], check=True)
            python = str(room / "venv/bin/python")
            pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            subprocess.run([*pip, "--require-hashes", "-r", str(other / LOCK)], check=True)
        trees: list[Tree] = []
        for name, path, of in ((revision, other, python), ("here", HERE, sys.executable)):
            programs = room / f"programs-{len(trees)}"
            programs.mkdir(mode=0o700)
            trees.append(Tree(name, path, of, programs))
        yield trees[0], trees[1]


def bench(tree: Tree, name: str, quick: bool) -> dict[Key, float]:
    """One benchmark of ``python -m benchmarks``; nothing where the tree has none of that name."""
    results = tree.path / "benchmarks/results/latest.json"
    kept = results.read_bytes() if results.exists() else None
    results.unlink(missing_ok=True)
    command = [tree.python, "-m", "benchmarks", "--only", name]
    done = subprocess.run(
        command + ["--quick"] * quick,
        cwd=tree.path,
        env=tree.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    if done.returncode or not results.exists():
        print(f"  {tree.name}: {(done.stderr.strip().splitlines() or ['failed'])[-1]}")
        return {}
    rows = json.loads(results.read_text())["results"]
    if kept is not None:
        results.write_bytes(kept)
    return {
        (one["benchmark"], one["name"], one["unit"]): one["value"] for one in rows if "value" in one
    }


def load(tree: Tree, name: str, quick: bool) -> dict[Key, float]:
    """One scenario of ``python -m benchmarks.load``, by this tree's generator."""
    from benchmarks.load import served
    from benchmarks.load.__main__ import SCENARIOS

    before = os.environ.get("STEEPEST_PROGRAMS")
    os.environ["STEEPEST_PROGRAMS"] = str(tree.programs)
    try:
        command = f"{tree.python} -m server --device cpu --port {{port}}"
        found = SCENARIOS[name](served.Tree(tree.path, command), quick)
    finally:
        if before is None:
            del os.environ["STEEPEST_PROGRAMS"]
        else:
            os.environ["STEEPEST_PROGRAMS"] = before
    return {(one.benchmark, one.name, one.unit): one.value for one in found.figures}


def table(names: tuple[str, str], found: tuple[list[dict[Key, float]], ...]) -> str:
    """Medians of both, and how many times the first the second is."""
    keys = [key for key in dict.fromkeys(key for one in found[1] for key in one)]
    lines = [f"{'benchmark':<10} {'what':<52} {names[0][:12]:>12} {names[1]:>12}  unit     ratio"]
    for key in keys:
        values = [[one[key] for one in rounds if key in one] for rounds in found]
        if not values[0]:
            lines.append(f"{key[0]:<10} {key[1]:<52} {'—':>12} "
                         f"{statistics.median(values[1]):>12.4g}  {key[2]}")  # fmt: skip
            continue
        before, after = map(statistics.median, values)
        ratio = f"{after / before:>6.2f}" if before else "     —"
        lines.append(
            f"{key[0]:<10} {key[1]:<52} {before:>12.4g} {after:>12.4g}  {key[2]:<7} {ratio}"
        )
    return "\n".join(lines)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compare", description=__doc__)
    parser.add_argument("revision", help="of git: a tag, a branch, a commit")
    parser.add_argument("--rounds", type=count, default=3, help="of each, in turn (3)")
    parser.add_argument("--quick", action="store_true", help="short rounds: a smoke test")
    parser.add_argument("--bench", nargs="*", default=list(BENCHES), metavar="NAME")
    parser.add_argument("--load", nargs="*", metavar="NAME",
                        default=["class", "sliders", "overload", "memory"])  # fmt: skip
    arguments = parser.parse_args()
    check(parser, "benchmark", arguments.bench, list(BENCHMARKS))
    check(parser, "scenario", arguments.load, list(SCENARIOS))
    if shutil.which("git") is None:
        parser.error("git is missing")
    named = ["git", "rev-parse", "--quiet", "--verify", f"{arguments.revision}^{{commit}}"]
    if subprocess.run(named, cwd=HERE, stdout=subprocess.DEVNULL).returncode:
        parser.error(f"git knows no revision '{arguments.revision}'")
    work = [(bench, one) for one in arguments.bench] + [(load, one) for one in arguments.load]
    with both(arguments.revision) as trees:
        for measure, name in work:
            found: tuple[list[dict[Key, float]], ...] = ([], [])
            for number in range(arguments.rounds):
                print(f"{name}, round {number + 1} of {arguments.rounds} …", flush=True)
                # Who is first changes: what the first leaves warm or hot is the second's luck.
                for at in (0, 1) if number % 2 == 0 else (1, 0):
                    found[at].append(measure(trees[at], name, arguments.quick))
            print(table((trees[0].name, trees[1].name), found), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
