r"""A formula as MathML whose letters say what they are, so that a page can put numbers for them.

Each letter becomes ``<mrow class="letter" data-role="velocity" data-value="3">``: the fourth of the
values that come with the formula.
"""

import re
from collections.abc import Mapping

from server.api.mathml import letter_mathml, mathml
from server.results import Floats

Values = list[float | list[float] | None]
FIRST = 0xE000
"""Private-use characters stand for letters while LaTeX becomes MathML."""
COMMAND = r"\\(?:mathrm|text|begin|end)\{[^}]*\}"
ASSIGNED = re.compile(r"\\leftarrow|=")
PARTS = re.compile(r"(,\\;\s*)")
INNER = re.compile(r"<math[^>]*>(.*)</math>", re.S)
ROLES: Mapping[str, str] = {
    "g": "gradient",
    r"\nabla f": "gradient",
    r"\nabla f(x + \beta v)": "gradient",
    r"\nabla R": "penalty",
    r"\xi": "noise",
    r"\Delta g": "clipping",
    r"\tilde\alpha": "scaling",
    **dict.fromkeys(("v", r"\hat v", "m", r"\hat m", "d", r"\Delta\bar x", "z"), "velocity"),
    **dict.fromkeys(("G", r"\hat G", "M", "u", "n", r"\hat n", "D", "h", "t^*", "s"), "scaling"),
    r"\lambda_w": "decay",
}
"""What a letter is of; numbers of the optimiser are of nothing."""


class Marking:
    """Marks the letters of one step's formulas and collects their values."""

    def __init__(self, values: Mapping[str, Floats], before: Mapping[str, Floats],
                 after: Mapping[str, Floats]):  # fmt: skip
        self.values: Values = []
        self._known = values
        self._before, self._after = before, after
        names = sorted({*values, *before}, key=len, reverse=True)
        letters = "|".join(re.escape(name) + r"(?![A-Za-z_'])" for name in names)
        self._letters = re.compile(rf"({COMMAND})|({letters})|(\\[A-Za-z]+)")

    def rule(self, lines: tuple[str, ...]) -> list[str]:
        """Lines of assignments: a letter of the state is new from where it was assigned on."""
        assigned: set[str] = set()
        marked: list[str] = []
        for line in lines:
            found: list[tuple[str, Floats | None]] = []
            pieces: list[str] = []
            for part in PARTS.split(line.replace("&", "", 1)):
                arrow = ASSIGNED.search(part)
                if arrow is None:
                    pieces.append(self._replaced(part, assigned, found))
                    continue
                left, right = part[: arrow.start()], part[arrow.start() :]
                target = left.strip()
                new = assigned | ({target} if target in self._before else set())
                is_kept = arrow[0] == r"\leftarrow"
                pieces.append(self._replaced(left, new if is_kept else assigned, found))
                pieces.append(self._replaced(right, assigned, found))
                assigned = new if is_kept else assigned
            marked.append(self._marked("".join(pieces), found))
        return marked

    def one(self, formula: str, *, new: bool = False) -> str:
        """A part of the rule; the state is that before the step unless it is ``new``."""
        found: list[tuple[str, Floats | None]] = []
        text = self._replaced(formula, set(self._after) - {"x"} if new else set(), found)
        return self._marked(text, found)

    def _replaced(
        self, latex: str, assigned: set[str], found: list[tuple[str, Floats | None]]
    ) -> str:
        """With a character for each letter, whose name and value are added to ``found``."""

        def sign(match: re.Match[str]) -> str:
            letter = match[2]
            if letter is None:
                return match[0]
            state = self._after if letter in assigned else self._before
            found.append((letter, state.get(letter, self._known.get(letter))))
            return f"{{{chr(FIRST + len(found) - 1)}}}"

        return self._letters.sub(sign, latex)

    def _marked(self, latex: str, found: list[tuple[str, Floats | None]]) -> str:
        text = mathml(latex)
        for i, (letter, value) in enumerate(found):
            inner = INNER.search(letter_mathml(letter))
            assert inner is not None
            self.values.append(_plain(value))
            marks = f'data-role="{ROLES.get(letter, "")}" data-value="{len(self.values) - 1}"'
            shown = f'<mrow class="letter" {marks}>{inner[1]}</mrow>'
            text = text.replace(f"<mi>{chr(FIRST + i)}</mi>", shown)
        return text


def _plain(value: Floats | None) -> float | list[float] | None:
    if value is None:
        return None
    numbers = [float(one) for one in value]
    if not all(abs(one) < float("inf") for one in numbers):
        return None
    return numbers[0] if len(numbers) == 1 else numbers
