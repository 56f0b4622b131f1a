"""Runs compared on surfaces whose answers are known beforehand."""

from dataclasses import replace

import numpy as np
import pytest

from server.engine.runs import Run
from server.engine.trajectories import trajectories
from server.engine.views import view
from server.errors import InputError
from server.optimizers.adam import Adam
from server.optimizers.exact_line_search import ExactLineSearch
from server.optimizers.gradient_flow import GradientFlow
from server.optimizers.lbfgs import Lbfgs
from server.optimizers.newton import Newton
from server.optimizers.rmsprop import RMSProp
from server.optimizers.sgd import Sgd
from server.scoreboard import tuning
from server.scoreboard.board import cells, choice, standings
from server.scoreboard.comparison import Terms, compared
from server.scoreboard.lowest import lowest_found
from surfaces.formula import Formula
from surfaces.shapes import Bowl, Saddle
from surfaces.valleys import Beale, GoldsteinPrice, McCormick, Rosenbrock

TERMS = Terms(budget=120, target=1e-4, tuned="no", seed=0)
STARTS = np.array([[2.0, 1.0], [-3.0, 0.5]])
ROUND = Bowl(condition_number=1.0)
"""(x² + y²)/2: a step of gradient descent at rate α shrinks the gap by (1 − α)²."""


def runs(*optimizers, budget=TERMS.budget):
    return [Run(one, np.ones(budget)) for one in optimizers]


def on(programs, surface, some, terms=TERMS, starts=STARTS):
    return compared(programs, surface, view(programs, surface), some, starts, terms)


def test_gradient_descent_on_a_round_bowl_takes_the_steps_that_theory_says(programs):
    """(1 − α)²ᵏ ≤ 10⁻⁴ from k = ln 10⁻⁴ / 2 ln(1 − α) on: 44 steps at α = 0.1, 7 at 0.5."""
    found = on(programs, ROUND, runs(Sgd(0.1), Sgd(0.5)))
    assert found.known
    assert found.to_target.tolist() == [[44, 44], [7, 7]]
    first, second = standings([found], TERMS)
    assert (second.score, second.solved) == (1, 1)
    np.testing.assert_allclose(second.profile.at, [1])
    np.testing.assert_allclose(first.profile.at, [44 / 7])
    assert first.score == 0


def test_newtons_method_pays_for_its_hessian(programs):
    """One step ends a quadratic, at three gradients: so do not three steps at the best rate."""
    found = on(programs, Bowl(condition_number=10.0), runs(Newton(1.0)))
    assert found.to_target.tolist() == [[3, 3]]


def test_lbfgs_pays_for_every_place_that_its_search_tries(programs):
    """Optax's own count of evaluations, in one run without the engine, from the same start."""
    import jax
    import jax.numpy as jnp
    import optax

    def loss(x):
        return (1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2

    steps = 12
    rule = optax.lbfgs(1.0, memory_size=10)
    x, tried = jnp.array([-1.5, 1.5]), []
    state = rule.init(x)
    both = jax.jit(jax.value_and_grad(loss))
    for _ in range(steps):
        value, gradient = both(x)
        moved, state = rule.update(gradient, state, x, value=value, grad=gradient, value_fn=loss)
        x = x + moved
        tried.append(int(optax.tree_utils.tree_get(state, "num_linesearch_steps")))
    (path,) = trajectories(
        programs, Rosenbrock(), runs(Lbfgs(1.0), budget=steps), np.array([[-1.5, 1.5]]),
        tolerance=1e-3,
    )[0]  # fmt: skip
    assert path.evaluations.tolist() == tried
    assert max(tried) > 1


def test_an_exact_line_search_pays_for_all_it_tries(programs):
    """On a quadratic: one gradient, two for the Hessian, 60 halvings, and what doubling takes.

    It begins at three quarters of the answer, where the loss still falls, and doubles that once:
    there it rises, so the second try is the last.
    """
    (path,) = trajectories(
        programs, Bowl(condition_number=10.0), runs(ExactLineSearch(1.0), budget=3), STARTS[:1],
        tolerance=1e-3,
    )[0]  # fmt: skip
    assert path.evaluations.tolist() == [1 + 2 + 60 + 2] * 3


def test_who_asks_for_more_goes_less_far(programs):
    """40 steps of Newton's method at 3 each are the budget of 120: the last of them count not."""
    slow = replace(TERMS, target=1e-3)
    found = on(programs, ROUND, runs(Newton(0.06), Newton(0.08)), slow)
    # (1 − α)²ᵏ ≤ 10⁻³: from k = 55.8 on, which is 168 gradients, and from 41.4, which is 126.
    assert not np.isfinite(found.to_target).any()
    faster = on(programs, ROUND, runs(Newton(0.09)), slow)
    assert faster.to_target.tolist() == [[3 * 37] * 2]


def test_what_runs_away_below_the_minimum_has_not_solved_anything(programs):
    """McCormick's function has the same minima again and again along x = y, each π lower.

    From this corner of the domain gradient descent ends in the next one, outside.
    """
    surface, corner = McCormick(), np.array([[-2.4, -2.9]])
    (path,) = trajectories(programs, surface, runs(Sgd(0.05)), corner, tolerance=1e-3)[0]
    lowest = min(one.loss for one in surface.minima())
    assert path.loss[-1] - lowest == pytest.approx(-np.pi)
    found = on(programs, surface, runs(Sgd(0.05)), starts=corner)
    assert not np.isfinite(found.to_target).any()


def test_where_no_minimum_is_known_the_lowest_that_is_found_stands_for_it(programs):
    """The minimum of x⁴ + y⁴ − x is by hand at x = 4^(-1/3), y = 0; no run comes near it."""
    surface = Formula("x^4 + y^4 - x", ((-2.0, 2.0), (-2.0, 2.0)))
    found = on(programs, surface, runs(Sgd(1e-5)), starts=np.array([[1.0, 0.5]]))
    x = 4 ** (-1 / 3)
    assert not found.known
    assert found.zero == pytest.approx(x**4 - x, abs=1e-12)
    assert not np.isfinite(found.to_target).any()


def test_a_lowest_loss_is_looked_for_inside_the_domain_and_round_what_is_not_finite(programs):
    """x + ln y falls for ever to the left and below: to the corner it is cut off at."""
    domain = ((-1.0, 2.0), (0.5, 3.0))
    assert lowest_found(programs, Formula("x + ln(y)", domain), domain) == pytest.approx(
        -1 + np.log(0.5)
    )
    surface = Formula("(x-0.7)^2 + (y-ln(2))^2 + 0*ln(x)", ((-4.0, 4.0), (-3.0, 3.0)))
    assert lowest_found(programs, surface, surface.domain) == pytest.approx(0, abs=1e-12)


def test_a_surface_without_a_minimum_and_a_flow_are_refused(programs):
    with pytest.raises(InputError, match="no minimum"):
        on(programs, Saddle(), runs(Sgd(0.1)))
    with pytest.raises(InputError, match="takes no steps"):
        on(programs, ROUND, runs(GradientFlow(0.1)))


def test_tuning_finds_the_rate_that_theory_says(programs):
    """On a round bowl α = 1 ends it in one step; the rates that are tried come close to that."""
    terms = replace(TERMS, tuned="both")
    found = on(programs, ROUND, runs(Sgd(0.1)), terms)
    given, best = found.runs
    assert given.optimizer.learning_rate == 0.1
    assert best.optimizer.learning_rate == pytest.approx(1.0, rel=0.06)
    told = choice([found], terms)
    assert told is not None
    assert told.best_at_defaults == told.at_defaults[0] < told.tuned[0]


@pytest.mark.parametrize("surface", [Bowl(), Beale(), GoldsteinPrice()])
def test_nothing_is_worse_tuned_than_as_it_was_given(programs, surface):
    """The given rate is one of those tried, on the same starts, by what runs are compared by."""
    terms = replace(TERMS, tuned="both")
    some = runs(Sgd(1e-3), RMSProp(0.01), Adam(0.05), Newton(1.0))
    board = cells(on(programs, surface, some, terms, starts=tuning.STARTS), terms)
    for given, best in zip(board[:4], board[4:], strict=True):
        assert best.area >= given.area


def test_starts_are_the_same_for_the_same_seed_and_all_over_the_domain(programs):
    some = runs(Sgd(0.1))
    few, many = (on(programs, Bowl(), some, starts=count).starts for count in (3, 40))
    assert (many[:3] == few).all()
    (x_min, x_max), (y_min, y_max) = Bowl.domain
    x, y = many.T
    for along, low, high in ((x, x_min, x_max), (y, y_min, y_max)):
        assert low <= along.min() < low + 0.2 * (high - low)
        assert high - 0.2 * (high - low) < along.max() <= high
    other = on(programs, Bowl(), some, replace(TERMS, seed=1), starts=3).starts
    assert not (other == few).any()


def test_starts_are_looked_for_where_the_loss_is_finite(programs):
    surface = Formula("ln(x) + y^2", ((-1.0, 1.0), (-1.0, 1.0)))
    starts = on(programs, surface, runs(Sgd(0.01)), starts=6).starts
    assert starts.shape == (6, 2)
    assert (starts[:, 0] > 0).all()


def test_a_cells_median_is_of_all_starts_the_unsolved_ones_included(programs):
    found = on(programs, ROUND, runs(Sgd(0.1)))
    halves = replace(found, to_target=np.array([[44.0, np.inf]]))
    thirds = replace(found, to_target=np.array([[44.0, np.inf, np.inf]]))
    assert cells(halves, TERMS)[0].median == 44
    assert cells(thirds, TERMS)[0].median == np.inf
    assert cells(halves, TERMS)[0].solved == 0.5
