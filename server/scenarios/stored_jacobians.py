"""A layer's Jacobian has N²MK numbers, what backpropagation keeps has NM + NK."""

from collections.abc import Mapping

from server.scenarios.scenario import Answer, Choices, Claim, Finding, Quantity, Scenario, Transfer
from server.scenarios.states import Functions
from surfaces.declaration import Text

OPENING = Functions(fields={"view": "jacobians", "n": "64", "m": "1024", "k": "1024"})
TWICE = Functions(fields={"view": "jacobians", "n": "128", "m": "1024", "k": "1024"})


def jacobian(n: int, m: int, k: int) -> int:
    """Numbers of ∂Y/∂X of Y = XW, X of shape [n, m], Y of shape [n, k]."""
    return (n * k) * (n * m)


def kept(n: int, m: int, k: int) -> int:
    """Numbers of X and of the adjoint of Y, from which both vector–Jacobian products are made."""
    return n * m + n * k


def _sizes(fields: Mapping[str, str]) -> tuple[int, int, int]:
    return int(fields["n"]), int(fields["m"]), int(fields["k"])


def far_more_than_is_kept(_: list[Answer]) -> Finding:
    """Thousands of times what is kept; twice the batch makes it four times, what is kept twice."""
    here, twice = _sizes(OPENING.fields), _sizes(TWICE.fields)
    grown = jacobian(*twice) == 4 * jacobian(*here) and kept(*twice) == 2 * kept(*here)
    return Finding(grown and jacobian(*here) > 10_000 * kept(*here), jacobian(*here))


SCENARIO = Scenario(
    id="stored_jacobians",
    section=3,
    title=Text("Why Jacobians are never stored", "Почему якобианы не хранят"),
    question=Text(
        "A layer Y = XW, a batch of 64, 1024 inputs, 1024 outputs. How many numbers has ∂Y/∂X?",
        "Слой Y = XW, батч 64, 1024 входа, 1024 выхода. Сколько чисел в ∂Y/∂X?",
    ),
    answers=Quantity(
        right=4.3e9,
        low=1e3,
        high=1e13,
        within=1.0,
        unit=Text("numbers", "чисел"),
        scale="log",
    ),
    state=OPENING,
    controls=["n", "m", "k"],
    watch=Text(
        "The scale is logarithmic: each line is ten times the one before.",
        "Шкала логарифмическая: каждая линия — в десять раз больше предыдущей.",
    ),
    why=Text(
        "Every one of the NK outputs by every one of the NM inputs: N²MK, here 4.3 billion, 17 GB"
        " in float32 for one layer. All but the blocks of one example each are zeros.",
        "Каждый из NK выходов по каждому из NM входов: N²MK, здесь 4,3 миллиарда, 17 ГБ во float32"
        " на один слой. И почти всё это нули: вход одного примера не влияет на выход другого.",
    ),
    transfer=Transfer(
        question=Text(
            "The batch is twice as large. How many times larger is the Jacobian?",
            "Батч стал вдвое больше. Во сколько раз вырос якобиан?",
        ),
        answers=Choices(
            [
                Text("It stays as it is", "Не вырос"),
                Text("Twice", "Вдвое"),
                Text("Four times", "Вчетверо"),
                Text("Eight times", "В восемь раз"),
            ],
            right=2,
        ),
        state=TWICE,
    ),
    claim=Claim(
        Text(
            "The Jacobian has N²MK numbers, more than 10 000 times the NM + NK that are kept; twice"
            " the batch makes it four times as large, and what is kept twice.",
            "В якобиане N²MK чисел — больше чем в 10 000 раз больше, чем NM + NK, которые хранят; с"
            " удвоением батча он растёт вчетверо, а хранимое — вдвое.",
        ),
        far_more_than_is_kept,
    ),
    notes=Text(
        "What is wanted is not the Jacobian but its product with a vector: X̄ = Ȳ Wᵀ, W̄ = Xᵀ Ȳ, two"
        " ordinary products of matrices.",
        "Нужен не сам якобиан, а его произведение на вектор: X̄ = Ȳ Wᵀ, W̄ = Xᵀ Ȳ — два обычных"
        " произведения матриц.",
    ),
)
