"""A race at one learning rate for all says little: tuned, the order is another."""

from server.scenarios.optimizer_names import ADAGRAD, ADAM, DESCENT, MOMENTUM, NESTEROV
from server.scenarios.reading import converged
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Transfer
from server.scenarios.states import Descent, Run
from surfaces.declaration import Text

SEARCHED = {
    "sgd": 0.018,
    "momentum": 0.0029,
    "nesterov": 0.0044,
    "adagrad": 1.1,
    "rmsprop": 0.025,
    "adam": 0.013,
}
"""What the search over learning rates answers here; the claim asks it again."""
SEARCHED_TURNED = SEARCHED | {"adagrad": 1.4, "rmsprop": 0.028, "adam": 0.2}

OPENING = Descent(
    surface="bowl",
    parameters={"condition_number": 100.0},
    starts=[(-3.5, 1.5)],
    runs=[Run(one, {"learning_rate": rate}) for one, rate in SEARCHED.items()],
    steps=300,
    searched=True,
)
UNTUNED = OPENING.but(runs=[Run(one, {"learning_rate": 0.01}) for one in SEARCHED], searched=False)
TURNED = Descent(
    surface="rotated_ravine",
    parameters={"condition_number": 100.0},
    starts=[(-3.5, -1.4)],
    runs=[Run(one, {"learning_rate": rate}) for one, rate in SEARCHED_TURNED.items()],
    steps=300,
)
ANSWERS = (DESCENT, MOMENTUM, NESTEROV, ADAGRAD, ADAM)


def order(answer: Answer) -> list[tuple[float, str]]:
    """Who is within the tolerance of the minimum when, the first first, as the page's table."""
    return sorted((converged(run), run["optimizer"]["id"]) for run in answer["runs"])


def tuning_changes_the_winner(
    answers: list[Answer], untuned: list[Answer], turned: list[Answer]
) -> Finding:
    """At α = 0.01 Nesterov is first, tuned it is Adagrad, in a turned ravine Nesterov again.

    The state's rates are those that a search finds, and each winner is ahead by a fifth.
    """
    race, *searches = answers
    found = {
        run["optimizer"]["id"]: run["best"]["learning_rate"]
        for search in searches
        for run in search["runs"]
    }
    kept = {run["optimizer"]["id"]: run["optimizer"]["learning_rate"] for run in race["runs"]}
    tuned = all(1 / 2 < found[one] / kept[one] < 2 for one in found)
    winners: list[str] = []
    for one in (race, untuned[0], turned[0]):
        (first, winner), (second, _), *_ = order(one)
        winners.append(winner if 1.2 * first < second else "nobody clearly")
    holds = tuned and winners == ["adagrad", "nesterov", "nesterov"]
    return Finding(holds, order(untuned[0])[0][0] / order(race)[0][0])


SCENARIO = Scenario(
    id="everybody_tuned",
    section=4,
    title=Text("Everybody tuned", "Всем подобрали скорость"),
    question=Text(
        "With α = 0.01 for all Nesterov won. Now each has its own best α. Who wins?",
        "При α = 0,01 у всех выиграл Нестеров. Теперь у каждого своя лучшая α. Кто первый?",
    ),
    answers=Choices(ANSWERS, right=3),
    state=OPENING,
    controls=["surface.condition_number", "run.3.learning_rate"],
    watch=Text(
        "The rates in the table: from 0.003 to 1.1. One α for all was fair to nobody.",
        "Скорости обучения в таблице: от 0,003 до 1,1. Одна α на всех не была честной ни к кому.",
    ),
    why=Text(
        "α means something else in each rule: a factor of the gradient here, a length of a step"
        " there. Adagrad's rate shrinks as it goes, so it can begin a hundred times larger.",
        "α в каждом правиле значит своё: где-то множитель градиента, где-то длина шага. У Adagrad"
        " скорость по дороге убывает, и начать можно со стократно большей.",
    ),
    transfer=Transfer(
        question=Text(
            "The ravine is turned by 45°, and all are tuned anew. Who wins now?",
            "Овраг повернули на 45° и всем подобрали α заново. А теперь кто первый?",
        ),
        answers=Choices(ANSWERS, right=2),
        state=TURNED,
    ),
    claim=Claim(
        Text(
            "With one rate for all Nesterov is first, tuned it is Adagrad, and in a turned ravine"
            " Nesterov again.",
            "При общей скорости обучения первый — Нестеров, после подбора — Adagrad, а в повёрнутом"
            " овраге снова Нестеров.",
        ),
        tuning_changes_the_winner,
        {"untuned": UNTUNED, "turned": TURNED},
    ),
    notes=Text(
        "«Our optimizer is faster» means nothing without how the others were tuned. The search is"
        " in the laboratory: anyone can repeat it.",
        "«Наш оптимизатор быстрее» не значит ничего, пока не сказано, как подбирали скорость"
        " остальным. Подбор есть в лаборатории: его может повторить каждый.",
    ),
)
