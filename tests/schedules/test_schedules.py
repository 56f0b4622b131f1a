"""Schedules against Optax, PyTorch's schedulers, and closed forms."""

from dataclasses import replace

import numpy as np
import optax
import pytest
from pydantic import TypeAdapter

from server.api.catalog_entries import parameters_schema
from server.engine.runs import Run
from server.engine.trajectories import trajectories
from server.optimizers.sgd import Sgd
from server.schedules.catalog import SCHEDULES
from server.schedules.cyclic import OneCycle, WarmRestarts
from server.schedules.decaying import Constant, Cosine, Exponential, InverseTime, Linear, Step
from surfaces.shapes import Bowl
from tests.schedules.frameworks import OPTAX, optax_factors

N = 137
K = np.arange(N)

each_schedule = pytest.mark.parametrize("schedule", SCHEDULES, ids=lambda one: one.id)


CASES = [
    Constant(),
    Step(every=20, factor=0.6),
    Step(every=7, factor=0.01),
    Exponential(every=20, factor=0.6),
    Exponential(every=1, factor=0.97),
    Linear(end=0.1),
    Cosine(end=0.1),
    OneCycle(rise=0.4, division=10.0, final_division=50.0),
    OneCycle(rise=0.01, division=7.3, final_division=1.0),
    WarmRestarts(every=40, growth=2, end=0.2),
    WarmRestarts(every=1, growth=3),
    WarmRestarts(every=50, growth=1, end=0.5),
]


@pytest.mark.parametrize("steps", [1, 12, N, 10_000])
@pytest.mark.parametrize("warmup_steps", [0, 1, 30])
@pytest.mark.parametrize("schedule", CASES, ids=repr)
def test_optax(schedule, warmup_steps, steps):
    """To 12 digits; to the last bit where no power is taken and 1/d of d is 1."""
    ours = replace(schedule, warmup_steps=warmup_steps)
    theirs = optax_factors(ours, steps)
    # XLA writes 0 for what float64 holds with less than its full precision.
    assert ours.factors(steps) == pytest.approx(theirs, rel=1e-12, abs=3e-308)
    if isinstance(ours, Constant | Linear | Cosine | WarmRestarts):
        assert ours.factors(steps).tobytes() == theirs.tobytes()


def test_warm_up_and_restarts_as_one_function_of_optax():
    warmed = optax.warmup_cosine_decay_schedule(0.0, 1.0, 30, N, end_value=0.1)
    restarts = optax.sgdr_schedule(
        [
            {"init_value": 1.0, "peak_value": 1.0, "warmup_steps": 0, "decay_steps": n,
             "end_value": 0.2}
            for n in (40, 80, 160)
        ]
    )  # fmt: skip
    for ours, theirs in (
        (Cosine(end=0.1, warmup_steps=30), warmed),
        (WarmRestarts(every=40, growth=2, end=0.2), restarts),
    ):
        assert ours.factors(N) == pytest.approx([float(theirs(k)) for k in range(N)], rel=1e-6)


@each_schedule
def test_parity_is_claimed_where_optax_has_the_schedule(schedule):
    assert (schedule.parity is not None) == (schedule.id in OPTAX)


def test_a_step_is_never_late():
    """49 times 1/49 is less than 1 in float64; 49/49 is not."""
    for every in range(1, 200):
        assert (Step(every=every, factor=0.5).factors(3 * every)[::every] == [1, 0.5, 0.25]).all()


def test_closed_forms():
    assert (Constant().factors(N) == 1).all()
    assert InverseTime(decay=0.3).factors(N) == pytest.approx(1 / (1 + 0.3 * K), rel=1e-12)
    assert Step(every=10, factor=0.5).factors(N) == pytest.approx(0.5 ** (K // 10), rel=1e-12)
    assert Exponential(every=10, factor=0.5).factors(N) == pytest.approx(0.5 ** (K / 10), rel=1e-12)
    assert Linear(end=0.2).factors(N) == pytest.approx(1 - 0.8 * K / N, rel=1e-12)
    cosine = 0.2 + 0.8 * (1 + np.cos(np.pi * K / N)) / 2
    assert Cosine(end=0.2).factors(N) == pytest.approx(cosine, rel=1e-12)


def pytorchs(make, steps=N):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: make torch")
    x = torch.zeros(1, requires_grad=True)
    rule = torch.optim.SGD([x], lr=1.0)
    scheduler = make(torch.optim.lr_scheduler, rule)
    rates = []
    for _ in range(steps):
        rates.append(rule.param_groups[0]["lr"])
        rule.step()
        if len(rates) < steps:
            scheduler.step()
    return np.array(rates)


PYTORCH = [
    (Step(every=10, factor=0.5), lambda of, rule: of.StepLR(rule, 10, 0.5)),
    (Exponential(every=1, factor=0.97), lambda of, rule: of.ExponentialLR(rule, 0.97)),
    (Linear(end=0.2), lambda of, rule: of.LinearLR(rule, 1.0, 0.2, total_iters=N)),
    (Cosine(end=0.2), lambda of, rule: of.CosineAnnealingLR(rule, N, eta_min=0.2)),
    (
        WarmRestarts(every=13, growth=2, end=0.1),
        lambda of, rule: of.CosineAnnealingWarmRestarts(rule, 13, 2, eta_min=0.1),
    ),
    (
        WarmRestarts(every=10, growth=1),
        lambda of, rule: of.CosineAnnealingWarmRestarts(rule, 10),
    ),
]


@pytest.mark.parametrize("ours, make", PYTORCH)
def test_pytorch(ours, make):
    """To seven digits: PyTorch multiplies from step to step, Optax raises to a power."""
    assert ours.factors(N) == pytest.approx(pytorchs(make), rel=1e-7, abs=1e-9)


@pytest.mark.parametrize("rise", [0.01, 0.3, 0.6, 0.99])
@pytest.mark.parametrize("steps", [2, 3, 5, 12, N])
def test_one_cycle_of_pytorch(rise, steps):
    """Few steps too, where the rise is shorter than one of them."""

    def make(of, rule):
        return of.OneCycleLR(
            rule, 1.0, total_steps=steps, pct_start=rise, div_factor=10.0, final_div_factor=50.0,
            cycle_momentum=False,
        )  # fmt: skip

    ours = OneCycle(rise=rise, division=10.0, final_division=50.0, form="pytorch")
    assert ours.factors(steps) == pytest.approx(pytorchs(make, steps), rel=1e-12)


def test_one_cycle_of_pytorch_that_begins_at_its_peak():
    """Where PyTorch itself divides 0 by 0: p n = 1, so that the peak is the first step."""
    one = OneCycle(rise=0.5, division=10.0, final_division=50.0, form="pytorch")
    assert one.factors(2) == pytest.approx([1, 1 / 500])
    assert one.factors(1) == pytest.approx([1 / 500])


@pytest.mark.parametrize(("form", "peak"), [("optax", 3), ("pytorch", 2)])
def test_one_cycle_has_its_peak_where_its_form_says(form, peak):
    factors = OneCycle(rise=0.3, form=form).factors(10)
    assert factors.argmax() == peak and factors[peak] == pytest.approx(1)


@each_schedule
def test_warm_up_rises_in_a_straight_line_and_then_the_schedule_begins(schedule):
    plain, warmed = schedule().factors(N - 20), schedule(warmup_steps=20).factors(N)
    assert warmed[:20] == pytest.approx(np.arange(20) / 20, abs=1e-12)
    assert warmed[20:] == pytest.approx(plain, rel=1e-12)
    assert schedule(warmup_steps=500).factors(N) == pytest.approx(K / 500, abs=1e-12)


@each_schedule
def test_schema_and_extremes(schedule):
    adapter = TypeAdapter(schedule)
    assert adapter.validate_python({}) == schedule()
    for name, described in parameters_schema(schedule)["properties"].items():
        for end in ("minimum", "maximum"):
            if end in described:
                extreme = schedule(**{name: described[end]}).factors(50)
                assert len(extreme) == 50
                assert np.isfinite(extreme).all() and (extreme >= 0).all() and extreme.max() <= 1


@each_schedule
@pytest.mark.parametrize("steps", [1, 2, 10_000])
def test_any_number_of_steps(schedule, steps):
    factors = schedule().factors(steps)
    assert factors.shape == (steps,)
    assert np.isfinite(factors).all()


def test_each_step_uses_its_own_factor(programs):
    """x_{k+1} = (1 − α s_k) x_k on x²/2: one step early or late shows in every point."""
    factors = Step(every=3, factor=0.5).factors(12)
    run = Run(Sgd(learning_rate=0.4), factors)
    [[path]] = trajectories(programs, Bowl(), [run], np.array([[1.0, 0.0]]), tolerance=1e-3)
    by_hand = np.cumprod(1 - 0.4 * np.repeat([1, 0.5, 0.25, 0.125], 3))
    assert path.points[1:, 0] == pytest.approx(by_hand, rel=1e-12)
    assert path.learning_rate == pytest.approx(0.4 * np.repeat([1, 0.5, 0.25, 0.125], 3))
