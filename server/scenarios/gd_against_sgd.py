"""After one pass over the points descent by one point a step is far ahead of that by all."""

import numpy as np

from server.scenarios.reading import path
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Transfer
from server.scenarios.states import Descent, Run
from surfaces.declaration import Text

POINTS = 100
RATE = 0.02

OPENING = Descent(
    surface="linear_regression",
    parameters={"size": POINTS},
    starts=[(-2.0, 3.0)],
    runs=[Run("sgd", {"learning_rate": RATE}), Run("sgd", {"learning_rate": RATE}, batch=1)],
    steps=POINTS,
)
BOLD = OPENING.but(
    runs=[Run("sgd", {"learning_rate": 0.1}), Run("sgd", {"learning_rate": 0.1}, batch=1)]
)
ANSWERS = (
    Text("All 100 points a step", "По всем 100 точкам за шаг"),
    Text("One point a step (batch 1)", "По одной точке за шаг (батч 1)"),
    Text("About equal", "Примерно поровну"),
)


def one_point_a_step_is_ahead_after_a_pass(answers: list[Answer], bold: list[Answer]) -> Finding:
    """Of equal price: step 1 of all points, step 100 of one. Later, at 5α, the order is other.

    One point a step has by then gone nine tenths of the way down, all points under a fifth.
    """
    lowest = answers[0]["surface"]["minima"][0]
    whole, single = (np.array(path(run).loss) - lowest["loss"] for run in answers[0]["runs"])
    at = (lowest["x"], lowest["y"])
    settled, rattling = (path(run).distances(at)[50:].mean() for run in bold[0]["runs"])
    holds = (
        single[POINTS] < 0.1 * single[0]
        and whole[1] > 0.8 * whole[0]
        and bool(settled < rattling / 10)
    )
    return Finding(bool(holds), float(whole[1] / single[POINTS]))


SCENARIO = Scenario(
    id="gd_against_sgd",
    section=4,
    title=Text("GD against SGD on data", "GD и SGD на данных"),
    question=Text(
        "Each point has been read exactly once. Who is lower?",
        "Каждая точка прочитана ровно один раз. Кто ниже?",
    ),
    answers=Choices(ANSWERS, right=1),
    state=OPENING,
    controls=["run.learning_rate", "run.1.batch", "seed"],
    watch=Text(
        "All points: a pass is over at step 1. One point: at step 100. Compare these two places.",
        "По всем точкам проход закончен на шаге 1, по одной — на шаге 100. Сравните эти два места.",
    ),
    why=Text(
        "A step by all points costs 100 gradients, a step by one costs one. On average both point"
        " the same way, so for the price of one sure step SGD makes a hundred rough ones.",
        "Шаг по всем точкам стоит 100 градиентов, по одной — один. В среднем направление одно и то"
        " же, и за цену одного точного шага SGD делает сто приблизительных.",
    ),
    transfer=Transfer(
        question=Text(
            "Five times the α, and 100 steps for both. Who is nearer to the minimum at the end?",
            "α впятеро больше, шагов у обоих по 100. Кто в конце ближе к минимуму?",
        ),
        answers=Choices(ANSWERS, right=0),
        state=BOLD,
    ),
    claim=Claim(
        Text(
            "After one pass over the data SGD has less than a tenth of the loss left, gradient"
            " descent over four fifths.",
            "После одного прохода по данным у SGD осталось меньше десятой доли потерь, у"
            " градиентного спуска — больше четырёх пятых.",
        ),
        one_point_a_step_is_ahead_after_a_pass,
        {"bold": BOLD},
    ),
    notes=Text(
        "Stop after step 1 and count aloud: 100 gradients. Then let it run: that is where SGD is"
        " for the same money. Step by step the curves look alike; the price does not.",
        "Остановите после шага 1 и посчитайте вслух: 100 градиентов. Потом пустите дальше: за те же"
        " деньги SGD уже там. По шагам кривые похожи, по цене — нет.",
    ),
)
