"""The READMEs' tables, written from the declarations: ``python -m docs.tables``."""

import re
import sys
from pathlib import Path
from typing import Literal

from server import limits
from server.optimizers.catalog import OPTIMIZERS
from server.scenarios.catalog import SCENARIOS
from surfaces.catalog import SURFACES
from surfaces.surface import LOWERED

ROOT = Path(__file__).parent.parent
Language = Literal["en", "ru"]
READMES: dict[Language, Path] = {"en": ROOT / "README.md", "ru": ROOT / "README.ru.md"}
HEADS: dict[str, dict[Language, list[str]]] = {
    "scenes": {
        "en": ["scene", "question"],
        "ru": ["сцена", "вопрос"],
    },
    "surfaces": {
        "en": ["id", "f(x, y)", "what to watch", "source"],
        "ru": ["id", "f(x, y)", "на что смотреть", "источник"],
    },
    "optimizers": {
        "en": ["id", "what it does", "equal step for step to", "source"],
        "ru": ["id", "что делает", "шаг в шаг равен", "источник"],
    },
}


def rows(head: list[str], body: list[list[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def scenes_table(language: Language) -> str:
    """Every scene of the lecture with its address and its question."""
    body = [
        [f"`scene/{one.id}` {getattr(one.title, language)}", getattr(one.question, language)]
        for one in SCENARIOS
    ]
    return rows(HEADS["scenes"][language], body)


def surfaces_table(language: Language) -> str:
    """Every surface with its formula, what to watch and where it comes from."""
    body: list[list[str]] = []
    for surface in SURFACES:
        source = surface.reference
        cited = f"[{source.citation}]({source.url})" if source.url else source.citation
        x, y = (name.translate(LOWERED) for name in surface.names)
        left = "" if (x, y) == ("x", "y") else f"f({x}, {y}) = "
        formula = r",\; ".join([left + surface.formula, *surface().definitions()])
        formula = formula.replace("|", r"\|")
        body.append(
            [f"`{surface.id}`", f"$`{formula}`$", getattr(surface.summary, language), cited]
        )
    return rows(HEADS["surfaces"][language], body)


def optimizers_table(language: Language) -> str:
    """Every optimiser with the frameworks that a test compares each step with."""
    body: list[list[str]] = []
    for optimizer in OPTIMIZERS:
        parity = ", ".join(f"`{form.parity}`" for form in optimizer.forms.values() if form.parity)
        cited = f"[{optimizer.reference.citation}]({optimizer.reference.url})"
        body.append([f"`{optimizer.id}`", getattr(optimizer.summary, language), parity, cited])
    return rows(HEADS["optimizers"][language], body)


def limits_table(language: Language) -> str:
    """How much one request may ask for."""
    body = [[name.replace("_", " "), f"{value:,}"] for name, value in limits.PUBLISHED.items()]
    return rows(["limit", "value"], body)


TABLES = {
    "scenes": scenes_table,
    "surfaces": surfaces_table,
    "optimizers": optimizers_table,
    "limits": limits_table,
}


def filled(text: str, language: Language) -> str:
    """A text with what stands between ``<!-- name -->`` and ``<!-- /name -->`` made anew."""
    for name, table in TABLES.items():
        between = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        made = table(language)
        text = between.sub(lambda found, made=made: f"{found[1]}{made}\n{found[2]}", text)
    return text


if __name__ == "__main__":
    for language, readme in READMES.items():
        readme.write_text(filled(readme.read_text(), language))
    sys.exit(0)
