"""Weights twice too large: the first gradient is a step that no number can hold."""

import math

from server.scenarios.reading_layers import late_loss
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Transfer
from server.scenarios.states import Signal
from surfaces.declaration import Text

OPENING = Signal(
    {
        "depth": 12,
        "activation": "relu",
        "initializer": "normal",
        "initializer.standard_deviation": 0.3,
        "optimizer": "sgd",
        "dataset": "curve",
    },
    {"initializer.standard_deviation": 0.15},
    view="training",
)
CLIPPED = OPENING.but(a={**OPENING.a, "clipping": "norm", "clipping.threshold": 1.0})


def breaks_at_the_first_step(answers: list[Answer], clipped: list[Answer]) -> Finding:
    """The first step is the last; with half the weights it learns, with clipping it lives."""
    large, small = answers
    broken = large["diverged_at"] or math.inf
    return Finding(
        broken <= 2
        and late_loss(small) < 0.1 * small["loss"][0]
        and late_loss(clipped[0]) < 0.01 * clipped[0]["loss"][0],
        broken,
    )


SCENARIO = Scenario(
    id="runaway",
    section=6,
    title=Text("Exploding run", "Взрыв при обучении"),
    question=Text(
        "12 layers of 64 ReLU learn a curve; A's weights are twice as large as B's. How long does A"
        " last?",
        "12 слоёв по 64 ReLU учат кривую; веса A вдвое больше, чем у B. Сколько продержится A?",
    ),
    answers=Choices(
        [
            Text("All 300 steps, only slower than B", "Все 300 шагов, только медленнее B"),
            Text("Some dozens of steps", "Несколько десятков шагов"),
            Text("One step", "Один шаг"),
        ],
        right=2,
    ),
    state=OPENING,
    controls=["initializer.standard_deviation", "depth"],
    watch=Text(
        "A's loss before anything was learned: it stands in the tens of thousands.",
        "Потери A до всякого обучения: они уже измеряются десятками тысяч.",
    ),
    why=Text(
        "Twelve layers of weights twice too large turn the first gradient into a step that no"
        " number can hold: the run ends, and says so.",
        "Двенадцать слоёв с вдвое большими весами превращают первый градиент в шаг, который не"
        " вместить числу: обучение обрывается, и об этом сказано.",
    ),
    transfer=Transfer(
        question=Text(
            "The same large weights, but gradients are clipped at 1. Does A last?",
            "Те же большие веса, но градиенты обрезаются по 1. Продержится ли A?",
        ),
        answers=Choices(
            [
                Text("Yes, and its loss falls", "Да, и потери падают"),
                Text("No, it breaks all the same", "Нет, всё равно сломается"),
            ],
            right=0,
        ),
        state=CLIPPED,
    ),
    claim=Claim(
        Text(
            "The loss is not finite after at most two steps; with half the weights it falls"
            " tenfold, with clipping at 1 a hundredfold.",
            "Не позже второго шага потери уже не число; с вдвое меньшими весами они падают"
            " десятикратно, с обрезкой по 1 — стократно.",
        ),
        breaks_at_the_first_step,
        {"clipped": CLIPPED},
    ),
    notes=Text(
        "2¹² = 4096 forwards, and the error squared: that is where the tens of thousands come"
        " from.",
        "2¹² = 4096 на пути вперёд, да ещё квадрат ошибки: вот откуда десятки тысяч.",
    ),
)
