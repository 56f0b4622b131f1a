"""Momentum arrives in a ravine in fewer than half of gradient descent's steps."""

from server.scenarios.reading import steps_until
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Transfer
from server.scenarios.states import Descent, Run
from surfaces.declaration import Text

RATE = 0.018
NEAR = 0.05
"""How near to the minimum counts as having arrived."""

OPENING = Descent(
    surface="bowl",
    parameters={"condition_number": 100.0},
    starts=[(-2.5, 0.5)],
    runs=[
        Run("sgd", {"learning_rate": RATE}),
        Run("momentum", {"learning_rate": RATE, "momentum": 0.9}),
    ],
    steps=250,
)
ROUND = OPENING.but(
    parameters={"condition_number": 2.0},
    runs=[
        Run("sgd", {"learning_rate": 0.6}),
        Run("momentum", {"learning_rate": 0.6, "momentum": 0.9}),
    ],
    steps=100,
)


def in_fewer_than_half_of_the_steps(answers: list[Answer], round_bowl: list[Answer]) -> Finding:
    """Momentum arrives in fewer than half of the steps; in a round bowl it arrives later."""
    plain, rolling = (steps_until(run, NEAR, (0.0, 0.0)) for run in answers[0]["runs"])
    plain_round, rolling_round = (
        steps_until(run, NEAR, (0.0, 0.0)) for run in round_bowl[0]["runs"]
    )
    return Finding(rolling < plain / 2 and rolling_round > plain_round, plain / rolling)


SCENARIO = Scenario(
    id="momentum_in_a_ravine",
    section=4,
    title=Text("Momentum in a ravine", "Импульс в овраге"),
    question=Text(
        "Same start, same learning rate. Who is at the bottom first?",
        "Один старт, одна скорость обучения. Кто раньше дойдёт до дна?",
    ),
    answers=Choices(
        [
            Text("Gradient descent", "Градиентный спуск"),
            Text("Momentum", "Импульс"),
            Text("Both at once", "Оба сразу"),
        ],
        right=1,
    ),
    state=OPENING,
    controls=["surface.condition_number", "run.learning_rate", "run.1.momentum"],
    watch=Text(
        "Across the ravine both swing; look who moves along it.",
        "Поперёк оврага качаются оба; следите, кто движется вдоль.",
    ),
    why=Text(
        "Along the bottom the gradient is small but always points the same way, so the velocity"
        " adds up: up to 1/(1 − β) = 10 steps in one. Across it the signs alternate and cancel.",
        "Вдоль дна градиент мал, но направлен всегда в одну сторону, и скорость накапливается: до"
        " 1/(1 − β) = 10 шагов в одном. Поперёк знаки чередуются и гасят друг друга.",
    ),
    transfer=Transfer(
        question=Text(
            "And in a nearly round bowl, where α can be large?",
            "А в почти круглой чаше, где α может быть большой?",
        ),
        answers=Choices(
            [
                Text("Gradient descent", "Градиентный спуск"),
                Text("Momentum", "Импульс"),
                Text("Both at once", "Оба сразу"),
            ],
            right=0,
        ),
        state=ROUND,
    ),
    claim=Claim(
        Text(
            "Momentum arrives in fewer than half of gradient descent's steps; in a round bowl"
            " it arrives later.",
            "Импульс приходит быстрее чем за половину шагов градиентного спуска; в круглой чаше —"
            " позже.",
        ),
        in_fewer_than_half_of_the_steps,
        {"round_bowl": ROUND},
    ),
    notes=Text(
        "Let them argue: some will say that momentum overshoots. It does, and still wins.",
        "Дайте поспорить: кто-то скажет, что импульс проскочит. Так и есть, и всё же он первый.",
    ),
)
