"""The slope of the sigmoid never exceeds a quarter."""

import numpy as np

from server.scenarios.asking import Request
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Transfer
from server.scenarios.states import Functions
from surfaces.activations.catalog import ACTIVATIONS
from surfaces.declaration import Text

NEAR = 1e-3
"""Values are tabulated at whole steps: the top lies at most so far from one."""

OPENING = Functions(
    fields={"view": "activations", "z": "0", "only": "sigmoid,tanh,relu,softplus"},
    asked=[
        Request(
            "/activations/values",
            {
                "activations": [{"id": one.id} for one in ACTIVATIONS],
                "z_min": -6,
                "z_max": 6,
                "n": 241,
            },
        )
    ],
)
STEEPER = OPENING.but(fields={"view": "activations", "z": "1.4", "only": "tanh,softplus,elu,gelu"})


def a_quarter_at_most(answers: list[Answer]) -> Finding:
    """At most ¼ for σ, 1 for tanh, 0 or 1 for ReLU; more than 1 for GELU alone of four."""
    slopes = {one["id"]: np.array(one["derivative"]) for one in answers[0]["activations"]}
    sigmoid, tanh = (float(slopes[name].max()) for name in ("sigmoid", "tanh"))
    others = [float(slopes[name].max()) for name in ("tanh", "relu", "softplus", "elu")]
    return Finding(
        0.25 - NEAR < sigmoid <= 0.25
        and 1 - NEAR < tanh <= 1
        and set(slopes["relu"]) == {0.0, 1.0}
        and float(slopes["gelu"].max()) > 1.1
        and max(others) <= 1,
        sigmoid,
    )


SCENARIO = Scenario(
    id="activation_slopes",
    section=1,
    title=Text("Whose slope is at most ¼?", "Чей наклон не больше ¼?"),
    question=Text(
        "The slope of one of these never exceeds a quarter, at any z. Whose?",
        "У одной из этих функций наклон нигде не превышает четверти. У какой?",
    ),
    answers=Choices(
        [
            Text("tanh", "tanh"),
            Text("Sigmoid", "Сигмоида"),
            Text("ReLU", "ReLU"),
            Text("Softplus", "Softplus"),
        ],
        right=1,
    ),
    state=OPENING,
    controls=["z"],
    watch=Text(
        "Move z through 0: the lower curves are the derivatives, with their values above them.",
        "Проведите z через 0: нижние кривые — производные, над ними — их значения.",
    ),
    why=Text(
        "σ′ = σ(1 − σ), a product of two numbers whose sum is 1: at most ½ · ½ = ¼, at z = 0."
        " tanh z = 2σ(2z) − 1, so its slope is four times that of σ and reaches 1. Twenty layers"
        " of σ let at most ¼ to the power of 20 through: a part in 10¹².",
        "σ′ = σ(1 − σ) — произведение двух чисел с суммой 1: не больше ½ · ½ = ¼, и это при z = 0."
        " tanh z = 2σ(2z) − 1, поэтому его наклон вчетверо больше и доходит до 1. Через двадцать"
        " слоёв σ проходит не больше ¼ в двадцатой степени: одна часть из 10¹².",
    ),
    transfer=Transfer(
        question=Text(
            "And whose slope is somewhere greater than 1?",
            "А у какой наклон где-то больше 1?",
        ),
        answers=Choices(
            [
                Text("tanh", "tanh"),
                Text("Softplus", "Softplus"),
                Text("ELU with α = 1", "ELU с α = 1"),
                Text("GELU", "GELU"),
            ],
            right=3,
        ),
        state=STEEPER,
    ),
    claim=Claim(
        Text(
            "The largest slope of σ is ¼, that of tanh is 1, that of ReLU is 0 or 1 everywhere;"
            " GELU's exceeds 1.1.",
            "Наибольший наклон σ равен ¼, tanh — 1, у ReLU он всюду 0 или 1; у GELU он больше 1,1.",
        ),
        a_quarter_at_most,
    ),
    notes=Text(
        "Let them compute the maximum of p(1 − p) before you move z. The scene about twenty layers"
        " comes back to this quarter.",
        "Пусть сначала найдут максимум p(1 − p), потом двигайте z. К этой четверти вернёмся в"
        " сцене про двадцать слоёв.",
    ),
)
