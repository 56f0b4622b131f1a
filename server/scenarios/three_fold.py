"""Turned by 120°, |z³ − 1|² is itself; so are the basins of methods that know no axes."""

from math import cos, pi, sin

import numpy as np
from jaxtyping import Float

from server.scenarios.asking import Body, Request
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Transfer
from server.scenarios.states import Descent, Run
from surfaces.declaration import Text

FORMULA = "(x^3 - 3*x*y^2 - 1)^2 + (3*x^2*y - y^3)^2"
"""|z³ − 1|² with z = x + iy: its minima are the three cube roots of 1."""
SIDE = 1.5
PIXELS: Body = {"nx": 81, "ny": 81, "x_min": -SIDE, "x_max": SIDE, "y_min": -SIDE, "y_max": SIDE}
WITHIN = 1.4
"""Of a disc, the radius: turned by any angle it is itself."""
STEPS = 300
FITS, FITS_NOT = 0.95, 0.9
RUNS = [
    Run("sgd", {"learning_rate": 0.02}),
    Run("newton"),
    Run("adam", {"learning_rate": 0.1}),
]
ROLLING = [Run("momentum", {"learning_rate": 0.01}), Run("rmsprop", {"learning_rate": 0.1})]


def _opening(runs: list[Run]) -> Descent:
    surface: Body = {"formula": FORMULA}
    return Descent(
        surface="formula",
        formula=FORMULA,
        starts=[(-1.0, 0.3)],
        runs=runs,
        steps=STEPS,
        shown={"ground": "basins", "beside": "1", "view": f"-{SIDE},{SIDE},-{SIDE},{SIDE}"},
        asked=[
            Request(
                "/maps/basins", {"surface": surface, "run": run.body(), "steps": STEPS, **PIXELS}
            )
            for run in runs
        ],
    )


OPENING = _opening(RUNS)
OTHERS = _opening(ROLLING)


def _turned(x: Float[np.ndarray, "*n"], y: Float[np.ndarray, "*n"]) -> list[np.ndarray]:
    """Places turned by 120°."""
    angle = 2 * pi / 3
    return [cos(angle) * x - sin(angle) * y, sin(angle) * x + cos(angle) * y]


def fit(basins: Answer) -> float:
    """Which share of a disc has, turned by 120°, the colour of the minimum turned by 120°."""
    x, y = np.array(basins["x"]), np.array(basins["y"])
    label = np.array(basins["basin"])
    minima = np.array([(at["x"], at["y"]) for at in basins["minima"]])
    apart = np.stack(_turned(*minima.T), axis=1)[:, None] - minima
    # A minimum's own image; an end in none has none.
    image = np.append(np.linalg.norm(apart, axis=2).argmin(axis=1), -1)
    across, up = np.meshgrid(x, y)
    to_x, to_y = _turned(across, up)
    column = np.abs(to_x[..., None] - x).argmin(axis=-1)
    row = np.abs(to_y[..., None] - y).argmin(axis=-1)
    inside = np.hypot(across, up) <= WITHIN
    return float((label[row, column] == image[label])[inside].mean())


def two_of_three_fit(answers: list[Answer], others: list[Answer]) -> Finding:
    """Maps of gradient descent, Newton and momentum fit themselves; Adam's and RMSProp's do not."""
    descent, newton, adam = (fit(one) for one in answers[1:4])
    momentum, rmsprop = (fit(one) for one in others[1:3])
    holds = min(descent, newton, momentum) > FITS and max(adam, rmsprop) < FITS_NOT
    return Finding(holds, adam)


SCENARIO = Scenario(
    id="three_fold",
    section=4,
    title=Text("Turned by 120°", "Поворот на 120°"),
    question=Text(
        "f = |z³ − 1|² is the same in three directions. Whose map of basins is not?",
        "f = |z³ − 1|² одинакова в трёх направлениях. Чья карта бассейнов — нет?",
    ),
    answers=Choices(
        [
            Text("Gradient descent's", "Градиентного спуска"),
            Text("Newton's", "Ньютона"),
            Text("Adam's", "Adam"),
        ],
        right=2,
    ),
    state=OPENING,
    controls=["run.learning_rate", "run.2.learning_rate"],
    watch=Text(
        "Turn each map by 120° in your mind: do the colours only change places?",
        "Мысленно поверните каждую карту на 120°: только ли меняются местами цвета?",
    ),
    why=Text(
        "The gradient turns with the surface, and so do Newton's step H⁻¹g and a sum of gradients:"
        " these methods know no axes. Adam divides each coordinate by its own √v, so for it x and"
        " y are special: what is left is the mirror image in the axis y = 0.",
        "Градиент поворачивается вместе с поверхностью, а с ним шаг Ньютона H⁻¹g и сумма"
        " градиентов: для них оси ничего не значат. Adam делит каждую координату на свой √v, и"
        " направления x и y для него особые: остаётся лишь отражение относительно оси y = 0.",
    ),
    transfer=Transfer(
        question=Text(
            "And of these two, momentum and RMSProp: whose map keeps the symmetry?",
            "А из этих двух, импульса и RMSProp: чья карта сохранит симметрию?",
        ),
        answers=Choices(
            [
                Text("Momentum's", "Импульса"),
                Text("RMSProp's", "RMSProp"),
                Text("Both", "Обе"),
                Text("Neither", "Ни одна"),
            ],
            right=0,
        ),
        state=OTHERS,
    ),
    claim=Claim(
        Text(
            "Turned by 120°, the maps of gradient descent, Newton and momentum fit themselves in"
            " 95 of 100 places; those of Adam and RMSProp in fewer than 90.",
            "При повороте на 120° карты градиентного спуска, Ньютона и импульса совпадают с собой в"
            " 95 местах из 100, карты Adam и RMSProp — меньше чем в 90.",
        ),
        two_of_three_fit,
        {"others": OTHERS},
    ),
    notes=Text(
        "Newton's hatched places end in the maximum at 0 or in saddles: it looks for where the"
        " gradient vanishes, not for the lowest place.",
        "Заштрихованные места у Ньютона заканчиваются в максимуме или в седле: он ищет, где"
        " градиент обращается в нуль, а не где ниже.",
    ),
)
