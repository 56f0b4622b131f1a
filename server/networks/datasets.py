"""Datasets that a network learns: seeded points in the plane, and a curve.

Every number has its own stream of chance, so that more noise moves the same points farther.
"""

from abc import abstractmethod
from dataclasses import dataclass
from typing import Annotated, ClassVar, final

import numpy as np

from server.networks.dataset import CAPACITY, Dataset, Examples, Kind, Numbers, Region
from surfaces.declaration import Reference, Text, parameter
from surfaces.moons import moons

SCIKIT = Reference(
    "Pedregosa et al. (2011), Scikit-learn, sklearn/datasets/_samples_generator.py",
    "https://scikit-learn.org/stable/modules/classes.html#samples-generator",
)
PLAYGROUND = Reference(
    "Smilkov et al. (2017), Direct-Manipulation Visualization of Deep Networks (TensorFlow "
    "Playground), src/dataset.ts",
    "https://arxiv.org/abs/1708.03788",
)

Size = Annotated[
    int,
    parameter(Text("Points", "Точек"), symbol="n", ge=8, le=CAPACITY, scale="log", step=1),
]
Noise = Annotated[float, parameter(Text("Noise", "Шум"), symbol=r"\sigma", ge=0, le=1, step=0.01)]
Seed = Annotated[
    int, parameter(Text("Seed of the points", "Зерно точек"), symbol="s", ge=0, le=9999, step=1)
]


class SeededDataset(Dataset):
    """Seeded examples, of order 1: networks are given them as they are.

    A subclass is a frozen dataclass of numbers.

    Attributes:
        formula: LaTeX of where its points lie, without noise.
        region: what is worth seeing.
    """

    formula: ClassVar[str]
    region: ClassVar[Region] = ((-3.0, 3.0), (-3.0, 3.0))

    size: Size
    noise: Noise
    data_seed: Seed

    def worth_seeing(self) -> Region:
        return self.region

    @abstractmethod
    def places(self, share: Numbers, label: Numbers) -> Numbers:
        """Where points lie without noise, shape [n, 2].

        Args:
            share: how far along its class each point is, uniform in [0, 1), shape [n, 2].
            label: 0 or 1, shape [n].
        """

    def examples(self) -> Examples:
        """The points: classes take turns, so that both are as frequent whatever the size."""
        along, errors = (np.random.default_rng([self.data_seed, one]) for one in range(2))
        share = along.random((CAPACITY, 2))[: self.size]
        error = errors.standard_normal((CAPACITY, 2))[: self.size]
        label = np.arange(self.size, dtype=np.float64) % 2
        return self.noisy(self.places(share, label), self.noise * error, label)

    def noisy(self, places: Numbers, error: Numbers, label: Numbers) -> Examples:
        """Examples from places and errors, both [n, 2]."""
        return Examples(places + error, label)


@final
@dataclass(frozen=True)
class Moons(SeededDataset):
    """Two half circles, one inside the other's opening."""

    id: ClassVar[str] = "moons"
    title: ClassVar[Text] = Text("Moons", "Полумесяцы")
    summary: ClassVar[Text] = Text(
        "Two interlocking arcs: no straight border parts them.",
        "Две сцепленные дуги: прямой границей их не разделить.",
    )
    formula: ClassVar[str] = (
        r"\left(\tfrac{3}{2}\cos\pi t - \tfrac{3}{4}, \tfrac{3}{2}\sin\pi t - \tfrac{3}{8}\right)"
        r" \text{ and its mirror image in } 0"
    )
    reference: ClassVar[Reference] = SCIKIT

    size: Size = 256
    noise: Noise = 0.15
    data_seed: Seed = 0

    def places(self, share: Numbers, label: Numbers) -> Numbers:
        upper, lower = moons(np.pi * share[:, 0], 1.5, (0.0, 0.0))
        return np.where(label[:, None] == 0, upper, lower)


@final
@dataclass(frozen=True)
class Circles(SeededDataset):
    """A circle inside another."""

    id: ClassVar[str] = "circles"
    title: ClassVar[Text] = Text("Circles", "Окружности")
    summary: ClassVar[Text] = Text(
        "A ring round a ring: the border must close.",
        "Кольцо вокруг кольца: граница должна замкнуться.",
    )
    formula: ClassVar[str] = r"r_0 (\cos 2\pi t, \sin 2\pi t),\; r_0 \in \{2, 1\}"
    reference: ClassVar[Reference] = SCIKIT

    size: Size = 256
    noise: Noise = 0.15
    data_seed: Seed = 0

    def places(self, share: Numbers, label: Numbers) -> Numbers:
        angle, radius = 2 * np.pi * share[:, 0], 2 - label
        return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


@final
@dataclass(frozen=True)
class Spirals(SeededDataset):
    """Two arms of a spiral, one and a half turns."""

    id: ClassVar[str] = "spirals"
    title: ClassVar[Text] = Text("Spirals", "Спирали")
    summary: ClassVar[Text] = Text(
        "Two arms wound into each other: hard for shallow or narrow networks.",
        "Два рукава, вложенные друг в друга: трудно неглубоким и узким сетям.",
    )
    formula: ClassVar[str] = (
        r"\left(\tfrac{1}{4} + \tfrac{9}{4}t\right)(\cos 3\pi t, \sin 3\pi t)"
        r" \text{ and its mirror image in } 0"
    )
    reference: ClassVar[Reference] = PLAYGROUND

    size: Size = 256
    noise: Noise = 0.05
    data_seed: Seed = 0

    def places(self, share: Numbers, label: Numbers) -> Numbers:
        along = share[:, 0]
        angle, radius = 3 * np.pi * along, 0.25 + 2.25 * along
        arm = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
        return np.where(label[:, None] == 0, arm, -arm)


@final
@dataclass(frozen=True)
class Xor(SeededDataset):
    """Four quadrants, opposite ones alike."""

    id: ClassVar[str] = "xor"
    title: ClassVar[Text] = Text("XOR", "XOR")
    summary: ClassVar[Text] = Text(
        "Opposite quadrants alike: the smallest problem that one neuron cannot solve.",
        "Противоположные четверти одинаковы: простейшая задача, непосильная одному нейрону.",
    )
    formula: ClassVar[str] = r"y = 1 \text{ if } x_1 x_2 < 0"
    reference: ClassVar[Reference] = Reference(
        "Minsky and Papert (1969), Perceptrons, MIT Press",
        "https://doi.org/10.7551/mitpress/11301.001.0001",
    )

    size: Size = 256
    noise: Noise = 0.1
    data_seed: Seed = 0

    def places(self, share: Numbers, label: Numbers) -> Numbers:
        # A quarter of the points in each quadrant: the sign of x₁ by halves of the share.
        side = np.where(share[:, :1] < 0.5, -1.0, 1.0)
        inside = np.stack([(2 * share[:, 0]) % 1, share[:, 1]], axis=1)
        place = 0.2 + 1.8 * inside
        sign = np.concatenate([side, side * (1 - 2 * label[:, None])], axis=1)
        return sign * place


@final
@dataclass(frozen=True)
class Blobs(SeededDataset):
    """Two clouds."""

    id: ClassVar[str] = "blobs"
    title: ClassVar[Text] = Text("Blobs", "Облака")
    summary: ClassVar[Text] = Text(
        "Two clouds: a straight border is enough.",
        "Два облака: хватит прямой границы.",
    )
    formula: ClassVar[str] = r"\pm(1, 1)"
    reference: ClassVar[Reference] = SCIKIT

    size: Size = 256
    noise: Noise = 0.6
    data_seed: Seed = 0

    def places(self, share: Numbers, label: Numbers) -> Numbers:
        return np.repeat((2 * label - 1)[:, None], 2, axis=1)


@final
@dataclass(frozen=True)
class Curve(SeededDataset):
    """A wave to fit."""

    id: ClassVar[str] = "curve"
    title: ClassVar[Text] = Text("Curve", "Кривая")
    summary: ClassVar[Text] = Text(
        "A wave on a line: one hidden layer of N units comes as near as you like as N grows.",
        "Волна на прямой: один скрытый слой из N нейронов приблизит её сколь угодно точно.",
    )
    formula: ClassVar[str] = r"y = \tfrac{4}{5}\sin 2x + \tfrac{1}{4}\cos 5x"
    reference: ClassVar[Reference] = Reference(
        "Cybenko (1989), Approximation by superpositions of a sigmoidal function, Mathematics "
        "of Control, Signals and Systems 2",
        "https://doi.org/10.1007/BF02551274",
    )
    kind: ClassVar[Kind] = "curve"
    region: ClassVar[Region] = ((-2.4, 2.4), (-1.6, 1.6))

    size: Size = 128
    noise: Noise = 0.05
    data_seed: Seed = 0

    def places(self, share: Numbers, label: Numbers) -> Numbers:
        x = 4 * share[:, 0] - 2
        return np.stack([x, 0.8 * np.sin(2 * x) + 0.25 * np.cos(5 * x)], axis=1)

    def noisy(self, places: Numbers, error: Numbers, label: Numbers) -> Examples:
        return Examples(places[:, :1], places[:, 1] + error[:, 0])


DATASETS: tuple[type[SeededDataset], ...] = (Moons, Circles, Spirals, Xor, Blobs, Curve)
