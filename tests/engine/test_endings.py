"""Why a path ends early: a lost derivative or a missing step is not divergence."""

import numpy as np
import pytest

from server.engine.gradient_changes import GradientChanges
from server.errors import InputError
from server.optimizers.adam import Adam
from server.optimizers.nesterov import Nesterov
from server.optimizers.newton import Newton
from server.optimizers.prodigy import Prodigy
from server.optimizers.sgd import Sgd
from surfaces.shapes import Bowl
from tests.engine.outcomes import walk


def test_a_path_that_lands_where_only_the_derivative_is_missing_stands_there(programs):
    """√(x²+y²) from (1, 0) with α = 1: x₁ = 0, f = 0, and the slope is of no direction."""
    path = walk(programs, "sqrt(x^2+y^2)", Sgd(learning_rate=1.0), (1.0, 0.0), 20)
    assert path.points.tolist() == [[1.0, 0.0], [0.0, 0.0]]
    assert path.loss.tolist() == [1.0, 0.0]
    assert np.isnan(path.gradient_norm[-1]) and path.gradient_norm[0] == 1.0
    assert (path.status, path.diverged_at, path.converged_at) == ("running", None, None)
    assert (path.outcome.id, path.outcome.at) == ("no_derivative", 1)
    assert [change.id for change in path.outcomes] == ["descending", "no_derivative"]
    assert len(path.learning_rate) == 1


def test_a_derivative_missing_where_the_rule_looks_ahead(programs):
    """√x with Nesterov: v₁ = −0.25 leads to x = 0.25, and 0.25 + βv₁ = 0 at β = 1 is the edge."""
    # x₀ = 0.49, g₀ = 1/1.4: x₁ = 0.49 − α/1.4; the look ahead is x₁ + βv₁ with v₁ = −α/1.4.
    rate = 1.4 * 0.49 / (1 + 0.5)
    path = walk(programs, "sqrt(x)", Nesterov(learning_rate=rate, momentum=0.5), (0.49, 0.0), 20)
    assert path.loss[-1] == pytest.approx((0.49 - rate / 1.4) ** 0.5)
    # Rounding decides whether the place is 0 or a hair below, where f itself is not finite.
    assert path.outcome.id in ("no_derivative", "not_finite")
    assert len(path.points) == 2


def test_a_start_without_derivative_is_refused_for_that(programs):
    with pytest.raises(InputError) as refused:
        walk(programs, "sqrt(x^2+y^2)", Sgd(), (0.0, 0.0), 5)
    assert refused.value.kind == "start_no_derivative"
    assert "finite, 0" in refused.value.message
    with pytest.raises(InputError) as refused:
        walk(programs, "log(x^2+y^2)", Sgd(), (0.0, 0.0), 5)
    assert refused.value.kind == "start_not_finite"


@pytest.mark.parametrize("optimizer", [Prodigy(), Adam(learning_rate=0.1, epsilon=0.0)])
def test_a_rule_that_divides_0_by_0_has_no_step(programs, optimizer):
    """At the minimum itself g = 0, and v/√G is 0/0 without ε; so is Prodigy's r/‖s‖."""
    path = walk(programs, Bowl(), optimizer, (0.0, 0.0), 20)
    assert len(path.points) == 1
    assert (path.status, path.diverged_at) == ("converged", None)
    assert (path.outcome.id, path.outcome.at) == ("no_step", 1)
    assert "0/0" in path.outcome.text.en and "lowest known" in path.outcome.text.en


def test_newton_has_no_step_where_the_hessian_is_singular(programs):
    """f = x² has the Hessian diag(2, 0)."""
    path = walk(programs, "x^2", Newton(), (1.0, 1.0), 20)
    assert path.points.tolist() == [[1.0, 1.0]]
    assert (path.status, path.outcome.id) == ("running", "no_step")
    assert [path.outcome.numbers[name] for name in ("smaller", "larger")] == [0.0, 2.0]
    assert "singular" in path.outcome.text.en
    damped = walk(programs, "x^2", Newton(damping=1.0), (1.0, 1.0), 200)
    # x ← x − 2x/(2 + 1)
    assert damped.points[1].tolist() == pytest.approx([1 / 3, 1.0])
    assert damped.outcome.id != "no_step"


def test_leaving_the_finite_range_is_divergence_and_says_how(programs):
    """With α = 4 the bowl's f overflows first; Adam's G overflows while x and f are finite."""
    far = walk(programs, Bowl(), Sgd(learning_rate=4.0), (0.0, 1.0), 500)
    assert (far.status, far.outcome.id) == ("diverged", "not_finite")
    assert far.outcome.at == far.diverged_at == len(far.points)
    assert far.outcomes[-2].id == "growing"
    memory = walk(programs, Bowl(), Adam(learning_rate=0.1), (0.0, 1.5e153), 20)
    assert (memory.status, memory.outcome.id) == ("diverged", "not_finite")
    assert "memory" in memory.outcome.text.en


def test_a_step_to_where_f_is_not_defined_is_divergence(programs):
    """log x from 0.5 with α = 1 goes to 0.5 − 1/0.5 = −1.5."""
    path = walk(programs, "log(x)+y^2", Sgd(learning_rate=1.0), (0.5, 1.0), 20)
    assert (path.status, path.outcome.id, path.diverged_at) == ("diverged", "not_finite", 1)
    assert path.outcome.numbers["x"] == pytest.approx(-1.5)
    assert path.outcome.numbers["y"] == pytest.approx(-1.0)


def test_an_infinite_slope_far_out_is_divergence(programs):
    """exp(exp x) at x = 6.56: f is 1e306, its slope 1e306·e^6.56 is not finite."""
    path = walk(programs, "exp(exp(x))", Sgd(learning_rate=-0.0 + 1e-6), (1.0, 0.0), 5)
    assert path.outcome.id != "not_finite"
    leaving = walk(programs, "-exp(exp(x))", Sgd(learning_rate=0.135), (1.0, 0.0), 50)
    assert (leaving.status, leaving.outcome.id) == ("diverged", "not_finite")


def test_a_penalty_keeps_a_kink_of_its_own(programs):
    """|x| of an L1 penalty has no second derivative at 0, though its slope there is taken as 0."""
    path = walk(
        programs, "x^2+y^2", Sgd(learning_rate=0.1), (0.0, 0.0), 5, changes=GradientChanges(l1=0.5)
    )
    assert path.outcome.id == "local_minimum"
    assert path.outcome.numbers["smaller"] is None
