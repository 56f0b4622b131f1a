"""Between learning rates that train and those that do not, zooming keeps finding structure."""

from server.scenarios.map_states import Span, Trainability
from server.scenarios.scenario import Answer, Choices, Claim, Finding, Scenario, Transfer
from surfaces.declaration import Text


def _rates(x: tuple[float, float], y: tuple[float, float]) -> tuple[Span, Span]:
    return Span("learning_rate.input", *x), Span("learning_rate.output", *y)


WHOLE = _rates((1e-3, 1e6), (1e-3, 1e6))

OPENING = Trainability(
    {"width": 8, "points": 16, "activation": "tanh"},
    *WHOLE,
    zooms=[_rates((75, 5600), (0.4, 30)), _rates((1500, 3800), (9, 23))],
)
LINEAR = OPENING.but(
    network={"width": 8, "points": 8, "activation": "linear"},
    zooms=[_rates((0.8, 60), (0.3, 25)), _rates((15, 37), (5.8, 14.5))],
)


def the_closer_the_more_border(answers: list[Answer], linear: list[Answer]) -> Finding:
    """Box counts: dimension 1 for the whole, 1.5 and 1.7 closer by; without tanh under 1.3."""
    whole, closer, closest = (one["border"]["dimension"] for one in answers)
    straight = [one["border"]["dimension"] for one in linear]
    holds = whole < 1.15 and closer > 1.25 and closest > 1.55 and max(straight) < 1.3
    return Finding(holds, closest)


SCENARIO = Scenario(
    id="edge_of_trainability",
    section=6,
    title=Text("The edge of trainability", "Граница обучаемости"),
    question=Text(
        "Blue and green: at these rates of its two layers the network learns. Red and yellow: it"
        " does not. How wide is the border?",
        "Синее и зелёное — с такими скоростями двух слоёв сеть учится, красное и жёлтое — нет."
        " Какой ширины граница?",
    ),
    answers=Choices(
        [
            Text("A thin line: blue here, red there", "Тонкая линия: тут синее, там красное"),
            Text(
                "A band that fades from blue to red", "Полоса, плавный переход из синего в красное"
            ),
            Text(
                "The closer, the more border: blue and red in each other without end",
                "Чем ближе, тем больше границы: синее в красном и красное в синем без конца",
            ),
        ],
        right=2,
    ),
    state=OPENING,
    controls=["network.width", "trained"],
    watch=Text(
        "Zoom in on the border where it is torn most (with tanh near α₀ = 2000, α₁ = 15): does it"
        " become straight some time?",
        "Приближайте границу там, где она изрезана сильнее всего (с tanh — около α₀ = 2000,"
        " α₁ = 15): становится ли она когда-нибудь прямой?",
    ),
    why=Text(
        "Each step maps the weights to themselves, a hundred times over, as z² + c does for the"
        " Mandelbrot set: points of either fate lie side by side at every scale. Counted in boxes"
        " the border has dimension 1 from afar and 1.7 where it is densest (Sohl-Dickstein, 2024:"
        " 1.66); a line has 1, an area 2.",
        "Каждый шаг отображает веса в себя, и так сто раз, как z² + c у множества Мандельброта:"
        " точки с разной судьбой соседствуют при любом увеличении. По числу клеток размерность"
        " границы издали 1, а там, где она гуще всего, — 1,7 (Сол-Дикштейн, 2024: 1,66); у линии"
        " она 1, у площади 2.",
    ),
    transfer=Transfer(
        question=Text(
            "The same network without tanh: two linear layers, y = xW₀W₁. What is its border like?",
            "Та же сеть без tanh: два линейных слоя, y = xW₀W₁. Какая граница у неё?",
        ),
        answers=Choices(
            [
                Text("As torn", "Такая же изрезанная"),
                Text("Much smoother, nearly a line", "Намного глаже, почти линия"),
                Text("There is none: it always learns", "Никакой: она учится всегда"),
            ],
            right=1,
        ),
        state=LINEAR,
    ),
    claim=Claim(
        Text(
            "By box counts the border has a dimension under 1.15 on the whole map, over 1.25"
            " closer by and over 1.55 closer still; that of two linear layers stays under 1.3.",
            "Размерность границы по числу клеток — меньше 1,15 на всей карте, больше 1,25 ближе и"
            " больше 1,55 ещё ближе; у двух линейных слоёв — везде меньше 1,3.",
        ),
        the_closer_the_more_border,
        {"linear": LINEAR},
    ),
    notes=Text(
        "Let them vote, then zoom with the wheel. Learning rates that work are found by trying;"
        " this is why a small change of one can undo it, right at the edge.",
        "Пусть проголосуют, потом приближайте колёсиком. Хорошую скорость обучения находят"
        " пробами; вот почему у самой границы её малая перемена может всё испортить.",
    ),
)
