"""Ten times the condition number: ten times gradient descent's steps, √10 times momentum's."""

from math import sqrt

from server.scenarios.reading import steps_until
from server.scenarios.scenario import Answer, Claim, Finding, Quantity, Scenario, Transfer
from server.scenarios.states import Descent, Run
from surfaces.declaration import Text

NEAR = 0.001
"""How near to the minimum counts as having arrived."""
STEPS = Text("steps", "шагов")
ROUNDER, NARROWER = 10.0, 100.0


def heavy_ball(condition_number: float) -> Run:
    """Momentum a little more careful than Polyak's best numbers for curvatures 1 and κ.

    At the very best two modes coincide, and the step of arrival depends on the last digit.
    """
    root = sqrt(condition_number)
    best = ((root - 1) / (root + 1)) ** 2
    return Run(
        "momentum",
        {
            "learning_rate": round(0.9 * 4 / (root + 1) ** 2, 4),
            "momentum": round(1 - 1.05 * (1 - best), 3),
        },
    )


# The rate is the surface's own, 1.9/(1 + κ), so that the slider of κ moves it too.
OPENING = Descent(
    surface="bowl",
    parameters={"condition_number": NARROWER},
    starts=[(-3.5, 1.5)],
    runs=[Run("sgd")],
    steps=600,
)
ROUND = OPENING.but(parameters={"condition_number": ROUNDER})
ROLLING = OPENING.but(runs=[heavy_ball(NARROWER)], steps=150)
ROLLING_ROUND = ROUND.but(runs=[heavy_ball(ROUNDER)], steps=150)


def descent_pays_in_proportion_and_momentum_its_root(
    answers: list[Answer],
    rounder: list[Answer],
    rolling: list[Answer],
    rolling_round: list[Answer],
) -> Finding:
    """Steps of descent grow as κ, those of momentum as √κ, both within 20 %."""
    steps, of_round, of_rolling, of_rolling_round = (
        steps_until(one[0]["runs"][0], NEAR, (0.0, 0.0))
        for one in (answers, rounder, rolling, rolling_round)
    )
    growth = NARROWER / ROUNDER
    holds = (
        abs(steps / of_round / growth - 1) < 0.2
        and abs(of_rolling / of_rolling_round / sqrt(growth) - 1) < 0.2
    )
    return Finding(holds, steps)


SCENARIO = Scenario(
    id="zigzag",
    section=4,
    title=Text("Zigzag", "Зигзаг"),
    question=Text(
        "At κ = 10 gradient descent took 44 steps. How many at κ = 100?",
        "При κ = 10 градиентный спуск сделал 44 шага. Сколько понадобится при κ = 100?",
    ),
    answers=Quantity(right=425, low=10, high=5000, unit=STEPS, scale="log"),
    state=OPENING,
    controls=["surface.condition_number"],
    watch=Text(
        "Across the ravine it turns at every step; along it there is hardly any progress.",
        "Поперёк оврага спуск разворачивается на каждом шаге, а вдоль почти не продвигается.",
    ),
    why=Text(
        "The steep wall allows α < 2/κ, and along the bottom one step then removes only about 2/κ"
        " of what is left. Ten times the κ, ten times the steps.",
        "Крутая стенка допускает лишь α < 2/κ, и вдоль дна шаг убирает только около 2/κ оставшегося"
        " пути. Больше κ в десять раз — больше шагов в десять раз.",
    ),
    transfer=Transfer(
        question=Text(
            "Momentum, tuned for κ, took 23 steps at κ = 10. How many at κ = 100?",
            "Импульсу, настроенному под κ, при κ = 10 хватило 23 шагов. А при κ = 100?",
        ),
        answers=Quantity(right=72, low=10, high=5000, unit=STEPS, scale="log"),
        state=ROLLING,
    ),
    claim=Claim(
        Text(
            "Gradient descent's steps grow as κ, those of momentum as √κ.",
            "Число шагов градиентного спуска растёт как κ, у импульса — как √κ.",
        ),
        descent_pays_in_proportion_and_momentum_its_root,
        {"rounder": ROUND, "rolling": ROLLING, "rolling_round": ROLLING_ROUND},
    ),
    notes=Text(
        "Drag κ slowly afterwards: α follows as 1.9/(1 + κ). √10 ≈ 3.2 is worth writing on the"
        " board.",
        "Потом медленно тяните κ: α следует за ним как 1,9/(1 + κ). √10 ≈ 3,2 стоит написать на"
        " доске.",
    ),
)
