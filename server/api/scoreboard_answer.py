"""What ``/scoreboard`` answers: a cell for each surface and run, curves and scores of each run."""

from collections.abc import Sequence
from typing import Annotated

import numpy as np
from jaxtyping import Float
from typing_extensions import TypedDict

from server.api.answers import Column, Sent
from server.api.runs import ResolvedRun, RunRequest
from server.api.surface_answer import SurfaceContent, surface_content
from server.api.surface_choices import FormulaSurface, SurfaceChoice
from server.engine.runs import Run
from server.engine.views import View
from server.results import Floats
from server.scenarios.states import Descent
from server.scenarios.states import Run as Shown
from server.scoreboard import tuning
from server.scoreboard.board import Cell, Choice, Standing, cells
from server.scoreboard.comparison import Compared, Terms
from server.scoreboard.curves import Staircase

Places = Annotated[Float[np.ndarray, "n 2"], Sent(list[tuple[float, float]])]
"""Starts, x and y each."""


class StaircaseContent(TypedDict):
    """A share that is 0 before the first of ``at``, and ``share[i]`` from ``at[i]`` on."""

    at: Column
    share: Column


class StandingContent(TypedDict):
    """One run over all surfaces; ``run`` is its place in the request.

    ``solved``: the share of problems (a surface and a start) that came within ``target``.
    ``profile``: the share of problems by the ratio of the run's gradients to those of whoever
    needed fewest (Dolan and Moré 2002); ``score`` the area under it up to ``score_up_to``
    (AlgoPerf, Dahl et al. 2023). ``ecdf``: the share of (target, problem) pairs by gradients
    (COCO, Hansen et al. 2021); ``area`` that under it over the logarithm of the gradients. Unlike
    ``score`` it does not depend on who else runs.
    """

    run: int
    label: str
    tuned: bool
    solved: float
    score: float
    area: float
    profile: StaircaseContent
    ecdf: StaircaseContent


class CellContent(TypedDict):
    """One run on one surface, in the order of ``standings``.

    ``median``: gradients in the median over the starts, null where fewer than half were solved.
    ``address``: of the page with the race behind it, null where points were pasted.
    """

    solved: float
    median: float | None
    area: float
    learning_rate: float
    address: str | None


class OnSurface(TypedDict):
    """One surface; ``minimum`` is known, or else the lowest loss found in the domain."""

    surface: SurfaceContent
    starts: Places
    minimum: float
    minimum_known: bool
    cells: list[CellContent]


class ChoiceContent(TypedDict):
    """Several optimizers at their defaults against one that is tuned (Schmidt et al. 2021).

    Areas under ECDFs, in the mean over the surfaces: of the run that is best on each surface at
    its default, and of every run at its defaults and tuned, in the order of the request.
    """

    best_at_defaults: float
    at_defaults: list[float]
    tuned: list[float]


class Tuning(TypedDict):
    """How rates were tuned: ``rates`` were tried from each of the first ``starts`` starts.

    ``gradients`` is what that took, the whole budget each time, for each run on each surface; no
    cost of a run counts it.
    """

    rates: int
    starts: int
    gradients: int


class ScoreboardAnswer(TypedDict):
    """Runs compared over surfaces and starts, under one budget of gradients."""

    steps: int
    seed: int
    target: float
    targets: Column
    score_up_to: float
    tuning: Tuning | None
    runs: list[ResolvedRun]
    standings: list[StandingContent]
    surfaces: list[OnSurface]
    defaults_or_tuning: ChoiceContent | None


def tuning_content(terms: Terms, starts: int) -> Tuning | None:
    """What tuning took from so many starts; ``None`` where nothing was tuned."""
    if terms.tuned == "no":
        return None
    tried = min(tuning.STARTS, starts)
    return {
        "rates": tuning.RATES,
        "starts": tried,
        "gradients": tuning.RATES * tried * terms.budget,
    }


def standing_content(standing: Standing, run: int, label: str, tuned: bool) -> StandingContent:
    """One run over all surfaces."""
    return {
        "run": run,
        "label": label,
        "tuned": tuned,
        "solved": standing.solved,
        "score": standing.score,
        "area": standing.area,
        "profile": _staircase(standing.profile),
        "ecdf": _staircase(standing.ecdf),
    }


def _staircase(one: Staircase) -> StaircaseContent:
    return {"at": one.at, "share": one.share}


def choice_content(choice: Choice | None) -> ChoiceContent | None:
    """Whether to try several or to tune one."""
    if choice is None:
        return None
    return {
        "best_at_defaults": choice.best_at_defaults,
        "at_defaults": list(choice.at_defaults),
        "tuned": list(choice.tuned),
    }


def surface_board(
    chosen: SurfaceChoice, seen: View, asked: Sequence[RunRequest], one: Compared, terms: Terms
) -> OnSurface:
    """One surface, and a cell for each run."""
    count = len(asked)
    races = [
        race(chosen, asked, one.runs[first : first + count], one.starts, terms, tuned=first > 0)
        if terms.tuned == "both"
        else race(chosen, asked, one.runs, one.starts, terms, tuned=terms.tuned == "yes")
        for first in range(0, len(one.runs), count)
    ]
    return {
        "surface": surface_content(chosen.resolve(), seen, chosen.table()),
        "starts": one.starts,
        "minimum": one.zero,
        "minimum_known": one.known,
        "cells": [
            _cell(cell, run, races[r // count], r % count)
            for r, (cell, run) in enumerate(zip(cells(one, terms), one.runs, strict=True))
        ],
    }


def _cell(cell: Cell, run: Run, shown: Descent | None, place: int) -> CellContent:
    address = None if shown is None else shown.but(shown={"edit": str(place + 1)}).address()
    return {
        "solved": cell.solved,
        "median": cell.median if cell.median < float("inf") else None,
        "area": cell.area,
        "learning_rate": float(run.optimizer.learning_rate),
        "address": address,
    }


def race(
    chosen: SurfaceChoice,
    asked: Sequence[RunRequest],
    runs: Sequence[Run],
    starts: Floats,
    terms: Terms,
    *,
    tuned: bool,
) -> Descent | None:
    """The page on which runs descend a surface from the same starts; ``None`` for pasted points."""
    given = chosen.model_dump(exclude_unset=True)
    if "points" in given:
        return None
    is_typed = isinstance(chosen, FormulaSurface)
    return Descent(
        surface=chosen.id,
        formula=chosen.formula if is_typed else None,
        parameters=given.get("parameters", {}),
        starts=[(float(x), float(y)) for x, y in starts],
        # What was measured of a formula follows from its domain, which no address says.
        runs=[
            _shown(one, run, says_rate=tuned or is_typed)
            for one, run in zip(asked, runs, strict=True)
        ],
        steps=terms.budget,
        seed=terms.seed,
    )


def _shown(asked: RunRequest, run: Run, *, says_rate: bool) -> Shown:
    numbers = asked.optimizer.model_dump(exclude_unset=True)
    convention = numbers.pop("convention", None)
    optimizer = numbers.pop("id")
    if says_rate:
        numbers["learning_rate"] = float(run.optimizer.learning_rate)
    schedule = asked.schedule.model_dump(exclude_unset=True)
    kind = schedule.pop("id")
    clipping = {} if asked.clipping is None else asked.clipping.model_dump(exclude_unset=True)
    penalties = asked.regularization.model_dump(exclude_unset=True)
    return Shown(
        optimizer,
        numbers,
        convention=convention,
        schedule=None if kind == "constant" else kind,
        schedule_numbers=schedule,
        clipping=None if asked.clipping is None else asked.clipping.id,
        threshold=clipping.get("threshold"),
        penalties=penalties,
        noise=asked.gradient_noise,
        batch=asked.batch_size,
        label=asked.label,
    )
