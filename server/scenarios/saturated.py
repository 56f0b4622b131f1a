"""Weights of deviation 1 push nearly every tanh to ±1, where its slope is nearly 0."""

from server.scenarios.reading_layers import layers, reaching
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Quantity, Scenario, Transfer
from server.scenarios.states import Signal
from surfaces.declaration import Text

OPENING = Signal(
    {
        "depth": 20,
        "activation": "tanh",
        "initializer": "normal",
        "initializer.standard_deviation": 1.0,
    },
    {"initializer": "xavier"},
    shown={"show": "distributions"},
)
TINY = OPENING.but(a={**OPENING.a, "initializer.standard_deviation": 0.01})


def most_stand_at_the_ends(answers: list[Answer], tiny: list[Answer]) -> Finding:
    """Three quarters saturated at σ = 1, few with Xavier; at 0.01 none, and no gradient either."""
    wide, xavier, small = (
        float(layers(answer, "saturated_fraction")[1:].mean()) for answer in (*answers, tiny[0])
    )
    return Finding(
        wide > 0.6 and xavier < 0.05 and small < 0.01 and reaching(tiny[0]) < 1e-10, 100 * wide
    )


SCENARIO = Scenario(
    id="saturated",
    section=6,
    title=Text("Saturated tanh", "Насыщенный tanh"),
    question=Text(
        "20 layers of 64 tanh units, weights of deviation 1. What share of the units stands at ±1?",
        "20 слоёв по 64 нейрона tanh, веса с отклонением 1. Какая доля нейронов стоит у ±1?",
    ),
    answers=Quantity(77.0, low=0.0, high=100.0, within=0.15, unit=Text("%", "%")),
    state=OPENING,
    controls=["initializer.standard_deviation", "depth"],
    watch=Text(
        "The shape of A's distributions: two horns at ±1 and almost nothing between.",
        "Форма распределений A: два рога у ±1 и почти ничего между ними.",
    ),
    why=Text(
        "A sum of 64 terms has a deviation of √64 = 8 times the activations': with σ = 1 almost"
        " every tanh sits at ±1, where its slope is nearly 0; what still gets through is multiplied"
        " by weights that are too large.",
        "Сумма 64 слагаемых имеет отклонение в √64 = 8 раз больше, чем активации: при σ = 1 почти"
        " все tanh стоят у ±1, где наклон близок к 0; а то, что всё же проходит, умножают слишком"
        " большие веса.",
    ),
    transfer=Transfer(
        question=Text(
            "σ = 0.01: no unit is saturated any more. Does the gradient come through now?",
            "σ = 0,01: насыщенных нейронов больше нет. Дойдёт ли теперь градиент?",
        ),
        answers=Choices(
            [
                Text("Yes: all slopes are 1", "Да: все наклоны равны 1"),
                Text("No: it vanishes in the weights", "Нет: затухнет в весах"),
            ],
            right=1,
        ),
        state=TINY,
    ),
    claim=Claim(
        Text(
            "At σ = 1 more than 60 % of the units are saturated, with Xavier's weights under 5 %;"
            " at σ = 0.01 none is, and less than 10⁻¹⁰ of the gradient reaches layer 1.",
            "При σ = 1 насыщены больше 60 % нейронов, с весами Ксавье меньше 5 %; при σ = 0,01 —"
            " ни один, но до слоя 1 доходит меньше 10⁻¹⁰ градиента.",
        ),
        most_stand_at_the_ends,
        {"tiny": TINY},
    ),
    notes=Text(
        "Too large and too small are both wrong; Xavier is the one place between.",
        "Плохо и слишком большое, и слишком малое; Ксавье — то место посередине.",
    ),
)
