"""Formulas to try: trees written as people write them, worked out here too, and texts gone wrong.

What a tree is worth is worked out by Python's ``math`` and nothing of ours, with a bound of what
rounding may do to it; what rounding decides (a jump, a cancellation) is left out.
"""

import math
from dataclasses import dataclass

from hypothesis import strategies as st

EPS = 2.0**-50


@dataclass(frozen=True)
class Tree:
    """An operation on trees, or a leaf: a variable's or a constant's name, or a number's text."""

    name: str
    arguments: tuple["Tree", ...] = ()


def sigmoid(a):
    return 1 / (1 + math.exp(-a))


def power(a, b):
    answer = math.pow(a, b)
    if a == 0 and b <= 0:
        raise ValueError("0 to such a power is a matter of convention")
    return answer


INFIX = {
    "+": (1, lambda a, b: a + b),
    "-": (1, lambda a, b: a - b),
    "*": (2, lambda a, b: a * b),
    "/": (2, lambda a, b: a / b),
    "^": (4, power),
}
UNARY, ATOM = 3, 5
FUNCTIONS = {
    "abs": (1, abs),
    "sqrt": (1, math.sqrt),
    "cbrt": (1, math.cbrt),
    "exp": (1, math.exp),
    "log": (1, math.log),
    "ln": (1, math.log),
    "log2": (1, math.log2),
    "log10": (1, math.log10),
    "sin": (1, math.sin),
    "cos": (1, math.cos),
    "tan": (1, math.tan),
    "asin": (1, math.asin),
    "arccos": (1, math.acos),
    "atan": (1, math.atan),
    "atan2": (2, math.atan2),
    "sinh": (1, math.sinh),
    "cosh": (1, math.cosh),
    "tanh": (1, math.tanh),
    "sigmoid": (1, sigmoid),
    "relu": (1, lambda a: max(a, 0.0)),
    "softplus": (1, lambda a: max(a, 0.0) + math.log1p(math.exp(-abs(a)))),
    "erf": (1, math.erf),
    "sign": (1, lambda a: float(a > 0) - float(a < 0)),
    "floor": (1, lambda a: float(math.floor(a))),
    "hypot": (2, math.hypot),
    "min": (2, min),
    "max": (2, max),
    "clip": (3, lambda a, low, high: min(max(a, low), high) if low <= high else math.nan),
    "where": (3, lambda test, a, b: a if test else b),
}
COMPARED = {
    "<": lambda a, b: float(a < b),
    "<=": lambda a, b: float(a <= b),
    ">": lambda a, b: float(a > b),
    ">=": lambda a, b: float(a >= b),
}
CONSTANTS = {"pi": math.pi, "e": math.e}
SPELLED = {
    "*": ["*", " * ", "·", "×"],
    "-": ["-", " - ", "−", "–"],
    "/": ["/", "÷", " / "],
    "^": ["^", "**", " ^ "],
    "+": ["+", " + "],
}


class Undecided(Exception):
    """Rounding decides, or there is no number."""


def worth(tree, x, y):
    """The value of a tree, and how far rounding may put it.

    Raises:
        Undecided: see the class.
    """
    if not tree.arguments:
        given = {"x": x, "y": y, **CONSTANTS}.get(tree.name)
        return (float(tree.name) if given is None else given), 0.0
    inner = [worth(one, x, y) for one in tree.arguments]
    if tree.name == "where":
        test, slack = inner[0]
        if slack:
            raise Undecided
        return inner[1] if test else inner[2]
    function = (
        INFIX[tree.name][1]
        if tree.name in INFIX
        else COMPARED.get(tree.name) or FUNCTIONS.get(tree.name, (1, lambda a: -a))[1]
    )
    values = [value for value, _ in inner]
    try:
        middle = function(*values)
        slack = 8 * EPS * abs(middle)
        for i, (value, around) in enumerate(inner):
            for moved in (value - around, value + around) if around else ():
                beside = function(*values[:i], moved, *values[i + 1 :])
                if tree.name in (*COMPARED, "sign", "floor") and beside != middle:
                    raise Undecided
                slack += abs(beside - middle)
    except (ValueError, OverflowError, ZeroDivisionError) as error:
        raise Undecided from error
    if tree.name in (*COMPARED, "sign", "floor"):
        return middle, 0.0
    if not math.isfinite(middle) or abs(middle) > 1e12 or not slack <= 1e-7 * max(1.0, abs(middle)):
        raise Undecided
    if 0 < abs(middle) < 1e-280:
        raise Undecided
    return middle, slack


LEAVES = st.one_of(
    st.sampled_from([Tree("x"), Tree("y"), Tree("pi"), Tree("e")]),
    st.sampled_from(["0.5", "1", "2", "3", "10", "1.5", ".25", "2.", "1e-3", "7e2", "0"]).map(Tree),
    st.floats(1e-3, 1e3).map(lambda value: Tree(repr(value))),
)


def _grown(inner):
    one = st.sampled_from([name for name, (n, _) in FUNCTIONS.items() if n == 1])
    two = st.sampled_from([name for name, (n, _) in FUNCTIONS.items() if n == 2])
    compared = st.builds(
        lambda n, a, b: Tree(n, (a, b)), st.sampled_from([*COMPARED]), inner, inner
    )
    return st.one_of(
        st.builds(lambda n, a, b: Tree(n, (a, b)), st.sampled_from("+-*/"), inner, inner),
        st.builds(lambda a, n: Tree("^", (a, Tree(n))), inner,
                  st.sampled_from(["2", "3", "0.5", "1", "4", "13"])),
        st.builds(lambda a, b: Tree("^", (a, b)), inner, inner),
        st.builds(lambda a: Tree("negate", (a,)), inner),
        st.builds(lambda n, a: Tree(n, (a,)), one, inner),
        st.builds(lambda n, a, b: Tree(n, (a, b)), two, inner, inner),
        st.builds(lambda c, a, b: Tree("where", (c, a, b)), compared, inner, inner),
        st.builds(lambda a, b, c: Tree("clip", (a, b, c)), inner, inner, inner),
    )  # fmt: skip


TREES = st.recursive(LEAVES, _grown, max_leaves=12)


def written(tree, spell=lambda choices: choices[0]):
    """A tree as text, with the brackets that school teaches; signs as ``spell`` chooses them."""
    return _written(tree, spell)[0]


def _written(tree, spell):
    name, arguments = tree.name, tree.arguments
    if not arguments:
        return name, ATOM
    if name in INFIX:
        own = INFIX[name][0]
        left = _within(arguments[0], ATOM if name == "^" else own, spell)
        right = _within(arguments[1], ATOM if name == "^" else own + 1, spell)
        return f"{left}{spell(SPELLED[name])}{right}", own
    if name == "negate":
        return f"{spell(['-', '−'])}{_within(arguments[0], UNARY + 1, spell)}", UNARY
    if name in COMPARED:
        left, right = (_within(one, 1, spell) for one in arguments)
        return f"{left}{name}{right}", 0
    inside = spell([",", ", "]).join(_written(one, spell)[0] for one in arguments)
    return f"{name}({inside})", ATOM


def _within(tree, binding, spell):
    text, own = _written(tree, spell)
    return text if own >= binding else f"({text})"


NASTY = (
    "x", "y", "0", "9", ".", ",", "e", "E", "+", "-", "*", "/", "^", "(", ")", "|", "<", ">", "=",
    "!", " ", "\t", "\n", "\r", "\0", "²", "³", "⁻", "⁹", "₁", "½", "⅞", "√", "∛", "π", "−", "·",
    "\u202e", "\u200b", "\ufeff", "\ud800", "\U0001d465", "\U0001f600", "х", "е", "ｘ", "ſ", "K",
    "İ", "_", "__", "__class__", "lambda", "import", "sin", "cos^", "sin²", "atan2(", "where(",
    "min(", "pow(", "clip(", "not ", "and ", "or ", "1e308", "1e-308", "1e999", "%", "[", "]", "{",
    "}", ";", ":", ":=", "\\", "'", '"', "`", "$", "@", "#", "&", "~", "?", "f(x, y) =", "∞", "̈",
    "٣", "௧", "**", "==", "!=", "<=", "2x", "xy", "1/2x", "||", "0x1F", "1_000", "1j", "nan", "inf",
)  # fmt: skip


def gone_wrong(text, random):
    """The text after a few accidents."""
    for _ in range(random.choice((1, 1, 2, 3, 5, 8, 40))):
        at, to = sorted((random.randint(0, len(text)), random.randint(0, len(text))))
        match random.randint(0, 5):
            case 0:
                text = text[:at] + text[min(at + random.randint(1, 4), len(text)) :]
            case 1 | 2:
                text = text[:at] + random.choice(NASTY) + text[at:]
            case 3:
                text = text[:at] + random.choice(NASTY) + text[at + 1 :]
            case 4:
                text = text[:to] + text[at:to] * random.choice((1, 1, 3, 30)) + text[to:]
            case _:
                text = text[at:] + text[:at]
        text = text[:700]
    return text
