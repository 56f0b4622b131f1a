"""One outlier turns the line of MSE; those of MAE and Huber hardly."""

from server.scenarios.asking import Numbers
from server.scenarios.reading import path
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Transfer
from server.scenarios.states import Descent, Run
from surfaces.declaration import Text

AT_THE_END, IN_THE_MIDDLE = 11, 7
"""Seeds of points, by where their outlier stands: x ≈ 1.8, x ≈ 0."""


def _fit(loss: str, outliers: float, data_seed: int = AT_THE_END) -> Descent:
    parameters: Numbers = {
        "loss_function": loss,
        "size": 20,
        "noise": 0.3,
        "outliers": outliers,
        "data_seed": data_seed,
    }
    runs = [Run("sgd", {"learning_rate": 0.05})]
    return Descent("linear_regression", runs, parameters, starts=[(-2.0, 3.0)], steps=200)


ONE_OF_TWENTY = 0.05
OPENING = _fit("mse", ONE_OF_TWENTY)
MIDDLE = _fit("mse", ONE_OF_TWENTY, IN_THE_MIDDLE)


def _change(spoilt: list[Answer], clean: list[Answer]) -> tuple[float, float]:
    """How far the fitted slope and height are moved."""
    (w, b), (clean_w, clean_b) = (path(one[0]["runs"][0]).end for one in (spoilt, clean))
    return abs(float(w - clean_w)), abs(float(b - clean_b))


def squares_turn_three_times_as_far(answers: list[Answer], **others: list[Answer]) -> Finding:
    """MSE's slope changes three times as much; an outlier in the middle lifts and hardly turns."""
    turned, _ = _change(answers, others["mse_clean"])
    rest = max(_change(others[loss], others[f"{loss}_clean"])[0] for loss in ("mae", "huber"))
    turned_middle, lifted = _change(others["middle"], others["middle_clean"])
    holds = turned > 0.1 and turned >= 3 * rest and lifted > 0.2 and turned_middle < turned / 3
    return Finding(holds, turned / rest if rest > 0 else float("inf"))


SCENARIO = Scenario(
    id="one_outlier",
    section=1,
    title=Text("One outlier, three losses", "Один выброс, три функции потерь"),
    question=Text(
        "One point of twenty is wrong. Under which loss does it turn the line most?",
        "Одна точка из двадцати ошибочна. При какой функции потерь прямая повернётся сильнее"
        " всего?",
    ),
    answers=Choices(
        [
            Text("MSE", "MSE"),
            Text("MAE", "MAE"),
            Text("Huber", "Хьюбер"),
            Text("The same under all", "При всех одинаково"),
        ],
        right=0,
    ),
    state=OPENING,
    controls=["surface.loss_function", "surface.outliers"],
    watch=Text(
        "The line beside the points: change the loss, then take the outlier away.",
        "Прямая среди точек: смените функцию потерь, потом уберите выброс.",
    ),
    why=Text(
        "A point pulls with the slope of its loss. Under MSE that is 2e: it grows with the miss,"
        " and one far point outweighs all the near ones. Under MAE it is ±1 however far the point"
        " stands, under Huber at most δ.",
        "Каждая точка тянет прямую с силой, равной производной её потерь. У MSE это 2e: чем больше"
        " промах, тем сильнее, и одна далёкая точка перевешивает все близкие. У MAE это ±1, как бы"
        " далеко точка ни стояла, у Хьюбера — не больше δ.",
    ),
    transfer=Transfer(
        question=Text(
            "MSE, other points, with the outlier in the middle of them, x ≈ 0. What does the line"
            " do?",
            "MSE, другие точки, и выброс теперь в середине, x ≈ 0. Что сделает прямая?",
        ),
        answers=Choices(
            [
                Text("Turns as far as before", "Повернётся так же"),
                Text("Rises, and hardly turns", "Поднимется, почти не поворачиваясь"),
                Text("Stays where it was", "Останется на месте"),
            ],
            right=1,
        ),
        state=MIDDLE,
    ),
    claim=Claim(
        Text(
            "The outlier changes the slope of MSE at least three times as much as those of MAE and"
            " Huber; in the middle it lifts the line and turns it less than a third as far.",
            "Выброс меняет наклон прямой при MSE по крайней мере втрое сильнее, чем при MAE и"
            " Хьюбере; в середине он поднимает прямую, а поворачивает её втрое слабее.",
        ),
        squares_turn_three_times_as_far,
        {
            "mse_clean": _fit("mse", 0.0),
            "mae": _fit("mae", ONE_OF_TWENTY),
            "mae_clean": _fit("mae", 0.0),
            "huber": _fit("huber", ONE_OF_TWENTY),
            "huber_clean": _fit("huber", 0.0),
            "middle": MIDDLE,
            "middle_clean": _fit("mse", 0.0, IN_THE_MIDDLE),
        },
    ),
    notes=Text(
        "The landscapes differ too: MSE is a round bowl, MAE has edges where the line passes"
        " through a point.",
        "Отличаются и сами поверхности: у MSE — чаша, у MAE — рёбра там, где прямая проходит через"
        " точку.",
    ),
)
