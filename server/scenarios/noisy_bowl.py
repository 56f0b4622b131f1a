"""Ripples catch gradient descent at an amplitude at which momentum passes."""

from server.scenarios.reading import path
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Transfer
from server.scenarios.states import Descent, Run
from surfaces.declaration import Text

NEAR = 0.1
BOTTOM = (0.0, 0.0)

OPENING = Descent(
    surface="rippled_bowl",
    parameters={"amplitude": 0.25},
    starts=[(-3.4, 2.3)],
    runs=[
        Run("sgd", {"learning_rate": 0.03}),
        Run("momentum", {"learning_rate": 0.03, "momentum": 0.9}),
    ],
    steps=300,
)
LOW = OPENING.but(parameters={"amplitude": 0.15})
HIGH = OPENING.but(parameters={"amplitude": 0.6})


def caught_where_momentum_passes(
    answers: list[Answer], low: list[Answer], high: list[Answer]
) -> Finding:
    """At 0.15 both get to the bottom, at 0.25 momentum alone, at 0.6 neither."""

    def arrived(answer: Answer) -> list[bool]:
        return [path(run).ends_at(BOTTOM, NEAR) for run in answer["runs"]]

    caught = float(path(answers[0]["runs"][0]).distances(BOTTOM)[-1])
    found = [arrived(one[0]) for one in (low, answers, high)]
    return Finding(found == [[True, True], [False, True], [False, False]], caught)


SCENARIO = Scenario(
    id="noisy_bowl",
    section=2,
    title=Text("A noisy version of a bowl", "Чаша с рябью"),
    question=Text(
        "A convex bowl under ripples of amplitude 0.25. Who gets to the bottom?",
        "Выпуклая чаша, на ней рябь амплитуды 0,25. Кто дойдёт до дна?",
    ),
    answers=Choices(
        [
            Text("Both", "Оба"),
            Text("Gradient descent alone", "Только градиентный спуск"),
            Text("Momentum alone", "Только импульс"),
            Text("Neither", "Никто"),
        ],
        right=2,
    ),
    state=OPENING,
    controls=["surface.amplitude", "run.1.momentum"],
    watch=Text(
        "Lower the amplitude to 0.15, then raise it: where is gradient descent caught first?",
        "Убавьте амплитуду до 0,15, потом прибавляйте: когда застрянет градиентный спуск?",
    ),
    why=Text(
        "A ripple makes a small minimum of its own where its slope Aω beats the slope x of the"
        " bowl: with ω = 5 from A ≈ 0.19 on. Gradient descent has nothing but the slope and stops"
        " there. Momentum comes with the velocity gathered higher up and rolls over the rim.",
        "Рябь создаёт свой маленький минимум там, где её наклон Aω больше наклона x самой чаши: при"
        " ω = 5 это начинается с A ≈ 0,19. У градиентного спуска нет ничего, кроме наклона, и он"
        " там останавливается. Импульс приносит скорость, набранную выше, и перекатывается через"
        " край.",
    ),
    transfer=Transfer(
        question=Text("And with ripples of amplitude 0.6?", "А если амплитуда ряби 0,6?"),
        answers=Choices(
            [
                Text("Both get to the bottom", "До дна дойдут оба"),
                Text("Momentum still passes", "Импульс всё ещё пройдёт"),
                Text("Both are caught", "Застрянут оба"),
            ],
            right=2,
        ),
        state=HIGH,
    ),
    claim=Claim(
        Text(
            "At A = 0.15 both arrive, at 0.25 gradient descent is caught and momentum passes, at"
            " 0.6 both are caught.",
            "При A = 0,15 доходят оба, при 0,25 градиентный спуск застревает, а импульс проходит,"
            " при 0,6 застревают оба.",
        ),
        caught_where_momentum_passes,
        {"low": LOW, "high": HIGH},
    ),
    notes=Text(
        "The lecture's third hope: many landscapes are convex ones seen through noise. What is"
        " small against the velocity is not felt.",
        "Третья надежда из лекции: многие поверхности — выпуклые, но зашумлённые. Что мало по"
        " сравнению со скоростью, того не замечаешь.",
    ),
)
