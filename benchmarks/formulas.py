"""Random formulas, no two alike, of every form that a reader may type."""

import random


def formula(chance: random.Random, depth: int = 3) -> str:
    """A random formula; its constants make it a new one each time."""
    if depth == 0:
        return chance.choice(["x", "y", f"{chance.uniform(-3, 3):.6f}"])
    a, b, c = (formula(chance, depth - 1) for _ in range(3))
    return chance.choice(
        [
            f"({a}) + ({b})*{chance.uniform(-2, 2):.6f}",
            f"sin({a})*cos({b})",
            f"({a})^{chance.randrange(2, 5)} + ({b})^2",
            f"exp(-({a})^2) + ({b})*({c})",
            f"where(({a}) < ({b}), {c}, {a})",
            f"max({a}, {b}, {c})",
            f"sqrt(1 + ({a})^2) + log(1 + ({b})^2)",
        ]
    )
