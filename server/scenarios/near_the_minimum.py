"""Near the minimum the function is convex, and each step takes off the same part of the loss."""

import numpy as np

from server.scenarios.reading import path
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Transfer
from server.scenarios.states import Descent, Run
from surfaces.declaration import Text

TOLD = 1e-12
"""Losses below this are rounding."""

OPENING = Descent(
    surface="plateau",
    parameters={"width": 1.0},
    starts=[(-2.6, 1.2)],
    runs=[Run("sgd", {"learning_rate": 0.3})],
    steps=70,
    include=["hessian"],
)
SHORTER = OPENING.but(runs=[Run("sgd", {"learning_rate": 0.1})], steps=210)


def _parts(answer: Answer) -> tuple[np.ndarray, np.ndarray]:
    """Which part of the loss each step takes off: before the region of convexity, and within."""
    run = answer["runs"][0]
    loss = path(run).loss
    told = loss > TOLD
    curvature = np.array(run["trajectories"][0]["hessian_eigenvalues"]["smaller"], float)
    entered = int(np.flatnonzero(curvature > 0)[0])
    parts = 1 - loss[1:][told[1:]] / loss[:-1][told[1:]]
    return parts[:entered], parts[entered:]


def steady_only_within(answers: list[Answer], shorter: list[Answer]) -> Finding:
    """Within the parts differ by less than twice, outside by more than twenty times."""
    outside, within = _parts(answers[0])
    _, slower = _parts(shorter[0])
    steady, unsteady = within.max() / within.min(), outside.max() / outside.min()
    holds = steady < 2 and unsteady > 20 and within.min() > 5 * np.median(outside)
    # 1 − (1 − α)² in the pit, where the curvature is 1.
    known = abs(within[-1] - 0.51) < 0.03 and abs(slower[-1] - 0.19) < 0.03
    return Finding(bool(holds and known), float(within[-1]))


SCENARIO = Scenario(
    id="near_the_minimum",
    section=2,
    title=Text("Near a minimum it is convex", "У минимума функция выпукла"),
    question=Text(
        "The path starts far out on the plain. When does the loss begin to fall fast?",
        "Путь начинается далеко на равнине. Когда потери начнут падать быстро?",
    ),
    answers=Choices(
        [
            Text("At once: there it is highest", "Сразу: там выше всего"),
            Text(
                "Where the surface begins to curve upwards",
                "Там, где поверхность начинает изгибаться вверх",
            ),
            Text("Only in the last steps, at the bottom", "Только в последних шагах, у самого дна"),
        ],
        right=1,
    ),
    state=OPENING,
    controls=["run.learning_rate", "surface.width"],
    watch=Text(
        "The loss in logarithmic scale: flat, a bend, then a straight line. Compare it with the"
        " smaller curvature λ under the picture: it turns positive at the bend.",
        "Потери в логарифмическом масштабе: почти ровно, изгиб, потом прямая. Сравните с меньшей"
        " кривизной λ под рисунком: на изгибе она становится положительной.",
    ),
    why=Text(
        "Where all curvatures are positive the surface is nearly its parabola. There a step"
        " multiplies the distance to the minimum by 1 − αλ and the loss by its square: with"
        " α = 0.3 and λ = 1 by 0.49, at every step. Outside there is no such rule, only a"
        " gradient that fades.",
        "Там, где все кривизны положительны, поверхность почти совпадает со своей параболой. Шаг"
        " умножает расстояние до минимума на 1 − αλ, а потери — на квадрат этого: при α = 0,3 и"
        " λ = 1 на 0,49, и так на каждом шаге. Снаружи такого закона нет — только слабеющий"
        " градиент.",
    ),
    transfer=Transfer(
        question=Text(
            "α = 0.1 in place of 0.3, where a step took 51 % of the loss. How much does a step"
            " take now, near the bottom?",
            "α = 0,1 вместо 0,3; раньше шаг уменьшал потери на 51 %. На сколько уменьшит теперь, у"
            " дна?",
        ),
        answers=Choices(
            [
                Text("By 51 % as before", "На те же 51 %"),
                Text("By 19 %", "На 19 %"),
                Text("By 5 %", "На 5 %"),
            ],
            right=1,
        ),
        state=SHORTER,
    ),
    claim=Claim(
        Text(
            "Inside the region of positive curvature each step takes off a steady part of the loss"
            " (it varies by less than a factor of 2, and tends to 1 − (1 − α)²); outside it varies"
            " by more than a factor of 20.",
            "В области положительной кривизны каждый шаг снимает устойчивую долю потерь (она"
            " меняется меньше чем вдвое и стремится к 1 − (1 − α)²); снаружи доля меняется больше"
            " чем в 20 раз.",
        ),
        steady_only_within,
        {"shorter": SHORTER},
    ),
    notes=Text(
        "The border is the circle round the pit where the slope is steepest: radius w.",
        "Граница — окружность вокруг ямы, где склон круче всего: радиус w.",
    ),
)
