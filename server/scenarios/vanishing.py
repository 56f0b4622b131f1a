"""A sigmoid multiplies the gradient by at most ¼: of 20 layers the first gets next to nothing."""

from server.scenarios.reading_layers import a_layer, reaching
from server.scenarios.scenario import Answer, Claim, Finding, Quantity, Scenario, Transfer
from server.scenarios.states import Signal
from surfaces.declaration import Text

OPENING = Signal({"depth": 20, "activation": "sigmoid", "initializer": "xavier"})
OF_TANH = 0.6
"""Which part gets through as many layers of tanh."""
TANH = OPENING.but(a={**OPENING.a, "activation": "tanh"})


def at_most_a_quarter_a_layer(answers: list[Answer], tanh: list[Answer]) -> Finding:
    """At most ¼ a layer in the mean of the layers; about as much of tanh as is said."""
    part = reaching(answers[0])
    return Finding(
        0.2 < a_layer(answers[0]) <= 0.25 and 0.5 < reaching(tanh[0]) / OF_TANH < 2, part
    )


SCENARIO = Scenario(
    id="vanishing",
    section=6,
    title=Text("Vanishing gradient", "Градиент затухает"),
    question=Text(
        "20 layers of sigmoids. Which part of the gradient at layer 20 reaches layer 1?",
        "20 слоёв сигмоид. Какая доля градиента дойдёт от слоя 20 до слоя 1?",
    ),
    answers=Quantity(1.2e-12, low=1e-20, high=1.0, within=99.0, scale="log"),
    state=OPENING,
    controls=["depth", "activation"],
    watch=Text(
        "Every bar of the gradient is a quarter of its right neighbour: a straight line down.",
        "Каждый столбик градиента — четверть соседа справа: прямая вниз.",
    ),
    why=Text(
        "Each sigmoid multiplies the gradient by its slope, at most ¼, and Xavier's weights by"
        " about 1: layer 1 gets ¼¹⁹ ≈ 10⁻¹² of what layer 20 has, almost nothing to learn from.",
        "Каждая сигмоида умножает градиент на свой наклон, не больше ¼, а веса Ксавье — примерно на"
        " 1: слою 1 достаётся ¼¹⁹ ≈ 10⁻¹² того, что есть у слоя 20, и учиться ему почти не на чем.",
    ),
    transfer=Transfer(
        question=Text(
            "tanh instead of the sigmoid, all else as it was. Which part reaches layer 1?",
            "Вместо сигмоиды tanh, остальное прежнее. Какая доля дойдёт до слоя 1?",
        ),
        answers=Quantity(OF_TANH, low=1e-20, high=1.0, within=9.0, scale="log"),
        state=TANH,
    ),
    claim=Claim(
        Text(
            "The gradient loses at least a factor of 4 a layer in the mean; with tanh a third or"
            " more reaches layer 1.",
            "В среднем градиент теряет за слой не меньше чем вчетверо; с tanh до слоя 1 доходит не"
            " меньше трети.",
        ),
        at_most_a_quarter_a_layer,
        {"tanh": TANH},
    ),
    notes=Text(
        "Two powers of ten are near enough: nobody guesses twelve zeros.",
        "Ошибка на два порядка не страшна: двенадцать нулей не назовёт никто.",
    ),
)
