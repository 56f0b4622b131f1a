"""Schedules that rise again."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, final

import optax

from server.limits import STEPS
from server.schedules.decaying import End, Every
from server.schedules.schedule import Count, Schedule, WarmupSteps
from surfaces.declaration import Reference, Text, parameter


@final
@dataclass(frozen=True)
class OneCycle(Schedule):
    """Half a cosine up to 1, half a cosine down to almost nothing."""

    id: ClassVar[str] = "one_cycle"
    title: ClassVar[Text] = Text("One cycle", "Один цикл")
    summary: ClassVar[Text] = Text(
        "Rises to its peak and falls below where it began: a warm-up and a landing in one.",
        "Поднимается до пика и падает ниже начала: разогрев и приземление в одном.",
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
    warmup_steps: WarmupSteps = 0

    def optax(self, steps: int) -> Count:
        # One step cannot both rise and fall: two is the shortest cycle.
        return optax.cosine_onecycle_schedule(
            max(2, steps), 1.0, self.rise, self.division, self.final_division
        )


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

    def optax(self, steps: int) -> Count:
        if self.growth == 1:
            # Hundreds of equal periods joined would be hundreds of terms a step.
            period = optax.cosine_decay_schedule(1.0, self.every, self.end)
            return lambda k: period(k % self.every)
        periods: list[int] = []
        while sum(periods) < STEPS:
            periods.append(self.every * self.growth ** len(periods))
        ends = [sum(periods[: i + 1]) for i in range(len(periods) - 1)]
        return optax.join_schedules(
            [optax.cosine_decay_schedule(1.0, period, self.end) for period in periods], ends
        )
