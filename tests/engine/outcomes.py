"""Paths whose outcomes are told."""

import numpy as np

from server.engine.runs import Run
from server.engine.trajectories import trajectories
from surfaces.formula import Formula


def walk(programs, surface, optimizer, start, steps, *, tolerance=1e-3, **training):
    run = Run(optimizer, np.ones(steps), **training)
    starts = np.array([start], np.float64)
    if isinstance(surface, str):
        surface = Formula(surface)
    [[path]] = trajectories(
        programs, surface, [run], starts, tolerance=tolerance, with_outcomes=True
    )  # fmt: skip
    check_form(path, steps)
    return path


def check_form(path, steps):
    """What holds of every answer: the last change is the outcome, and changes change."""
    last = path.outcomes[-1]
    assert (last.id, last.at) == (path.outcome.id, path.outcome.at)
    ats = [change.at for change in path.outcomes]
    assert ats[0] == 0 or path.outcome.at == ats[0]
    assert ats == sorted(set(ats)) and ats[-1] <= steps
    for change in (*path.outcomes, path.outcome):
        assert all(text and "{" not in text for text in (change.text.en, change.text.ru))
        assert all(value is None or np.isfinite(value) for value in change.numbers.values())
    assert (path.status == "diverged") == (path.outcome.id == "not_finite")
