"""Forty layers of tanh learn the spirals with skip connections, and not without."""

from server.scenarios.reading_layers import late_loss
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Transfer
from server.scenarios.states import Signal
from surfaces.declaration import Text

OPENING = Signal(
    {"depth": 40, "width": 32, "activation": "tanh", "initializer": "xavier", "dataset": "spirals"},
    {"skip": 1},
    view="training",
)
SHALLOW = OPENING.but(a={**OPENING.a, "depth": 4})


def trains_with_skips_alone(answers: list[Answer], shallow: list[Answer]) -> Finding:
    """Below 0.01 with skips, above 0.5 without; four layers do not need them."""
    plain, skipping = (late_loss(answer) for answer in answers)
    return Finding(plain > 0.5 and skipping < 0.01 and late_loss(shallow[0]) < 0.05, plain)


OPTIONS = [
    Text("Only A, without skips", "Только A, без остаточных связей"),
    Text("Only B, with skips", "Только B, с остаточными связями"),
    Text("Both", "Обе"),
    Text("Neither", "Ни одна"),
]

SCENARIO = Scenario(
    id="through",
    section=6,
    title=Text("Skip connections", "Остаточные связи"),
    question=Text(
        "40 layers of tanh, two spirals, 300 steps. One switch differs: skip connections. Who"
        " learns the spirals?",
        "40 слоёв tanh, две спирали, 300 шагов. Отличается один переключатель: остаточные связи."
        " Кто разделит спирали?",
    ),
    answers=Choices(OPTIONS, right=1),
    state=OPENING,
    controls=["depth"],
    watch=Text(
        "The two pictures of what the networks answer, and the loss of A that does not move.",
        "Два рисунка с ответами сетей и потери A, которые не двигаются.",
    ),
    why=Text(
        "Forty layers of tanh cannot learn the spirals; the same network with skips parts them,"
        " since each layer only adds to what is already there.",
        "Сорок слоёв tanh не осваивают спирали; та же сеть с остаточными связями их разделяет:"
        " каждый слой лишь добавляет к тому, что есть.",
    ),
    transfer=Transfer(
        question=Text("4 layers instead of 40. Who learns now?", "4 слоя вместо 40. Кто научится?"),
        answers=Choices(OPTIONS, right=2),
        state=SHALLOW,
    ),
    claim=Claim(
        Text(
            "After 300 steps the loss is below 0.01 with skips and above 0.5 without; with 4 layers"
            " it is below 0.05 without them too.",
            "После 300 шагов потери с остаточными связями ниже 0,01, без них выше 0,5; при 4 слоях"
            " и без них ниже 0,05.",
        ),
        trains_with_skips_alone,
        {"shallow": SHALLOW},
    ),
    notes=Text(
        "The deep network can do all that the shallow one can. It just cannot learn it.",
        "Глубокая сеть может всё, что может мелкая. Она только не может этому научиться.",
    ),
)
