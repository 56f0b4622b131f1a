"""The recurrent unit of Pascanu, Mikolov and Bengio (2013), figure 6: thrown off, or clipped."""

import numpy as np

from server.scenarios.asking import Request
from server.scenarios.reading import path
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Transfer
from server.scenarios.states import Descent, Run
from surfaces.declaration import Text

W, B = (4.0, 5.8), (-3.1, -1.5)
"""The surface's picture: that of the figure."""

# The losses on the whole picture, for the figure's range.
GRID = Request("/grid", {"surface": {"id": "recurrent_unit"}, "nx": 48, "ny": 48})
OPENING = Descent(
    surface="recurrent_unit",
    runs=[
        Run("sgd", {"learning_rate": 0.15}),
        Run("sgd", {"learning_rate": 0.15}, clipping="norm", threshold=0.3),
    ],
    steps=200,
    asked=[GRID],
)
SHORT = OPENING.but(
    parameters={"time": 5},
    asked=[
        Request(
            "/grid", {**GRID.body, "surface": {"id": "recurrent_unit", "parameters": {"time": 5}}}
        )
    ],
)


def _leaves(run: Answer) -> bool:
    w, b = path(run).points.T
    return bool(w.min() < W[0] or w.max() > W[1] or b.min() < B[0] or b.max() > B[1])


def thrown_off_without_clipping(answers: list[Answer], short: list[Answer]) -> Finding:
    """Thrown out of the figure in one step, or kept in it; after 5 steps there is no wall."""
    race, grid = answers
    free, kept = race["runs"]
    losses = np.array(grid["loss"])
    longest = path(free).longest_step()
    return Finding(
        bool(
            longest > 0.9
            and _leaves(free)
            and not _leaves(kept)
            and path(kept).loss[-1] < 0.01
            and losses.min() < 0.001
            and 0.35 < losses.max() < 0.49
            and not any(_leaves(run) for run in short[0]["runs"])
        ),
        longest,
    )


OPTIONS = [
    Text("Both", "Оба"),
    Text("Only the one with clipping", "Только с обрезкой"),
    Text("Neither", "Ни один"),
]

SCENARIO = Scenario(
    id="pascanus_wall",
    section=5,
    title=Text("Pascanu's wall", "Стена Паскану"),
    question=Text(
        "A recurrent unit, 50 steps in time, one weight w and one bias b. Gradient descent without"
        " and with clipping at 0.3: who stays in the picture?",
        "Рекуррентный нейрон, 50 шагов по времени, один вес w и одно смещение b. Градиентный спуск"
        " без обрезки и с обрезкой по 0,3: кто останется на рисунке?",
    ),
    answers=Choices(OPTIONS, right=1),
    state=OPENING,
    controls=["run.1.clipping.threshold", "surface.time"],
    watch=Text(
        "The valley leads both along the foot of the wall. Wait for the first touch.",
        "Долина ведёт обоих вдоль подножия стены. Дождитесь первого касания.",
    ),
    why=Text(
        "The same w acts 50 times, so that derivatives multiply: h_T hangs on w and b like a power"
        " of 50. On the line where the unit changes which state it settles in, the slope is"
        " enormous, and one step αg leaves the valley for good. Clipped it is at most 0.045.",
        "Один и тот же w действует 50 раз, и производные перемножаются. На линии, где нейрон"
        " переходит из одного установившегося состояния в другое, наклон огромен, и один шаг αg"
        " навсегда уносит из долины. С обрезкой шаг не длиннее 0,045.",
    ),
    transfer=Transfer(
        question=Text(
            "Only 5 steps in time. Who stays in the picture now?",
            "Всего 5 шагов по времени. Кто останется на рисунке теперь?",
        ),
        answers=Choices(OPTIONS, right=0),
        state=SHORT,
    ),
    claim=Claim(
        Text(
            "Without clipping one step is longer than half of the picture and leaves the picture,"
            " with it the path stays and its loss ends below 0.01; the losses lie between 0 and"
            " 0.42 as in the figure; with 5 steps in time nobody leaves.",
            "Без обрезки один шаг длиннее половины рисунка и уводит за край, с обрезкой путь"
            " остаётся и потери падают ниже 0,01; потери лежат между 0 и 0,42, как на рисунке"
            " статьи; при 5 шагах по времени не улетает никто.",
        ),
        thrown_off_without_clipping,
        {"short": SHORT},
    ),
    notes=Text(
        "Figure 6 of Pascanu, Mikolov and Bengio (2013), arXiv 1211.5063: x₀ = 0.5, target 0.7, 50"
        " steps. Their dashed path is the clipped one.",
        "Рисунок 6 из Pascanu, Mikolov, Bengio (2013), arXiv 1211.5063: x₀ = 0,5, цель 0,7, 50"
        " шагов. Пунктир у них — путь с обрезкой.",
    ),
)
