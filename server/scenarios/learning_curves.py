"""A rate that is too low, good, high and very high: four curves of one optimizer."""

import numpy as np

from server.scenarios.reading import path
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Transfer
from server.scenarios.states import Descent, Run
from surfaces.declaration import Text

RATES = (0.003, 0.05, 0.3, 1.1)

# Curvature 12.5 across, and 2 along: a rate is stable below 0.16 across, below 1 along.
OPENING = Descent(
    surface="formula",
    formula="(sqrt(1+25*x^2)-1)/2 + y^2",
    starts=[(2.0, 1.5)],
    runs=[Run("sgd", {"learning_rate": rate}, label=f"α = {rate}") for rate in RATES],
    steps=40,
    shown={"view": "-3,3,-2.2,2.2"},
)
GENTLE = OPENING.but(formula="(sqrt(1+4*x^2)-1)/2 + y^2")


def told_apart_by_their_curves(answers: list[Answer], gentle: list[Answer]) -> Finding:
    """Still high, at the bottom, on a shelf, away; in the gentler valley the third is lowest."""
    low, good, high, very_high = (path(run).loss for run in answers[0]["runs"])
    ends = [path(run).loss[-1] for run in gentle[0]["runs"]]
    shelf = float(np.ptp(high[-20:]) / high[-1])
    return Finding(
        bool(
            low[-1] > low[0] / 2
            and (np.diff(low) < 0).all()
            and good[-1] < 0.01 * good[0]
            and high[5] < good[5]
            and high[-1] > 10 * good[-1]
            and shelf < 0.01
            and very_high[-1] > 100 * very_high[0]
            and int(np.argmin(ends)) == 2
        ),
        float(high[-1] / good[-1]),
    )


OPTIONS = [Text(f"α = {rate}", f"α = {rate}".replace(".", ",")) for rate in RATES]

SCENARIO = Scenario(
    id="learning_curves",
    section=5,
    title=Text("Four learning curves", "Четыре кривые обучения"),
    question=Text(
        "One optimizer, one start, four learning rates. Whose loss is lowest after 40 steps?",
        "Один оптимизатор, один старт, четыре скорости обучения. У кого потери меньше всего через"
        " 40 шагов?",
    ),
    answers=Choices(OPTIONS, right=1),
    state=OPENING,
    controls=["run.1.learning_rate", "run.2.learning_rate"],
    watch=Text(
        "The loss curves: one crawls, one arrives, one falls fastest and stays on a shelf, one"
        " leaves.",
        "Кривые потерь: одна ползёт, одна доходит, одна падает быстрее всех и застревает на полке,"
        " одна улетает.",
    ),
    why=Text(
        "The rate must suit the steepest curvature. Below 2/λ it converges, above it the path jumps"
        " from wall to wall: where the walls grow no steeper it stays on a shelf, where they do it"
        " goes away. So a curve that falls first and then stalls wants a lower rate.",
        "Скорость ограничена наибольшей кривизной. Ниже 2/λ спуск сходится, выше — прыгает со стены"
        " на стену: если стены не становятся круче, он застревает на полке, если становятся —"
        " улетает. Поэтому кривая, которая упала и встала, просит скорость поменьше.",
    ),
    transfer=Transfer(
        question=Text(
            "The valley is made gentler: 4x² under the root rather than 25x². Who is lowest now?",
            "Овраг сделали положе: под корнем 4x² вместо 25x². Кто ниже всех теперь?",
        ),
        answers=Choices(OPTIONS, right=2),
        state=GENTLE,
    ),
    claim=Claim(
        Text(
            "0.003 keeps more than half of its loss, 0.05 falls a hundredfold, 0.3 falls first"
            " and stays on a shelf, 1.1 grows a hundredfold; in the gentler valley 0.3 is lowest.",
            "При 0,003 остаётся больше половины потерь, при 0,05 они падают стократно, 0,3 падает"
            " первой и встаёт на полку, 1,1 растёт стократно; в пологом овраге лучше всех 0,3.",
        ),
        told_apart_by_their_curves,
        {"gentle": GENTLE},
    ),
    notes=Text(
        "Let them name the four curves before you tell: too low, good, high, very high.",
        "Пусть сначала сами назовут четыре кривые: слишком низкая, хорошая, высокая, очень"
        " высокая.",
    ),
)
