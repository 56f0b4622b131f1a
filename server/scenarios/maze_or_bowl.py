"""A slice of a 12-layer network's loss: a maze without skip connections, a bowl with them."""

import numpy as np

from server.scenarios.asking import Request
from server.scenarios.reading import path
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Transfer
from server.scenarios.states import Descent, Run
from surfaces.declaration import Text

BOTTOM = 0.1
"""The loss below which a path has come to the bottom; at the starts it is 5 to 70."""


def _slice(skip: str) -> Descent:
    parameters = {"skip": skip}
    surface = {"id": "network_slice", "parameters": parameters}
    return Descent(
        surface="network_slice",
        parameters=parameters,
        starts=[(-0.6, 0.5), (0.6, 0.5), (-0.6, -0.5), (0.6, -0.5)],
        runs=[Run("sgd", {"learning_rate": 0.0005})],
        steps=400,
        asked=[Request("/grid", {"surface": surface, "nx": 48, "ny": 44})],
    )


OPENING, SKIPPING = _slice("off"), _slice("on")


def _minima(grid: Answer) -> int:
    """Places of a grid that lie lower than all eight about them."""
    loss = np.array(grid["loss"])
    rows, columns = (size - 2 for size in loss.shape)
    inner = loss[1:-1, 1:-1]
    about = [
        loss[i : i + rows, j : j + columns] for i in range(3) for j in range(3) if (i, j) != (1, 1)
    ]
    return int(np.all([inner < other for other in about], axis=0).sum())


def _arrived(race: Answer) -> int:
    run = race["runs"][0]
    return sum(path(run, k).loss[-1] < BOTTOM for k in range(len(run["trajectories"])))


def a_maze_becomes_a_bowl(answers: list[Answer], skipping: list[Answer]) -> Finding:
    """At least 8 local minima and one path of four at the bottom; with skips 1 or 2, and all."""
    maze, bowl = _minima(answers[1]), _minima(skipping[1])
    return Finding(
        maze >= 8 and bowl <= 2 and _arrived(answers[0]) == 1 and _arrived(skipping[0]) == 4, maze
    )


OPTIONS = [Text("All four", "Все четыре"), Text("Two", "Два"), Text("One", "Один"),
           Text("None", "Ни один")]  # fmt: skip

SCENARIO = Scenario(
    id="maze_or_bowl",
    section=6,
    title=Text("Maze or bowl?", "Лабиринт или чаша?"),
    question=Text(
        "A slice of the loss of a network of 12 layers without skips; its trained weights are in"
        " the middle. How many of four paths get there?",
        "Срез потерь сети из 12 слоёв без остаточных связей; в середине её обученные веса. Сколько"
        " из четырёх путей дойдут туда?",
    ),
    answers=Choices(OPTIONS, right=2),
    state=OPENING,
    controls=["surface.skip", "surface.network_seed"],
    watch=Text(
        "Where each path comes to rest, and how high: the level lines close round it.",
        "Где остановится каждый путь и на какой высоте: вокруг него замкнутся линии уровня.",
    ),
    why=Text(
        "Each dent is a local minimum of the slice, more than a dozen without skips. A skip keeps"
        " each layer near the identity, so that the answer bends little from one place to the next,"
        " and one bowl is left.",
        "Каждая вмятина — локальный минимум среза, без остаточных связей их больше десятка."
        " Остаточная связь держит слой близким к тождественному, ответ меняется от места к месту"
        " плавно, и остаётся одна чаша.",
    ),
    transfer=Transfer(
        question=Text(
            "The same network trained with skip connections, the same four starts. How many"
            " arrive?",
            "Та же сеть, но обученная с остаточными связями, те же четыре старта. Сколько дойдут?",
        ),
        answers=Choices(OPTIONS, right=0),
        state=SKIPPING,
    ),
    claim=Claim(
        Text(
            "Without skips the slice has at least 8 local minima and one path of four gets below"
            " 0.1; with them it has at most 2, and all four do.",
            "Без остаточных связей у среза не меньше 8 локальных минимумов и ниже 0,1 опускается"
            " один путь из четырёх; с ними минимумов не больше 2, и доходят все четыре.",
        ),
        a_maze_becomes_a_bowl,
        {"skipping": SKIPPING},
    ),
    notes=Text(
        "Li et al. (2018), arXiv 1712.09913, section 4. A slice is two directions of hundreds:"
        " say so.",
        "Li и др. (2018), arXiv 1712.09913, раздел 4. Срез — это два направления из сотен: скажите"
        " об этом.",
    ),
)
