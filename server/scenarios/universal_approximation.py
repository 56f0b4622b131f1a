"""Two units cannot follow the curve; thirty-two can, and so can four."""

from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Transfer
from server.scenarios.states import Signal
from surfaces.declaration import Text

OPENING = Signal(
    view="training",
    a={
        "depth": 1,
        "width": 2,
        "activation": "tanh",
        "initializer": "xavier",
        "optimizer": "adam",
        "convention": "pytorch",
        "optimizer.learning_rate": 0.01,
        "dataset": "curve",
        "dataset.noise": 0,
        "seed": 1,
        "steps": 1000,
    },
    b={"width": 32},
)
FOUR = OPENING.but(b={"width": 4})


def tenfold_less_error(answers: list[Answer], four: list[Answer]) -> Finding:
    """The error falls at least tenfold from 2 units to 32, and with an eighth of those, too."""
    two, many = (answer["loss"][-1] for answer in answers)
    few = four[1]["loss"][-1]
    units, fewer = (answer["network"]["width"] for answer in (answers[1], four[1]))
    return Finding(two >= 10 * max(many, few) and 8 * fewer == units, two / many)


SCENARIO = Scenario(
    id="universal_approximation",
    section=1,
    title=Text("A sum of units follows any curve", "Сумма нейронов повторит любую кривую"),
    question=Text(
        "One hidden layer, this curve, 1000 steps. 32 units in place of 2: how much less error?",
        "Один скрытый слой, эта кривая, 1000 шагов. 32 нейрона вместо 2: во сколько раз меньше"
        " ошибка?",
    ),
    answers=Choices(
        [
            Text("Hardly at all", "Почти не изменится"),
            Text("About half", "Примерно вдвое"),
            Text("More than ten times", "Больше чем в десять раз"),
        ],
        right=2,
    ),
    state=OPENING,
    controls=["width", "b.width", "steps"],
    watch=Text(
        "Two units make two bends and no more; count the bends of the curve.",
        "Два нейрона дают два изгиба, не больше; посчитайте, сколько изгибов у кривой.",
    ),
    why=Text(
        "The output is Σ αᵢ φ(wᵢx + θᵢ): each unit is one step that may be moved, stretched and"
        " turned over. Two steps are too few for this curve, whatever the training does; with"
        " enough of them any continuous curve is followed as near as one likes (Cybenko).",
        "Выход сети — Σ αᵢ φ(wᵢx + θᵢ): каждый нейрон — одна ступенька, которую можно сдвинуть,"
        " растянуть и перевернуть. Двух ступенек этой кривой мало, как ни обучай; а если их"
        " достаточно, любую непрерывную кривую можно повторить сколь угодно точно (Цыбенко).",
    ),
    transfer=Transfer(
        question=Text(
            "And 4 units in place of 2: how much less error?",
            "А если 4 нейрона вместо 2: во сколько раз меньше ошибка?",
        ),
        answers=Choices(
            [
                Text("Hardly at all", "Почти не изменится"),
                Text("About half", "Примерно вдвое"),
                Text("More than ten times", "Больше чем в десять раз"),
            ],
            right=2,
        ),
        state=FOUR,
    ),
    claim=Claim(
        Text(
            "After 1000 steps the error of 2 units is at least ten times that of 32, and at least"
            " ten times that of 4.",
            "После 1000 шагов ошибка 2 нейронов по крайней мере в десять раз больше, чем у 32, и"
            " по крайней мере в десять раз больше, чем у 4.",
        ),
        tenfold_less_error,
        {"four": FOUR},
    ),
    notes=Text(
        "The theorem says that weights exist, not that training finds them, nor how many units are"
        " needed: here four are enough, and 32 are no better after as many steps.",
        "Теорема говорит, что веса существуют, но не говорит, что обучение их найдёт, и не говорит,"
        " сколько нужно нейронов: здесь хватает четырёх, и 32 за столько же шагов не лучше.",
    ),
)
