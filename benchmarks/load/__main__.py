"""``python -m benchmarks.load NAME… [--quick] [--tree PATH …] [--server-command COMMAND]``."""

import argparse
from collections.abc import Callable
from pathlib import Path

from benchmarks.load import a_class, flooder, hall, lag, memory, overload, sliders, slow
from benchmarks.load.figures import Figures
from benchmarks.load.served import HERE, Tree
from benchmarks.report import compared

SCENARIOS: dict[str, Callable[[Tree, bool], Figures]] = {
    "class": a_class.measure,
    "overload": overload.measure,
    "overload-1000": overload.measure_many,
    "sliders": sliders.measure,
    "flooder": flooder.measure,
    "slow": slow.measure,
    "lag": lag.measure,
    "hall": hall.measure,
    "memory": memory.measure,
}


def main() -> None:
    """Measure each scenario on each tree, and print them side by side."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load")
    parser.add_argument("scenario", nargs="+", choices=[*SCENARIOS, "all"])
    parser.add_argument("--quick", action="store_true", help="a smoke test: some 20 s")
    parser.add_argument(
        "--tree",
        type=Path,
        action="append",
        metavar="PATH",
        help="whose server is measured, this one's if left out; several are put side by side",
    )
    parser.add_argument(
        "--server-command",
        default="",
        metavar="COMMAND",
        help="starts the server in its tree; {port} in it is where it must listen on 127.0.0.1",
    )
    arguments = parser.parse_args()
    trees = [Tree(path.resolve(), arguments.server_command) for path in arguments.tree or [HERE]]
    names = list(SCENARIOS) if "all" in arguments.scenario else arguments.scenario
    for name in names:
        found: list[Figures] = []
        for tree in trees:
            print(f"{name} of {tree.path.name} …", flush=True)
            found.append(SCENARIOS[name](tree, arguments.quick))
        print(compared([tree.path.name for tree in trees], [one.figures for one in found]))
        for tree, one in zip(trees, found, strict=True):
            for line in one.notes:
                print(f"  {tree.path.name}: {line}")
        print(flush=True)


if __name__ == "__main__":
    main()
