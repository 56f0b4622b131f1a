"""Weights of deviation 1 in ReLU layers of N units multiply the gradient by √(N/2) a layer."""

from server.scenarios.reading_layers import a_layer, reaching
from server.scenarios.scenario import Answer, Claim, Finding, Quantity, Scenario, Transfer
from server.scenarios.states import Signal
from surfaces.declaration import Text

OPENING = Signal(
    {
        "depth": 40,
        "activation": "relu",
        "initializer": "normal",
        "initializer.standard_deviation": 1.0,
    },
    {"normalization": "layer"},
)
NARROW = OPENING.but(a={**OPENING.a, "width": 16})


def root_of_half_the_width(answers: list[Answer], narrow: list[Answer]) -> Finding:
    """√(64/2) a layer, √(16/2) of the narrow one, within 10 %; with normalisation about 1."""
    wide, thin = a_layer(answers[0]), a_layer(narrow[0])
    return Finding(
        abs(wide / 32**0.5 - 1) < 0.1
        and abs(thin / 8**0.5 - 1) < 0.1
        and 0.1 < reaching(answers[1]) < 10,
        wide,
    )


SCENARIO = Scenario(
    id="exploding",
    section=6,
    title=Text("Explosion", "Взрыв"),
    question=Text(
        "ReLU layers of 64 units, weights of deviation 1. By how much does each layer multiply the"
        " gradient?",
        "Слои ReLU по 64 нейрона, веса с отклонением 1. Во сколько раз каждый слой увеличивает"
        " градиент?",
    ),
    answers=Quantity(32**0.5, low=0.1, high=100.0, within=0.25, scale="log"),
    state=OPENING,
    controls=["initializer.standard_deviation", "width", "depth"],
    watch=Text(
        "Count the decades from layer 40 back to layer 1, and divide by 39.",
        "Посчитайте порядки от слоя 40 назад до слоя 1 и разделите на 39.",
    ),
    why=Text(
        "A sum of 64 weights of deviation 1, half of them behind a ReLU that is off, multiplies by"
        " √(64/2) = 5.7, activations and gradients alike; normalisation brings each layer's sums"
        " back to deviation 1.",
        "Сумма с 64 весами отклонения 1, половина из которых за выключенной ReLU, умножает на"
        " √(64/2) = 5,7 и активации, и градиенты; нормализация возвращает суммам слоя отклонение"
        " 1.",
    ),
    transfer=Transfer(
        question=Text(
            "Layers of 16 units. By how much does each multiply the gradient now?",
            "Слои по 16 нейронов. Во сколько раз каждый увеличивает градиент теперь?",
        ),
        answers=Quantity(8**0.5, low=0.1, high=100.0, within=0.25, scale="log"),
        state=NARROW,
    ),
    claim=Claim(
        Text(
            "A layer multiplies the gradient by √(N/2) within 10 %, for 64 units and for 16; with"
            " normalisation layers 1 and 40 are within a factor of 10.",
            "Слой умножает градиент на √(N/2) с точностью 10 % и при 64 нейронах, и при 16; с"
            " нормализацией слои 1 и 40 отличаются не больше чем вдесятеро.",
        ),
        root_of_half_the_width,
        {"narrow": NARROW},
    ),
    notes=Text(
        "The same calculation, set to 1, is He's initialisation: σ = √(2/N).",
        "Тот же расчёт, приравненный к 1, и есть инициализация Хе: σ = √(2/N).",
    ),
)
