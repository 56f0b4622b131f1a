"""One step on the face of a wall is a hundred times as long as the step before."""

import numpy as np

from server.scenarios.reading import path
from server.scenarios.scenario import Answer, Claim, Finding, Scenario, Tap, Transfer
from server.scenarios.states import Descent, Run
from surfaces.declaration import Text

WALL = {"height": 4.0, "steepness": 38.0}
RATE = 0.5

OPENING = Descent(
    surface="cliff",
    parameters=WALL,
    starts=[(1.675, 0.3)],
    runs=[Run("sgd", {"learning_rate": RATE})],
    steps=4,
    shown={"view": "-22,4,-8.5,8.5"},
)
LOWER = OPENING.but(parameters={**WALL, "height": 2.0})


def at_least_fifty_times_the_step_before(answers: list[Answer], lower: list[Answer]) -> Finding:
    """The fourth step is fifty times the third; from half the wall it is about half as long."""
    steps, half = (np.hypot(*path(answer[0]["runs"][0]).moves.T) for answer in (answers, lower))
    ratio = float(steps[3] / steps[2])
    return Finding(bool(ratio >= 50 and 0.3 < half[3] / steps[3] < 0.7), ratio)


SCENARIO = Scenario(
    id="the_cliff",
    section=5,
    title=Text("The cliff", "Обрыв"),
    question=Text(
        "Three short steps to the left, and the ball stands on the wall at x = 1. Where is it after"
        " the fourth?",
        "Три коротких шага влево — и точка на стене при x = 1. Где она будет после четвёртого?",
    ),
    answers=Tap(within=3.0),
    state=OPENING,
    controls=["run.learning_rate", "surface.height"],
    watch=Text(
        "The gradient's norm: small, small, small, and then a single peak.",
        "Норма градиента: мала, мала, мала — и вдруг один пик.",
    ),
    why=Text(
        "The step is α times the slope, and the slope of the wall is hs/4 = 38 against 0.3 on the"
        " meadow. The loss has fallen by a few units only, but the ball is thrown as far as the"
        " wall is steep, not as far as it is high.",
        "Шаг равен α на наклон, а наклон стены hs/4 = 38 против 0,3 на лугу. Потери упали всего на"
        " несколько единиц, но бросает точку не на высоту стены, а на её крутизну.",
    ),
    transfer=Transfer(
        question=Text(
            "The wall is half as high, no less abrupt. Where is the ball now after the fourth"
            " step?",
            "Стена вдвое ниже, но так же резка. Где точка после четвёртого шага теперь?",
        ),
        answers=Tap(within=2.0),
        state=LOWER,
    ),
    claim=Claim(
        Text(
            "The step on the wall is at least 50 times the one before; with half the wall it is"
            " about half as long.",
            "Шаг на стене хотя бы в 50 раз длиннее предыдущего; при вдвое меньшей стене он примерно"
            " вдвое короче.",
        ),
        at_least_fifty_times_the_step_before,
        {"lower": LOWER},
    ),
    notes=Text(
        "Most will tap just past the wall. Ask them how long the step was before, then play.",
        "Большинство ткнёт сразу за стеной. Спросите, какой длины были шаги до неё, и пускайте.",
    ),
)
