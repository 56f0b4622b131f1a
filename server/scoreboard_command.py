"""``python -m server scoreboard``: optimisers compared over surfaces, in the terminal."""

import argparse
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

WRONG = 2
"""The status of what cannot be compared as it was asked for."""
TAG = "tag:"
LECTURE = ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam")
EPILOG = """
Each cell: the share of starts from which the target was reached, and gradients in the median over
the starts. A surface is an id, tag:convex for all that have a tag, or a formula of x and y.
"""


def main(given: Sequence[str]) -> int:
    """Read the command line, compare and print; the status to exit with."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    asked = _parser().parse_args(given)
    # Before these imports, which take seconds, what is misspelt has been said.
    from pydantic import ValidationError

    from server import runtime
    from server.api.scoreboard import ScoreboardRequest, scoreboard
    from server.encoding import to_json
    from server.engine import store
    from server.engine.programs import Programs
    from server.errors import InputError
    from server.settings import SettingsError, read

    try:
        settings = read()
        request = ScoreboardRequest.model_validate(_body(asked))
        # Paths and searches are the CPU's work on any machine.
        placement = runtime.configure("cpu")
        programs = Programs(placement, settings.compute_threads, store.opened(settings.programs))
        answer = scoreboard(programs, request, _tell)
    except SettingsError as error:
        return _say(error.lines)
    except ValidationError as error:
        return _say(f"{_place(one['loc'])}: {one['msg']}" for one in error.errors())
    except InputError as error:
        return _say([f"{_place(error.field)}: {error.message}"])
    if asked.json is not None:
        Path(asked.json).write_bytes(to_json(answer))
    print("\n".join(table(answer)))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m server scoreboard",
        description="Compare optimizers over surfaces and starts under one budget of gradients.",
        epilog=EPILOG,
    )
    parser.add_argument(
        "--surfaces", nargs="+", metavar="ID|tag:TAG|FORMULA",
        help="all of the catalogue whose lowest minimum is known, if left out",
    )  # fmt: skip
    parser.add_argument(
        "--optimizers", nargs="+", metavar="ID", default=list(LECTURE), help="the lecture's six"
    )
    parser.add_argument("--steps", type=int, default=500, help="budget, in gradients (500)")
    parser.add_argument("--starts", type=int, default=10, help="on each surface (10)")
    parser.add_argument("--seed", type=int, default=0, help="of the starts (0)")
    parser.add_argument(
        "--target", type=float, default=1e-4, help="share of the start's gap (0.0001)"
    )
    parser.add_argument(
        "--tuned", action="store_true", help="also each at its best learning rate for each surface"
    )
    parser.add_argument("--json", metavar="FILE", help="write what the API answers to a file")
    return parser


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(_say([message, f"{self.prog} --help shows what is accepted"]))


def _body(asked: argparse.Namespace) -> dict[str, Any]:
    """The request that the command line means.

    Raises:
        InputError: a name that nobody knows.
    """
    from server.declarations import BY_ID
    from server.errors import InputError, unknown_id_message

    body: dict[str, Any] = {
        name: getattr(asked, name) for name in ("steps", "starts", "seed", "target")
    }
    body["tuned"] = "both" if asked.tuned else False
    for one in asked.optimizers:
        if one not in BY_ID.optimizers:
            message = unknown_id_message("optimizer", one, BY_ID.optimizers)
            raise InputError(("optimizers",), message)
    body["runs"] = [{"optimizer": {"id": one}} for one in asked.optimizers]
    if asked.surfaces is not None:
        body["surfaces"] = [one for word in asked.surfaces for one in _meant(word)]
    return body


def _meant(word: str) -> list[dict[str, Any]]:
    """Surfaces of a tag whose minimum is known, one by its id, or a formula.

    Raises:
        InputError: a word that is neither.
    """
    from server.api.scoreboard import with_known_minimum
    from server.declarations import BY_ID
    from server.errors import InputError, unknown_id_message

    if word.startswith(TAG):
        tag = word.removeprefix(TAG)
        named = [
            {"id": one.id} for one in with_known_minimum() if tag in BY_ID.surfaces[one.id].tags
        ]
        if named:
            return named
        known = sorted({tag for one in BY_ID.surfaces.values() for tag in one.tags})
        raise InputError(("surfaces",), unknown_id_message("tag", tag, known))
    if not word.isidentifier():
        return [{"formula": word}]
    if word not in BY_ID.surfaces:
        raise InputError(("surfaces",), unknown_id_message("surface", word, BY_ID.surfaces))
    return [{"id": word}]


def _place(field: Sequence[str | int]) -> str:
    return ".".join(map(str, field)) or "request"


def _say(lines: Iterable[str]) -> int:
    for line in lines:
        print(f"steepest: {line}", file=sys.stderr)
    return WRONG


def _tell(done: int, total: int) -> None:
    if sys.stderr.isatty():
        end = "\r" if done < total else "\n"
        print(f"{done} of {total} surfaces", file=sys.stderr, end=end, flush=True)


def table(answer: Mapping[str, Any]) -> list[str]:
    """Lines for a terminal: a table for each way to choose rates, then what they say together."""
    standings = answer["standings"]
    lines: list[str] = []
    for tuned in sorted({one["tuned"] for one in standings}):
        columns = [i for i, one in enumerate(standings) if one["tuned"] == tuned]
        rates = "best learning rate for each surface" if tuned else "learning rates at defaults"
        lines += [f"{rates}, {answer['steps']} gradients, to {answer['target']:g} of the gap", ""]
        names = [standings[i]["label"] for i in columns]
        rows = [
            [_name(one), *(_cell(one["cells"][i]) for i in columns)] for one in answer["surfaces"]
        ]
        ends = {"solved": "{:.0%}", "score": "{:.3f}", "area": "{:.3f}"}
        totals = [
            [name, *(form.format(standings[i][name]) for i in columns)]
            for name, form in ends.items()
        ]
        lines += [*_aligned([["", *names], *rows, *totals], rule=len(rows)), ""]
    if told := answer["defaults_or_tuning"]:
        lines += [
            f"area, best on each surface at its default: {told['best_at_defaults']:.3f}",
            f"area, one tuned: {min(told['tuned']):.3f} to {max(told['tuned']):.3f}",
            "",
        ]
    lines.append(
        "solved: share of problems; score: area under the performance profile to ratio "
        f"{answer['score_up_to']:g}; area: under the ECDF of {len(answer['targets'])} targets"
    )
    if not all(one["minimum_known"] for one in answer["surfaces"]):
        lines.append("*: no known minimum; gaps are to the lowest loss that any run saw")
    return lines


def _name(one: Mapping[str, Any]) -> str:
    surface = one["surface"]
    return surface.get("formula", surface["id"])[:32] + ("" if one["minimum_known"] else " *")


def _cell(cell: Mapping[str, Any]) -> str:
    median = "—" if cell["median"] is None else f"{cell['median']:.0f}"
    return f"{cell['solved']:.0%} {median:>4}"


def _aligned(rows: Sequence[Sequence[str]], rule: int) -> list[str]:
    """Columns as wide as they need to be, names on the left; a rule after the head and the rows."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    line = "─" * len(lines[0])
    return [lines[0], line, *lines[1 : rule + 1], line, *lines[rule + 1 :]]
