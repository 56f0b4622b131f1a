"""With β = 0.99 momentum overshoots and needs ten times the steps of β = 0.9."""

from server.scenarios.optimizer_names import BOTH_AT_ONCE
from server.scenarios.reading import converged, path
from server.scenarios.scenario import (
    Answer,
    Choices,
    Claim,
    Finding,
    Quantity,
    Scenario,
    Transfer,
)
from server.scenarios.states import Descent, Run
from surfaces.declaration import Text

RATE = 0.018


def with_beta(beta: float) -> Run:
    """Momentum at the common rate."""
    return Run("momentum", {"learning_rate": RATE, "momentum": beta})


OPENING = Descent(
    surface="bowl",
    parameters={"condition_number": 10.0},
    starts=[(-2.5, 0.5)],
    runs=[with_beta(0.9), with_beta(0.99)],
    steps=1000,
    tolerance=0.05,
)
NONE = OPENING.but(runs=[Run("sgd", {"learning_rate": RATE}), with_beta(0.99)])


def more_than_enough_is_slower(answers: list[Answer], none: list[Answer]) -> Finding:
    """β = 0.99 overshoots twice as far as 0.9, and arrives later than it and than β = 0."""
    enough, more = (converged(run) for run in answers[0]["runs"])
    plain = converged(none[0]["runs"][0])
    over, farther = (path(run).points[:, 0].max() for run in answers[0]["runs"])
    holds = more > 5 * enough and farther > 2 * over and 2 * enough < plain < more / 2
    return Finding(bool(holds), more)


SCENARIO = Scenario(
    id="too_much_momentum",
    section=4,
    title=Text("Too much momentum", "Слишком большой импульс"),
    question=Text(
        "β = 0.9 was at the bottom after 87 steps. How many does β = 0.99 take?",
        "При β = 0,9 импульс был на дне через 87 шагов. Сколько шагов при β = 0,99?",
    ),
    answers=Quantity(
        right=932, low=5, high=5000, unit=Text("steps", "шагов"), scale="log", within=0.3
    ),
    state=OPENING,
    controls=["run.1.momentum", "run.learning_rate"],
    watch=Text(
        "How far it runs past the bottom, and how many times it comes back.",
        "Как далеко он проскакивает дно и сколько раз возвращается.",
    ),
    why=Text(
        "One step keeps a share β of the velocity, so the swing dies as √β per step: 0.95 at"
        " β = 0.9, but 0.995 at β = 0.99. A ball almost without friction swings for long.",
        "За шаг остаётся доля β скорости, и размах падает в √β раз за шаг: в 0,95 при β = 0,9 и"
        " только в 0,995 при β = 0,99. Шарик почти без трения качается долго.",
    ),
    transfer=Transfer(
        question=Text(
            "Then rather no momentum at all? β = 0 against β = 0.99: who is first?",
            "Тогда уж лучше совсем без импульса? β = 0 против β = 0,99: кто раньше?",
        ),
        answers=Choices([Text("β = 0", "β = 0"), Text("β = 0.99", "β = 0,99"), BOTH_AT_ONCE], 0),
        state=NONE,
    ),
    claim=Claim(
        Text(
            "β = 0.99 overshoots further and needs more than five times the steps of β = 0.9;"
            " even β = 0 is sooner.",
            "При β = 0,99 импульс проскакивает дальше и делает впятеро больше шагов, чем при 0,9;"
            " даже β = 0 быстрее.",
        ),
        more_than_enough_is_slower,
        {"none": NONE},
    ),
    notes=Text(
        "Ten times the memory, 1/(1 − β) = 100 steps, ten times the wait. The best β here is about"
        " (1 − √α)² = 0.75.",
        "Память вдесятеро длиннее, 1/(1 − β) = 100 шагов, — и ждать вдесятеро дольше. Лучшее β"
        " здесь около (1 − √α)² = 0,75.",
    ),
)
