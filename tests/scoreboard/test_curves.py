"""Profiles, ECDFs and scores, by hand, by their properties, and by SciPy."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.integrate import trapezoid
from scipy.stats import ecdf

from server.scoreboard.curves import area, cumulated, ratios, score
from server.scoreboard.targets import costs, spent

NEVER = np.inf
COSTS = np.array(
    # Four problems, three solvers; nobody solves the last.
    [[10.0, 20.0, NEVER], [30.0, 30.0, 15.0], [40.0, NEVER, 20.0], [NEVER, NEVER, NEVER]]
)


def test_ratios_are_to_the_cheapest_of_each_problem():
    expected = [[1, 2, NEVER], [2, 2, 1], [2, NEVER, 1], [NEVER, NEVER, NEVER]]
    assert ratios(COSTS).tolist() == expected


def test_a_profile_begins_with_the_wins_and_ends_with_what_is_solved():
    """Dolan and Moré (2002): ρ(1) is the share of wins, ρ(∞) that of solved problems."""
    ratio = ratios(COSTS)
    first, second, third = (cumulated(ratio[:, s]) for s in range(3))
    assert (first.at.tolist(), first.share.tolist()) == ([1, 2], [0.25, 0.75])
    assert (second.at.tolist(), second.share.tolist()) == ([2], [0.5])
    assert (third.at.tolist(), third.share.tolist()) == ([1], [0.5])


def test_the_score_is_the_area_up_to_four_by_hand():
    """Of the first: (3 + 2 + 2 + 0) / 4 / 3; of the second (2 + 2) / 4 / 3; the third (3 + 3)."""
    np.testing.assert_allclose(score(ratios(COSTS)), [7 / 12, 4 / 12, 6 / 12])


COST = st.one_of(st.just(NEVER), st.integers(1, 500).map(float))


@given(arrays(np.float64, st.tuples(st.integers(1, 12), st.integers(1, 4)), elements=COST))
def test_the_score_is_the_integral_of_the_profile(cost):
    """By the trapezoidal rule on a grid that holds both sides of every step."""
    ratio = ratios(cost)
    scores = score(ratio)
    for s in range(cost.shape[1]):
        at, share = cumulated(ratio[:, s])
        tau = np.sort(np.concatenate([[1.0, 4.0], at, np.nextafter(at, 0)]))
        tau = tau[(tau >= 1) & (tau <= 4)]
        rho = np.concatenate([[0.0], share])[np.searchsorted(at, tau, side="right")]
        np.testing.assert_allclose(scores[s], trapezoid(rho, tau) / 3, atol=1e-12)


@given(arrays(np.float64, st.tuples(st.integers(1, 12), st.integers(2, 4)), elements=COST))
def test_a_costs_unit_changes_no_profile_and_somebody_wins_what_is_solved(cost):
    ratio = ratios(cost)
    np.testing.assert_allclose(ratios(1000 * cost), ratio)
    solved = np.isfinite(cost).any(axis=1)
    assert (ratio.min(axis=1) == np.where(solved, 1, NEVER)).all()


@given(arrays(np.float64, st.integers(1, 60), elements=COST))
def test_an_ecdf_is_scipys(cost):
    """SciPy's of what was solved, times the share of that; beyond the budget nothing is known."""
    solved = cost[np.isfinite(cost)]
    found = cumulated(cost)
    if len(solved) == 0:
        assert len(found.at) == 0
        return
    expected = ecdf(solved).cdf
    np.testing.assert_array_equal(found.at, expected.quantiles)
    share = expected.probabilities * len(solved) / len(cost)
    np.testing.assert_allclose(found.share, share, rtol=1e-12)


def test_the_area_of_an_ecdf_is_that_over_the_logarithm_by_hand():
    """With a budget of 1000 costs of 1, 10 and 1000 leave 1, 2/3 and nothing; one is unsolved."""
    np.testing.assert_allclose(area(np.array([1, 10, 1000, NEVER]), 1000), (1 + 2 / 3) / 4)


def test_a_target_costs_what_was_spent_when_it_was_first_reached():
    """Gradient descent on x²/2 with rate 1/2 halves x: the gap falls by four a step."""
    gap = 8.0 * 0.25 ** np.arange(6)
    asked = np.array([1, 1, 3, 3, 3])
    at = spent(asked)
    assert at.tolist() == [1, 1, 2, 5, 8, 11]
    counted = np.array([True, True, False, True, True, True])
    # Within 2 after a step; within 1/2 after two, but that point does not count; within 1/100
    # after five, which is one more than may be asked for.
    found = costs(gap, counted, at, np.array([8.0, 2.0, 0.5, 0.01]), 10)
    assert found.tolist() == [1, 1, 5, NEVER]


def test_what_was_reached_once_stays_reached():
    gap = np.array([4.0, 1.0, 9.0, 9.0])
    every = np.ones(4, bool)
    assert costs(gap, every, spent(np.ones(3, int)), np.array([1.0]), 3).tolist() == [1]
