"""Xavier's weights halve the signal's variance at each ReLU; He's factor 2 gives it back."""

from server.scenarios.reading_layers import furthest, layers
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Transfer
from server.scenarios.states import Signal
from surfaces.declaration import Text

OPENING = Signal(
    {"depth": 40, "activation": "relu", "initializer": "xavier"}, {"initializer": "he"}
)
TANH = OPENING.but(a={**OPENING.a, "activation": "tanh"})
FIRST = 30
"""The layers that the claim looks at."""


def he_keeps_what_xavier_halves(answers: list[Answer], tanh: list[Answer]) -> Finding:
    """He within a factor of 2 over 30 layers, Xavier as 2^(−L/2); with tanh Xavier keeps it."""
    xavier, he = (layers(answer, "activation_std")[:FIRST] for answer in answers)
    lost = float(xavier[-1] / xavier[0]) / 2 ** (-(FIRST - 1) / 2)
    kept = furthest(he)
    of_tanh = furthest(layers(tanh[0], "activation_std")[:FIRST])
    return Finding(kept < 2 and 0.5 < lost < 2 and of_tanh < 4, kept)


SCENARIO = Scenario(
    id="factor_two",
    section=6,
    title=Text("ReLU: Xavier vs He", "ReLU: Ксавье и Хе"),
    question=Text(
        "40 layers of ReLU. Xavier's variance is 1/n, He's is 2/n. What does that factor 2 change"
        " at the end?",
        "40 слоёв ReLU. Дисперсия весов у Ксавье 1/n, у Хе 2/n. Что меняет эта двойка на выходе?",
    ),
    answers=Choices(
        [
            Text("Activations twice as large", "Активации вдвое больше"),
            Text("About forty times as large", "Примерно в сорок раз больше"),
            Text("About a million times as large", "Примерно в миллион раз больше"),
        ],
        right=2,
    ),
    state=OPENING,
    controls=["depth", "activation"],
    watch=Text(
        "The deviation of activations: level in B, a straight line down in A.",
        "Отклонение активаций: у B ровное, у A — прямая вниз.",
    ),
    why=Text(
        "Xavier misses the factor 2 that makes up for ReLU's dead half: every layer loses a factor"
        " √2, forwards and back, and forty layers a million.",
        "У Ксавье нет двойки, возмещающей выключенную половину ReLU: каждый слой теряет множитель"
        " √2 вперёд и назад, сорок слоёв — миллион.",
    ),
    transfer=Transfer(
        question=Text(
            "tanh instead of ReLU. Does the signal of Xavier's network die now?",
            "tanh вместо ReLU. Умрёт ли теперь сигнал в сети с весами Ксавье?",
        ),
        answers=Choices(
            [
                Text("Yes, by √2 a layer as before", "Да, по √2 за слой, как и раньше"),
                Text("No, it stays within a factor of 4", "Нет, изменится не больше чем вчетверо"),
                Text("No, it grows", "Нет, будет расти"),
            ],
            right=1,
        ),
        state=TANH,
    ),
    claim=Claim(
        Text(
            "Over 30 layers of ReLU the signal stays within a factor of 2 with He's weights and"
            " falls as 2^(−L/2) with Xavier's; with tanh Xavier's stays within a factor of 4.",
            "На 30 слоях ReLU сигнал с весами Хе меняется не больше чем вдвое, а с весами Ксавье"
            " падает как 2^(−L/2); с tanh и весами Ксавье — не больше чем вчетверо.",
        ),
        he_keeps_what_xavier_halves,
        {"tanh": TANH},
    ),
    notes=Text(
        "Xavier is for units that are linear about 0. ReLU is not: half of it is off.",
        "Ксавье — для нейронов, линейных около нуля. ReLU не такая: половина её выключена.",
    ),
)
