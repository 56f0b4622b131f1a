"""Counts and numbers in sentences: what is right in Russian, by its grammar."""

import pytest

from server.engine.outcomes.writing import LAST_STEPS, STEPS, digits_apart, times


@pytest.mark.parametrize(
    ("n", "english", "russian"),
    [(1, "1 step", "1 шаг"), (2, "2 steps", "2 шага"), (5, "5 steps", "5 шагов"),
     (11, "11 steps", "11 шагов"), (14, "14 steps", "14 шагов"), (21, "21 steps", "21 шаг"),
     (22, "22 steps", "22 шага"), (111, "111 steps", "111 шагов"), (0, "0 steps", "0 шагов")],
)  # fmt: skip
def test_a_noun_goes_with_its_number(n, english, russian):
    assert (STEPS.of(n).en, STEPS.of(n).ru) == (english, russian)


def test_the_last_steps():
    said = [LAST_STEPS.of(n).ru for n in (1, 3, 21, 31, 25)]
    assert said == [
        "последний шаг", "последние 3 шага", "последний 21 шаг", "последний 31 шаг",
        "последние 25 шагов",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "russian"),
    [(10.1, "10,1 раза"), (430.0, "430 раз"), (2.0, "2 раза"), (3e7, "3×10⁷ раз")],
)
def test_a_fraction_takes_the_genitive(value, russian):
    assert times(value).ru == russian


def test_digits_that_tell_two_numbers_apart():
    assert digits_apart(0.641, 0.6412) == 4
    assert digits_apart(0.641, 0.641) == 17
