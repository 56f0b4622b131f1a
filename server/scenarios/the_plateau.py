"""Where there is almost no gradient only those who divide by it go on."""

from server.scenarios.reading import path, steps_until
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Transfer
from server.scenarios.states import Descent, Run
from surfaces.declaration import Text

PIT = (0.0, 0.0)
FLANK = 1.2
"""Within this of the minimum is the pit: its flank is steepest at 1."""
NEAR = 0.1
DIVIDING = ("adagrad", "rmsprop", "adam")

OPENING = Descent(
    surface="plateau",
    starts=[(-3.8, 2.6)],
    runs=[
        Run("sgd", {"learning_rate": 0.3}),
        Run("momentum", {"learning_rate": 0.3, "momentum": 0.9}),
        *(Run(one, {"learning_rate": 0.05}) for one in DIVIDING),
    ],
    steps=400,
)
NEARER = OPENING.but(starts=[(-2.2, 1.5)])


def only_division_crosses(answers: list[Answer], nearer: list[Answer]) -> Finding:
    """The three that divide by √G end in the pit, the two others within 0.5 of the start.

    Nearer, where there is a gradient, plain descent is at the bottom first.
    """
    paths = [path(run) for run in answers[0]["runs"]]
    walked = [float(one.distances(tuple(one.points[0]))[-1]) for one in paths]
    crossed = [one.ends_at(PIT, FLANK) for one in paths]
    first, *others = (steps_until(run, NEAR, PIT) for run in nearer[0]["runs"])
    holds = (
        crossed == [False, False, True, True, True]
        and max(walked[:2]) < 0.5
        and 1.3 * first < min(others)
    )
    return Finding(holds, max(walked[:2]))


SCENARIO = Scenario(
    id="the_plateau",
    section=4,
    title=Text("The plateau", "Плато"),
    question=Text(
        "Around the start the gradient is almost 0. Who crosses the plain?",
        "Вокруг старта градиент почти 0. Кто пересечёт равнину?",
    ),
    answers=Choices(
        [
            Text("All five", "Все пятеро"),
            Text("Only SGD and momentum", "Только SGD и импульс"),
            Text("Only Adagrad, RMSProp and Adam", "Только Adagrad, RMSProp и Adam"),
            Text("Only Adam", "Только Adam"),
        ],
        right=2,
    ),
    state=OPENING,
    controls=["start", "run.learning_rate", "surface.width"],
    watch=Text(
        "The first ten steps: whose length does not ask how steep it is?",
        "Первые десять шагов: чья длина не зависит от крутизны?",
    ),
    why=Text(
        "g/√G is about 1 however small g is, so each step is about α long. SGD and momentum step by"
        " αg, and g here is of the order of 10⁻⁴.",
        "g/√G — около 1, как бы мал ни был g, и длина шага — около α. SGD и импульс шагают на αg,"
        " а g здесь порядка 10⁻⁴.",
    ),
    transfer=Transfer(
        question=Text(
            "Start nearer, where a slope can be felt. Who is at the bottom first?",
            "Старт ближе, уклон уже чувствуется. Кто первым на дне?",
        ),
        answers=Choices(
            [
                Text("SGD", "SGD"),
                Text("Momentum", "Импульс"),
                Text("Adagrad", "Adagrad"),
                Text("RMSProp", "RMSProp"),
                Text("Adam", "Adam"),
            ],
            right=0,
        ),
        state=NEARER,
    ),
    claim=Claim(
        Text(
            "Those who divide by √G cross the plain, SGD and momentum stay; with a slope under its"
            " feet SGD is first.",
            "Те, кто делит на √G, пересекают равнину, SGD и импульс остаются; когда есть уклон, SGD"
            " первый.",
        ),
        only_division_crosses,
        {"nearer": NEARER},
    ),
    notes=Text(
        "Whoever divides by √G also makes a large step out of mere noise: on a plain it walks, but"
        " where to?",
        "Кто делит на √G, сделает большой шаг и из одного шума: по равнине он идёт, но куда?",
    ),
)
