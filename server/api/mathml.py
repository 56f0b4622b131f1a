r"""LaTeX as a page without TeX shows it: MathML, and plain text where a letter is enough."""

import re
from html import unescape

from latex2mathml.converter import convert


def mathml(latex: str) -> str:
    """A formula as display MathML."""
    return convert(latex, display="block")


def inline_mathml(latex: str) -> str:
    """A formula as inline MathML; infinity is a value in it, not an operator with room around."""
    return convert(latex).replace("<mo>&#x0221E;</mo>", "<mi>&#x0221E;</mi>")


def letter_mathml(symbol: str) -> str:
    """A number's letter as inline MathML."""
    return convert(symbol)


def letter(symbol: str) -> str:
    r"""A symbol's LaTeX as plain text: ``\beta_1`` is β₁."""
    greek = re.sub(r"\\(?:var)?([a-z]+)", lambda found: unescape(f"&{found[1]};"), symbol)
    small = re.sub(r"_(\d)", lambda found: chr(ord("₀") + int(found[1])), greek)
    return small.replace("^+", "⁺").replace("^-", "⁻").replace("_", "")
