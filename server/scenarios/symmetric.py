"""Units that start alike stay alike: a layer of equal weights learns no more than one unit."""

from server.scenarios.reading_layers import late_loss
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Transfer
from server.scenarios.states import Signal
from surfaces.declaration import Text

OPENING = Signal(
    {"depth": 3, "activation": "tanh", "initializer": "constant"},
    {"initializer": "xavier"},
    view="training",
)
BATCHES = OPENING.but(a={**OPENING.a, "batch": 32})


def stays_behind(answers: list[Answer], batches: list[Answer]) -> Finding:
    """Equal weights end above 0.15, random ones below 0.01; small batches do not part them."""
    equal, random = (late_loss(answer) for answer in answers)
    return Finding(
        equal > 0.15
        and random < 0.01
        and late_loss(batches[0]) > 0.15
        and batches[0]["network"]["batch_size"] == 32,
        equal / random,
    )


SCENARIO = Scenario(
    id="symmetric",
    section=6,
    title=Text("Equal weights", "Равные веса"),
    question=Text(
        "All weights of A are 0.1, those of B are random. How many different units has a layer of A"
        " after training?",
        "Все веса A равны 0,1, у B они случайны. Сколько разных нейронов в слое A после обучения?",
    ),
    answers=Choices(
        [Text("64", "64"), Text("A few", "Несколько"), Text("One", "Один")],
        right=2,
    ),
    state=OPENING,
    controls=["initializer", "width"],
    watch=Text(
        "The border that A draws between the moons: one smooth bend, and no more.",
        "Граница, которую A проводит между лунами: один плавный изгиб, и всё.",
    ),
    why=Text(
        "Units that start alike get the same gradient and stay alike: sixty-four of them learn no"
        " more than one would.",
        "Нейроны с равными весами получают один и тот же градиент и остаются одинаковыми:"
        " шестьдесят четыре умеют не больше одного.",
    ),
    transfer=Transfer(
        question=Text(
            "Small batches of 32 points: does their noise tell A's units apart?",
            "Маленькие батчи по 32 точки: отличит ли их шум нейроны A друг от друга?",
        ),
        answers=Choices(
            [
                Text("Yes, after a while they part", "Да, со временем разойдутся"),
                Text("No: all get the same noise", "Нет: шум у всех один и тот же"),
            ],
            right=1,
        ),
        state=BATCHES,
    ),
    claim=Claim(
        Text(
            "After 300 steps the loss of equal weights is above 0.15, with small batches too, and"
            " that of random ones below 0.01.",
            "После 300 шагов потери при равных весах выше 0,15, и с маленькими батчами тоже, а при"
            " случайных — ниже 0,01.",
        ),
        stays_behind,
        {"batches": BATCHES},
    ),
    notes=Text(
        "Chance at the beginning is not a nuisance: it is what makes units differ.",
        "Случайность в начале — не помеха: только она и делает нейроны разными.",
    ),
)
