"""The noise that SGD keeps round a minimum is in proportion to its learning rate."""

import numpy as np

from server.scenarios.reading import path
from server.scenarios.scenario import Answer, Claim, Finding, Quantity, Scenario, Transfer
from server.scenarios.states import Descent, Run
from surfaces.declaration import Text

SETTLED = 300
"""From this step on the way down from the start is over for all rates here."""
TIMES = Text("times", "раз")


def at_rates(*rates: float) -> list[Run]:
    """Descent by a noisy gradient."""
    return [Run("sgd", {"learning_rate": rate}, noise=1.0) for rate in rates]


OPENING = Descent(
    surface="bowl",
    parameters={"condition_number": 2.0},
    starts=[(-0.9, 0.7)],
    runs=at_rates(0.1, 0.025),
    steps=1500,
    seed=2,
    shown={"view": "-1,1,-0.8,0.8"},
)
NINTH = OPENING.but(runs=at_rates(0.18, 0.02))


def spread_is_in_proportion_to_the_rate(answers: list[Answer], ninth: list[Answer]) -> Finding:
    """Mean f above the minimum falls 4-fold with α/4, within 30 %; the width 3-fold with α/9."""
    coarse, fine = (path(run).loss[SETTLED:].mean() for run in answers[0]["runs"])
    wide, narrow = (
        np.sqrt((path(run).distances((0.0, 0.0))[SETTLED:] ** 2).mean()) for run in ninth[0]["runs"]
    )
    quieter, narrower = coarse / fine, wide / narrow
    holds = abs(quieter / 4 - 1) < 0.3 and abs(narrower / 3 - 1) < 0.15
    return Finding(bool(holds), float(quieter))


SCENARIO = Scenario(
    id="sgd_rattles",
    section=4,
    title=Text("SGD rattles", "SGD дрожит у минимума"),
    question=Text(
        "A quarter of the rate: how many times less is the mean loss left by the noise?",
        "Скорость обучения вчетверо меньше. Во сколько раз меньше потери, оставшиеся из-за шума?",
    ),
    answers=Quantity(right=4, low=1, high=64, within=0.25, unit=TIMES, scale="log"),
    state=OPENING,
    controls=["run.1.learning_rate", "run.noise", "seed"],
    watch=Text(
        "Neither path comes to rest. Compare the two clouds round the minimum.",
        "Ни один путь не останавливается. Сравните два облака вокруг минимума.",
    ),
    why=Text(
        "Each step adds noise α²σ² and the pull to the minimum removes a share 2αλ of it:"
        " they balance in proportion to α. Noise is not averaged away by waiting, only by a smaller"
        " α.",
        "Каждый шаг добавляет шум α²σ², а притяжение к минимуму убирает долю 2αλ накопленного:"
        " равновесие пропорционально α. Ждать бесполезно — шум убирает только меньшая α.",
    ),
    transfer=Transfer(
        question=Text(
            "A ninth of the rate: how many times narrower is the cloud?",
            "Скорость обучения в девять раз меньше. Во сколько раз уже облако?",
        ),
        answers=Quantity(right=3, low=1, high=64, within=0.25, unit=TIMES, scale="log"),
        state=NINTH,
    ),
    claim=Claim(
        Text(
            "Round the minimum the mean loss is in proportion to α, the width of the cloud to √α.",
            "У минимума средние потери пропорциональны α, ширина облака — √α.",
        ),
        spread_is_in_proportion_to_the_rate,
        {"ninth": NINTH},
    ),
    notes=Text(
        "The loss is a square: a quarter of the loss is half the width. This is why rates are"
        " decayed at the end of training (section 5).",
        "Потери — квадрат расстояния: вчетверо меньше потери — вдвое уже облако. Поэтому в конце"
        " обучения скорость уменьшают (раздел 5).",
    ),
)
