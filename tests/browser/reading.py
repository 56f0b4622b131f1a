"""Numbers as a person reads them off a page, in either language."""

import re

POWER = re.compile("(?:(.+)×)?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
DIGITS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def number(text):
    """A float of what is shown: 0.1, −3, 0,5, 10³, −1.2×10⁻⁵."""
    plain = text.replace("−", "-").replace(",", ".")
    if power := POWER.fullmatch(plain):
        return float(f"{power[1] or 1}e{power[2].translate(DIGITS)}")
    return float(plain)


def rounding(value):
    """Four digits are shown, and three beside a power of ten."""
    return 6e-4 if abs(value) >= 1e-3 else 6e-3
