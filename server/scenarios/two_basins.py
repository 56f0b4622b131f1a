"""Two starts end in two minima of different depth; momentum may change the one for the other."""

from server.scenarios.reading import path
from server.scenarios.scenario import Answer, Claim, Finding, Scenario, Tap, Transfer
from server.scenarios.states import Descent, Run
from surfaces.declaration import Text

WITHIN = 0.25
SHALLOW, DEEP = (0.96, 0.0), (-1.036, 0.0)

OPENING = Descent(
    surface="double_well",
    parameters={"tilt": 0.3},
    starts=[(1.9, 1.2), (-1.9, 1.2)],
    runs=[Run("sgd", {"learning_rate": 0.02})],
    steps=300,
)
ROLLING = OPENING.but(runs=[Run("momentum", {"learning_rate": 0.02, "momentum": 0.9})])


def each_ends_in_its_own(answers: list[Answer], rolling: list[Answer]) -> Finding:
    """Each start ends in its own minimum, one deeper; momentum carries the right one across."""
    right, left = (path(answers[0]["runs"][0], start) for start in range(2))
    carried = path(rolling[0]["runs"][0])
    difference = float(right.loss[-1] - left.loss[-1])
    holds = right.ends_at(SHALLOW, WITHIN / 2) and left.ends_at(DEEP, WITHIN / 2)
    return Finding(holds and difference > 0.3 and carried.ends_at(DEEP, WITHIN / 2), difference)


SCENARIO = Scenario(
    id="two_basins",
    section=2,
    title=Text("Two basins", "Две ямы"),
    question=Text(
        "Gradient descent from the right-hand start. Tap where it ends.",
        "Градиентный спуск с правого старта. Покажите, где он закончит.",
    ),
    answers=Tap(run=0, start=0, within=WITHIN),
    state=OPENING,
    controls=["start", "surface.tilt"],
    watch=Text(
        "Both starts are about equally high. Compare the losses at which they end.",
        "Оба старта почти на одной высоте. Сравните потери, с которыми они закончат.",
    ),
    why=Text(
        "Gradient descent only goes down: it ends in the basin over which it began and learns"
        " nothing of the other. The left minimum is deeper, and the right-hand ball never hears"
        " of it. A local minimum is still better than nothing.",
        "Градиентный спуск идёт только вниз: он остаётся в той яме, над которой начал, и о другой"
        " ничего не узнаёт. Левый минимум глубже, но из правой ямы этого не видно. И всё же"
        " локальный минимум лучше, чем ничего.",
    ),
    transfer=Transfer(
        question=Text(
            "The same start, the same rate, but momentum with β = 0.9. Tap where it ends.",
            "Тот же старт и та же скорость обучения, но теперь импульс с β = 0,9. Где он закончит?",
        ),
        answers=Tap(run=0, start=0, within=WITHIN),
        state=ROLLING,
    ),
    claim=Claim(
        Text(
            "The two starts end in two minima, one deeper by at least 0.3; with momentum the"
            " right-hand one ends in the deeper.",
            "Два старта приводят в два минимума, один глубже другого по крайней мере на 0,3; с"
            " импульсом правый старт приводит в более глубокий.",
        ),
        each_ends_in_its_own,
        {"rolling": ROLLING},
    ),
    notes=Text(
        "Momentum carries the left-hand ball out of the deeper basin as well: it passes barriers,"
        " it does not look for depth.",
        "Импульс уносит и левый шарик, причём из более глубокой ямы: он преодолевает барьеры, а не"
        " ищет, где глубже.",
    ),
)
