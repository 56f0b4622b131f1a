"""Adam of the slide, PyTorch, Keras and Optax: who steps alike, and how far they part."""

import numpy as np

from server.scenarios.reading import path
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Transfer
from server.scenarios.states import Descent, Run
from surfaces.declaration import Text


def all_four(rate: float) -> list[Run]:
    """Adam in each form."""
    forms = (None, "pytorch", "keras", "optax")
    return [Run("adam", {"learning_rate": rate}, convention=form) for form in forms]


OPENING = Descent(
    surface="bowl",
    parameters={"condition_number": 10.0},
    starts=[(-3.5, 1.5)],
    runs=all_four(0.1),
    steps=150,
)
# A gradient of 10⁻⁷, beside which Keras's ε of 10⁻⁷ is no longer small, nor 10⁻⁸ inside a root.
FAINT = OPENING.but(
    surface="plateau",
    parameters={"width": 0.6},
    starts=[(-3.0, 2.0)],
    runs=all_four(0.03),
)


def apart(answers: list[Answer], of: int) -> float:
    """How far a path is from PyTorch's at most, in PyTorch's first steps.

    Where their learning rates are not the same: how far the first steps, each in its own rate.
    """
    one, pytorch = (answers[0]["runs"][index] for index in (of, 1))
    rates = [run["optimizer"]["learning_rate"] for run in (one, pytorch)]
    moves = [path(run).moves[0] / rate for run, rate in zip((one, pytorch), rates, strict=True)]
    if rates[0] != rates[1]:
        return float(np.abs(moves[0] - moves[1]).max() / np.hypot(*moves[1]))
    distances = np.abs(path(one).points - path(pytorch).points)
    return float(distances.max() / np.hypot(*moves[1]) / rates[1])


def slide_parts_at_once_and_keras_where_gradients_are_faint(
    answers: list[Answer], faint: list[Answer]
) -> Finding:
    """On the bowl Optax is PyTorch, Keras is it to 10⁻⁴ of a step, the slide's step is 3.2 ×.

    Where the gradient is about 10⁻⁷ the slide's does not leave the start, and Keras's first step
    is under a tenth of PyTorch's.
    """
    slide, pytorch, *_ = (np.hypot(*path(run).moves[0]) for run in answers[0]["runs"])
    stays, walks, hesitates, _ = (path(run) for run in faint[0]["runs"])
    holds = (
        abs(slide / pytorch / np.sqrt(10) - 1) < 0.02
        and max(apart(answers, 3), apart(faint, 3)) < 1e-12
        and apart(answers, 2) < 1e-4
        and apart(answers, 0) > 1
        and stays.longest_step() < 0.01 * walks.longest_step()
        and np.hypot(*hesitates.moves[0]) < np.hypot(*walks.moves[0]) / 10
    )
    return Finding(bool(holds), float(slide / pytorch))


SCENARIO = Scenario(
    id="same_name_other_step",
    section=4,
    title=Text("Same name, other step", "Имя одно, шаги разные"),
    question=Text(
        "Four Adams with equal numbers: the slide's, PyTorch's, Keras's, Optax's. Whose path can be"
        " told apart?",
        "Четыре Adam с одинаковыми числами: со слайда, PyTorch, Keras, Optax. Чей путь отличается"
        " на глаз?",
    ),
    answers=Choices(
        [
            Text("Nobody's: one algorithm", "Ничей: алгоритм один"),
            Text("Only the slide's", "Только со слайда"),
            Text("Only Keras's", "Только Keras"),
            Text("All four differ", "Различаются все четыре"),
        ],
        right=1,
    ),
    state=OPENING,
    controls=["run.learning_rate", "run.0.bias_correction"],
    watch=Text(
        "The very first step; then look for the other three: they lie on one another.",
        "Самый первый шаг; а потом поищите остальные три: они лежат друг на друге.",
    ),
    why=Text(
        "The slide has no bias correction, so its first step is (1 − β₁)/√(1 − β₂) ≈ 3.2 times as"
        " long. PyTorch and Optax agree to the bit; Keras differs in ε, by less than 10⁻⁴ of a"
        " step.",
        "На слайде нет поправки смещения, и первый шаг длиннее в (1 − β₁)/√(1 − β₂) ≈ 3,2 раза."
        " PyTorch и Optax совпадают до бита; Keras отличается ε — меньше чем на 10⁻⁴ шага.",
    ),
    transfer=Transfer(
        question=Text(
            "A plain with a gradient of 10⁻⁷. Who does not leave the start?",
            "Равнина с градиентом 10⁻⁷. Кто не уйдёт со старта?",
        ),
        answers=Choices(
            [
                Text("The slide's", "Со слайда"),
                Text("PyTorch's and Optax's", "PyTorch и Optax"),
                Text("Keras's", "Keras"),
                Text("All of them stay", "Все останутся"),
            ],
            right=0,
        ),
        state=FAINT,
    ),
    claim=Claim(
        Text(
            "PyTorch and Optax agree to the bit, Keras to 10⁻⁴ of a step; the slide's first step is"
            " 3.2 times as long, and where gradients are faint it does not move.",
            "PyTorch и Optax совпадают до бита, Keras — до 10⁻⁴ шага; первый шаг со слайда длиннее"
            " в 3,2 раза, а при исчезающе малом градиенте он стоит на месте.",
        ),
        slide_parts_at_once_and_keras_where_gradients_are_faint,
        {"faint": FAINT},
    ),
    notes=Text(
        "Inside the root ε = 10⁻⁸ weighs as much as a gradient of 10⁻⁴; outside it, of 10⁻⁸. Turn"
        " bias correction on: the slide's path joins the others.",
        "Под корнем ε = 10⁻⁸ весит как градиент 10⁻⁴, вне корня — как 10⁻⁸. Включите поправку"
        " смещения: путь со слайда сольётся с остальными.",
    ),
)
