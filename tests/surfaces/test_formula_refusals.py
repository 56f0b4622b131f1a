"""What is no formula: mistakes are pointed at, escapes have no meaning, rubbish does no harm."""

import random

import pytest
from latex2mathml.converter import convert

from surfaces.formulas.latex import to_latex
from surfaces.formulas.lowering import compile_formula
from surfaces.formulas.mistakes import FormulaError
from surfaces.formulas.parsing import parse

MISTAKES = [
    ("", 0, "type a formula"),
    ("   ", 0, "type a formula"),
    ("x +", 3, "ends here"),
    ("x^2 + * y", 6, "cannot stand here"),
    ("(x + y", 0, "not closed"),
    ("x + y)", 5, "cannot stand here"),
    ("sin x", 0, "function"),
    ("sin(x, y)", 0, "takes 1"),
    ("atan2(x)", 0, "takes 2"),
    ("where(x>0, y)", 0, "takes 3"),
    ("min(x)", 0, "or more"),
    ("sin()", 0, "takes 1"),
    ("x + foo", 4, "not known"),
    ("sine(x)", 0, "nearest: sin"),
    ("x = 2", 2, "compare by =="),
    ("x^65", 1, "from −64 to 64"),
    ("x^-65", 1, "from −64 to 64"),
    ("x^1e3", 1, "from −64 to 64"),
    ("1e999*x", 0, "too large"),
    ("x" + " " * 500, 500, "500 characters"),
    ("+".join("x" * 101), 199, "200"),
    ("(" * 61 + "x" + ")" * 61, 60, "deeper than 60"),
    ("-" * 70 + "x", 60, "deeper than 60"),
    ("x,y", 1, "cannot stand here"),
    ("1.2.3", 3, "written *"),
    ("not", 3, "ends here"),
    # What is pasted is counted in characters of the text as it was pasted.
    ("x² −", 4, "ends here"),
    ("𝑥² + foo", 5, "not known"),
    ("x₁² + 𝑦𝑧", 6, "not known"),
    ("f(x, y) = 2x + ", 15, "ends here"),
    ("√2·√(x", 4, "not closed"),
    ("x ≤ · y", 4, "cannot stand here"),
    ("f(x, y) = ", 0, "type a formula"),
    # Names written together are no product, and nothing is multiplied by a number after it.
    ("xy", 0, "write x*y"),
    ("2 xy + 1", 2, "write x*y"),
    ("xsin(y)", 0, "write x*sin"),
    ("πxy", 1, "write x*y"),
    ("x 2", 2, "written *"),
    ("(x)2", 3, "written *"),
    ("2½", 1, "written *"),
    ("1 000x", 2, "written *"),
    ("x\ny", 2, "written *"),
    ("x\u200by", 2, "written *"),
    # Bars: which of them closes is certain only with a sign between.
    ("|x", 0, "bar is not closed"),
    ("|x||y|", 3, "written *"),
    ("|x|y", 3, "written *"),
    ("x|y|", 1, "written *"),
    ("(|x)|", 3, "cannot stand here"),
    # Names of other uses.
    ("f(y, x) = x", 0, "f(x, y) ="),
    ("f(x) = x", 0, "f(x, y) ="),
    ("f(x, e) = x", 0, "f(x, y) ="),
    ("y = x^2", 2, "compare by =="),
    ("0,5*x", 1, "0.5"),
    ("np.sin(x)", 2, "sin(x)"),
    ("\\frac{x}{2}", 0, "LaTeX"),
    ("log²(x)", 0, "log(...)^2"),
    ("√-x", 1, "cannot stand here"),
    ("pow(x)", 0, "takes 2"),
    ("pow(x, 65)", 0, "from −64 to 64"),
    ("x⁶⁵", 1, "from −64 to 64"),
]

# What readers and calculators disagree about, where that begins, and both its readings.
TWO_READINGS = [
    ("1/2x", 3, "1/2*x", "1/(2*x)"),
    ("x/2 y", 4, "x/2*y", "x/(2*y)"),
    ("6/2(1+2)", 3, "6/2*(1+2)", "6/(2*(1+2))"),
    ("1/sin(x)cos(y)", 8, "1/sin(x)*cos(y)", "1/(sin(x)*cos(y))"),
    ("1/x²y", 4, "1/x²*y", "1/(x²*y)"),
    ("2^3x", 3, "2^3*x", "2^(3*x)"),
    ("x^2y", 3, "x^2*y", "x^(2*y)"),
    ("3x^2 y", 5, "x^2*y", "x^(2*y)"),
    ("e^2x", 3, "e^2*x", "e^(2*x)"),
    ("e^-2x", 4, "e^-2*x", "e^(-2*x)"),
    ("2**x(y)", 4, "2**x*(y)", "2**(x*(y))"),
    ("√2x", 2, "√2*x", "√(2*x)"),
    ("√x²", 2, "(√x)^2", "√(x^2)"),
    ("√x^2", 2, "(√x)^2", "√(x^2)"),
    ("x²^3", 2, "(x^2)^3", "x^(2^3)"),
    ("2e-3x", 4, "2e-3*x", "2*e - 3*x"),
    ("2e+3y", 4, "2e+3*y", "2*e + 3*y"),
    ("sin⁻¹(x)", 0, "asin(...)", "1/sin(...)"),
    ("cos^-1(x)", 0, "acos(...)", "1/cos(...)"),
    ("x2 + y2", 0, "x^2", "x*2"),
]


@pytest.mark.parametrize("text, position, says", MISTAKES)
def test_mistakes_are_pointed_at(text, position, says):
    with pytest.raises(FormulaError) as refused:
        compile_formula(text)
    assert refused.value.position == position
    assert says in refused.value.message
    assert 0 <= position <= len(text)


@pytest.mark.parametrize("text, position, first, second", TWO_READINGS)
def test_neither_of_two_readings_is_guessed(text, position, first, second):
    with pytest.raises(FormulaError) as refused:
        compile_formula(text)
    assert refused.value.kind == "two_readings"
    assert refused.value.position == position
    assert refused.value.values == {"first": first, "second": second}
    if "..." not in first:
        assert parse(first) != parse(second)


# What simpleeval, asteval, numexpr, SymPy and mathjs were escaped by, and their kin.
ESCAPES = [
    "__import__('os').system('id')",
    "().__class__.__bases__[0].__subclasses__()",
    "x.__class__",
    "(x).real",
    "x.numerator",
    "sin.__globals__",
    "f'{x}'",
    "'a'*1000000",
    '"x"',
    "`id`",
    "[i for i in (1,2)]",
    "{1: 2}",
    "lambda: 1",
    "(lambda x: x)(y)",
    "x if y else 1",
    "x := 3",
    "x; y",
    "x\ny",
    "x\ty",
    "x\u2028y",
    "sin\u200b\n.__globals__",
    "x\u00ady",
    "x\u202ey",
    "x\x00",
    "eval(x)",
    "exec(x)",
    "open(x)",
    "print(x)",
    "getattr(x, y)",
    "globals()",
    "sqrt(x=1)",
    "max(*x)",
    "max(**x)",
    "9**9**9**9",
    "x**9**9",
    "x << 100",
    "1 if 1 else 1",
    "x @ y",
    "x // y",
    "x % y",
    "~x",
    "x & y",
    "x | y",
    "1j",
    "0x10",
    "0b1",
    "1_000",
    "None",
    "True",
    "np.sin(x)",
    "import os",
    "x#y",
    "\\x41",
    "ｅval(x)",
    "𝐱",
    "x\ud800",
    "cos.constructor('return process')()",
    "evaluate(x)",
    "x[0]",
    "x['constructor']",
    "a^2",
    "__builtins__",
    "_",
    "x!",
    "$x",
    "x?y:1",
]


@pytest.mark.parametrize("text", ESCAPES)
def test_escapes_have_no_meaning(text):
    with pytest.raises(FormulaError):
        compile_formula(text)


def test_python_never_sees_a_formula(monkeypatch):
    """Compiling and running a formula with Python's own doors shut."""

    def shut(*_):
        raise AssertionError("a formula reached Python")

    for door in ("eval", "exec", "compile"):
        monkeypatch.setattr(f"builtins.{door}", shut)
    tree, code = compile_formula("where(x>0, sin(x)^2, y)")
    assert to_latex(tree) and code.instructions


def test_rubbish_is_refused_and_never_crashes(programs):
    """30 000 strings of a formula's own characters: each is a formula or a FormulaError."""
    chance = random.Random(0)
    pieces = [*"xy0123456789.+-*/^()<>=!, ", "e", "pi", "**", "<=", "==", "and", "or", "not",
              "where(", "min(", "sin(", "1e5", "_", "é", "\x7f", *"²⁻¹√∛π·−|½₁=\u200b\n", "𝑥",
              "f(x,y)=", "sin²"]  # fmt: skip
    formulas = 0
    for _ in range(30_000):
        text = "".join(chance.choice(pieces) for _ in range(chance.randrange(12)))
        try:
            tree, code = compile_formula(text)
        except FormulaError as error:
            assert 0 <= error.position <= len(text)
            assert error.length >= 1
            assert error.message
        else:
            formulas += 1
            assert code.instructions
            assert convert(to_latex(tree)).startswith("<math")
    assert formulas > 500
