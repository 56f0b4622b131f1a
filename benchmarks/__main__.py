"""``python -m benchmarks [--only NAME] [--quick]``."""

import argparse

from benchmarks import (
    canaries,
    executors,
    first_sight,
    large_maps,
    map_prices,
    maps,
    memory,
    networks,
    page,
    paths,
    requests,
    search,
    slopes,
    start,
    starts,
    trainability,
)
from benchmarks.report import Figure, Skipped, table, write

BENCHMARKS = {
    "paths": paths.measure,
    "starts": starts.measure,
    "maps": maps.measure,
    "sight": first_sight.measure,
    "executors": executors.measure,
    "large": large_maps.measure,
    "slopes": slopes.measure,
    "map prices": map_prices.measure,
    "search": search.measure,
    "canaries": canaries.measure,
    "http": requests.measure,
    "formula": requests.measure_formulas,
    "networks": networks.measure,
    "trainability": trainability.measure,
    "start": start.measure,
    "page": page.measure,
    "memory": memory.measure,
}


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--only", choices=list(BENCHMARKS), help="one benchmark")
    parser.add_argument("--quick", action="store_true", help="few rounds: a smoke test")
    arguments = parser.parse_args()
    rounds = 30 if arguments.quick else 400
    results: list[Figure | Skipped] = []
    for name, measure in BENCHMARKS.items():
        if arguments.only in (None, name):
            print(f"{name} …", flush=True)
            results += measure(rounds)
    print(table(results))
    print(f"written to {write(results)}")


if __name__ == "__main__":
    main()
