"""``python -m server scoreboard``: optimisers compared over surfaces, in the terminal."""

import argparse
import csv
import io
import json
import os
import signal
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from shutil import get_terminal_size
from typing import Any, NoReturn

WRONG = 2
"""The status of what cannot be compared as it was asked for."""
TAG = "tag:"
OUTPUT = "-"
"""Names the output where a file is asked for."""
LECTURE = ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam")
EPILOG = """
Each cell: the share of starts from which the target was reached, and gradients in the median over
the starts. Where many runs are compared tables stand under each other.
"""


def main(given: Sequence[str]) -> int:
    """Read the command line, compare and print; the status to exit with."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # A program of the terminal: what is interrupted, or read by nobody any more, ends at once.
    for name in ("SIGINT", "SIGPIPE"):
        if hasattr(signal, name):
            signal.signal(signal.Signals[name], signal.SIG_DFL)
    asked = _asked(given)
    # Before these imports, which take seconds, what is misspelt has been said.
    from pydantic import ValidationError

    from server import runtime
    from server.api.scoreboard import ScoreboardRequest, scoreboard
    from server.engine import store
    from server.engine.programs import Programs
    from server.errors import InputError
    from server.settings import SettingsError, read

    body: dict[str, Any] = {}
    try:
        settings = read()
        body = body_of(asked)
        request = ScoreboardRequest.model_validate(body)
        # Paths and searches are the CPU's work on any machine.
        placement = runtime.configure("cpu")
        programs = Programs(placement, settings.compute_threads, store.opened(settings.programs))
        _write(asked, scoreboard(programs, request, _tell))
    except SettingsError as error:
        return _say(error.lines)
    except ValidationError as error:
        return _say(f"{_place(one['loc'], body)}: {one['msg']}" for one in error.errors())
    except InputError as error:
        return _say([f"{_place(error.field, body)}: {error.message}"])
    except OSError as error:
        return _say([f"{error.filename}: {error.strerror}"])
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m server scoreboard",
        description="Compare optimizers over surfaces and starts under one budget of gradients.",
        epilog=EPILOG,
    )
    parser.add_argument(
        "--surfaces", nargs="+", metavar="SURFACE",
        help="ids, tag:TAG for all that have a tag, or formulas of x and y; all of the catalogue "
        "whose lowest minimum is known, if left out",
    )  # fmt: skip
    parser.add_argument(
        "--optimizers", nargs="+", metavar="RUN", default=list(LECTURE),
        help="ids, with numbers of one's own as in adam,pytorch,learning_rate:0.1; the lecture's "
        "six, if left out",
    )  # fmt: skip
    parser.add_argument("--steps", type=int, default=500, help="budget, in gradients (500)")
    parser.add_argument("--starts", type=int, default=10, help="on each surface (10)")
    parser.add_argument("--seed", type=int, default=0, help="of the starts (0)")
    parser.add_argument(
        "--target", type=float, default=1e-4, help="share of the start's gap (0.0001)"
    )
    parser.add_argument(
        "--tuned", action="store_true", help="also each at its best learning rate for each surface"
    )
    for form, what in (("json", "what the API answers"), ("csv", "the cells, a row each")):
        parser.add_argument(
            f"--{form}", metavar="FILE", type=_writable,
            help=f"write {what} to a file; - is the output, instead of the table",
        )  # fmt: skip
    return parser


def _asked(given: Sequence[str]) -> argparse.Namespace:
    """What the command line says; two things in one output could not be told apart."""
    parser = _parser()
    asked = parser.parse_args(given)
    if asked.json == asked.csv == OUTPUT:
        parser.error("--json - --csv -: the output is one of them")
    return asked


def _writable(name: str) -> str:
    """A file that can be written: not found out after minutes of computing."""
    path = Path(name)
    if name != OUTPUT and (
        not os.access(path if path.exists() else path.parent, os.W_OK) or path.is_dir()
    ):
        raise argparse.ArgumentTypeError(f"{name} cannot be written")
    return name


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(_say([message, f"{self.prog} --help shows what is accepted"]))


def body_of(asked: argparse.Namespace) -> dict[str, Any]:
    """The request that the command line means.

    Raises:
        InputError: a name that nobody knows.
    """
    body: dict[str, Any] = {
        "steps": asked.steps,
        "starts": asked.starts,
        "seed": asked.seed,
        "target": asked.target,
        "tuned": "both" if asked.tuned else False,
        "runs": [{"optimizer": _run(one)} for one in asked.optimizers],
    }
    if asked.surfaces is not None:
        body["surfaces"] = [one for word in asked.surfaces for one in _meant(word)]
    return body


def _run(text: str) -> dict[str, Any]:
    """An optimizer with its numbers, as an address has it: ``adam,pytorch,learning_rate:0.1``.

    Raises:
        InputError: an optimizer, a convention or a number that nobody knows.
    """
    from server.declarations import BY_ID
    from server.errors import InputError, unknown_id_message
    from surfaces.declaration import parameters

    name, *parts = text.split(",")
    if name not in BY_ID.optimizers:
        raise InputError(("optimizers",), unknown_id_message("optimizer", name, BY_ID.optimizers))
    optimizer = BY_ID.optimizers[name]
    numbers = [one.name for one in parameters(optimizer)]
    made: dict[str, Any] = {"id": name}
    for part in parts:
        key, colon, value = part.partition(":")
        known = numbers if colon else list(optimizer.forms)
        if key not in known:
            what = f"number of {name}" if colon else f"form of {name}"
            raise InputError(("optimizers",), unknown_id_message(what, key, known))
        made |= {key: _number(value)} if colon else {"convention": key}
    return made


def _number(text: str) -> Any:
    """A number or a truth value; what is neither is refused with all that is wrong."""
    try:
        return json.loads(text)
    except ValueError:
        return text


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


def _place(field: Sequence[str | int], body: Mapping[str, Any]) -> str:
    """What is wrong, as it stands on the command line."""
    match field:
        case ["surfaces", int(i), *_]:
            one = body["surfaces"][i]
            return f"--surfaces {one.get('formula', one.get('id'))}"
        case ["runs", int(i), *others]:
            number = [str(one) for one in others if str(one) in body["runs"][i]["optimizer"]]
            return " ".join(["--optimizers", body["runs"][i]["optimizer"]["id"], *number[-1:]])
        case ["runs", *_]:
            return "--optimizers"
        case [name, *_]:
            return f"--{name}"
        case _:
            return "all together"


def _say(lines: Iterable[str]) -> int:
    for line in lines:
        print(f"steepest: {line}", file=sys.stderr)
    return WRONG


def _tell(done: int, total: int) -> None:
    if sys.stderr.isatty():
        end = "\r" if done < total else "\n"
        print(f"{done} of {total} surfaces", file=sys.stderr, end=end, flush=True)


def _write(asked: argparse.Namespace, answer: Any) -> None:
    from server.encoding import to_json
    from server.scoreboard.tables import rows, table

    if asked.json is not None:
        _put(asked.json, to_json(answer) + b"\n")
    if asked.csv is not None:
        lines = io.StringIO(newline="")
        csv.writer(lines, lineterminator="\n").writerows(rows(answer))
        _put(asked.csv, lines.getvalue().encode())
    if OUTPUT not in (asked.json, asked.csv):
        print("\n".join(table(answer, get_terminal_size((80, 24)).columns)))


def _put(name: str, content: bytes) -> None:
    """Into a file, or after what the output already has."""
    if name == OUTPUT:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        Path(name).write_bytes(content)
