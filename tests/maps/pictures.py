"""Descriptions of maps that are quick to tell: workers import them from here."""

import os
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import numpy as np

from server.errors import InputError


@dataclass(frozen=True)
class Squares:
    """The square of each pixel's number, and who computed it."""

    nx: int = 40
    ny: int = 30
    strides = (8, 2, 1)
    tile = 64
    refined_by = ()

    def seconds(self):
        return 0.1

    def fields(self):
        return {"square": np.dtype(np.int32), "who": np.dtype(np.int64)}

    def compute(self, programs, pixels):
        programs.token.check()
        who = np.full(len(pixels), os.getpid())
        return {"square": (pixels**2).astype(np.int32), "who": who}


@dataclass(frozen=True)
class Endless(Squares):
    """A map whose tiles end with its token only."""

    def compute(self, programs, pixels):
        while True:
            programs.token.check()


@dataclass(frozen=True)
class Meeting(Squares):
    """A map whose tiles wait, in a folder, until two workers have begun some.

    Attributes:
        folder: where each leaves its number.
    """

    folder: str = ""

    def compute(self, programs, pixels):
        Path(self.folder, str(os.getpid())).touch()
        while len(os.listdir(self.folder)) < 2:
            programs.token.check()
        return super().compute(programs, pixels)


@dataclass(frozen=True)
class Compiled(Squares):
    """A map whose program takes half a second to get."""

    def compute(self, programs, pixels):
        with programs.token.paused():
            Event().wait(0.5)
        return super().compute(programs, pixels)


@dataclass(frozen=True)
class Compiling(Squares):
    """A map whose program is got until a file is there."""

    until: str = ""

    def compute(self, programs, pixels):
        with programs.token.paused():
            while not os.path.exists(self.until):
                programs.token.check()
        return super().compute(programs, pixels)


@dataclass(frozen=True)
class Refusing(Squares):
    """A map that cannot be computed, as is found out late."""

    def compute(self, programs, pixels):
        raise InputError(("steps",), "accepted: fewer", "too_many", {"values": {"most": 3}})


@dataclass(frozen=True)
class Broken(Squares):
    """A map at which a worker fails."""

    def compute(self, programs, pixels):
        raise AttributeError("there is no such thing here")


@dataclass(frozen=True)
class Deadly(Squares):
    """A map that no worker survives."""

    def compute(self, programs, pixels):
        os._exit(1)


@dataclass(frozen=True)
class Frail(Squares):
    """A map whose first pixel kills its worker the first times that it is computed."""

    written: str = ""
    times: int = 2

    def compute(self, programs, pixels):
        if 0 in pixels:
            with open(self.written, "ab") as file:
                file.write(b".")
                tried = file.tell()
            if tried <= self.times:
                os._exit(1)
        return super().compute(programs, pixels)


@dataclass(frozen=True)
class Disc(Squares):
    """Whether a pixel is in a disc: told by the label of its neighbours mostly."""

    exact: bool = False

    @property
    def refined_by(self):
        return () if self.exact else ("inside",)

    def fields(self):
        return {"inside": np.dtype(np.uint8), "x": np.dtype(np.float32)}

    def inside(self, pixels):
        x, y = pixels % self.nx - self.nx / 2, pixels // self.nx - self.ny / 2
        return (np.hypot(x, y) < self.ny / 3).astype(np.uint8)

    def compute(self, programs, pixels):
        x = np.sin(pixels % self.nx)
        return {"inside": self.inside(pixels), "x": x.astype(np.float32)}


@dataclass(frozen=True)
class Dust(Disc):
    """Whether a pixel is one of those that no coarser lattice has, one in nine of them."""

    def inside(self, pixels):
        x, y = pixels % self.nx, pixels // self.nx
        return ((x % 6 == 3) & (y % 6 == 3)).astype(np.uint8)
