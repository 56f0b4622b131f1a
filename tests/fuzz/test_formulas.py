"""Formulas: what is one is worth what it says; what is none is refused at a place in the text."""

import json
import os
import time
from random import Random

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from server.engine.evaluation import loss_and_gradient
from surfaces.formula import Formula
from surfaces.formulas.latex import to_latex
from surfaces.formulas.lowering import INSTRUCTIONS, compile_formula
from surfaces.formulas.mistakes import FormulaError
from surfaces.formulas.parsing import parse
from tests.fuzz.formulas import TREES, Tree, Undecided, gone_wrong, worth, written

MUTATED = int(os.environ.get("STEEPEST_FUZZ_FORMULAS", "10000"))
"""A million by ``make fuzz``."""
AT = (0.7, -0.4), (-1.25, 2.0), (0.0, 0.5)
SEEDS = (
    "(1-x)^2 + 100*(y-x^2)^2", "20 + x² + y² − 10(cos(2πx) + cos(2πy))", "where(x<y, x, sin(y)^2)",
    "-20exp(-0.2√(0.5(x²+y²)))-exp(0.5(cos(2πx)+cos(2πy)))+e+20", "|x|+|y|",
    "f(x₁,x₂) = x₁² + ½x₂²",
    "min(x, y, 3) + max(x^2, clip(y, -1, 1))", "sin²(x)cos(y)/(1+e^-x)",
    "not x > 0 and y != 1 or x",
    "(((((((x)))))))", "2^3^2*x", "log_10(x)", "J(w, b) = (w-1)^2 + b^4", "1e-3x + .5y", "∛(x³+1)",
)  # fmt: skip


@settings(
    max_examples=250, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow,
                           HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(TREES, st.randoms(use_true_random=False))
def test_a_formula_is_worth_what_python_says(programs, tree, random):
    text = written(tree, random.choice)
    assume(len(text) <= 400)
    expected = []
    for at in AT:
        try:
            expected.append((at, *worth(tree, *at)))
        except Undecided:
            continue
    assume(expected)
    points = np.array([at for at, _, _ in expected])
    try:
        ready = Formula(text).ready()
    except FormulaError as error:
        # Documented limits; everything else that the grammar makes is a formula.
        assert error.kind in ("exponent", "too_many_nodes", "too_deep"), text
        assume(False)
    values, _ = loss_and_gradient(programs, ready, points, "float64")
    for got, (at, value, slack) in zip(values, expected, strict=True):
        assert abs(got - value) <= 4 * slack + 1e-12 * abs(value) + 1e-290, (text, at, got, value)


def test_the_evaluator_itself_is_right():
    tree = Tree("-", (Tree("^", (Tree("x"), Tree("2"))), Tree("negate", (Tree("y"),))))
    assert written(tree) == "x^2--y"
    assert worth(tree, 3.0, 4.0)[0] == 13.0


def harmless(text):
    """A tree within its limits, or a refusal that says where; whatever else is raised fails."""
    try:
        tree, code = compile_formula(text)
    except FormulaError as error:
        assert 0 <= error.position <= len(text), text
        assert error.length >= 1 and error.position + error.length <= len(text) + 1, text
        assert error.kind and error.message and len(error.message) < 1000
        told = {**error.values, "msg": error.message}
        json.dumps(told, ensure_ascii=False).encode("utf-8", "backslashreplace")
        return False
    assert 1 <= len(code.instructions) <= INSTRUCTIONS
    latex = to_latex(tree)
    assert latex.isprintable() and latex.count("{") == latex.count("}")
    return True


def test_no_formula_gone_wrong_does_more_than_be_refused():
    random = Random(20260727)
    begun = time.monotonic()
    accepted, slowest, worst = 0, 0.0, ""
    for i in range(MUTATED):
        text = gone_wrong(SEEDS[i % len(SEEDS)], random)
        before = time.process_time()
        accepted += harmless(text)
        taken = time.process_time() - before
        if taken > slowest:
            slowest, worst = taken, text
    # Of a kind that never ends: the slowest of a million took 10 ms.
    assert slowest < 5, worst
    assert 0 < accepted < MUTATED
    seconds = time.monotonic() - begun
    print(f"{MUTATED} mutated formulas in {seconds:.0f} s: {accepted} are formulas, "
          f"the slowest took {1000 * slowest:.1f} ms: {worst!a}")  # fmt: skip


@settings(max_examples=500, deadline=None, derandomize=True)
@given(st.text(max_size=520))
def test_no_text_at_all_does_more_than_be_refused(text):
    harmless(text)


def test_what_is_accepted_runs_and_has_a_value(programs):
    """Accidents that are formulas still: the interpreter takes whatever the parser lets through."""
    random, run = Random(7), 0
    for i in range(3000):
        text = gone_wrong(SEEDS[i % len(SEEDS)], random)
        try:
            ready = Formula(text).ready()
        except FormulaError:
            continue
        values, slopes = loss_and_gradient(programs, ready, np.array(AT), "float64")
        assert values.shape == (3,) and slopes.shape == (3, 2)
        run += 1
    assert run > 100


def test_depth_and_size_end_at_their_limits():
    for text in ("(" * 250 + "x" + ")" * 250, "-" * 499 + "x", "√" * 499 + "x", "x" + "^x" * 249,
                 "|" * 500, "not " * 124 + "x", "sin(" * 120 + "x" + ")" * 120,
                 "x<" * 249 + "x", "min(" + "x," * 240 + "x)", "½" * 500, "²" * 500, "x²" * 250,
                 "9" * 500, "x^" + "9" * 498, "sin" + "⁹" * 497, "1e" + "9" * 498):  # fmt: skip
        try:
            parse(text)
        except FormulaError as error:
            assert 0 <= error.position <= len(text)
