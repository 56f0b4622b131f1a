"""Schedules that rise again."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, final

import numpy as np

from server.limits import STEPS
from server.schedules.decaying import End, Every
from server.schedules.schedule import Schedule, Steps, WarmupSteps, between, half_cosine, share
from surfaces.declaration import Reference, Text, choice, parameter


@final
@dataclass(frozen=True)
class OneCycle(Schedule):
    """Half a cosine up to 1, half a cosine down to almost nothing, over n steps.

    Optax counts n intervals: the peak is at step ⌊pn⌋, counted from 0, and the last rate would
    come one step after the end. PyTorch counts n − 1: the peak is at pn − 1, between two steps
    where that is no whole number, and the last step has the last rate. With few steps a rise of
    no length is left out: such a cycle begins at its peak, or after it.
    """

    id: ClassVar[str] = "one_cycle"
    title: ClassVar[Text] = Text("One cycle", "Один цикл")
    summary: ClassVar[Text] = Text(
        "Rises to its peak and falls below where it began: a warm-up and a landing in one. The "
        "rise takes p of all steps; where that is less than a step, it begins at the peak.",
        "Поднимается до пика и падает ниже начала: разогрев и приземление в одном. Подъём занимает "
        "долю p всех шагов; если это меньше шага, цикл начинается с пика.",
    )
    formula: ClassVar[str] = r"\tfrac{1}{d} \nearrow 1 \searrow \tfrac{1}{d f}"
    reference: ClassVar[Reference] = Reference(
        "Smith and Topin (2018), Super-Convergence: Very Fast Training of Neural Networks "
        "Using Large Learning Rates",
        "https://arxiv.org/abs/1708.07120",
    )
    parity: ClassVar[str | None] = "optax.cosine_onecycle_schedule"

    rise: Annotated[
        float,
        parameter(Text("Share of rise", "Доля подъёма"), symbol="p", ge=0.01, le=0.99, step=0.01),
    ] = 0.3
    division: Annotated[
        float,
        parameter(Text("First divided by", "В начале делится на"), symbol="d", ge=1, le=1000,
                  scale="log"),
    ] = 25.0  # fmt: skip
    final_division: Annotated[
        float,
        parameter(
            Text("Last divided again by", "В конце ещё на"), symbol="f", ge=1, le=1e6, scale="log"
        ),
    ] = 1e4
    form: Annotated[
        Literal["optax", "pytorch"],
        choice(
            Text("Form", "Форма"),
            optax=Text("Optax: peak at ⌊pn⌋", "Optax: пик на ⌊pn⌋"),
            pytorch=Text("PyTorch: peak at pn − 1", "PyTorch: пик на pn − 1"),
        ),
    ] = "optax"
    warmup_steps: WarmupSteps = 0

    def at(self, k: Steps, steps: int) -> Steps:
        first, final = 1 / self.division, 1 / (self.division * self.final_division)
        if self.form == "pytorch":
            peak, last = self.rise * steps - 1, steps - 1
        else:
            # One step cannot both rise and fall: two is the shortest cycle.
            last = max(2, steps)
            peak = int(self.rise * last)
        # Where the peak is the first step, PyTorch divides 0 by 0; it is the peak.
        rising = between(first, 1.0, share(k, peak) if peak > 0 else np.ones_like(k))
        falling = between(1.0, final, share(np.minimum(k, last) - peak, last - peak))
        return np.where(k <= peak, rising, falling)


@final
@dataclass(frozen=True)
class WarmRestarts(Schedule):
    """Half cosines from 1 to e, each as long as a period, which may grow."""

    id: ClassVar[str] = "warm_restarts"
    title: ClassVar[Text] = Text("Warm restarts", "Тёплые перезапуски")
    summary: ClassVar[Text] = Text(
        "A cosine that starts again and again: each restart may leave a poor minimum.",
        "Косинус, начинающийся снова и снова: каждый перезапуск может увести из плохого минимума.",
    )
    formula: ClassVar[str] = (
        r"e + \frac{1-e}{2}\left(1 + \cos\frac{\pi k_i}{s_i}\right),\; s_{i+1} = m s_i"
    )
    reference: ClassVar[Reference] = Reference(
        "Loshchilov and Hutter (2017), SGDR: Stochastic Gradient Descent with Warm Restarts, ICLR",
        "https://arxiv.org/abs/1608.03983",
    )
    parity: ClassVar[str | None] = "optax.join_schedules of optax.cosine_decay_schedule"

    every: Every = 100
    growth: Annotated[
        int, parameter(Text("Period grows by", "Период растёт в"), symbol="m", ge=1, le=4, step=1)
    ] = 2
    end: End = 0.0
    warmup_steps: WarmupSteps = 0

    def at(self, k: Steps, steps: int) -> Steps:
        if self.growth == 1:
            return half_cosine(k % self.every, self.every, self.end)
        # Periods of s, ms, m²s …, as many as fit into the longest run.
        lengths = self.every * self.growth ** np.arange(int(np.log2(STEPS)) + 2.0)
        starts = np.cumsum(lengths) - lengths
        now = np.searchsorted(starts, k, side="right") - 1
        return half_cosine(k - starts[now], lengths[now], self.end)
