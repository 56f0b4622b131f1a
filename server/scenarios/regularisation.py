"""On points that a line separates the weights grow without bound; a penalty bounds them."""

import numpy as np
from numpy.typing import NDArray

from server.scenarios.reading import path
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Transfer
from server.scenarios.states import Descent, Run
from surfaces.declaration import Text

OPENING = Descent(
    surface="logistic_regression",
    parameters={"noise": 0.2},
    runs=[
        Run("sgd", {"learning_rate": 1.0}),
        Run("sgd", {"learning_rate": 1.0}, penalties={"l2": 0.1}),
    ],
    steps=500,
    shown={"edit": "1"},
)
MIXED = OPENING.but(parameters={"noise": 1.0})


def _norms(run: Answer) -> NDArray[np.float64]:
    return np.hypot(*path(run).points.T)


def bounded_with_it_alone(answers: list[Answer], mixed: list[Answer]) -> Finding:
    """Without penalty the norm still grows at the end, with it it stands; mixed, both stand."""
    free, bounded = (_norms(run) for run in answers[0]["runs"])
    still = [float(norms[-1] / norms[-200]) for norms in map(_norms, mixed[0]["runs"])]
    growth = float(free[-1] / free[-200])
    return Finding(
        bool(
            growth > 1.05
            and (np.diff(free[50:]) > 0).all()
            and abs(bounded[-1] / bounded[-200] - 1) < 1e-3
            and free[-1] > 3 * bounded[-1]
            and all(abs(one - 1) < 0.01 for one in still)
        ),
        growth,
    )


SCENARIO = Scenario(
    id="regularisation",
    section=5,
    title=Text("Does λ‖x‖²/2 help?", "Помогает ли λ‖x‖²/2?"),
    question=Text(
        "A line parts the two clouds without a mistake. What do the two weights do without a"
        " penalty?",
        "Два облака точек разделяются прямой без ошибок. Что делают два веса без штрафа?",
    ),
    answers=Choices(
        [
            Text("They stop once no mistake is left", "Встанут, как только ошибок не останется"),
            Text("They grow without bound", "Растут без конца"),
            Text("They shrink to 0", "Сожмутся к нулю"),
        ],
        right=1,
    ),
    state=OPENING,
    controls=["run.1.penalty.l2", "surface.noise"],
    watch=Text(
        "The two ends: one path stands after a few dozen steps, the other never does.",
        "Концы путей: один встаёт через несколько десятков шагов, другой — никогда.",
    ),
    why=Text(
        "If a line separates the points, twice the weights give half the log loss and less: the"
        " minimum is at infinity, and ‖w‖ grows as log k. λ‖w‖²/2 makes large weights dear, and the"
        " sum has one minimum at a finite place.",
        "Если прямая разделяет точки, то с удвоенными весами логарифмические потери ещё меньше:"
        " минимум на бесконечности, и ‖w‖ растёт как log k. Штраф λ‖w‖²/2 делает большие веса"
        " дорогими, и у суммы один минимум, на конечном месте.",
    ),
    transfer=Transfer(
        question=Text(
            "The clouds overlap: no line parts them. What do the weights do without a penalty now?",
            "Облака перекрылись: ни одна прямая их не разделит. Что делают веса без штрафа теперь?",
        ),
        answers=Choices(
            [
                Text("They come to rest by themselves", "Останавливаются сами"),
                Text("They grow without bound", "Растут без конца"),
            ],
            right=0,
        ),
        state=MIXED,
    ),
    claim=Claim(
        Text(
            "Without a penalty the norm of the weights grows at every step and by 5 % over the"
            " last 200, with λ = 0.1 it stands and is a third of that; of overlapping clouds both"
            " stand.",
            "Без штрафа норма весов растёт на каждом шаге и на 5 % за последние 200, с λ = 0,1 она"
            " стоит и втрое меньше; на перекрывающихся облаках стоят обе.",
        ),
        bounded_with_it_alone,
        {"mixed": MIXED},
    ),
    notes=Text(
        "Growing weights are a growing confidence that the data never asked for.",
        "Растущие веса — это растущая уверенность, которой данные не требовали.",
    ),
)
