"""A decaying rate lets SGD settle where a constant one rattles."""

from server.scenarios.reading import path
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Transfer
from server.scenarios.states import Descent, Run
from surfaces.declaration import Text

RATE = 0.8
DECAY = {"decay": 0.3}
SETTLED = 100
"""The last steps, over which the distance to the minimum is averaged."""


def _runs(noise: float) -> list[Run]:
    return [
        Run("sgd", {"learning_rate": RATE}, noise=noise),
        Run(
            "sgd",
            {"learning_rate": RATE},
            schedule="inverse_time",
            schedule_numbers=DECAY,
            noise=noise,
        ),
    ]


OPENING = Descent(
    surface="bowl",
    parameters={"condition_number": 2.0},
    starts=[(-2.5, 1.5)],
    runs=_runs(1.0),
    steps=1000,
)
QUIET = OPENING.but(runs=_runs(0.0), steps=100)


def ends_ten_times_nearer(answers: list[Answer], quiet: list[Answer]) -> Finding:
    """Decayed it ends ten times nearer on the same noise; without noise it is further away."""
    constant, decayed = (
        path(run).distances((0.0, 0.0))[-SETTLED:].mean() for run in answers[0]["runs"]
    )
    steady, slower = (path(run).distances((0.0, 0.0))[-1] for run in quiet[0]["runs"])
    return Finding(
        bool(constant > 10 * decayed and steady < 1e-6 * slower), float(constant / decayed)
    )


SCENARIO = Scenario(
    id="decay",
    section=5,
    title=Text("Constant or decayed", "Постоянная или убывающая"),
    question=Text(
        "SGD on the same noise twice: α constant, and α divided by 1 + 0.3k. How much nearer to the"
        " minimum does the second end?",
        "SGD с одним и тем же шумом: α постоянна и α делится на 1 + 0,3k. Насколько ближе к"
        " минимуму закончит второй?",
    ),
    answers=Choices(
        [
            Text("No nearer: it is stuck on the way", "Не ближе: застрянет по дороге"),
            Text("About twice", "Примерно вдвое"),
            Text("More than ten times", "Больше чем вдесятеро"),
        ],
        right=2,
    ),
    state=OPENING,
    controls=["run.1.schedule.decay", "run.noise"],
    watch=Text(
        "Both reach the bottom at once; then look how wide each of them rattles.",
        "До дна оба доходят сразу; дальше следите, как широко каждый болтается.",
    ),
    why=Text(
        "Near the minimum the gradient is gone and the noise is not: a step is α times the noise,"
        " and the cloud is as wide as √α. A rate that falls as 1/k averages the noise away, and its"
        " sum still grows without bound, so that it gets anywhere.",
        "У минимума градиента уже нет, а шум остался: шаг равен α на шум, и ширина облака растёт"
        " как √α. Скорость, убывающая как 1/k, усредняет шум, а сумма её шагов всё же не"
        " ограничена, так что дойти можно куда угодно.",
    ),
    transfer=Transfer(
        question=Text(
            "The noise is switched off. Who is nearer to the minimum after 100 steps?",
            "Шум выключили. Кто ближе к минимуму через 100 шагов?",
        ),
        answers=Choices(
            [
                Text("The constant rate", "Постоянная скорость"),
                Text("The decayed one", "Убывающая"),
                Text("Both are equally near", "Обе одинаково близко"),
            ],
            right=0,
        ),
        state=QUIET,
    ),
    claim=Claim(
        Text(
            "Over the last 100 steps the decayed SGD is on average ten times nearer to the minimum;"
            " without noise it is a million times further away after 100.",
            "За последние 100 шагов SGD с убывающей скоростью в среднем вдесятеро ближе к минимуму;"
            " без шума через 100 шагов он в миллион раз дальше.",
        ),
        ends_ten_times_nearer,
        {"quiet": QUIET},
    ),
    notes=Text(
        "Turn the noise: the ratio stays. It is the rate that decides, not how strong the noise"
        " is.",
        "Покрутите шум: отношение не меняется. Решает скорость, а не сила шума.",
    ),
)
