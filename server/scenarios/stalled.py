"""Twenty sigmoids do not train: the loss stays at log 2. ReLU with He's weights learns at once."""

import math

from server.scenarios.reading_layers import late_loss
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Quantity, Scenario, Transfer
from server.scenarios.states import Signal
from surfaces.declaration import Text

OPENING = Signal(
    {"depth": 20, "activation": "sigmoid", "initializer": "xavier"},
    {"activation": "relu", "initializer": "he"},
    view="training",
)
SHALLOW = OPENING.but(a={**OPENING.a, "depth": 2})


def stays_at_a_coins_toss(answers: list[Answer], shallow: list[Answer]) -> Finding:
    """Sigmoids at log 2 within 1 %, ReLU below 0.01; two layers of sigmoids learn."""
    sigmoid, relu = (late_loss(answer) for answer in answers)
    return Finding(
        abs(sigmoid / math.log(2) - 1) < 0.01
        and relu < 0.01
        and late_loss(shallow[0]) < math.log(2) / 2,
        sigmoid,
    )


SCENARIO = Scenario(
    id="stalled",
    section=6,
    title=Text("Sigmoids do not train", "Сигмоиды не учатся"),
    question=Text(
        "20 layers learn to part two moons for 300 steps. Where is the loss of A, the sigmoids, at"
        " the end?",
        "20 слоёв 300 шагов учатся разделять две луны. Каковы в конце потери A, сети из сигмоид?",
    ),
    answers=Quantity(math.log(2), low=0.0, high=1.5, within=0.15),
    state=OPENING,
    controls=["depth", "activation"],
    watch=Text(
        "A's curve lies flat, and its answer is the same colour everywhere.",
        "Кривая A лежит ровно, и ответ у неё всюду одного цвета.",
    ),
    why=Text(
        "Twenty sigmoids pass so little gradient back that the loss stays at log 2, a coin's toss;"
        " ReLU with He's weights learns within a few dozen steps.",
        "Двадцать сигмоид пропускают назад так мало, что потери остаются около log 2, как при"
        " угадывании монеткой; ReLU с весами Хе учится за несколько десятков шагов.",
    ),
    transfer=Transfer(
        question=Text(
            "Only 2 layers. Do the sigmoids learn now?", "Всего 2 слоя. Научатся ли сигмоиды?"
        ),
        answers=Choices(
            [
                Text("Yes: the loss falls below half of log 2", "Да: потери ниже половины log 2"),
                Text("No: it stays at log 2", "Нет: останутся около log 2"),
            ],
            right=0,
        ),
        state=SHALLOW,
    ),
    claim=Claim(
        Text(
            "After 300 steps the sigmoids' loss is log 2 within 1 %, that of ReLU below 0.01; two"
            " layers of sigmoids get below half of log 2.",
            "После 300 шагов потери сигмоид равны log 2 с точностью 1 %, у ReLU ниже 0,01; два слоя"
            " сигмоид опускаются ниже половины log 2.",
        ),
        stays_at_a_coins_toss,
        {"shallow": SHALLOW},
    ),
    notes=Text(
        "Who knows that log 2 is what «I do not know» costs? Ask it before you play.",
        "Кто помнит, что «не знаю» стоит log 2? Спросите до запуска.",
    ),
)
