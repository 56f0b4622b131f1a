"""From the same starts at the same rate: one end where it is convex, several where it is not."""

from server.scenarios.reading import ends
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Quantity, Scenario, Transfer
from server.scenarios.states import Descent, Run
from surfaces.declaration import Text

OPENING = Descent(
    surface="rippled_bowl",
    parameters={"amplitude": 1.5, "frequency": 2.0},
    starts=[(-3.9, 2.1), (-2.1, 2.95), (-1.6, 2.2), (1.5, 2.9), (2.1, -2.2), (3.9, 1.5)],
    runs=[Run("sgd", {"learning_rate": 0.05})],
    steps=120,
)
CONVEX = OPENING.but(parameters={"amplitude": 0.2, "frequency": 2.0})
"""Still convex: 1 − Aω² is positive."""


def one_end_or_several(answers: list[Answer], convex: list[Answer]) -> Finding:
    """Six starts have four ends here, and one where the function is convex."""
    several, one = len(ends(answers[0]["runs"][0])), len(ends(convex[0]["runs"][0]))
    return Finding(several == 4 and one == 1, several)


SCENARIO = Scenario(
    id="convex_and_not",
    section=2,
    title=Text("Convex beside non-convex", "Выпуклая и невыпуклая"),
    question=Text(
        "Six starts, one rate, a non-convex surface. At how many different points do they end?",
        "Шесть стартов, одна скорость обучения, невыпуклая поверхность. В скольких разных точках"
        " они закончат?",
    ),
    answers=Quantity(right=4, low=1, high=6, within=0.1, unit=Text("points", "точек")),
    state=OPENING,
    controls=["surface.amplitude"],
    watch=Text(
        "Then take the amplitude down: the ends run together into one.",
        "Потом убавляйте амплитуду: концы сойдутся в одну точку.",
    ),
    why=Text(
        "In each basin gradient descent finds that basin's own minimum, so the start decides the"
        " answer. A strictly convex function has one minimum and no other place where the gradient"
        " is 0: from any start, at a rate small enough, the end is the same.",
        "В каждой яме градиентный спуск находит её собственный минимум, и ответ зависит от старта."
        " У строго выпуклой функции минимум один, и больше нигде градиент не равен 0: с любого"
        " старта, если скорость обучения не слишком велика, конец один и тот же.",
    ),
    transfer=Transfer(
        question=Text(
            "The ripples are smaller, A = 0.2, but there. How many ends now?",
            "Рябь меньше, A = 0,2, но она есть. Сколько концов теперь?",
        ),
        answers=Choices(
            [
                Text("One", "Один"),
                Text("Two", "Два"),
                Text("Four, as before", "Четыре, как раньше"),
                Text("Six", "Шесть"),
            ],
            right=0,
        ),
        state=CONVEX,
    ),
    claim=Claim(
        Text(
            "Six starts end at four points at A = 1.5, and at one point at A = 0.2, where the"
            " function is still convex.",
            "При A = 1,5 шесть стартов приводят в четыре точки, а при A = 0,2, где функция ещё"
            " выпукла, — в одну.",
        ),
        one_end_or_several,
        {"convex": CONVEX},
    ),
    notes=Text(
        "The smallest curvature is 1 − Aω²: with ω = 2 the function is convex up to A = ¼.",
        "Наименьшая кривизна равна 1 − Aω²: при ω = 2 функция выпукла до A = ¼.",
    ),
)
