"""What happened on a path, by kind."""

import numpy as np

from server.declarations import BY_ID
from server.engine.events.catalog import KINDS
from server.engine.runs import Run
from server.engine.trajectories import trajectories
from surfaces.formula import Formula

RAVINE = "x^2/2 + 25*y^2"
"""Curvatures 1 and 50."""


def walk(programs, surface, optimizer, start, steps, **training):
    tolerance = training.pop("tolerance", 1e-3)
    numbers = training.pop("numbers", {})
    run = Run(optimizer, training.pop("schedule", np.ones(steps)), **training)
    chosen = BY_ID.surfaces[surface](**numbers) if surface in BY_ID.surfaces else Formula(surface)
    [[path]] = trajectories(
        programs, chosen, [run], np.array([start], float), tolerance=tolerance, with_events=True
    )
    events = path.events
    assert [one.step for one in events] == sorted(one.step for one in events)
    assert all(0 <= one.step < len(path.loss) and one.kind in KINDS for one in events)
    assert all(text and "{" not in text for one in events for text in (one.text.en, one.text.ru))
    return {one.kind: one for one in events}
