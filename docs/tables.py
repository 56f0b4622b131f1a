"""The README's tables, written from the declarations: ``python -m docs.tables``."""

import re
import sys
from pathlib import Path

from server import limits
from server.optimizers.catalog import OPTIMIZERS
from surfaces.catalog import SURFACES
from surfaces.surface import LOWERED

README = Path(__file__).parent.parent / "README.md"


def rows(head: list[str], body: list[list[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def surfaces_table() -> str:
    """Every surface with its formula, what to watch and where it comes from."""
    body: list[list[str]] = []
    for surface in SURFACES:
        source = surface.reference
        cited = f"[{source.citation}]({source.url})" if source.url else source.citation
        x, y = (name.translate(LOWERED) for name in surface.names)
        left = "" if (x, y) == ("x", "y") else f"f({x}, {y}) = "
        formula = r",\; ".join([left + surface.formula, *surface().definitions()])
        formula = formula.replace("|", r"\|")
        body.append([f"`{surface.id}`", f"$`{formula}`$", surface.summary.en, cited])
    return rows(["id", "f(x, y)", "what to watch", "source"], body)


def optimizers_table() -> str:
    """Every optimiser with the frameworks that a test compares each step with."""
    body: list[list[str]] = []
    for optimizer in OPTIMIZERS:
        parity = ", ".join(f"`{form.parity}`" for form in optimizer.forms.values() if form.parity)
        cited = f"[{optimizer.reference.citation}]({optimizer.reference.url})"
        body.append([f"`{optimizer.id}`", optimizer.summary.en, parity, cited])
    return rows(["id", "what it does", "equal step for step to", "source"], body)


def limits_table() -> str:
    """How much one request may ask for."""
    body = [[name.replace("_", " "), f"{value:,}"] for name, value in limits.PUBLISHED.items()]
    return rows(["limit", "value"], body)


TABLES = {"surfaces": surfaces_table, "optimizers": optimizers_table, "limits": limits_table}


def filled(text: str) -> str:
    """A text with what stands between ``<!-- name -->`` and ``<!-- /name -->`` made anew."""
    for name, table in TABLES.items():
        between = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        made = table()
        text = between.sub(lambda found, made=made: f"{found[1]}{made}\n{found[2]}", text)
    return text


if __name__ == "__main__":
    README.write_text(filled(README.read_text()))
    sys.exit(0)
