"""All weights 0: every gradient is exactly 0, and nothing can ever be learned."""

from server.scenarios.reading_layers import layers, reaching
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Transfer
from server.scenarios.states import Signal
from surfaces.declaration import Text

OPENING = Signal(
    {"depth": 10, "activation": "tanh", "initializer": "zeros"}, {"initializer": "xavier"}
)
SMALL = OPENING.but(
    a={**OPENING.a, "initializer": "normal", "initializer.standard_deviation": 0.01}
)


def exactly_nothing(answers: list[Answer], small: list[Answer]) -> Finding:
    """Gradients of 0 in all layers; with small random weights not 0, yet under a millionth."""
    nothing, xavier = (layers(answer, "weight_gradient_norm") for answer in answers)
    part = reaching(small[0]) if layers(small[0], "gradient_norm").all() else 0.0
    return Finding(
        bool((nothing == 0).all() and (xavier > 0).all() and 0 < part < 1e-6),
        float(nothing.max()),
    )


SCENARIO = Scenario(
    id="zeros",
    section=6,
    title=Text("Zeros", "Нули"),
    question=Text(
        "All weights of A are 0 at the beginning. How large are the gradients of its hidden"
        " layers?",
        "Все веса A вначале равны 0. Каковы градиенты её скрытых слоёв?",
    ),
    answers=Choices(
        [
            Text("Exactly 0, all of them", "Ровно 0, все до одного"),
            Text("Small, but enough to begin", "Малы, но начать хватит"),
            Text("The same as B's", "Такие же, как у B"),
        ],
        right=0,
    ),
    state=OPENING,
    controls=["initializer", "depth"],
    watch=Text("A has no bars: zero has no logarithm.", "У A нет столбиков: у нуля нет логарифма."),
    why=Text(
        "With all weights 0 nothing passes forwards or back: every gradient is exactly 0, and no"
        " optimizer can tell one unit from another.",
        "При нулевых весах сигнал не проходит ни вперёд, ни назад: все градиенты ровно 0, и никакой"
        " оптимизатор не различит нейроны.",
    ),
    transfer=Transfer(
        question=Text(
            "Small random weights instead, σ = 0.01. Does layer 1 of A learn now?",
            "Вместо нулей малые случайные веса, σ = 0,01. Будет ли теперь учиться слой 1 в A?",
        ),
        answers=Choices(
            [
                Text("Yes, chance is all it needs", "Да, случайности довольно"),
                Text("Hardly: not 0, but it vanishes", "Едва ли: не ноль, но затухает"),
            ],
            right=1,
        ),
        state=SMALL,
    ),
    claim=Claim(
        Text(
            "All gradients of the weights are exactly 0; with random weights of 0.01 they are not,"
            " and less than a millionth reaches layer 1.",
            "Все градиенты весов ровно 0; со случайными весами 0,01 — уже нет, но до слоя 1 доходит"
            " меньше миллионной.",
        ),
        exactly_nothing,
        {"small": SMALL},
    ),
    notes=Text(
        "In a linear model zeros are a fine start. Ask what is different here.",
        "В линейной модели нули — хорошее начало. Спросите, что здесь иначе.",
    ),
)
