"""Adagrad's effective rate falls as 1/√k for ever; RMSProp's stays what it is."""

import numpy as np

from server.scenarios.optimizer_names import ADAGRAD, RMSPROP
from server.scenarios.scenario import (
    Answer,
    Choices,
    Claim,
    Finding,
    Quantity,
    Scenario,
    Transfer,
)
from server.scenarios.states import Descent, Run
from surfaces.declaration import Text

RATE = 0.006
LATE, EARLIER = 500, 100

# A slope of about 1 everywhere but at the bottom, so that a step is its effective rate.
OPENING = Descent(
    surface="formula",
    formula="sqrt(0.06+x^2)+sqrt(0.06+y^2)",
    starts=[(-3.6, 2.4)],
    runs=[Run("adagrad", {"learning_rate": RATE}), Run("rmsprop", {"learning_rate": RATE})],
    steps=600,
    include=["state"],
    shown={"effective": "1"},
)
SHORT = OPENING.but(runs=[Run("adagrad", {"learning_rate": RATE})], steps=EARLIER)


def fall(run: Answer, step: int) -> float:
    """How many times less α/√(G + ε) along x is at a step than at the first."""
    squares = np.array(run["trajectories"][0]["state"]["G"]["x"])[[0, step - 1]]
    first, then = 1 / np.sqrt(squares + run["optimizer"]["epsilon"])
    return float(first / then)


def adagrad_slows_down_and_rmsprop_does_not(answers: list[Answer], short: list[Answer]) -> Finding:
    """Adagrad's effective rate fell 20-fold by step 500, RMSProp's less than 5-fold."""
    adagrad, rmsprop = (fall(run, LATE) for run in answers[0]["runs"])
    holds = adagrad > 20 and rmsprop < 5 and abs(fall(short[0]["runs"][0], EARLIER) / 10 - 1) < 0.1
    return Finding(holds and answers[0]["steps"] > short[0]["steps"], adagrad)


SCENARIO = Scenario(
    id="adagrads_rate_dies",
    section=4,
    title=Text("Adagrad's rate dies", "Скорость Adagrad угасает"),
    question=Text(
        "A long even slope, the same α. Who is still moving at step 500?",
        "Длинный ровный склон, α одна и та же. Кто ещё движется на шаге 500?",
    ),
    answers=Choices(
        [ADAGRAD, RMSPROP, Text("Both, equally fast", "Оба, одинаково быстро")],
        right=1,
    ),
    state=OPENING,
    controls=["run.learning_rate", "run.1.decay"],
    watch=Text(
        "The effective rate α/√(G + ε): one line sinks and sinks, the other stays level.",
        "Эффективная скорость α/√(G + ε): одна линия всё опускается, другая держится.",
    ),
    why=Text(
        "Adagrad adds up all squares and forgets none: on an even slope G = k·g², and the rate"
        " falls as 1/√k. RMSProp averages the last 1/(1 − γ) = 10, so its G stays near g².",
        "Adagrad складывает все квадраты и ничего не забывает: на ровном склоне G = k·g², и"
        " скорость падает как 1/√k. RMSProp усредняет последние 1/(1 − γ) = 10, и его G держится"
        " около g².",
    ),
    transfer=Transfer(
        question=Text(
            "How many times has Adagrad's rate fallen by step 100?",
            "Во сколько раз упала скорость Adagrad к шагу 100?",
        ),
        answers=Quantity(10, low=1, high=1000, unit=Text("times", "раз"), scale="log"),
        state=SHORT,
    ),
    claim=Claim(
        Text(
            "By step 500 Adagrad's effective rate has fallen 20-fold, RMSProp's has not.",
            "К шагу 500 эффективная скорость Adagrad упала в 20 раз, у RMSProp — нет.",
        ),
        adagrad_slows_down_and_rmsprop_does_not,
        {"short": SHORT},
    ),
    notes=Text(
        "√500 ≈ 22. Where the gradient dies by itself (convex, few steps) this is no fault: Adagrad"
        " was made for that.",
        "√500 ≈ 22. Там, где градиент сам убывает (выпукло, шагов мало), это не недостаток: для"
        " этого Adagrad и придуман.",
    ),
)
