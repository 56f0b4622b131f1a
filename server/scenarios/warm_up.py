"""Adam at its full rate is thrown out of the picture by its first steps; warmed up it is not."""

from server.scenarios.reading import path
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Transfer
from server.scenarios.states import Descent, Run
from surfaces.declaration import Text

OUTSIDE = 10.0
"""Further from the minimum than any corner of the surface's picture."""
MINIMUM = (0.0, 0.0)


def _runs(rate: float) -> list[Run]:
    return [
        Run("adam", {"learning_rate": rate}),
        Run(
            "adam",
            {"learning_rate": rate},
            schedule="constant",
            schedule_numbers={"warmup_steps": 50},
        ),
    ]


OPENING = Descent(surface="plateau", starts=[(1.0, 0.8)], runs=_runs(1.0), steps=300)
SLOW = OPENING.but(runs=_runs(0.1))


def thrown_out_without_it(answers: list[Answer], slow: list[Answer]) -> Finding:
    """Without warm-up it ends outside of the picture, with it at the minimum; slow, both arrive."""
    thrown, kept = (path(run).distances(MINIMUM)[-1] for run in answers[0]["runs"])
    both = [path(run).distances(MINIMUM)[-1] for run in slow[0]["runs"]]
    return Finding(bool(thrown > OUTSIDE and kept < 0.01 and max(both) < 0.01), float(thrown))


OPTIONS = [
    Text("Only the one without warm-up", "Только без разогрева"),
    Text("Only the one with warm-up", "Только с разогревом"),
    Text("Both", "Оба"),
    Text("Neither", "Ни один"),
]

SCENARIO = Scenario(
    id="warm_up",
    section=5,
    title=Text("Warm-up", "Разогрев"),
    question=Text(
        "Adam with α = 1 from the steep slope of a pit: at full rate at once, or raised to it over"
        " 50 steps. Who ends in the pit?",
        "Adam с α = 1 на крутом склоне ямы: сразу полная скорость или подъём до неё за 50 шагов."
        " Кто окажется в яме?",
    ),
    answers=Choices(OPTIONS, right=1),
    state=OPENING,
    controls=["run.learning_rate", "run.1.schedule.warmup_steps"],
    watch=Text(
        "The very first step, then the gradient where it lands.",
        "Самый первый шаг, а потом градиент там, куда он привёл.",
    ),
    why=Text(
        "G begins at 0 and has seen almost nothing: α/√(G + ε) is too large by 1/√(1 − β₂) ≈ 32,"
        " and the first step is 3.2α in each coordinate. It lands on the plateau, where no"
        " gradient brings it back, and the velocity carries it on. A rate that rises lets G fill"
        " first.",
        "G начинается с нуля и почти ничего не накопила: α/√(G + ε) завышена в 1/√(1 − β₂) ≈ 32"
        " раза, и первый шаг — 3,2α по каждой координате. Точка оказывается на плато, где градиента"
        " нет и вернуть её нечему, а скорость несёт дальше. При разогреве G успевает накопиться.",
    ),
    transfer=Transfer(
        question=Text("Now α = 0.1. Who ends in the pit?", "Теперь α = 0,1. Кто окажется в яме?"),
        answers=Choices(OPTIONS, right=2),
        state=SLOW,
    ),
    claim=Claim(
        Text(
            "At α = 1 Adam without warm-up ends outside of the picture, with it at the minimum; at"
            " α = 0.1 both arrive.",
            "При α = 1 Adam без разогрева оказывается за пределами рисунка, с разогревом — в"
            " минимуме; при α = 0,1 доходят оба.",
        ),
        thrown_out_without_it,
        {"slow": SLOW},
    ),
    notes=Text(
        "This is the slide's Adam, without bias correction; with it the first step is α.",
        "Это Adam со слайда, без поправки смещения; с ней первый шаг равен α.",
    ),
)
