"""Turned by 45°, a ravine is the same to gradient descent, and slower by far to Adam."""

from collections.abc import Mapping
from math import cos, radians, sin
from typing import Any

import numpy as np

from server.scenarios.optimizer_names import ADAM, DESCENT
from server.scenarios.reading import converged, path
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Transfer
from server.scenarios.states import Descent, Run
from surfaces.declaration import Text

RATE, RATE_OF_ADAM = 0.018, 0.02
ALONG, ACROSS = -3.0, 0.5

DESCENDING = Run("sgd", {"learning_rate": RATE})
ROLLING = Run("momentum", {"learning_rate": RATE, "momentum": 0.9})


def turned_by(angle: float, *runs: Run) -> Descent:
    """The ravine turned, and the start with it."""
    turn = radians(angle)
    x = ALONG * cos(turn) - ACROSS * sin(turn)
    y = ALONG * sin(turn) + ACROSS * cos(turn)
    return Descent(
        surface="rotated_ravine",
        parameters={"angle": angle},
        starts=[(round(x, 12), round(y, 12))],
        runs=runs,
        steps=500,
        tolerance=0.05,
    )


RACE = (DESCENDING, Run("adam", {"learning_rate": RATE_OF_ADAM}))
OPENING, STRAIGHT = turned_by(45.0, *RACE), turned_by(0.0, *RACE)
MOMENTUM, MOMENTUM_STRAIGHT = turned_by(45.0, ROLLING), turned_by(0.0, ROLLING)


def follows_the_axes(answer: Answer) -> bool:
    """Whether descent's path in the ravine's own axes is (1 − αλ)ᵏ of its start, as on any axes."""
    run, numbers = answer["runs"][0], answer["surface"]["parameters"]
    turn, rate = radians(numbers["angle"]), run["optimizer"]["learning_rate"]
    axes = np.array([[cos(turn), -sin(turn)], [sin(turn), cos(turn)]])
    own = path(run).points @ axes
    curvatures = np.array([1.0, numbers["condition_number"]])
    steps = np.arange(len(own))[:, None]
    return np.allclose(own, own[0] * (1 - rate * curvatures) ** steps, rtol=1e-9, atol=1e-12)


def steps_of(answers: list[Answer]) -> Mapping[str, float]:
    """Steps until arrival by optimizer."""
    runs: list[dict[str, Any]] = answers[0]["runs"]
    return {run["optimizer"]["id"]: converged(run) for run in runs}


def only_adam_loses(
    answers: list[Answer],
    straight: list[Answer],
    momentum: list[Answer],
    momentum_straight: list[Answer],
) -> Finding:
    """Descent's path turns with the ravine to the last digit; Adam needs at least twice the steps.

    Momentum, which divides by nothing either, loses nothing.
    """
    turned, on_axes = steps_of(answers), steps_of(straight)
    rolling, rolling_on_axes = steps_of(momentum), steps_of(momentum_straight)
    ratio = turned["adam"] / on_axes["adam"]
    holds = (
        follows_the_axes(answers[0])
        and follows_the_axes(straight[0])
        and on_axes["adam"] < on_axes["sgd"] / 1.5
        and ratio > 2
        and abs(rolling.get("momentum", 0) / rolling_on_axes.get("momentum", 1) - 1) < 0.05
    )
    return Finding(holds, ratio)


SCENARIO = Scenario(
    id="turn_the_ravine",
    section=4,
    title=Text("Turn the ravine", "Повернём овраг"),
    question=Text(
        "Along the axes Adam took 128 steps, gradient descent 226. Now the ravine is turned by 45°."
        " Who loses by it?",
        "Вдоль осей Adam дошёл за 128 шагов, градиентный спуск — за 226. Овраг повернули на 45°."
        " Кто от этого проиграет?",
    ),
    answers=Choices([DESCENT, ADAM, Text("Both", "Оба"), Text("Neither", "Никто")], right=1),
    state=OPENING,
    controls=["surface.angle", "run.1.learning_rate"],
    watch=Text(
        "At the end compare the steps: 226 again, and Adam's?",
        "В конце сравните число шагов: снова 226, а у Adam?",
    ),
    why=Text(
        "Adam has a rate for x and one for y. Off the axes the steep and the flat direction are"
        " both mixed of x and y, and no pair of rates can part them. −αg knows nothing of axes.",
        "У Adam своя скорость для x и своя для y. Под углом крутое и пологое направления — смесь x"
        " и y, и никакая пара скоростей их не разделит. А −αg об осях не знает.",
    ),
    transfer=Transfer(
        question=Text(
            "And momentum (137 steps along the axes): how many when turned?",
            "А импульс (137 шагов вдоль осей): сколько шагов под углом?",
        ),
        answers=Choices(
            [
                Text("Fewer", "Меньше"),
                Text("The same", "Столько же"),
                Text("Twice as many or more", "Вдвое больше или ещё больше"),
            ],
            right=1,
        ),
        state=MOMENTUM,
    ),
    claim=Claim(
        Text(
            "Gradient descent's path turns with the ravine to the last digit; Adam needs at least"
            " twice the steps.",
            "Путь градиентного спуска поворачивается вместе с оврагом до последней цифры, а Adam"
            " делает хотя бы вдвое больше шагов.",
        ),
        only_adam_loses,
        {"straight": STRAIGHT, "momentum": MOMENTUM, "momentum_straight": MOMENTUM_STRAIGHT},
    ),
    notes=Text(
        "In a real network nobody lays the axes along the ravines. This is what Shampoo and its"
        " relatives are about.",
        "В настоящей сети никто не кладёт оси вдоль оврагов. Этим и занимаются Shampoo и"
        " родственные ему.",
    ),
)
