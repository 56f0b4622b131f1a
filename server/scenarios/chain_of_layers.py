"""Twenty layers that multiply by 0.5, or by 1.5: a gradient of a millionth, or of a million."""

from server.scenarios.reading_layers import layers, reaching
from server.scenarios.scenario import Answer, Claim, Finding, Quantity, Scenario, Transfer
from server.scenarios.states import Signal
from surfaces.declaration import Text

# Two linear units with all weights v: both hold the same, and a layer multiplies it by 2v.
OPENING = Signal(
    {
        "depth": 20,
        "width": 2,
        "activation": "linear",
        "initializer": "constant",
        "initializer.value": 0.25,
        "dataset": "curve",
    },
    {"initializer.value": 0.75},
)
DEEP = 1.5**39
DEEPER = OPENING.but(a={**OPENING.a, "depth": 40})


def under_a_millionth_and_over_a_thousand(answers: list[Answer], deeper: list[Answer]) -> Finding:
    """The gradient at layer 1 under 10⁻⁶ at 0.5 and over 10³ at 1.5; powers of them, exactly."""
    dies, explodes = (float(layers(answer, "gradient_norm")[0]) for answer in answers)
    half, more = (reaching(answer) for answer in answers)
    deep = reaching(deeper[1])
    return Finding(
        dies < 1e-6 and explodes > 1e3 and deep > more**2 and 0.5 < deep / DEEP < 2, half
    )


SCENARIO = Scenario(
    id="chain_of_layers",
    section=6,
    title=Text("A chain of layers", "Цепочка слоёв"),
    question=Text(
        "20 linear layers; each of A multiplies by 0.5, each of B by 1.5. Which part of A's"
        " gradient at layer 20 reaches layer 1?",
        "20 линейных слоёв; каждый слой A умножает на 0,5, каждый слой B — на 1,5. Какая доля"
        " градиента A дойдёт от слоя 20 до слоя 1?",
    ),
    answers=Quantity(0.5**19, low=1e-12, high=1.0, within=9.0, scale="log"),
    state=OPENING,
    controls=["initializer.value", "b.initializer.value", "depth"],
    watch=Text(
        "On a logarithmic scale both are straight lines: one falls back to layer 1, one rises.",
        "В логарифмической шкале это две прямые: к слою 1 одна падает, другая растёт.",
    ),
    why=Text(
        "The chain rule multiplies: 0.5¹⁹ is two millionths, 1.5¹⁹ is more than two thousand. Only"
        " a factor of 1 a layer survives depth, and nothing keeps it there by itself.",
        "Правило цепочки перемножает: 0,5¹⁹ — две миллионные, 1,5¹⁹ — больше двух тысяч. Глубину"
        " переживает только множитель 1 на слой, а сам собой он таким не бывает.",
    ),
    transfer=Transfer(
        question=Text(
            "40 layers. By how much does B's gradient grow now from layer 40 to layer 1?",
            "40 слоёв. Во сколько раз теперь вырастет градиент B от слоя 40 до слоя 1?",
        ),
        answers=Quantity(DEEP, low=1.0, high=1e12, within=9.0, scale="log"),
        state=DEEPER,
    ),
    claim=Claim(
        Text(
            "The gradient at layer 1 is under 10⁻⁶ at 0.5 and over 10³ at 1.5; with twice the"
            " layers the factor is more than squared.",
            "Градиент у слоя 1 меньше 10⁻⁶ при 0,5 и больше 10³ при 1,5; при удвоенной глубине"
            " множитель более чем возводится в квадрат.",
        ),
        under_a_millionth_and_over_a_thousand,
        {"deeper": DEEPER},
    ),
    notes=Text(
        "Have them guess aloud: a thousandth? a millionth? Then count 2¹⁰ ≈ 1000 twice.",
        "Пусть называют вслух: тысячная? миллионная? Потом дважды посчитайте 2¹⁰ ≈ 1000.",
    ),
)
