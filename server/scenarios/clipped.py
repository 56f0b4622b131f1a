"""At a rate that breaks a network within ten steps, the same network learns with clipping."""

import math

from server.scenarios.reading_layers import late_loss
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Transfer
from server.scenarios.states import Signal
from surfaces.declaration import Text

OPENING = Signal(
    {
        "depth": 10,
        "activation": "relu",
        "initializer": "he",
        "optimizer": "sgd",
        "optimizer.learning_rate": 1,
        "batch": 32,
        "dataset": "spirals",
    },
    {"clipping": "norm", "clipping.threshold": 0.5},
    view="training",
)
SLOW = OPENING.but(a={**OPENING.a, "optimizer.learning_rate": 0.01})


def breaks_without_and_learns_with_it(answers: list[Answer], slow: list[Answer]) -> Finding:
    """Not finite within ten steps; clipped it falls by a quarter and more, slow it does less."""
    free, kept = answers
    broken = free["diverged_at"] or math.inf
    learned = late_loss(kept)
    return Finding(
        broken <= 10
        and learned < 0.75 * kept["loss"][0]
        and slow[0]["status"] != "diverged"
        and late_loss(slow[0]) > learned + 0.05,
        broken,
    )


SCENARIO = Scenario(
    id="clipped",
    section=6,
    title=Text("Clipped vs not", "С обрезкой и без"),
    question=Text(
        "10 layers of ReLU, SGD with α = 1; the gradient of B is never longer than 0.5. When does A"
        " break?",
        "10 слоёв ReLU, SGD с α = 1; у B градиент не длиннее 0,5. Когда сломается A?",
    ),
    answers=Choices(
        [
            Text("Within ten steps", "За первые десять шагов"),
            Text("After a hundred or so", "Примерно через сотню"),
            Text("Never: it only rattles", "Никогда: только болтается"),
        ],
        right=0,
    ),
    state=OPENING,
    controls=["optimizer.learning_rate", "b.clipping.threshold"],
    watch=Text(
        "A's loss rises by many decades in a few steps and ends; B's wanders down.",
        "Потери A за несколько шагов вырастают на много порядков и обрываются; у B они, блуждая,"
        " падают.",
    ),
    why=Text(
        "At this rate a few large gradients throw the weights away and the run ends; shortened to"
        " 0.5 they do not, and the same rate learns.",
        "При такой скорости несколько больших градиентов отбрасывают веса, и обучение обрывается; с"
        " градиентом не длиннее 0,5 сеть учится с той же скоростью.",
    ),
    transfer=Transfer(
        question=Text(
            "α = 0.01 for both. What does A do without clipping?",
            "У обеих α = 0,01. Что делает A без обрезки?",
        ),
        answers=Choices(
            [
                Text("It breaks too, only later", "Тоже ломается, только позже"),
                Text("It survives, and learns hardly anything", "Живёт, но почти не учится"),
                Text("It overtakes B of before", "Обгоняет прежнюю B"),
            ],
            right=1,
        ),
        state=SLOW,
    ),
    claim=Claim(
        Text(
            "Without clipping the loss leaves the finite range within ten steps, with it it falls"
            " by a quarter and more; at α = 0.01 A survives, and ends higher than that.",
            "Без обрезки потери выходят за пределы чисел за десять шагов, с ней падают на четверть"
            " и больше; при α = 0,01 A выживает, но заканчивает выше.",
        ),
        breaks_without_and_learns_with_it,
        {"slow": SLOW},
    ),
    notes=Text(
        "Clipping does not make α smaller: it only acts on the steps that would break it.",
        "Обрезка не уменьшает α: она действует только на тех шагах, которые всё сломали бы.",
    ),
)
