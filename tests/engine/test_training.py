"""Noise, batches, clipping, penalties and decay: against PyTorch, statistics and hand work."""

import numpy as np
import pytest

from server.engine.gradient_changes import GradientChanges
from server.engine.runs import Run
from server.engine.trajectories import trajectories
from server.errors import InputError
from server.optimizers.adam import Adam
from server.optimizers.momentum import Momentum
from server.optimizers.newton import Newton
from server.optimizers.sgd import Sgd
from surfaces.data import LinearRegression
from surfaces.points import used
from surfaces.shapes import Bowl
from surfaces.valleys import Rosenbrock


def walk(programs, surface, run, start=(2.0, 1.0), **more):
    starts = np.array([start], np.float64)
    return trajectories(programs, surface, [run], starts, tolerance=1e-3, **more)[0][0]


def noise_of(path, rate, gradient):
    """What was added to the gradient of each step of gradient descent."""
    return -np.diff(path.points, axis=0) / rate - gradient(path.points[:-1])


def bowl_gradient(points):
    return points * np.array([1.0, 10.0])


def noisy(programs, deviation, seed=0, steps=10_000, start=(2.0, 1.0), rate=0.01):
    run = Run(Sgd(learning_rate=rate), np.ones(steps), gradient_noise=deviation)
    path = walk(programs, Bowl(), run, start, seed=seed)
    return noise_of(path, rate, bowl_gradient)


def test_noise_has_the_given_deviation_and_no_memory(programs):
    noise = noisy(programs, 0.3)
    assert noise.std(axis=0) == pytest.approx(0.3, rel=0.03)
    assert np.abs(noise.mean(axis=0)).max() < 4 * 0.3 / 100
    assert abs(np.corrcoef(noise.T)[0, 1]) < 0.04
    for axis in (0, 1):
        assert abs(np.corrcoef(noise[1:, axis], noise[:-1, axis])[0, 1]) < 0.04
    # Gaussian: 68.3 % within one deviation and 4.6 % outside two.
    assert (np.abs(noise) < 0.3).mean() == pytest.approx(0.683, abs=0.015)
    assert (np.abs(noise) > 0.6).mean() == pytest.approx(0.046, abs=0.01)


def test_noise_follows_from_its_seed_and_all_runs_share_it(programs):
    first = noisy(programs, 0.3, seed=1, steps=200)
    assert noisy(programs, 0.3, seed=1, steps=100) == pytest.approx(first[:100], abs=1e-9)
    assert noisy(programs, 0.6, seed=1, steps=200) == pytest.approx(2 * first, abs=1e-9)
    assert np.abs(noisy(programs, 0.3, seed=2, steps=200) - first).max() > 0.1
    runs = [Run(Sgd(learning_rate=rate), np.ones(50), gradient_noise=0.5) for rate in (0.01, 0.02)]
    both = trajectories(programs, Bowl(), runs, np.array([[2.0, 1.0], [1.0, 1.0]]), tolerance=1e-3)
    noises = [
        [noise_of(path, run.optimizer.learning_rate, bowl_gradient) for path in row]
        for run, row in zip(runs, both, strict=True)
    ]
    assert noises[0][0] == pytest.approx(noises[1][0], abs=1e-9)
    assert np.abs(noises[0][0] - noises[0][1]).max() > 0.1


def test_noise_bounces_in_a_floor_as_the_theory_says(programs):
    """Stationary variance of x ← (1−α)x − αn is ασ²/(2−α); twice the rate, twice the floor."""
    for rate in (0.05, 0.1):
        run = Run(Sgd(learning_rate=rate), np.ones(10_000), gradient_noise=1.0)
        bowl, starts = Bowl(condition_number=1.0), np.zeros((20, 2))
        [paths] = trajectories(programs, bowl, [run], starts, tolerance=1e-3)
        settled = np.concatenate([path.points[500:] for path in paths])
        assert settled.var() == pytest.approx(rate / (2 - rate), rel=0.04)


def test_an_epoch_of_batches_adds_up_to_the_full_gradient(programs):
    """So slow that the point hardly moves: drawn with replacement they would not add up."""
    surface = LinearRegression(size=40).ready()
    features, targets = used(surface.points)
    error = -2.0 * features[:, 0] + 3.0 - targets
    full = 2 * np.array([(error * features[:, 0]).mean(), error.mean()])
    rate, size = 1e-7, 7
    run = Run(Sgd(learning_rate=rate), np.ones(30), batch_size=size)
    path = walk(programs, surface, run, (-2.0, 3.0))
    gradients = -np.diff(path.points, axis=0) / rate
    sizes = np.array([7, 7, 7, 7, 7, 5])
    for epoch in range(5):
        own = gradients[6 * epoch : 6 * epoch + 6]
        assert (sizes[:, None] * own).sum(axis=0) / 40 == pytest.approx(full, rel=1e-5)
        assert np.abs(own - full).max() > 0.1
    assert np.abs(gradients[:6] - gradients[6:12]).max() > 0.1


def test_a_batch_of_all_points_is_full_descent_bitwise(programs):
    surface = LinearRegression(size=30)
    every = Run(Momentum(learning_rate=0.01), np.ones(60), batch_size=30)
    none = Run(Momentum(learning_rate=0.01), np.ones(60))
    all_points = walk(programs, surface, every).points
    assert (all_points == walk(programs, surface, none).points).all()


def test_batches_of_one_are_the_gradients_of_single_points(programs):
    surface = LinearRegression(size=12, noise=1.0).ready()
    features, targets = used(surface.points)
    path = walk(programs, surface, Run(Sgd(learning_rate=0.01), np.ones(36), batch_size=1))
    x = path.points[:-1]
    error = x[:, :1] * features[:, 0] + x[:, 1:] - targets
    single = 2 * np.stack([error * features[:, 0], error], axis=2)
    taken = -np.diff(path.points, axis=0) / 0.01
    nearest = np.abs(single - taken[:, None]).max(axis=2)
    assert nearest.min(axis=1).max() < 1e-9
    drawn = nearest.argmin(axis=1)
    for epoch in range(3):
        assert sorted(drawn[12 * epoch : 12 * epoch + 12]) == list(range(12))


def clipped(programs, steps=60, start=(2.0, 1.0), **limit):
    run = Run(Sgd(learning_rate=0.02), np.ones(steps), GradientChanges(**limit))
    return walk(programs, Bowl(), run, start)


def test_clipping_by_norm_is_the_lectures_algorithm(programs):
    """If ‖g‖ ≥ c then g ← cg/‖g‖, and nothing else: by hand, step by step."""
    path = clipped(programs, clip_norm=3.0)
    x, marks = np.array([2.0, 1.0]), []
    for k in range(1, 61):
        g = x * np.array([1.0, 10.0])
        norm = np.hypot(*g)
        if norm >= 3.0:
            g = 3.0 * g / norm
            marks.append(k)
        x = x - 0.02 * g
        assert path.points[k] == pytest.approx(x, rel=1e-12)
    assert path.clipped.tolist() == marks
    assert 5 < len(marks) < 55


def test_small_gradients_are_let_through_bitwise(programs):
    free = clipped(programs).points
    path = clipped(programs, clip_norm=11.0)
    assert (path.points == free).all()
    assert len(path.clipped) == 0


def test_a_gradient_as_long_as_the_threshold_counts_as_clipped(programs):
    path = clipped(programs, 1, start=(3.0, 0.0), clip_norm=3.0)
    assert path.clipped.tolist() == [1]
    assert path.points[1] == pytest.approx([3 - 0.02 * 3, 0])


def test_clipping_by_value_is_pytorchs(programs):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: make torch")
    path = clipped(programs, clip_value=1.5)
    x = torch.tensor([2.0, 1.0], dtype=torch.float64, requires_grad=True)
    rule = torch.optim.SGD([x], lr=0.02)
    marks = []
    for k in range(1, 61):
        rule.zero_grad()
        (0.5 * (x[0] ** 2 + 10 * x[1] ** 2)).backward()
        if (x.grad.abs() > 1.5).any():
            marks.append(k)
        torch.nn.utils.clip_grad_value_([x], 1.5)
        rule.step()
        assert path.points[k] == pytest.approx(x.detach().numpy(), rel=1e-12)
    assert path.clipped.tolist() == marks


def test_clipping_keeps_an_exploding_run(programs):
    free = Run(Sgd(learning_rate=0.01), np.ones(200))
    kept = Run(Sgd(learning_rate=0.01), np.ones(200), GradientChanges(clip_norm=1.0))
    assert walk(programs, Rosenbrock(), free, (-0.5, 2.6)).status == "diverged"
    assert walk(programs, Rosenbrock(), kept, (-0.5, 2.6)).status == "running"


PYTORCH = {
    "sgd": (Sgd(learning_rate=0.02), "SGD", {}),
    "momentum": (Momentum(learning_rate=0.02, convention="pytorch"), "SGD", {"momentum": 0.9}),
    "adam": (Adam(learning_rate=0.05, convention="pytorch"), "Adam", {}),
}


def pytorchs(rule, **numbers):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: make torch")
    x = torch.tensor([2.0, 1.0], dtype=torch.float64, requires_grad=True)
    rule = getattr(torch.optim, rule)([x], **numbers)
    points = []
    for _ in range(80):
        rule.zero_grad()
        (0.5 * (x[0] ** 2 + 10 * x[1] ** 2)).backward()
        rule.step()
        points.append(x.detach().numpy().copy())
    return np.array(points)


@pytest.mark.parametrize("name", PYTORCH)
def test_l2_is_pytorchs_weight_decay_in_the_gradient(programs, name):
    optimizer, rule, numbers = PYTORCH[name]
    path = walk(programs, Bowl(), Run(optimizer, np.ones(80), GradientChanges(l2=0.4)))
    theirs = pytorchs(rule, lr=optimizer.learning_rate, weight_decay=0.4, **numbers)
    assert path.points[1:] == pytest.approx(theirs, rel=1e-9, abs=1e-12)


def test_decoupled_decay_is_adamw_and_not_l2(programs):
    adam = Adam(learning_rate=0.05, convention="pytorch")
    decayed = walk(programs, Bowl(), Run(adam, np.ones(80), GradientChanges(weight_decay=0.4)))
    theirs = pytorchs("AdamW", lr=0.05, weight_decay=0.4)
    assert decayed.points[1:] == pytest.approx(theirs, rel=1e-9, abs=1e-12)
    penalised = walk(programs, Bowl(), Run(adam, np.ones(80), GradientChanges(l2=0.4)))
    assert np.abs(decayed.points - penalised.points).max() > 1e-3


def test_decay_follows_the_schedule(programs):
    """x ← x − α_k λ x beside the step: with α_k = 0 nothing moves."""
    factors = np.array([1.0, 0.0, 1.0])
    run = Run(Sgd(learning_rate=0.1), factors, GradientChanges(weight_decay=0.5))
    points = walk(programs, Bowl(condition_number=1.0), run, (1.0, 0.0)).points[:, 0]
    assert points == pytest.approx([1, 0.85, 0.85, 0.85**2], rel=1e-12)


def test_l1_drives_a_coordinate_to_zero_and_l2_does_not(programs):
    """f = x²/2 + 10y²/2 shifted nowhere: soft thresholding of the gradient flow at |x| < λ."""
    run = Run(Sgd(learning_rate=0.001), np.ones(4000), GradientChanges(l1=0.7))
    path = walk(programs, Bowl(), run, (2.0, 1.0))
    # x' = −x − λ reaches 0 at t = log(1 + 2/0.7) ≈ 1.35, that is step 1350.
    arrived = np.flatnonzero(np.abs(path.points[:, 0]) < 0.002)[0]
    assert arrived == pytest.approx(1000 * np.log(1 + 2 / 0.7), rel=0.01)
    soft = walk(
        programs, Bowl(), Run(Sgd(learning_rate=0.001), np.ones(4000), GradientChanges(l2=0.7))
    )
    # x' = −(1 + λ)x
    assert soft.points[-1, 0] == pytest.approx(2 * (1 - 0.0017) ** 4000, rel=1e-9)


def test_penalties_belong_to_the_loss_and_the_surfaces_own_is_kept(programs):
    run = Run(Sgd(learning_rate=0.01), np.ones(5), GradientChanges(l2=0.5, l1=0.25))
    path = walk(programs, Bowl(), run, curvature=True)
    x, y = path.points.T
    own = (x**2 + 10 * y**2) / 2
    assert path.surface_loss == pytest.approx(own, rel=1e-12)
    penalty = 0.25 * (x**2 + y**2) + 0.25 * (abs(x) + abs(y))
    assert path.loss == pytest.approx(own + penalty, rel=1e-12)
    assert path.gradient[:, 1] == pytest.approx(10.5 * y + 0.25 * np.sign(y), rel=1e-12)
    assert path.hessian_eigenvalues == pytest.approx(np.broadcast_to([1.5, 10.5], (6, 2)))


def test_newton_minimises_the_penalised_loss(programs):
    path = walk(programs, Bowl(), Run(Newton(), np.ones(1), GradientChanges(l2=0.5)), (2.0, 1.0))
    assert path.points[1] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    "surface, run, field",
    [
        (Bowl(), Run(Sgd(), np.ones(2), batch_size=3), "batch_size"),
        (LinearRegression(), Run(Sgd(), np.ones(2), batch_size=51), "batch_size"),
        (Bowl(), Run(Newton(), np.ones(2), gradient_noise=0.1), "gradient_noise"),
        (Bowl(), Run(Newton(), np.ones(2), GradientChanges(clip_norm=1.0)), "clipping"),
        (Bowl(), Run(Newton(), np.ones(2), GradientChanges(weight_decay=1.0)), "regularization"),
        (LinearRegression(), Run(Newton(), np.ones(2), batch_size=3), "batch_size"),
    ],
)
def test_what_would_be_ignored_is_refused(programs, surface, run, field):
    with pytest.raises(InputError) as refused:
        walk(programs, surface, run)
    assert refused.value.field == ("runs", 0, field)


def test_randomness_survives_cuts(programs):
    """9 000 steps take three calls: noise and batches must go on where they were."""
    surface = LinearRegression(size=30)
    long = Run(Adam(), np.ones(9000), gradient_noise=0.2, batch_size=4)
    short = Run(Adam(), np.ones(4500), gradient_noise=0.2, batch_size=4)
    assert (
        walk(programs, surface, long).points[:4501] == walk(programs, surface, short).points
    ).all()
