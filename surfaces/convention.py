"""What is said of corners and jumps: the convention that ``kinks`` carries out, in words."""

from dataclasses import dataclass

from surfaces.declaration import Text


@dataclass(frozen=True)
class Corner:
    """What slope some functions are given where they have none.

    Attributes:
        functions: their names in formulas, activations and losses.
        rule: where, and which slope.
        like: whose convention it is.
    """

    functions: tuple[str, ...]
    rule: Text
    like: str


CONVENTION: tuple[Corner, ...] = (
    Corner(("abs", "mae", "l1"), Text("slope 0 at 0", "наклон 0 в нуле"), "torch.abs"),
    Corner(("relu",), Text("slope 0 at 0", "наклон 0 в нуле"), "torch.relu"),
    Corner(
        ("leaky_relu", "elu"),
        Text("at 0 the slope of the left side, s or α", "в нуле наклон левой части, s или α"),
        "torch.nn.functional.leaky_relu, elu",
    ),
    Corner(
        ("max", "min"),
        Text(
            "equal values take ½ of the slope each; more than two are compared pair by pair, "
            "from the left",
            "равные значения получают по ½ наклона; если их больше двух, они сравниваются "
            "парами слева направо",
        ),
        "torch.maximum, minimum",
    ),
    Corner(
        ("clip", "clamp"),
        Text(
            "slope 1 between the bounds and on them, 0 outside",
            "наклон 1 между границами и на них, снаружи 0",
        ),
        "torch.clamp",
    ),
    Corner(
        ("sign", "floor", "<", "<=", ">", ">=", "==", "!=", "and", "or", "not", "binary_step"),
        Text("slope 0 everywhere, at a jump too", "наклон 0 всюду, и на скачке тоже"),
        "torch.sign, floor",
    ),
    Corner(
        ("hypot",),
        Text("slope 0 at the tip of the cone", "наклон 0 в вершине конуса"),
        "torch.linalg.vector_norm",
    ),
    Corner(
        ("huber",),
        Text(
            "slope ±δ where the parabola becomes a line",
            "наклон ±δ там, где парабола становится прямой",
        ),
        "torch.nn.functional.huber_loss",
    ),
    Corner(
        ("where",),
        Text("the slope of the branch that is taken", "наклон выбранной ветви"),
        "torch.where",
    ),
)
NO_CURVATURE = Text(
    "At a corner or a jump there is no second derivative: the Hessian, its eigenvalues and what "
    "follows from them are null there.",
    "На изломе и на скачке второй производной нет: гессиан, его собственные числа и всё, что из "
    "них следует, там null.",
)
