"""Gradient descent stops in a shallow well; momentum rolls through it into the deep one."""

from server.scenarios.reading import path
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Tap, Transfer
from server.scenarios.states import Descent, Run
from surfaces.claims.claim import Place
from surfaces.declaration import Text

RATE = 0.01
NEAR = 0.1

OPENING = Descent(
    surface="double_well",
    parameters={"tilt": 0.8},
    starts=[(1.9, 1.2)],
    runs=[
        Run("sgd", {"learning_rate": RATE}),
        Run("momentum", {"learning_rate": RATE, "momentum": 0.9}),
    ],
    steps=250,
)
SLOWER = OPENING.but(runs=[Run("momentum", {"learning_rate": RATE, "momentum": 0.7})])


def only_momentum_leaves_the_dent(answers: list[Answer], slower: list[Answer]) -> Finding:
    """Descent ends in the shallower of the two minima, momentum in the deeper; at β = 0.7 not."""
    minima = sorted(answers[0]["surface"]["minima"], key=lambda one: one["loss"])
    deep, dent = (Place((one["x"], one["y"])) for one in minima)
    plain, rolling = (path(run) for run in answers[0]["runs"])
    weak = path(slower[0]["runs"][-1])
    holds = plain.ends_at(dent, NEAR) and rolling.ends_at(deep, NEAR) and weak.ends_at(dent, NEAR)
    return Finding(holds, float(rolling.distances(deep)[-1]))


SCENARIO = Scenario(
    id="momentum_passes_a_dent",
    section=4,
    title=Text("Momentum passes a dent", "Импульс проскакивает ямку"),
    question=Text(
        "A shallow dent on the way to the deep well. Who gets through?",
        "На пути к глубокой яме — мелкая ямка. Кто её пройдёт?",
    ),
    answers=Choices(
        [
            Text("Only gradient descent", "Только градиентный спуск"),
            Text("Only momentum", "Только импульс"),
            Text("Both", "Оба"),
            Text("Neither", "Никто"),
        ],
        right=1,
    ),
    state=OPENING,
    controls=["run.1.momentum", "surface.tilt", "start"],
    watch=Text(
        "In the dent the gradient is 0 for both. What else does a ball have there?",
        "В ямке градиент у обоих равен 0. Что ещё есть там у шарика?",
    ),
    why=Text(
        "Gradient descent knows only the slope underfoot, and in the dent there is none. Momentum"
        " brings its velocity along: v ← βv carries it over the ridge.",
        "Градиентный спуск знает только уклон под ногами, а в ямке его нет. Импульс приносит с"
        " собой скорость: v ← βv переносит через гребень.",
    ),
    transfer=Transfer(
        question=Text(
            "And with β = 0.7? Tap where it ends.", "А при β = 0,7? Покажите, где он остановится."
        ),
        answers=Tap(run=0, within=0.3),
        state=SLOWER,
    ),
    claim=Claim(
        Text(
            "Gradient descent stops in the parasitic minimum, momentum passes it.",
            "Градиентный спуск останавливается в паразитном минимуме, импульс его проходит.",
        ),
        only_momentum_leaves_the_dent,
        {"slower": SLOWER},
    ),
    notes=Text(
        "No promise: find with the slider the β at which it just fails. A well deep enough stops"
        " every ball.",
        "Это не гарантия: найдите ползунком β, при котором уже не хватает. Достаточно глубокая яма"
        " остановит любой шарик.",
    ),
)
