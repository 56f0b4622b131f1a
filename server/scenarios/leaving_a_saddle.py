"""Adam leaves a saddle first, then momentum, at last gradient descent; from the ridge nobody."""

import numpy as np

from server.scenarios.reading import path
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Transfer
from server.scenarios.states import Descent, Run
from surfaces.declaration import Text

AWAY = 0.5
"""Who is so far from the ridge x = 0 has left."""
RATE = 0.0075

OPENING = Descent(
    surface="double_well",
    parameters={"tilt": 0.0},
    starts=[(0.001, 1.2)],
    runs=[
        Run("sgd", {"learning_rate": RATE}),
        Run("momentum", {"learning_rate": RATE, "momentum": 0.9}),
        Run("adam", {"learning_rate": RATE}),
    ],
    steps=300,
)
RIDGE = OPENING.but(starts=[(0.0, 1.2)])


def _exit(run: Answer) -> float:
    gone = np.flatnonzero(np.abs(path(run).points[:, 0]) > AWAY)
    return float(gone[0]) if len(gone) else np.inf


def in_this_order(answers: list[Answer], ridge: list[Answer]) -> Finding:
    """Adam, momentum, descent, 20 steps or more apart; nobody from the ridge."""
    descent, momentum, adam = (_exit(run) for run in answers[0]["runs"])
    nobody = all(_exit(run) == np.inf for run in ridge[0]["runs"])
    gap = min(momentum - adam, descent - momentum)
    return Finding(bool(gap >= 20 and descent < np.inf and nobody), gap)


SCENARIO = Scenario(
    id="leaving_a_saddle",
    section=2,
    title=Text("Who leaves the saddle first?", "Кто первым уйдёт с седла?"),
    question=Text(
        "All start at the same point, a thousandth beside the ridge, at the same rate. Who leaves"
        " the saddle first?",
        "Все стартуют из одной точки, в одной тысячной от гребня, с одной скоростью обучения. Кто"
        " первым уйдёт с седла?",
    ),
    answers=Choices(
        [
            Text("Gradient descent", "Градиентный спуск"),
            Text("Momentum", "Импульс"),
            Text("Adam", "Adam"),
            Text("All at once", "Все сразу"),
        ],
        right=2,
    ),
    state=OPENING,
    controls=["start", "run.learning_rate"],
    watch=Text(
        "The loss curves: whoever stands at 1 is on the saddle. Adam turns aside before it has even"
        " come down to it.",
        "Кривые потерь: кто стоит на уровне 1, тот на седле. Adam сворачивает, ещё не спустившись"
        " к нему.",
    ),
    why=Text(
        "Beside the ridge the slope is 4x, almost nothing. Gradient descent multiplies x by"
        " 1 + 4α = 1.03 a step: two hundred steps from a thousandth to a half. Momentum adds up"
        " its steps, all in one direction. Adam divides the gradient by its own size: even a"
        " tiny one moves it by about α.",
        "У гребня наклон равен 4x — почти ничего. Градиентный спуск за шаг умножает x на"
        " 1 + 4α = 1,03: от тысячной до половины — двести шагов. Импульс складывает шаги, ведь все"
        " они в одну сторону. Adam делит градиент на его же величину: даже крошечный сдвигает его"
        " примерно на α.",
    ),
    transfer=Transfer(
        question=Text(
            "And from a start exactly on the ridge, x = 0?",
            "А если старт точно на гребне, x = 0?",
        ),
        answers=Choices(
            [
                Text("Adam leaves first again", "Первым снова уйдёт Adam"),
                Text("All leave, but later", "Уйдут все, но позже"),
                Text("Nobody leaves", "Никто не уйдёт"),
            ],
            right=2,
        ),
        state=RIDGE,
    ),
    claim=Claim(
        Text(
            "Adam leaves first, then momentum, then gradient descent, each at least 20 steps after"
            " the one before; from x = 0 nobody leaves.",
            "Первым уходит Adam, потом импульс, потом градиентный спуск, каждый по крайней мере на"
            " 20 шагов позже предыдущего; с x = 0 не уходит никто.",
        ),
        in_this_order,
        {"ridge": RIDGE},
    ),
    notes=Text(
        "On the ridge the gradient across it is exactly 0, and 0 divided by anything is 0. A little"
        " noise of the gradient is enough: in practice nobody stays.",
        "На гребне градиент поперёк него равен ровно 0, и 0, делённый на что угодно, — это 0."
        " Достаточно небольшого шума градиента: на практике на седле никто не остаётся.",
    ),
)
