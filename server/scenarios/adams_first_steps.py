"""Adam's first step is α long with bias correction, α(1 − β₁)/√(1 − β₂) without it."""

from math import sqrt

import numpy as np

from server.scenarios.reading import path
from server.scenarios.scenario import Answer, Claim, Finding, Quantity, Scenario, Transfer
from server.scenarios.states import Descent, Run
from surfaces.declaration import Text

RATE = 0.1
# At the start the gradient is 3 along x and 200 along y.
OPENING = Descent(
    surface="bowl",
    parameters={"condition_number": 100.0},
    starts=[(-3.0, 2.0)],
    runs=[Run("adam", {"learning_rate": RATE, "bias_correction": True})],
    steps=60,
)
BESIDE = OPENING.but(runs=[*OPENING.runs, Run("adam", {"learning_rate": RATE})])


def first_step_is_the_rate(answers: list[Answer], beside: list[Answer]) -> Finding:
    """Each coordinate of the first step, to a thousandth."""
    corrected, slide = answers[0]["runs"][0], beside[0]["runs"][-1]
    numbers = slide["optimizer"]
    wanted = numbers["learning_rate"] * (1 - numbers["beta1"]) / sqrt(1 - numbers["beta2"])
    first, longer = np.abs(path(corrected).moves[0]), np.abs(path(slide).moves[0])
    holds = np.allclose(first, corrected["optimizer"]["learning_rate"], rtol=1e-3)
    holds = holds and np.allclose(longer, wanted, rtol=1e-3)
    return Finding(bool(holds), float(first[0]))


SCENARIO = Scenario(
    id="adams_first_steps",
    section=4,
    title=Text("Adam's first steps", "Первые шаги Adam"),
    question=Text(
        "α = 0.1, the gradient is 3 along x and 200 along y. With bias correction, how far along y"
        " does Adam's first step go?",
        "α = 0,1, градиент 3 по x и 200 по y. Какой длины по y первый шаг Adam с поправкой"
        " смещения?",
    ),
    answers=Quantity(right=RATE, low=0.001, high=20, scale="log"),
    state=OPENING,
    controls=["run.learning_rate", "run.0.bias_correction", "start"],
    watch=Text(
        "The first step is a diagonal: it is equally long along both axes.",
        "Первый шаг идёт по диагонали: по обеим осям он одинаков.",
    ),
    why=Text(
        "After the first step v/(1 − β₁) = g and G/(1 − β₂) = g², so v̂/√Ĝ = ±1: the length is α,"
        " the gradient says only which way.",
        "После первого шага v/(1 − β₁) = g и G/(1 − β₂) = g², поэтому v̂/√Ĝ = ±1: длина равна α, от"
        " градиента остаётся только знак.",
    ),
    transfer=Transfer(
        question=Text(
            "The slide has no bias correction. How many times longer is its first step?",
            "На слайде поправки нет. Во сколько раз длиннее там первый шаг?",
        ),
        answers=Quantity(
            right=3.16, low=0.01, high=100, within=0.1, unit=Text("times", "раз"), scale="log"
        ),
        state=BESIDE,
    ),
    claim=Claim(
        Text(
            "The first step is α with bias correction and α(1 − β₁)/√(1 − β₂) ≈ 3.2α without.",
            "Первый шаг равен α с поправкой смещения и α(1 − β₁)/√(1 − β₂) ≈ 3,2α без неё.",
        ),
        first_step_is_the_rate,
        {"beside": BESIDE},
    ),
    notes=Text(
        "Most expect a tenth of a step, since v starts at 0. But G starts at 0 too, and its root"
        " outweighs it: 0.1/√0.001.",
        "Большинство ждёт шага вдесятеро короче: v начинается с 0. Но и G начинается с 0, и корень"
        " перевешивает: 0,1/√0,001.",
    ),
)
