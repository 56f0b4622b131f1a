"""One compiled program: a function of flat arrays, and the structure of its answer.

Arguments and answers are trees to whoever calls, and flat to JAX: so that a program can be
loaded without tracing the function it was made of.
"""

# For entries that the store has let through, see below.
import pickle  # nosec B403
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import jax
import numpy as np
from jax.experimental import serialize_executable
from jax.sharding import SingleDeviceSharding

from server.engine import identity
from server.engine.identity import NoIdentityError

Options = Mapping[str, str | bool]

RESIDENT = 22
"""Bytes of memory that XLA needs for each byte of a program as it is kept: 18 to 25, measured."""


class Program:
    """A compiled function; call it with trees of the structure that it was built for.

    Attributes:
        name: what it is called in logs and on the page.
        tried: whether it was compiled here, or a call of it has gone well.
        resident: about how many bytes of memory it takes.
    """

    resident = 8 * 10**6

    def __init__(self, name: str, compiled: Any, arguments: int, answer: Any):
        self.name = name
        self.tried = True
        self._compiled = compiled
        self._arguments = arguments
        self._answer = answer

    def __call__(self, *arguments: Any) -> Any:
        flat = self._compiled(*jax.tree.leaves(arguments))
        return jax.tree.unflatten(self._answer, flat)

    @classmethod
    def build(
        cls,
        name: str,
        function: Callable[..., Any],
        call: Sequence[Any],
        device: Any,
        options: Options,
        written_over: Sequence[int] = (),
    ) -> "Program":
        """Trace and compile a function of arrays like those of a call.

        Args:
            name: see above.
            function: of trees of arrays.
            call: its arguments, any of the right shapes and dtypes.
            device: where it is computed.
            options: XLA's.
            written_over: places of arguments whose memory the answer may take.
        """
        leaves, structure = jax.tree.flatten(tuple(call))
        answers: list[Any] = []

        # JAX keeps what it traced for as long as the function lives: this one lives for a compile.
        def flat(*leaves: Any) -> list[Any]:
            answer, tree = jax.tree.flatten(function(*jax.tree.unflatten(structure, leaves)))
            answers.append(tree)
            return answer

        ends = [0]
        for argument in call:
            ends.append(ends[-1] + len(jax.tree.leaves(argument)))
        donated = [leaf for at in written_over for leaf in range(ends[at], ends[at + 1])]
        sharding = SingleDeviceSharding(device)
        jitted = jax.jit(
            flat, in_shardings=sharding, out_shardings=sharding, donate_argnums=donated
        )
        compiled = jitted.lower(*leaves).compile(dict(options))
        return cls(name, compiled, len(leaves), answers[-1])

    def dump(self) -> bytes:
        """The program as bytes that ``load`` takes."""
        executable = serialize_executable.serialize(self._compiled)[0]
        skeleton = jax.tree.unflatten(self._answer, [0] * self._answer.num_leaves)
        dumped = pickle.dumps((executable, self._arguments, skeleton))
        self.resident = RESIDENT * len(dumped)
        return zlib.compress(dumped, 1)

    @classmethod
    def load(cls, name: str, dumped: bytes, device: Any) -> "Program":
        """The program from bytes that ``dump`` made: they are code, and run."""
        plain = zlib.decompress(dumped)
        # The store refuses what it did not write itself, and whatever is not whole.
        executable, arguments, skeleton = pickle.loads(plain)  # nosec B301
        answer = jax.tree.structure(skeleton)
        compiled = serialize_executable.deserialize_and_load(
            executable,
            jax.tree.structure(((0,) * arguments, {})),
            jax.tree.structure([0] * answer.num_leaves),
            execution_devices=[device],
        )
        program = cls(name, compiled, arguments, answer)
        program.tried = False
        program.resident = RESIDENT * len(plain)
        return program


def shapes(arguments: Any) -> tuple[tuple[tuple[int, ...], np.dtype[Any]], ...]:
    """Shape and dtype of each array in a tree."""
    leaves = jax.tree.leaves(arguments)
    return tuple(
        (leaf.shape, leaf.dtype) if hasattr(leaf, "dtype") else ((), np.result_type(leaf))
        for leaf in leaves
    )


@dataclass(frozen=True)
class Wanted:
    """A program that is asked for, and all that it is made of."""

    name: str
    key: tuple[Any, ...]
    function: Callable[..., Any]
    call: tuple[Any, ...]
    device: Any
    options: Options
    written_over: tuple[int, ...] = ()

    def text(self) -> str | None:
        """Its key for the store; ``None`` where another process could not tell it from others."""
        if self.function.__module__.partition(".")[0] not in identity.OURS:
            return None
        try:
            own = identity.text((self.key, self.options, self.written_over, shapes(self.call)))
        except NoIdentityError:
            return None
        around = identity.environment(self.device)
        return "\n".join([self.name, own, *(f"{name}: {one}" for name, one in around.items())])

    def build(self) -> Program:
        """Compile it."""
        return Program.build(
            self.name, self.function, self.call, self.device, self.options, self.written_over
        )
