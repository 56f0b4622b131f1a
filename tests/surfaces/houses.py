"""House prices as exercises have them: areas in square feet, prices in dollars."""

import numpy as np

AREA = np.array(
    [2104, 1600, 2400, 1416, 3000, 1985, 1534, 1427, 1380, 1494, 1940, 2000, 1890, 4478, 1268, 2300]
)
PRICE = np.array(
    [399900, 329900, 369000, 232000, 539900, 299900, 314900, 198999, 212000, 242500, 239999, 347000,
     329999, 699900, 259900, 449900]
)  # fmt: skip


def csv(x=AREA, y=PRICE):
    """As it is pasted."""
    return "\n".join(["x,y", *(f"{one},{other}" for one, other in zip(x, y, strict=True))])


def exams():
    """Two exam scores and who was admitted, with a border near 25 = 0.2 x₁ + 0.2 x₂."""
    chance = np.random.default_rng(7)
    scores = chance.uniform(30, 100, (100, 2)).round(2)
    admitted = 0.2 * scores.sum(axis=1) - 25 + chance.logistic(size=100) > 0
    return scores, np.where(admitted, 1.0, -1.0)
