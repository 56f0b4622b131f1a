"""A comparison as text: a table for a terminal, rows for a spreadsheet."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

LONGEST = 20
"""Characters of a surface's name in a table."""

Table = list[list[str]]


def rows(answer: Mapping[str, Any]) -> Iterator[Sequence[Any]]:
    """The cells, a row each under one of names; a median is empty where fewer than half arrived."""
    numbers = ("learning_rate", "solved", "median", "area")
    yield ("surface", "run", "tuned", *numbers)
    for one in answer["surfaces"]:
        for run, cell in zip(answer["standings"], one["cells"], strict=True):
            yield (_title(one), run["label"], run["tuned"], *(cell[name] for name in numbers))


def table(answer: Mapping[str, Any], width: int) -> list[str]:
    """Lines for a terminal: a table for each way to choose rates, then what they say together."""
    standings = answer["standings"]
    lines: list[str] = []
    for tuned in sorted({one["tuned"] for one in standings}):
        columns = [i for i, one in enumerate(standings) if one["tuned"] == tuned]
        rates = "best learning rate for each surface" if tuned else "learning rates as given"
        lines += [f"{rates}, {answer['steps']} gradients, to {answer['target']:g} of the gap", ""]
        for some in _side_by_side(answer, columns, width):
            lines += [*_aligned(some, rule=len(answer["surfaces"])), ""]
    if spent := answer["tuning"]:
        lines += [
            f"tuning: {spent['rates']} rates from {spent['starts']} of the starts, "
            f"{spent['gradients']} gradients a run and surface",
            "that no cost above counts",
            "",
        ]
    if told := answer["defaults_or_tuning"]:
        beaten = sum(one < told["best_at_defaults"] for one in told["tuned"])
        lines += [
            "try several or tune one (Schmidt et al. 2021)? area",
            f"  of the best as given on each surface: {told['best_at_defaults']:.3f}",
            f"  of one that is tuned: {min(told['tuned']):.3f} to {max(told['tuned']):.3f}, "
            f"of {len(told['tuned'])} less for {beaten}",
            "",
        ]
    lines += [
        "solved: share of problems, a surface and a start each",
        "score: area under the performance profile to ratio "
        f"{answer['score_up_to']:g} (Dolan and Moré; AlgoPerf)",
        f"area: under the ECDF of {len(answer['targets'])} targets over log gradients (COCO)",
    ]
    if not all(one["minimum_known"] for one in answer["surfaces"]):
        lines.append("*: no known minimum; gaps are to the lowest loss found in the domain")
    return lines


def _side_by_side(answer: Mapping[str, Any], columns: Sequence[int], width: int) -> Iterator[Table]:
    """Tables of as many runs as are that wide."""
    marks = ["" if one["minimum_known"] else " *" for one in answer["surfaces"]]
    names = [
        _title(one)[: LONGEST - len(mark)] + mark
        for one, mark in zip(answer["surfaces"], marks, strict=True)
    ]
    ends = {"solved": "{:.0%}", "score": "{:.3f}", "area": "{:.3f}"}
    digits = len(str(answer["steps"]))
    first = ["", *names, *ends]
    others = [
        [
            answer["standings"][i]["label"],
            *(_cell(one["cells"][i], digits) for one in answer["surfaces"]),
            *(form.format(answer["standings"][i][name]) for name, form in ends.items()),
        ]
        for i in columns
    ]
    while others:
        room = width - max(map(len, first))
        count = 0
        while count < len(others) and (room := room - 2 - max(map(len, others[count]))) >= 0:
            count += 1
        # One that is wider than all that there is stands alone.
        some, others = others[: max(1, count)], others[max(1, count) :]
        yield [list(row) for row in zip(first, *some, strict=True)]


def _title(one: Mapping[str, Any]) -> str:
    surface = one["surface"]
    return surface.get("formula", surface["id"])


def _cell(cell: Mapping[str, Any], digits: int) -> str:
    median = "—" if cell["median"] is None else f"{cell['median']:.0f}"
    return f"{cell['solved']:.0%} {median:>{digits}}"


def _aligned(rows: Table, rule: int) -> list[str]:
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
