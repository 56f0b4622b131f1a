"""ReLU with He's weights carries the gradient through thirty layers that sigmoids do not."""

from server.scenarios.reading_layers import reaching
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Transfer
from server.scenarios.states import Signal
from surfaces.declaration import Text

OPENING = Signal(
    {"depth": 30, "activation": "sigmoid", "initializer": "xavier"},
    {"activation": "relu", "initializer": "he"},
)
HALF_A_REMEDY = OPENING.but(b={"initializer": "he"})


def only_both_together(answers: list[Answer], half_a_remedy: list[Answer]) -> Finding:
    """ReLU with He within a factor of 10; sigmoids below 10⁻¹⁰, with He's weights too."""
    sigmoid, relu = (reaching(answer) for answer in answers)
    return Finding(
        sigmoid < 1e-10 and 0.1 < relu < 10 and reaching(half_a_remedy[1]) < 1e-10,
        relu / sigmoid,
    )


SCENARIO = Scenario(
    id="remedy",
    section=6,
    title=Text("Sigmoid vs ReLU + He", "Сигмоида против ReLU + Хе"),
    question=Text(
        "30 layers: A sigmoids with Xavier's weights, B ReLU with He's. In which does layer 1 get"
        " about as much gradient as layer 30?",
        "30 слоёв: A — сигмоиды с весами Ксавье, B — ReLU с весами Хе. В какой сети слою 1"
        " достаётся примерно столько же градиента, сколько слою 30?",
    ),
    answers=Choices(
        [
            Text("In A", "В A"),
            Text("In B", "В B"),
            Text("In both", "В обеих"),
            Text("In neither", "Ни в одной"),
        ],
        right=1,
    ),
    state=OPENING,
    controls=["depth", "activation", "initializer"],
    watch=Text(
        "The gradient's bars: B's stand level, A's fall by a factor of four a layer.",
        "Столбики градиента: у B стоят вровень, у A падают вчетверо за слой.",
    ),
    why=Text(
        "The slope of ReLU is 1 wherever it is on, and He's variance makes up for the half that is"
        " off: the norm hardly changes from layer to layer.",
        "Наклон включённой ReLU равен 1, а дисперсия Хе возмещает выключенную половину: норма от"
        " слоя к слою почти не меняется.",
    ),
    transfer=Transfer(
        question=Text(
            "B keeps its sigmoids and only takes He's weights. Is that enough?",
            "B оставляет сигмоиды и берёт только веса Хе. Этого хватит?",
        ),
        answers=Choices(
            [
                Text("Yes, He's weights are the remedy", "Да, дело в весах Хе"),
                Text("No, it vanishes nearly as fast", "Нет, затухает почти так же быстро"),
            ],
            right=1,
        ),
        state=HALF_A_REMEDY,
    ),
    claim=Claim(
        Text(
            "With ReLU and He's weights the gradients of layers 1 and 30 are within a factor of 10;"
            " with sigmoids less than 10⁻¹⁰ gets through, with He's weights too.",
            "С ReLU и весами Хе градиенты слоёв 1 и 30 отличаются не больше чем вдесятеро; через"
            " сигмоиды проходит меньше 10⁻¹⁰, и с весами Хе тоже.",
        ),
        only_both_together,
        {"half_a_remedy": HALF_A_REMEDY},
    ),
    notes=Text(
        "Two things were changed at once. Ask which of them did it: the transfer answers.",
        "Изменили сразу две вещи. Спросите, какая помогла: ответит вопрос с переносом.",
    ),
)
