"""``python -m benchmarks.labels [--pixels 500]``: labels of maps against those of paths.

Random starts of every surface of the catalogue, of typed formulas and of points that were given,
by the lecture's optimisers at their default rates (``--optimizers all``: by all): the map's minimum
and divergence, early and exact, in float64, and what one call of ``trajectories`` says of the same
starts; how often the map's word is another than that path's outcome; and the share that float32
changes. Where rounding decides, as on the border of two basins, both are right: such a start's own
path has another label when the start is moved by one rounding, and is counted apart.
Exit status 1 where another float64 label differs.
"""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from benchmarks import arguments

STEPS, SIDE = 500, 301
LECTURE = ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam")
TYPED = {
    "(x^3-3*x*y^2-1)^2+(3*x^2*y-y^3)^2": ((-2.0, 2.0), (-2.0, 2.0)),
    "sqrt(x^2+y^2)+0.3*sin(5*x)*cos(4*y)": ((-4.0, 4.0), (-3.0, 3.0)),
    "abs(x) + (y^2 - 1)^2 + 0.2*y": ((-3.0, 3.0), (-2.0, 2.0)),
    "x^2 + log(y) + 1/y^2": ((-2.0, 2.0), (-1.0, 4.0)),
}
GIVEN = "0 1.2\n1 2.9\n2 5.3\n3 6.8\n4 9.4\n5 14\n"
WORDS = {"descending": "moving", "oscillating": "moving", "growing": "moving"}
"""Of a path's outcomes those that a map has one word for."""
MINIMA = ("minimum", "local_minimum")


class Labels(NamedTuple):
    """Of each start the minimum that its path ends at, whether it diverged, and its outcome."""

    basin: np.ndarray
    gone: np.ndarray
    word: np.ndarray

    def some(self, which: np.ndarray) -> "Labels":
        """Those of some starts."""
        return Labels(*(values[which] for values in self))

    def unlike(self, other: "Labels") -> np.ndarray:
        """Where the minimum or the divergence differs."""
        return (self.basin != other.basin) | (self.gone != other.gone)

    def words(self) -> np.ndarray:
        """Those of a map, where it has one word for several of a path's."""
        return np.array([WORDS.get(one, one) for one in self.word], object)

    def unlike_words(self, path: "Labels") -> np.ndarray:
        """Where words of a map are not those of the same starts' paths.

        A path within 2 % of a minimum may say that it is on its way, or that it is flat there.
        Which of two minima is the lower the map knows where nobody declared them.
        """
        told = path.words()
        near = (self.basin >= 0) & np.isin(told, (*MINIMA, "moving", "flat"))
        return (self.words() != told) & ~near


def of_paths(programs: Any, basins: Any, starts: np.ndarray, tolerance: float = 1e-3) -> Labels:
    """What ``trajectories`` says; of starts that it refuses, as f is not finite there, diverged."""
    from server.engine.evaluation import loss_and_gradient
    from server.engine.trajectories import trajectories
    from server.maps.ground import ground_of

    count = len(starts)
    basin, gone = np.full(count, -1), np.ones(count, bool)
    word = np.full(count, "not_finite", object)
    loss, gradient = loss_and_gradient(programs, basins.surface.ready(), starts, "float64")
    begun = np.flatnonzero(np.isfinite(loss) & np.isfinite(gradient).all(axis=1))
    if len(begun):
        (found,) = trajectories(
            programs, basins.surface, [basins.run], starts[begun], tolerance=tolerance
        )
        gone[begun] = [path.status == "diverged" for path in found]
        ends = np.array([path.points[-1] for path in found])
        ground = ground_of(programs, basins.surface, basins.run.changes)
        basin[begun] = np.where(gone[begun], -1, ground.basins(ends))
        word[begun] = [path.outcome.id for path in found]
    return Labels(basin, gone, word)


def of_map(programs: Any, basins: Any, pixels: np.ndarray) -> Labels:
    """What the map says."""
    from server.maps.basins import ENDS

    found = basins.compute(programs, pixels)
    words = np.array(ENDS, object)[found["outcome"]]
    return Labels(found["basin"].astype(int), words == "not_finite", words)


def by_rounding(
    programs: Any, basins: Any, starts: np.ndarray, path: Labels
) -> tuple[np.ndarray, np.ndarray]:
    """Which starts have one within two roundings of x and y whose path has another label, or word.

    Both of all starts, shape [n].
    """
    sides = [(a, b) for a in range(-2, 3) for b in range(-2, 3) if (a, b) != (0, 0)]
    near = [starts + np.multiply(side, np.spacing(starts)) for side in sides]
    found = of_paths(programs, basins, np.concatenate(near))
    of_sides = np.arange(len(found.word)).reshape(len(sides), -1)
    others = [found.some(one) for one in of_sides]
    return (
        np.any([one.unlike(path) for one in others], axis=0),
        np.any([one.words() != path.words() for one in others], axis=0),
    )


def rate_of(seen: Any, method: Any) -> float:
    """An optimiser's default on a surface."""
    smaller = min(seen.learning_rate, seen.stride)
    scales = {
        "gradient": seen.learning_rate, "stride": seen.stride, "smaller": smaller, "constant": 1.0
    }  # fmt: skip
    default = method.default_rate
    return seen.rates.get(method.id, scales[default.of] * default.times)


def surfaces() -> Iterator[tuple[str, Any]]:
    """All that is descended, by name."""
    from surfaces.catalog import SURFACES
    from surfaces.data import LinearRegression
    from surfaces.formula import Formula
    from surfaces.points import pasted

    for declared in SURFACES:
        yield declared.id, declared()
    for text, domain in TYPED.items():
        yield text, Formula(text, domain)
    points, _ = pasted(GIVEN, "curve")
    yield "given points", LinearRegression(points=points)


def basins_of(programs: Any, surface: Any, method: Any, seen: Any) -> Any:
    """The map of a method at its default rate."""
    from server.engine.runs import Run
    from server.maps.basins import Basins

    run = Run(method(learning_rate=rate_of(seen, method)), np.ones(STEPS))
    return Basins(surface, STEPS, SIDE, SIDE, seen.domain, "float64", run=run)


def compare(programs: Any, basins: Any, pixels: np.ndarray) -> tuple[int, str, Counter[str]]:
    """How many labels are wrong, a line about all, and which words differ."""
    starts = basins.starts(pixels)
    path = of_paths(programs, basins, starts)
    early, exact, single = (
        of_map(programs, one, pixels)
        for one in (basins, replace(basins, exact=True), replace(basins, precision="float32"))
    )
    unlike = early.unlike(path), exact.unlike(path)
    unlike_words = early.unlike_words(path)
    some = np.flatnonzero(unlike[0] | unlike[1] | unlike_words)
    rounding, of_words = np.zeros((2, len(pixels)), bool)
    if len(some):
        near, near_words = by_rounding(programs, basins, starts[some], path.some(some))
        of_labels = (unlike[0] | unlike[1])[some]
        rounding[some], of_words[some] = near & of_labels, near_words
    wrong = [int((one & ~rounding).sum()) for one in unlike]
    words = Counter(
        f"{early.word[i]}/{path.word[i]}"
        for i in np.flatnonzero(unlike_words & ~rounding & ~of_words)
    )
    text = (
        f"early {wrong[0]}, exact {wrong[1]}, by rounding {int(rounding.sum())}, "
        f"float32 {int(single.unlike(path).sum())}, words {sum(words.values())}"
    )
    return sum(wrong), text, words


def main() -> int:
    """Compare and print."""
    from server.maps.running.worker import FLAGS

    parser = argparse.ArgumentParser(prog="python -m benchmarks.labels")
    parser.add_argument("--pixels", type=arguments.count, default=500, help="at most 301²")
    parser.add_argument("--surfaces", nargs="+", help="their ids or formulas; all if left out")
    parser.add_argument("--optimizers", nargs="+", default=LECTURE, help="their ids, or all")
    asked = parser.parse_args()
    os.environ["XLA_FLAGS"] = " ".join(FLAGS)

    from server import runtime
    from server.engine import store
    from server.engine.programs import Programs
    from server.engine.views import view
    from server.optimizers.catalog import OPTIMIZERS
    from server.settings import Settings

    ids = [method.id for method in OPTIMIZERS]
    named = dict(surfaces())
    arguments.check(parser, "surface", asked.surfaces or (), list(named))
    arguments.check(parser, "optimizer", asked.optimizers, [*ids, "all"])
    if asked.pixels > SIDE**2:
        parser.error(f"accepted: at most {SIDE**2} pixels")
    programs = Programs(runtime.configure("cpu"), store=store.opened(Settings().programs))
    total = 0
    all_words: Counter[str] = Counter()
    for name in asked.surfaces or named:
        surface = named[name]
        seen = view(programs, surface)
        pixels = np.random.default_rng(5).choice(SIDE * SIDE, asked.pixels, replace=False)
        for method in OPTIMIZERS:
            if method.id not in asked.optimizers and "all" not in asked.optimizers:
                continue
            basins = basins_of(programs, surface, method, seen)
            wrong, text, words = compare(programs, basins, pixels)
            total += wrong
            all_words += words
            print(f"{name:20} {method.id:14} {text} {dict(words)}", flush=True)
    print(f"words: {dict(all_words)}")
    print(f"{total} labels of float64 differ")
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())
