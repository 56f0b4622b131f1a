"""A threshold on the gradient's norm: the step on the wall is α times that, and the run arrives."""

import numpy as np

from server.scenarios.reading import path
from server.scenarios.scenario import Answer, Claim, Finding, Quantity, Scenario, Transfer
from server.scenarios.states import Descent, Run
from server.scenarios.the_cliff import RATE, WALL
from surfaces.declaration import Text

LEFT_EDGE = -9.0
"""Of the surface's picture."""


def _runs(threshold: float) -> list[Run]:
    return [
        Run("sgd", {"learning_rate": RATE}),
        Run("sgd", {"learning_rate": RATE}, clipping="norm", threshold=threshold),
    ]


OPENING = Descent(
    surface="cliff", parameters=WALL, starts=[(1.675, 0.3)], runs=_runs(1.0), steps=60
)
LOOSE = OPENING.but(runs=_runs(4.0))


def stays_within_the_picture_and_arrives(answers: list[Answer], loose: list[Answer]) -> Finding:
    """Clipped it never leaves the picture and is first at the minimum; 4α with threshold 4."""
    free, kept = (path(run) for run in answers[0]["runs"])
    longest = kept.longest_step()
    sooner = kept.arrival(0.1, (0.0, 0.0)) < free.arrival(0.1, (0.0, 0.0))
    return Finding(
        bool(
            free.points[:, 0].min() < LEFT_EDGE < kept.points[:, 0].min()
            and kept.distances((0.0, 0.0))[-1] < 0.01
            and sooner
            and np.isclose(path(loose[0]["runs"][1]).longest_step() / longest, 4, rtol=0.05)
        ),
        longest,
    )


SCENARIO = Scenario(
    id="clipping",
    section=5,
    title=Text("Clipping by norm", "Обрезка по норме"),
    question=Text(
        "The same wall, α = 0.5, and a gradient longer than 1 is shortened to 1. How long is the"
        " step on the wall?",
        "Та же стена, α = 0,5, а градиент длиннее 1 укорачивается до 1. Какой длины шаг на стене?",
    ),
    answers=Quantity(0.5, low=0.05, high=50.0, within=0.2, scale="log"),
    state=OPENING,
    controls=["run.1.clipping.threshold", "run.learning_rate"],
    watch=Text(
        "Both stand on the wall after three steps. One leaves the picture, the other does not.",
        "После трёх шагов оба на стене. Один улетает за край рисунка, другой — нет.",
    ),
    why=Text(
        "If ‖g‖ ≥ c, then g ← c·g/‖g‖: the direction stays, the length is at most c, and the step"
        " at most αc. It is just enough to come down from the wall; on the meadow gradients are"
        " shorter than c and nothing changes.",
        "Если ‖g‖ ≥ c, то g ← c·g/‖g‖: направление прежнее, длина не больше c, а шаг не больше αc."
        " Этого хватает, чтобы сойти со стены; на лугу градиенты короче c, и там ничего не"
        " меняется.",
    ),
    transfer=Transfer(
        question=Text(
            "Threshold 4. How long is the step on the wall now?",
            "Порог 4. Какой длины шаг на стене теперь?",
        ),
        answers=Quantity(2.0, low=0.05, high=50.0, within=0.2, scale="log"),
        state=LOOSE,
    ),
    claim=Claim(
        Text(
            "Clipped at 1 the longest step is α, the path stays within the picture and is first at"
            " the minimum; without clipping it leaves the picture.",
            "С обрезкой по 1 самый длинный шаг равен α, путь не выходит за рисунок и первым"
            " приходит в минимум; без неё он улетает за край.",
        ),
        stays_within_the_picture_and_arrives,
        {"loose": LOOSE},
    ),
    notes=Text(
        "No need to know how high the wall is: the step is α times the threshold, whatever it is.",
        "Высоту стены знать не нужно: шаг равен α на порог, какой бы она ни была.",
    ),
)
