"""The computation graph of a loss at a point: values forward, adjoints back."""

from dataclasses import dataclass
from typing import Any

import jax
import numpy as np

from server.engine.backpropagation import reading
from server.engine.backpropagation.program import recorded
from server.engine.backpropagation.pullback import backward
from server.engine.backpropagation.tape import Cell, Entry
from server.engine.evaluation import loss_and_gradient
from server.engine.programs import Programs
from server.errors import InputError
from server.limits import GRAPH_NODES
from server.results import Precision
from surfaces.data import DataSurface
from surfaces.formula import Formula
from surfaces.points import count
from surfaces.surface import Surface


@dataclass(frozen=True)
class Node:
    """One value.

    Attributes:
        id: x, y, then v1, v2, … in the order in which they are worked out.
        operation: its sign; "input" for x and y, "constant" for a loss that needs neither.
        name: what formulas call it: v₁ for v1, and for the inputs the surface's own names.
        formula: the right-hand side, in terms of earlier nodes' names.
        value, adjoint: arrays of one shape, () for a number; the adjoint is ∂f/∂value.
    """

    id: str
    name: str
    operation: str
    formula: str
    value: Any
    adjoint: Any


@dataclass(frozen=True)
class Edge:
    """One node's value goes into another's.

    Attributes:
        source, target: their ids.
        derivative: of the target by the source: all of it where one of the two is a number, its
            diagonal where an array's values depend on the same places only; ``None`` for a
            Jacobian, which is never formed.
        contribution: what the target's adjoint adds to the source's, of the source's shape.
    """

    source: str
    target: str
    derivative: Any | None
    contribution: Any


@dataclass(frozen=True)
class Graph:
    """The computation graph of a loss.

    Attributes:
        nodes: in the order of the forward pass.
        edges: in the order of their targets.
        constants: arrays that formulas name, by name.
        last: id of the node that is the loss.
        rows, used: arrays with that many rows hold points, of which so many count.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    constants: dict[str, Any]
    last: str
    rows: int
    used: int

    @property
    def loss(self) -> Any:
        """The loss, f."""
        return next(node.value for node in self.nodes if node.id == self.last)

    @property
    def gradient(self) -> tuple[Any, Any]:
        """∂f/∂x and ∂f/∂y: the adjoints of the inputs."""
        return self.nodes[0].adjoint, self.nodes[1].adjoint


def graph(
    programs: Programs,
    surface: Surface,
    x: float,
    y: float,
    precision: Precision = "float64",
    most: int = GRAPH_NODES,
) -> Graph:
    """The computation graph of f at (x, y).

    It is taken from the operations that paths differentiate, with the rules of JAX for each, and
    adjoints are added in the order of ``jax.grad``: where nothing is compiled those of x and y
    are its gradient to the last bit. Compiled programs fuse operations and may round differently
    there; surfaces of loops and typed formulas are differentiated forwards along a path, with the
    same derivatives of each operation.

    Raises:
        InputError: the graph has more than ``most`` nodes.
    """
    with jax.default_device(programs.placement.sequential):
        tape, last = recorded(surface, x, y, np.dtype(precision), programs.token)
        rows, used, named = 0, 0, list[tuple[Any, str]]()
        if isinstance(surface, DataSurface):
            points = surface.ready().points
            rows, used, named = len(points.targets), count(points), reading.known(points)
        one = np.ones((), last.data.dtype)
        adjoints = backward(tape.entries, last, one)
        if isinstance(surface, Formula) and not all(map(_finite, adjoints.values())):
            # Where something is infinite the order decides; paths are differentiated forwards.
            at = np.array([[x, y]])
            _, (slope,) = loss_and_gradient(programs, surface, at, precision)
            own = [adjoints.get(cell, 0.0) for cell in tape.inputs]
            # Where both have none, what is infinite and what is not is seen better backwards.
            if _finite(own) or _finite(slope):
                adjoints.update(zip(tape.inputs, slope, strict=True))
        read = _Reader(tape.inputs, surface.names, last, adjoints, rows, used, named)
        if len(read.cells) + len(tape.inputs) > most:
            raise InputError(
                ("surface",),
                f"accepted: graphs of at most {most} nodes; this one has {len(read.cells) + 2}",
                "too_many_nodes",
            )
        return read.graph()


def _finite(adjoint: Any) -> bool:
    return bool(np.isfinite(adjoint).all())


class _Reader:
    """Makes a graph of a tape: hidden operations become part of those that readers see."""

    def __init__(
        self,
        inputs: tuple[Cell, Cell],
        written: tuple[str, str],
        last: Cell,
        adjoints: dict[Cell, Any],
        rows: int,
        used: int,
        named: list[tuple[Any, str]],
    ):
        self._inputs, self._adjoints = inputs, adjoints
        self._rows, self._used, self._named = rows, used, named
        self._names = {cell: str(cell.name) for cell in inputs}
        self._written = dict(zip(inputs, written, strict=True))
        self._constants: dict[str, Any] = {}
        self._last = self._seen(last)
        self.cells = self._ordered()

    def graph(self) -> Graph:
        """Nodes in order, then edges."""
        nodes = [
            Node(str(cell.name), name, "input", name, cell.data, self._adjoint(cell))
            for cell, name in zip(self._inputs, self._written.values(), strict=True)
        ]
        edges: list[Edge] = []
        for i, cell in enumerate(self.cells, 1):
            self._names[cell] = f"v{i}"
            self._written[cell] = f"v{str(i).translate(reading.LOWERED)}"
            sign, formula = "constant", self._text(cell)
            if cell.made_by is not None and cell.free:
                operands = cell.made_by.shown or cell.made_by.operands
                sign, formula = reading.written(cell.made_by, operands, self._text)
                edges.extend(self._edges(cell))
            nodes.append(
                Node(
                    self._names[cell],
                    self._written[cell],
                    sign,
                    formula,
                    cell.data,
                    self._adjoint(cell),
                )
            )
        return Graph(tuple(nodes), tuple(edges), self._constants, self._names[self._last],
                     self._rows, self._used)  # fmt: skip

    def _adjoint(self, cell: Cell) -> Any:
        if cell in self._adjoints:
            return self._adjoints[cell]
        # In its own precision: it goes on through the rules of the operations that made it. What
        # was only compared is no number.
        own = np.asarray(cell.data).dtype
        kind = own if np.issubdtype(own, np.floating) else np.float64
        return np.full(np.shape(cell.data), float(cell is self._last), kind)

    def _seen(self, cell: Cell) -> Cell:
        """The cell as which a cell reads."""
        while cell.free and cell.made_by is not None:
            through = reading.passes(cell.made_by, self._used)
            if through is None:
                break
            cell = through
        return cell

    def _ordered(self) -> list[Cell]:
        """What the loss is made of, besides x and y, each after all that it needs."""
        done: dict[Cell, None] = {}
        waiting = [self._last]
        while waiting:
            cell = waiting[-1]
            needed = [one for one in self._sources(cell) if one not in done] if cell.free else []
            needed = [one for one in needed if one not in self._inputs]
            if needed and cell not in done:
                waiting.extend(reversed(needed))
                continue
            waiting.pop()
            if cell not in self._inputs:
                done[cell] = None
        return list(done)

    def _sources(self, cell: Cell) -> list[Cell]:
        """The nodes that go into a node, each once, as they are written."""
        return list(self._group(cell)[1])

    def _group(self, cell: Cell) -> tuple[list[Entry], dict[Cell, None]]:
        """The operations that make up a node, the last one last, and the nodes they take."""
        entries: list[Entry] = []
        sources: dict[Cell, None] = {}

        def visit(at: Entry) -> None:
            through = reading.passes(at, self._used)
            for operand in at.operands if through is None else (through,):
                made = operand.made_by
                if not operand.free:
                    continue
                if made is None or not (made.inner or reading.passes(made, self._used)):
                    sources[operand] = None
                elif made not in entries:
                    visit(made)
            entries.append(at)

        if cell.made_by is not None:
            visit(cell.made_by)
        return entries, sources

    def _edges(self, cell: Cell) -> list[Edge]:
        entries, sources = self._group(cell)
        flowing = backward(entries, cell, self._adjoint(cell)) if cell.differentiable else {}
        ones = np.ones(np.shape(cell.data), cell.data.dtype)
        local = backward(entries, cell, ones) if cell.differentiable else {}
        plain = all(entry.primitive.name in reading.ELEMENTWISE for entry in entries)
        edges: list[Edge] = []
        for source in sources:
            zeros = np.zeros(np.shape(source.data))
            derivative = local.get(source, zeros)
            if np.ndim(cell.data):
                if np.ndim(source.data) == 0 and source in local:
                    derivative = _along(entries, source)
                elif not (plain and np.shape(source.data) == np.shape(cell.data)):
                    derivative = None
            edges.append(Edge(self._names[source], self._names[cell], derivative,
                              flowing.get(source, zeros)))  # fmt: skip
        return edges

    def _text(self, cell: Cell) -> str:
        """How an operand is written in a formula."""
        cell = self._seen(cell)
        if cell.free:
            return self._written[cell]
        value = np.asarray(cell.data)
        if value.ndim == 0:
            text = reading.number(float(value))
            return f"({text})" if text.startswith("−") and cell is not self._last else text
        return self._array(value)

    def _array(self, value: Any) -> str:
        """The name of a constant array; 0 for one of nothing else."""
        if not value.any():
            return "0"
        held = [*self._named, *((one, name) for name, one in self._constants.items())]
        fresh = f"c{str(len(self._constants) + 1).translate(reading.LOWERED)}"
        name = next((name for known, name in held if np.array_equal(known, value)), fresh)
        self._constants[name] = value
        return name


def _along(entries: list[Entry], source: Cell) -> Any:
    """∂(an array)/∂(a number), forwards: backwards it would take a pass for each place."""

    def again(value: Any) -> Any:
        known: dict[Cell, Any] = {source: value}
        for entry in entries:
            operands = [known.get(cell, cell.data) for cell in entry.operands]
            known[entry.result] = entry.run(*operands)
        return known[entries[-1].result]

    _, tangent = jax.jvp(again, (source.data,), (np.ones_like(source.data),))
    return tangent
