"""A sigmoid that is sure and wrong is moved by the log loss and not by MSE."""

import math
from collections.abc import Sequence

from server.scenarios.asking import Request
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Transfer
from server.scenarios.states import Functions
from surfaces.declaration import Text


def _predicted(prediction: float) -> Functions:
    """One example of class 1 with what was predicted for it."""
    return Functions(
        fields={"view": "losses", "mode": "classes", "classes": f"1:{prediction}", "point": "1"},
        asked=[Request("/losses/values", {"targets": [1.0], "predictions": [prediction]})],
    )


OPENING = _predicted(0.002)
"""z = −6.2: the nearest to −6 that the page has."""
UNDECIDED = _predicted(0.5)


def _pulls(answer: Answer) -> Sequence[float]:
    """∂ℓ/∂z of MSE and log loss for the class 1, σ′ = ŷ(1 − ŷ) included."""
    predicted = math.exp(-answer["cross_entropy"]["each"][0])
    slope = predicted * (1 - predicted)
    return [abs(answer[loss]["gradient"][0]) * slope for loss in ("mse", "cross_entropy")]


def squares_let_go_of_who_is_sure(answers: list[Answer], undecided: list[Answer]) -> Finding:
    """Through σ the pull of MSE is at most 1 % of the log loss's; at ŷ = ½ it is a half."""
    squares, log = _pulls(answers[0])
    squares_undecided, log_undecided = _pulls(undecided[0])
    half = squares_undecided / log_undecided
    return Finding(squares <= 0.01 * log and log > 0.9 and 0.45 < half < 0.55, squares / log)


SCENARIO = Scenario(
    id="sure_and_wrong",
    section=1,
    title=Text("Sure and wrong", "Уверен и неправ"),
    question=Text(
        "The answer is 1; the neuron says σ(z) = 0.002, and is sure of it. Which loss gets it"
        " moving?",
        "Правильный ответ 1, а нейрон уверенно отвечает σ(z) = 0,002. Какая функция потерь сдвинет"
        " его с места?",
    ),
    answers=Choices(
        [
            Text("MSE", "MSE"),
            Text("Log loss", "Log loss"),
            Text("Both alike", "Обе одинаково"),
        ],
        right=1,
    ),
    state=OPENING,
    controls=["classes"],
    watch=Text(
        "The last column of the small table: ∂ℓ/∂z, the pull that arrives behind the sigmoid.",
        "Последний столбец маленькой таблицы — ∂ℓ/∂z: что остаётся от градиента за сигмоидой.",
    ),
    why=Text(
        "Behind the sigmoid each gradient is multiplied by σ′ = ŷ(1 − ŷ), here 0.002. MSE brings"
        " 2(ŷ − y), never more than 2, and nothing is left. The log loss brings −1/ŷ, which is"
        " just as large as σ′ is small: ŷ − y remains, almost −1.",
        "За сигмоидой любой градиент умножается на σ′ = ŷ(1 − ŷ), здесь это 0,002. У MSE"
        " производная 2(ŷ − y), по величине не больше 2, и от неё ничего не остаётся. У"
        " log loss производная −1/ŷ во столько же раз велика, во сколько σ′ мала, и остаётся"
        " ŷ − y, почти −1.",
    ),
    transfer=Transfer(
        question=Text(
            "And where the neuron does not know, ŷ = 0.5: how much harder does the log loss pull?",
            "А если нейрон не уверен, ŷ = 0,5: во сколько раз сильнее тянет log loss?",
        ),
        answers=Choices(
            [
                Text("Hundreds of times", "В сотни раз"),
                Text("Twice", "Вдвое"),
                Text("Not at all harder", "Не сильнее"),
            ],
            right=1,
        ),
        state=UNDECIDED,
    ),
    claim=Claim(
        Text(
            "At ŷ = 0.002 (z = −6.2), y = 1 the gradient of MSE through σ is at most 1 % of the log"
            " loss's; at ŷ = 0.5 it is a half of it.",
            "При ŷ = 0,002 (z = −6,2), y = 1 градиент MSE через σ составляет не больше 1 % от"
            " градиента log loss; при ŷ = 0,5 — половину.",
        ),
        squares_let_go_of_who_is_sure,
        {"undecided": UNDECIDED},
    ),
    notes=Text(
        "Drag the point slowly up from 0: the log loss lets go only when the answer is right.",
        "Тяните точку от нуля вверх медленно: log loss отпускает её, лишь когда ответ верен.",
    ),
)
