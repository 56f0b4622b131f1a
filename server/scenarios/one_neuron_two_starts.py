"""Of two starts of one neuron the saturated one stays on its shelf."""

import numpy as np

from server.scenarios.reading import path
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Transfer
from server.scenarios.states import Descent, Run
from surfaces.declaration import Text

FLAT = 1e-3
"""A gradient below this is a shelf."""

OPENING = Descent(
    surface="neuron",
    starts=[(2.0, -7.0), (-3.0, -7.0)],
    runs=[Run("sgd", {"learning_rate": 2.0})],
    steps=500,
)
DEAD = OPENING.but(
    parameters={"activation": "relu"},
    starts=[(2.0, -7.0)],
    runs=[Run("sgd", {"learning_rate": 20.0})],
)


def one_arrives_and_one_stays(answers: list[Answer], dead: list[Answer]) -> Finding:
    """The second ends on a shelf with ten times the first one's loss; dead ReLU never moves."""
    arrived, stuck = (path(answers[0]["runs"][0], start) for start in range(2))
    times = stuck.loss[-1] / arrived.loss[-1]
    never = path(dead[0]["runs"][0])
    still = bool(np.all(never.points == never.points[0]) and np.all(never.gradient_norm == 0))
    return Finding(bool(stuck.gradient_norm[-1] < FLAT and times >= 10 and still), float(times))


SCENARIO = Scenario(
    id="one_neuron_two_starts",
    section=1,
    title=Text("One neuron, two starts", "Один нейрон, два старта"),
    question=Text(
        "One neuron, the same bias b = −7, two weights to start from. Who gets stuck?",
        "Один нейрон, смещение b = −7 у обоих, веса на старте разные. Кто застрянет?",
    ),
    answers=Choices(
        [
            Text("The one with w = 2", "Тот, у кого w = 2"),
            Text("The one with w = −3", "Тот, у кого w = −3"),
            Text("Both", "Оба"),
            Text("Neither", "Никто"),
        ],
        right=1,
    ),
    state=OPENING,
    controls=["start", "surface.activation"],
    watch=Text(
        "Both neurons are beside the points: one curve climbs to them, the other lies down at 0.",
        "Обе кривые видны рядом с точками: одна к ним поднимается, другая ложится на нуль.",
    ),
    why=Text(
        "From w = −3 the neuron switches itself off: σ(z) is nearly 0 on every point. Each"
        " gradient carries the factor σ′ = σ(1 − σ), and it is nearly 0 as well: the error is"
        " large, and there is no slope to leave by.",
        "С w = −3 нейрон сам себя выключает: на всех точках σ(z) почти 0. В каждом градиенте стоит"
        " множитель σ′ = σ(1 − σ), и он тоже почти 0: ошибка большая, а склона, по которому можно"
        " уйти, нет.",
    ),
    transfer=Transfer(
        question=Text(
            "ReLU in place of σ, from w = 2, and the rate ten times as large. What now?",
            "Вместо σ теперь ReLU, старт с w = 2, а скорость обучения в десять раз больше. Что"
            " будет?",
        ),
        answers=Choices(
            [
                Text("It arrives sooner", "Дойдёт быстрее"),
                Text("It arrives, but later", "Дойдёт, но позже"),
                Text("It does not move at all", "Не сдвинется совсем"),
            ],
            right=2,
        ),
        state=DEAD,
    ),
    claim=Claim(
        Text(
            "The saturated neuron ends with a gradient below 0.001 and at least ten times the"
            " other's loss; a dead ReLU has a gradient of exactly 0 and never moves.",
            "Насыщенный нейрон заканчивает с градиентом меньше 0,001 и с потерями по крайней мере"
            " в десять раз больше, чем у другого; у мёртвого ReLU градиент ровно 0, и он не"
            " сдвигается.",
        ),
        one_arrives_and_one_stays,
        {"dead": DEAD},
    ),
    notes=Text(
        "Put the start elsewhere on the shelf: nothing changes for hundreds of steps. Saturated is"
        " slow, dead is for ever.",
        "Поставьте старт в другое место полки: сотни шагов ничего не происходит. Насыщенный нейрон"
        " медлит, мёртвый не оживёт никогда.",
    ),
)
