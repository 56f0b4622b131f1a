"""The lecture's worked example: adjoints are the slide's partial derivatives, bit by bit."""

import math

from server.scenarios.scenario import Answer, Choices, Claim, Finding, Quantity, Scenario, Transfer
from server.scenarios.states import Descent, Run
from surfaces.declaration import Text

LABEL, W0, X1, X2 = 1.0, 0.5, 2.0, -1.0
"""y, w₀, x₁ and x₂ of the formula."""

OPENING = Descent(
    surface="formula",
    formula="log(1 + exp(-1*(0.5 + x*2 + y*(-1))))",
    starts=[(0.5, 1.0)],
    runs=[Run("sgd", {"learning_rate": 0.5})],
    steps=50,
    graph=True,
)
SURE = OPENING.but(starts=[(3.0, 1.0)])


def _by_hand(graph: Answer) -> tuple[float, tuple[float, float, float], tuple[float, ...]]:
    """e^{−y(…)} of the forward pass, the slide's derivatives by w₀, w₁, w₂, and the adjoints."""
    nodes = {node["id"]: node for node in graph["nodes"]}
    margin = next(node for node in graph["nodes"] if node["formula"].startswith("v₂ + "))
    e = next(node for node in graph["nodes"] if node["operation"] == "exp")["value"]
    by_w0 = -LABEL * e * (1 / (1 + e))
    adjoints = (margin["adjoint"], nodes["x"]["adjoint"], nodes["y"]["adjoint"])
    return e, (by_w0, by_w0 * X1, by_w0 * X2), adjoints


def adjoints_are_the_slides(answers: list[Answer], sure: list[Answer]) -> Finding:
    """All three to the last bit; where the neuron is right and sure, nearly nothing is left."""
    exact: list[bool] = []
    for answer in (answers[1], sure[1]):
        w1, w2 = answer["at"]
        e, derivatives, adjoints = _by_hand(answer)
        by_hand = math.exp(-LABEL * (W0 + w1 * X1 + w2 * X2))
        exact.append(derivatives == adjoints and math.isclose(e, by_hand, rel_tol=1e-14))
    asked, small = answers[1]["gradient"]["x"], sure[1]["gradient"]["x"]
    return Finding(all(exact) and abs(small) < abs(asked) / 20, asked)


SCENARIO = Scenario(
    id="chain_by_hand",
    section=3,
    title=Text("The chain rule by hand", "Производная сложной функции вручную"),
    question=Text(
        "f = log(1 + e^(−y(w₀ + w₁x₁ + w₂x₂))), and ∂f/∂w₀ = −0.378 is known already. x₁ = 2."
        " What is ∂f/∂w₁?",
        "f = log(1 + e^(−y(w₀ + w₁x₁ + w₂x₂))), и уже известно, что ∂f/∂w₀ = −0,378. x₁ = 2. Чему"
        " равно ∂f/∂w₁?",
    ),
    answers=Quantity(right=-0.755, low=-2.0, high=2.0, within=0.05),
    state=OPENING,
    controls=["start"],
    watch=Text(
        "The graph from right to left: each node hands its adjoint on, times one local derivative."
        " Up to the sum all three derivatives are the same number.",
        "Граф справа налево: каждый узел передаёт дальше свою производную, умноженную на одну"
        " локальную. До суммы у всех трёх производных это одно и то же число.",
    ),
    why=Text(
        "The way from f back to the sum in brackets is shared: (−y)·e^(−y(…))·1/(1 + e^(−y(…))) ="
        " −0.378. From there w₀ is reached by a factor 1, w₁ by x₁ = 2, w₂ by x₂ = −1. One pass"
        " back gives all three.",
        "Путь от f назад до суммы в скобках общий: (−y)·e^(−y(…))·1/(1 + e^(−y(…))) = −0,378."
        " Дальше до w₀ множитель 1, до w₁ — x₁ = 2, до w₂ — x₂ = −1. Один проход назад даёт все"
        " три производные.",
    ),
    transfer=Transfer(
        question=Text(
            "Now w₁ = 3: the example is on the right side, and far from the border. What becomes of"
            " ∂f/∂w₁?",
            "Теперь w₁ = 3: пример на верной стороне и далеко от границы. Что станет с ∂f/∂w₁?",
        ),
        answers=Choices(
            [
                Text("It grows", "Вырастет"),
                Text("It stays the same", "Не изменится"),
                Text("It is nearly 0", "Станет почти 0"),
            ],
            right=2,
        ),
        state=SURE,
    ),
    claim=Claim(
        Text(
            "The adjoints equal the slide's three partial derivatives to the last bit; at w₁ = 3"
            " ∂f/∂w₁ is less than a twentieth of what it was.",
            "Сопряжённые величины равны трём частным производным со слайда до последнего бита; при"
            " w₁ = 3 ∂f/∂w₁ меньше двадцатой части прежнего.",
        ),
        adjoints_are_the_slides,
        {"sure": SURE},
    ),
    notes=Text(
        "x is w₁ and y is w₂ here; w₀, x₁, x₂ and the label y = 1 stand in the formula as numbers."
        " Ask how many multiplications the third derivative costs: one.",
        "Здесь x — это w₁, а y — это w₂; w₀, x₁, x₂ и метка y = 1 стоят в формуле числами."
        " Спросите, сколько умножений стоит третья производная: одно.",
    ),
)
