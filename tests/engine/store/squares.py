"""A small program, the processes that ask for it, and its entry."""

from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np

from server.engine.folder import Folder
from server.engine.programs import Programs
from server.engine.store import Store
from tests.conftest import PLACEMENT

KEY = ("squares",)
CALL = (np.arange(3.0), np.float64(2))


class Answer(NamedTuple):
    squares: Any
    total: Any


def squares(x, factor):
    return Answer(factor * x**2, (jnp.sum(x), None))


# Programs of tests are not declared in the sources that the key covers, but these are not changed.
squares.__module__ = "server.engine.squares"


def process_of(folder, **more):
    """What a process has: programs of its own and the store that all share."""
    return Programs(PLACEMENT, store=Store(Folder(folder)), **more)


def asked(programs, key=KEY):
    return programs.compiled(key, squares, CALL)(*CALL)


def only(folder):
    [entry] = folder.iterdir()
    return entry


def right(answer):
    return (
        isinstance(answer, Answer)
        and answer.squares.tolist() == [0, 2, 8]
        and float(answer.total[0]) == 3
        and answer.total[1] is None
    )
