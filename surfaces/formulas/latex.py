"""A formula as LaTeX, for display."""

from surfaces.formulas.nodes import Apply, Node, Number, Variable

SIGNS = {"<": "<", "<=": r"\le", ">": ">", ">=": r"\ge", "==": "=", "!=": r"\ne"}
NAMED = ("exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "min", "max")
SUM, PRODUCT, POWER, ATOM = 1, 2, 3, 4


def to_latex(tree: Node) -> str:
    """LaTeX of a tree, with no more brackets than its meaning needs."""
    return _written(tree)[0]


def _written(node: Node) -> tuple[str, int]:
    """LaTeX and how tightly it binds."""
    if isinstance(node, Variable):
        return node.name, ATOM
    if isinstance(node, Number):
        if node.name is not None:
            return {"pi": r"\pi"}.get(node.name, node.name), ATOM
        mantissa, _, power = f"{node.value:.12g}".partition("e")
        return (rf"{mantissa} \cdot 10^{{{int(power)}}}", PRODUCT) if power else (mantissa, ATOM)
    return _applied(node)


def _applied(node: Apply) -> tuple[str, int]:
    operation, arguments = node.operation, node.arguments
    match operation:
        case "+" | "-":
            left, right = _at(arguments[0], SUM), _at(arguments[1], SUM + (operation == "-"))
            return f"{left} {operation} {right}", SUM
        case "negate":
            return f"-{_at(arguments[0], PRODUCT)}", SUM
        case "*":
            # A sign in front of a product needs no brackets: −2x.
            signed = _is_signed(arguments[0])
            left, right = _at(arguments[0], SUM if signed else PRODUCT), _at(arguments[1], PRODUCT)
            sign = r" \cdot " if right[0].isdigit() else r" \, "
            return left + sign + right, SUM if signed else PRODUCT
        case "/":
            return rf"\frac{{{_at(arguments[0], 0)}}}{{{_at(arguments[1], 0)}}}", ATOM
        case "^":
            return f"{_at(arguments[0], ATOM)}^{{{_at(arguments[1], 0)}}}", POWER
        case "sqrt":
            return rf"\sqrt{{{_at(arguments[0], 0)}}}", ATOM
        case "cbrt":
            return rf"\sqrt[3]{{{_at(arguments[0], 0)}}}", ATOM
        case "abs":
            return rf"\left|{_at(arguments[0], 0)}\right|", ATOM
        case "and" | "or":
            sign = r"\wedge" if operation == "and" else r"\vee"
            return rf"{_at(arguments[0], ATOM)} {sign} {_at(arguments[1], ATOM)}", 0
        case _ if operation in SIGNS:
            return f"{_at(arguments[0], SUM)} {SIGNS[operation]} {_at(arguments[1], SUM)}", 0
        case _:
            name = rf"\{operation}" if operation in NAMED else rf"\mathrm{{{operation}}}"
            inside = ", ".join(_at(one, 0) for one in arguments)
            return rf"{name}\left({inside}\right)", ATOM


def _is_signed(node: Node) -> bool:
    """Whether a node is a product with a sign in front, or what such a sign is before."""
    while isinstance(node, Apply) and node.operation == "*":
        node = node.arguments[0]
    return isinstance(node, Apply) and node.operation == "negate"


def _at(node: Node, binding: int) -> str:
    """LaTeX of a part, in brackets where it binds more loosely than its place asks."""
    text, own = _written(node)
    return text if own >= binding else rf"\left({text}\right)"
