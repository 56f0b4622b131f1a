"""Nesterov's gradient is that of where the velocity leads: it brakes before the wall."""

import numpy as np

from server.scenarios.optimizer_names import MOMENTUM, NESTEROV
from server.scenarios.reading import path
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Transfer
from server.scenarios.states import Descent, Run
from surfaces.declaration import Text


def both(rate: float) -> list[Run]:
    """Momentum and Nesterov at one rate."""
    return [Run(one, {"learning_rate": rate, "momentum": 0.9}) for one in ("momentum", "nesterov")]


OPENING = Descent(
    surface="bowl",
    parameters={"condition_number": 10.0},
    starts=[(-3.5, 1.5)],
    runs=both(0.05),
    steps=120,
)
BOLD = OPENING.but(runs=both(0.15))
ANSWERS = (MOMENTUM, NESTEROV, Text("Both alike", "Оба одинаково"))


def nesterov_overshoots_less(answers: list[Answer], bold: list[Answer]) -> Finding:
    """Its largest overshoot across the ravine is under half of momentum's; at 3α it is thrown out.

    The start lies at y > 0, so an overshoot is how far y goes below 0.
    """
    plain, ahead = (float(-path(run).points[:, 1].min()) for run in answers[0]["runs"])
    kept, thrown = (float(np.abs(path(run).end[1])) for run in bold[0]["runs"])
    return Finding(ahead < plain / 2 and kept < 1 and thrown > 1000, plain / ahead)


SCENARIO = Scenario(
    id="nesterov_looks_ahead",
    section=4,
    title=Text("Nesterov looks ahead", "Нестеров смотрит вперёд"),
    question=Text(
        "Same α, same β. Who overshoots the bottom less?",
        "α и β одинаковы. Кто меньше проскакивает дно?",
    ),
    answers=Choices(ANSWERS, right=1),
    state=OPENING,
    controls=["run.momentum", "run.learning_rate"],
    watch=Text(
        "The first crossing of the bottom: who turns back sooner?",
        "Первый переход через дно: кто раньше поворачивает назад?",
    ),
    why=Text(
        "Nesterov takes the gradient at x + βv, where the velocity is about to carry it. Beyond the"
        " bottom that gradient already points back, so it brakes one step earlier.",
        "Нестеров берёт градиент в точке x + βv — там, куда его вот-вот вынесет. За дном этот"
        " градиент уже направлен назад, и торможение начинается на шаг раньше.",
    ),
    transfer=Transfer(
        question=Text(
            "Three times the rate. Who stays in the picture?",
            "Скорость обучения втрое больше. Кто останется на рисунке?",
        ),
        answers=Choices((*ANSWERS[:2], Text("Both", "Оба"), Text("Neither", "Никто")), right=0),
        state=BOLD,
    ),
    claim=Claim(
        Text(
            "Nesterov's largest overshoot is less than half of momentum's; at three times the rate"
            " it is Nesterov that is thrown out.",
            "Нестеров проскакивает меньше чем наполовину от импульса; при втрое большей скорости"
            " обучения вылетает именно он.",
        ),
        nesterov_overshoots_less,
        {"bold": BOLD},
    ),
    notes=Text(
        "The look-ahead has its price: it is stable up to αλ = 2(1 + β)/(1 + 2β) ≈ 1.36, momentum"
        " up to 2(1 + β) = 3.8.",
        "За взгляд вперёд платят: он устойчив до αλ = 2(1 + β)/(1 + 2β) ≈ 1,36, импульс — до"
        " 2(1 + β) = 3,8.",
    ),
)
