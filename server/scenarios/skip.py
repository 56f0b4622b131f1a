"""A skip adds 1 to what each layer multiplies the gradient by: it comes through."""

from server.scenarios.reading_layers import layers, reaching
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Transfer
from server.scenarios.states import Signal
from surfaces.declaration import Text

OPENING = Signal({"depth": 30, "activation": "sigmoid", "initializer": "xavier"}, {"skip": 1})
DEEPER = OPENING.but(a={**OPENING.a, "depth": 60})


def through_with_skips_alone(answers: list[Answer], deeper: list[Answer]) -> Finding:
    """Less than 10⁻¹⁰ without skips; with them about all of it, from twice the layers too."""
    plain, skipping = (reaching(answer) for answer in answers)
    deep = reaching(deeper[1])
    return Finding(
        plain < 1e-10
        and 0.3 < skipping < 3
        and 0.3 < deep < 3
        and len(layers(deeper[1], "gradient_norm")) == 2 * len(layers(answers[1], "gradient_norm")),
        skipping,
    )


SCENARIO = Scenario(
    id="skip",
    section=6,
    title=Text("Skips and the gradient", "Остаточные связи и градиент"),
    question=Text(
        "30 layers of sigmoids, in B each with a skip: h + σ(Wh). How much gradient does layer 1 of"
        " B get?",
        "30 слоёв сигмоид, в B у каждого остаточная связь: h + σ(Wh). Сколько градиента достанется"
        " слою 1 в B?",
    ),
    answers=Choices(
        [
            Text("As little as in A: still sigmoids", "Так же мало, как в A: сигмоиды те же"),
            Text("About as much as layer 30", "Примерно столько же, сколько слою 30"),
            Text("Far more: it explodes", "Намного больше: взрыв"),
        ],
        right=1,
    ),
    state=OPENING,
    controls=["depth", "activation"],
    watch=Text(
        "The gradient's bars of B stand level although its activations grow from layer to layer.",
        "Столбики градиента в B стоят вровень, хотя активации от слоя к слою растут.",
    ),
    why=Text(
        "A skip adds 1 to what each layer multiplies the gradient by: it comes through even though"
        " every sigmoid still shrinks its own branch.",
        "Остаточная связь прибавляет 1 к множителю каждого слоя: градиент проходит, хотя сама"
        " сигмоида по-прежнему его сжимает.",
    ),
    transfer=Transfer(
        question=Text(
            "60 layers with skips. How much of the gradient reaches layer 1 of B now?",
            "60 слоёв с остаточными связями. Сколько градиента дойдёт до слоя 1 в B теперь?",
        ),
        answers=Choices(
            [
                Text("Half as much as before", "Вдвое меньше, чем было"),
                Text("Next to nothing", "Почти ничего"),
                Text(
                    "Still about as much as the last has", "По-прежнему примерно как у последнего"
                ),
            ],
            right=2,
        ),
        state=DEEPER,
    ),
    claim=Claim(
        Text(
            "Without skips less than 10⁻¹⁰ of the gradient reaches layer 1, with them as much as"
            " the last layer has within a factor of 3, through 60 layers too.",
            "Без остаточных связей до слоя 1 доходит меньше 10⁻¹⁰ градиента, с ними — столько же,"
            " сколько у последнего, с точностью до множителя 3, и через 60 слоёв тоже.",
        ),
        through_with_skips_alone,
        {"deeper": DEEPER},
    ),
    notes=Text(
        "Write (1 + small) on the board thirty times instead of (small).",
        "Выпишите на доске тридцать множителей (1 + малое) вместо (малое).",
    ),
)
