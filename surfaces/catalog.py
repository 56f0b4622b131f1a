"""All surfaces, in the order in which they are shown; the first opens the page."""

from surfaces.basins import Branin, Himmelblau, SixHumpCamel, StyblinskiTang, ThreeHumpCamel
from surfaces.data import LinearRegression, LogisticRegression, Neuron
from surfaces.deep import DeepChain, RecurrentUnit
from surfaces.plains import Cliff, Easom, Plateau
from surfaces.ripples import (
    Ackley,
    Bohachevsky,
    DropWave,
    Griewank,
    LevyN13,
    Rastrigin,
)
from surfaces.shapes import (
    Bowl,
    DoubleWell,
    MonkeySaddle,
    RippledBowl,
    RotatedRavine,
    Saddle,
)
from surfaces.slices import NetworkSlice
from surfaces.surface import Surface
from surfaces.valleys import Beale, Booth, GoldsteinPrice, Matyas, McCormick, Rosenbrock

SURFACES: tuple[type[Surface], ...] = (
    Rosenbrock,
    Bowl,
    RotatedRavine,
    RippledBowl,
    Saddle,
    MonkeySaddle,
    Plateau,
    Cliff,
    DoubleWell,
    Beale,
    Booth,
    Matyas,
    ThreeHumpCamel,
    SixHumpCamel,
    McCormick,
    GoldsteinPrice,
    Branin,
    Himmelblau,
    StyblinskiTang,
    Rastrigin,
    Ackley,
    Griewank,
    LevyN13,
    Bohachevsky,
    Easom,
    DropWave,
    DeepChain,
    RecurrentUnit,
    NetworkSlice,
    LinearRegression,
    LogisticRegression,
    Neuron,
)
