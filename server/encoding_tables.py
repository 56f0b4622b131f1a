"""Trajectories as tables for other programs: CSV and NPZ."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from server.results import Floats, Trajectory

ALWAYS = ("x", "y", "loss", "gradient_norm", "learning_rate", "clipped")
"""Columns of every CSV after run, label, start and step."""
SOMETIMES = ("surface_loss", "gradient", "state", "effective_rate", "hessian", "outcome")
"""What further columns begin with, in their order."""

FORMULA = re.compile(r"(?:^|(?<=[;|\t\r\n]))(?=\s*[=+\-@＝＋－＠]|[\t\r\n])")
"""Where a spreadsheet may begin to read a formula in a text: at its start, and, as spreadsheets of
some languages part cells by semicolons or tabs, quoted or not, behind those too."""


@dataclass(frozen=True)
class LabelledTrajectory:
    """A trajectory with the numbers and the label of its run and start, for tables."""

    run: int
    label: str
    start: int
    trajectory: Trajectory


def _go_on() -> None:
    """Nobody stops it."""


def to_csv(
    rows: Sequence[LabelledTrajectory],
    include: Sequence[str] = (),
    check: Callable[[], None] = _go_on,
) -> bytes:
    """One row a point; what a step used or left (rate, clipping, state) stands beside its result.

    Columns are run, label, start, step, x, y, loss, gradient_norm, learning_rate, clipped; then
    surface_loss where a run has penalties; then, where ``include`` asks for them, gradient_x and
    gradient_y, state_<letter>_x and state_<letter>_y of every run, effective_rate_x and
    effective_rate_y, hessian_smaller and hessian_larger, outcome (the word at each point, at the
    last how the path ended). A cell is empty where a run has no such number. A label that a
    spreadsheet would read as a formula has a ' in front (OWASP, CSV injection); numbers are left
    as they are.

    Every number is the shortest text that reads back as the same number in its own precision.

    Args:
        rows: the trajectories.
        include: what else of them is asked for.
        check: called for each; raises where nobody waits for it any more.
    """
    columns = [_columns(row.trajectory, include) for row in rows]
    further = {name: None for one in columns for name in one if name not in ALWAYS}
    places = {name: i for name in further for i, group in enumerate(SOMETIMES)
              if name.startswith(group)}  # fmt: skip
    names = [*ALWAYS, *sorted(further, key=places.__getitem__)]
    written = io.BytesIO()
    # Texts of one trajectory at a time: a number takes three times as much as text in memory.
    for part in _parts(rows, columns, names, check):
        written.write(part.encode())
    return written.getvalue()


Columns = Mapping[str, Callable[[], list[str]]]
"""What makes the cells of each column of one trajectory, a cell a point."""


def _parts(
    rows: Sequence[LabelledTrajectory],
    columns: Sequence[Columns],
    names: Sequence[str],
    check: Callable[[], None],
) -> Iterator[str]:
    """The head of a table, then the lines of each trajectory."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerow(("run", "label", "start", "step", *names))
    yield text.getvalue()
    for row, one in zip(rows, columns, strict=True):
        check()
        empty = [""] * len(row.trajectory.points)
        cells = [one[name]() if name in one else empty for name in names]
        label = FORMULA.sub("'", row.label)
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\r\n").writerows(
            (row.run, label, row.start, step, *values)
            for step, values in enumerate(zip(*cells, strict=True))
        )
        yield text.getvalue()


def _columns(t: Trajectory, include: Sequence[str]) -> Columns:
    """What makes the columns of one trajectory."""

    def before_first(values: Floats) -> Callable[[], list[str]]:
        return lambda: ["", *_cells(values)]

    def each(values: Floats) -> Callable[[], list[str]]:
        return lambda: _cells(values)

    def clipped() -> list[str]:
        found = np.isin(np.arange(1, len(t.points)), t.clipped).astype(np.int64)
        return ["", *map(str, found.tolist())]

    columns: dict[str, Callable[[], list[str]]] = {
        "x": each(t.points[:, 0]),
        "y": each(t.points[:, 1]),
        "loss": each(t.loss),
        "gradient_norm": each(t.gradient_norm),
        "learning_rate": before_first(t.learning_rate),
        "clipped": clipped,
    }
    if t.surface_loss is not None:
        columns["surface_loss"] = each(t.surface_loss)
    if "gradient" in include:
        columns |= {f"gradient_{axis}": each(t.gradient[:, i]) for i, axis in enumerate("xy")}
    if "state" in include:
        columns |= {
            f"state_{letter}_{axis}": before_first(values[:, i])
            for letter, values in t.state.items()
            for i, axis in enumerate("xy")
        }
    if t.effective_rate is not None:
        columns |= {
            f"effective_rate_{axis}": before_first(t.effective_rate[:, i])
            for i, axis in enumerate("xy")
        }
    if t.hessian_eigenvalues is not None:
        columns["hessian_smaller"] = each(t.hessian_eigenvalues[:, 0])
        columns["hessian_larger"] = each(t.hessian_eigenvalues[:, 1])
    if t.outcomes is not None:
        columns["outcome"] = lambda: _words(t)
    return columns


def _words(t: Trajectory) -> list[str]:
    """What a path had come to at each point; at the last, how it ended."""
    assert t.outcomes is not None
    since = [change.at for change in t.outcomes]
    words = np.array([change.id for change in t.outcomes])
    word = words[np.searchsorted(since, np.arange(len(t.points)), side="right") - 1]
    return [*word[:-1].tolist(), t.outcome.id]


def _cells(values: Floats) -> list[str]:
    """Numbers as texts, empty where not finite."""
    double = values.dtype == np.float64
    written = list(map(repr, values.tolist())) if double else values.astype(str).tolist()
    finite = np.isfinite(values)
    if finite.all():
        return written
    return [cell if ok else "" for cell, ok in zip(written, finite.tolist(), strict=True)]


def to_npz(rows: Sequence[LabelledTrajectory]) -> bytes:
    """A NumPy archive: ``run<r>_start<s>_<name>`` for each array, and ``labels``.

    Names are x, y, loss, gradient_norm, learning_rate, gradient_x, gradient_y, clipped (numbers
    of steps), state_<letter>_x, state_<letter>_y, outcome and outcome_at (the word at the end and
    the step from which on it holds, or every change of it, when asked for), and surface_loss and
    hessian_eigenvalues and effective_rate where a run has them.
    """
    labels = {row.run: row.label for row in rows}
    arrays: dict[str, Any] = {"labels": np.array([labels[run] for run in sorted(labels)])}
    for row in rows:
        t = row.trajectory
        changes = t.outcomes or (t.outcome,)
        columns = {
            "x": t.points[:, 0],
            "y": t.points[:, 1],
            "loss": t.loss,
            "gradient_norm": t.gradient_norm,
            "learning_rate": t.learning_rate,
            "gradient_x": t.gradient[:, 0],
            "gradient_y": t.gradient[:, 1],
            "clipped": t.clipped,
            "outcome": np.array([change.id for change in changes]),
            "outcome_at": np.array([change.at for change in changes]),
        }
        if t.surface_loss is not None:
            columns["surface_loss"] = t.surface_loss
        if t.hessian_eigenvalues is not None:
            columns["hessian_eigenvalues"] = t.hessian_eigenvalues
        if t.effective_rate is not None:
            columns["effective_rate"] = t.effective_rate
        for letter, values in t.state.items():
            columns[f"state_{letter}_x"] = values[:, 0]
            columns[f"state_{letter}_y"] = values[:, 1]
        prefix = f"run{row.run}_start{row.start}_"
        arrays |= {prefix + name: values for name, values in columns.items()}
    archive = io.BytesIO()
    np.savez_compressed(archive, **arrays)
    return archive.getvalue()
