"""Schedules that fall, or stay."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, final

import numpy as np

from server.limits import STEPS
from server.schedules.schedule import OPTAX, Schedule, Steps, WarmupSteps, half_cosine, share
from surfaces.declaration import Reference, Text, parameter

LECTURE = Reference("Introduction to deep learning, lecture 1, section 5")

Every = Annotated[
    int,
    parameter(
        Text("Every", "Каждые"),
        symbol="s",
        ge=1,
        le=STEPS,
        scale="log",
        step=1,
        unit=Text("steps", "шагов"),
    ),
]
End = Annotated[
    float, parameter(Text("Last share", "Доля в конце"), symbol="e", ge=0, le=1, step=0.01)
]
Factor = Annotated[
    float, parameter(Text("Factor", "Множитель"), symbol=r"\gamma", gt=0, le=1, step=0.01)
]


@final
@dataclass(frozen=True)
class Constant(Schedule):
    """The same rate throughout."""

    id: ClassVar[str] = "constant"
    title: ClassVar[Text] = Text("Constant", "Постоянная")
    summary: ClassVar[Text] = Text(
        "Every step uses the same learning rate.",
        "На каждом шаге одна и та же скорость обучения.",
    )
    formula: ClassVar[str] = "1"
    reference: ClassVar[Reference] = LECTURE
    parity: ClassVar[str | None] = "optax.constant_schedule"

    warmup_steps: WarmupSteps = 0

    def at(self, k: Steps, steps: int) -> Steps:
        return np.ones_like(k)


@final
@dataclass(frozen=True)
class Step(Schedule):
    """Multiplied by γ every s steps."""

    id: ClassVar[str] = "step"
    title: ClassVar[Text] = Text("Step", "Ступени")
    summary: ClassVar[Text] = Text(
        "Falls by a factor every s steps: noise that rattled at one rate settles at the next.",
        "Каждые s шагов падает в γ раз: шум, мешавший на одной ступени, утихает на следующей.",
    )
    formula: ClassVar[str] = r"\gamma^{\lfloor k/s \rfloor}"
    reference: ClassVar[Reference] = OPTAX
    parity: ClassVar[str | None] = "optax.exponential_decay"

    every: Every = 100
    factor: Factor = 0.5
    warmup_steps: WarmupSteps = 0

    def at(self, k: Steps, steps: int) -> Steps:
        # Not Optax's way of 1/s: 49 times 1/49 is less than 1, and the step would come late.
        return self.factor ** np.floor(k / self.every)


@final
@dataclass(frozen=True)
class Exponential(Schedule):
    """γ^(k/s)."""

    id: ClassVar[str] = "exponential"
    title: ClassVar[Text] = Text("Exponential", "Экспонента")
    summary: ClassVar[Text] = Text(
        "Falls smoothly, by the same factor every s steps.",
        "Плавно падает: за каждые s шагов в одно и то же число раз.",
    )
    formula: ClassVar[str] = r"\gamma^{k/s}"
    reference: ClassVar[Reference] = OPTAX
    parity: ClassVar[str | None] = "optax.exponential_decay"

    every: Every = 100
    factor: Factor = 0.5
    warmup_steps: WarmupSteps = 0

    def at(self, k: Steps, steps: int) -> Steps:
        return self.factor ** share(k, self.every)


@final
@dataclass(frozen=True)
class InverseTime(Schedule):
    """1/(1 + dk): Robbins and Monro's condition Σα = ∞, Σα² < ∞ holds."""

    id: ClassVar[str] = "inverse_time"
    title: ClassVar[Text] = Text("Inverse time", "Обратное время")
    summary: ClassVar[Text] = Text(
        "Falls like 1/k: slowly enough to arrive anywhere, fast enough for noise to die out.",
        "Падает как 1/k: достаточно медленно, чтобы дойти, и быстро, чтобы шум затух.",
    )
    formula: ClassVar[str] = r"\frac{1}{1 + d k}"
    reference: ClassVar[Reference] = Reference(
        "Robbins and Monro (1951), A Stochastic Approximation Method, "
        "Annals of Mathematical Statistics 22(3)",
        "https://doi.org/10.1214/aoms/1177729586",
    )
    # Optax 0.2.8 has no inverse-time schedule, so this one line is ours.
    parity: ClassVar[str | None] = None

    decay: Annotated[
        float,
        parameter(Text("Decay", "Затухание"), symbol="d", ge=1e-5, le=10, scale="log"),
    ] = 0.02
    warmup_steps: WarmupSteps = 0

    def at(self, k: Steps, steps: int) -> Steps:
        return 1 / (1 + self.decay * k)


@final
@dataclass(frozen=True)
class Linear(Schedule):
    """From 1 to e in a straight line."""

    id: ClassVar[str] = "linear"
    title: ClassVar[Text] = Text("Linear", "Линейная")
    summary: ClassVar[Text] = Text(
        "Falls in a straight line to its last share at the end of the run.",
        "Падает по прямой до заданной доли к концу пути.",
    )
    formula: ClassVar[str] = r"1 - (1 - e)\frac{k}{n}"
    reference: ClassVar[Reference] = OPTAX
    parity: ClassVar[str | None] = "optax.linear_schedule"

    end: End = 0.0
    warmup_steps: WarmupSteps = 0

    def at(self, k: Steps, steps: int) -> Steps:
        return (1 - self.end) * (1 - share(k, steps)) + self.end


@final
@dataclass(frozen=True)
class Cosine(Schedule):
    """Half a cosine from 1 to e."""

    id: ClassVar[str] = "cosine"
    title: ClassVar[Text] = Text("Cosine", "Косинус")
    summary: ClassVar[Text] = Text(
        "Stays high at first, falls fastest halfway and lands softly.",
        "Вначале держится высоко, быстрее всего падает в середине и мягко приземляется.",
    )
    formula: ClassVar[str] = r"e + \frac{1-e}{2}\left(1 + \cos\frac{\pi k}{n}\right)"
    reference: ClassVar[Reference] = Reference(
        "Loshchilov and Hutter (2017), SGDR: Stochastic Gradient Descent with Warm Restarts, ICLR",
        "https://arxiv.org/abs/1608.03983",
    )
    parity: ClassVar[str | None] = "optax.cosine_decay_schedule"

    end: End = 0.0
    warmup_steps: WarmupSteps = 0

    def at(self, k: Steps, steps: int) -> Steps:
        return half_cosine(k, steps, self.end)
