"""The colour of a pixel is the minimum where its run ends, which need not be the nearest one."""

from math import hypot

from server.scenarios.asking import Body, Request
from server.scenarios.reading import path
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Transfer
from server.scenarios.states import Descent, Run
from surfaces.declaration import Text

START = (3.4, -4.0)
NEAR = 0.1
"""How near to its minimum a path has to end."""
ROUND: Body = {"nx": 3, "ny": 3, "x_min": 3.3, "x_max": 3.5, "y_min": -4.1, "y_max": -3.9}
"""Nine pixels, the start in the middle."""
STEPS = 400


def _opening(run: Run) -> Descent:
    body: Body = {"surface": {"id": "himmelblau"}, "run": run.body(), "steps": STEPS, **ROUND}
    return Descent(
        surface="himmelblau",
        starts=[START],
        runs=[run],
        steps=STEPS,
        shown={"ground": "basins"},
        asked=[Request("/maps/basins", body)],
    )


OPENING = _opening(Run("momentum", {"learning_rate": 0.0025, "momentum": 0.9}))
PLAIN = _opening(Run("sgd", {"learning_rate": 0.005}))


def _label(answers: list[Answer]) -> tuple[int, float]:
    """The label of the start's pixel, and how far from that minimum the path ends."""
    race, basins = answers
    way = path(race["runs"][0])
    first = race["runs"][0]["trajectories"][0]
    start = first["x"][0], first["y"][0]
    column, row = (
        min(range(len(basins[axis])), key=lambda k, side=basins[axis], at=at: abs(side[k] - at))
        for axis, at in zip("xy", start, strict=True)
    )
    label = basins["basin"][row][column]
    x, y = way.end
    apart = [hypot(x - at["x"], y - at["y"]) for at in basins["minima"]]
    return label, apart[label] if label >= 0 else float("inf")


def the_label_is_where_the_path_ends(answers: list[Answer], plain: list[Answer]) -> Finding:
    """Both paths end in the minimum that their pixel's label names; the two are not the same."""
    (rolling, away), (sliding, plain_away) = _label(answers), _label(plain)
    return Finding(max(away, plain_away) < NEAR and rolling != sliding, rolling)


CHOICES = [
    Text("(3; 2), upper right", "(3; 2), справа вверху"),
    Text("(−2.81; 3.13), upper left", "(−2,81; 3,13), слева вверху"),
    Text("(−3.78; −3.28), lower left", "(−3,78; −3,28), слева внизу"),
    Text("(3.58; −1.85), lower right", "(3,58; −1,85), справа внизу"),
]

SCENARIO = Scenario(
    id="basins",
    section=2,
    title=Text("What colour is this pixel?", "Какого цвета этот пиксель?"),
    question=Text(
        "Colour every start by the minimum where its run ends. What colour is our start,"
        " under momentum?",
        "Раскрасим каждый старт по минимуму, в котором закончится запуск. Какого цвета наш старт,"
        " если спускаться с импульсом?",
    ),
    answers=Choices(CHOICES, right=0),
    state=OPENING,
    controls=["run.momentum", "run.learning_rate"],
    watch=Text(
        "The run begins beside the lower right minimum. See whether it stays there, and what the"
        " colours on the far side of the valley do.",
        "Запуск начинается рядом с правым нижним минимумом. Остаётся ли он там? И как ложатся"
        " цвета на другом склоне?",
    ),
    why=Text(
        "The set of starts that end in one minimum is its basin. Momentum carries the run past the"
        " nearest minimum and over the pass into the next one, so its basins are bent into bands:"
        " the farther up a slope it starts, the farther it rolls.",
        "Старты, из которых спуск приходит в один минимум, — его бассейн. Импульс проносит запуск"
        " мимо ближнего минимума, через перевал в следующий, и бассейны свиваются в полосы: чем"
        " выше по склону старт, тем дальше укатится.",
    ),
    transfer=Transfer(
        question=Text(
            "The same start, gradient descent without momentum. What colour now?",
            "Тот же старт, градиентный спуск без импульса. Какой цвет теперь?",
        ),
        answers=Choices(CHOICES, right=3),
        state=PLAIN,
    ),
    claim=Claim(
        Text(
            "The label of the start's pixel is the minimum in which the path ends; with momentum"
            " it is another than without.",
            "Метка пикселя — тот минимум, где заканчивается путь; с импульсом он другой, чем без"
            " него.",
        ),
        the_label_is_where_the_path_ends,
        {"plain": PLAIN},
    ),
    notes=Text(
        "Then click on any pixel: its run is played. Near a border the hall will be wrong half of"
        " the time, and so is the eye.",
        "Потом щёлкайте по любым пикселям: запуск проиграется оттуда. У границы зал ошибается в"
        " половине случаев, и глаз тоже.",
    ),
)
