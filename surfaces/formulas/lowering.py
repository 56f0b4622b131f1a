"""A tree becomes instructions on a small file of values."""

from dataclasses import dataclass

from surfaces.formulas.mistakes import MOST_EXPONENT, FormulaError
from surfaces.formulas.nodes import Apply, Node, Number, Variable, constant
from surfaces.formulas.operations import OPCODES
from surfaces.formulas.parsing import parse

CONSTANTS = 100
TEMPORARIES = 16
INSTRUCTIONS = 512
FIRST_TEMPORARY = 2
FIRST_CONSTANT = FIRST_TEMPORARY + TEMPORARIES


@dataclass(frozen=True)
class Instruction:
    """``values[to] = operation(values[a], values[b], values[c])``; unused operands are 0."""

    opcode: int
    a: int
    b: int
    c: int
    to: int


@dataclass(frozen=True)
class Code:
    """What an interpreter runs.

    Slots are x, y, then ``TEMPORARIES``, then ``CONSTANTS``. The last instruction leaves the
    result.
    """

    instructions: tuple[Instruction, ...]
    constants: tuple[float, ...]


def lower(tree: Node) -> Code:
    """The instructions of a tree, whole exponents as products, exact at 0 and below.

    Operands that need more temporaries are worked out first (Sethi and Ullman 1970), so that
    the temporaries suffice for any formula of the largest size.

    Raises:
        FormulaError: more constants or instructions than a formula may have.
    """
    lowering = _Lowering()
    slot = lowering.value(tree)
    if not lowering.instructions or lowering.instructions[-1].to != slot:
        lowering.emit("copy", [slot])
    return Code(tuple(lowering.instructions), tuple(lowering.constants))


class _Lowering:
    def __init__(self) -> None:
        self.instructions: list[Instruction] = []
        self.constants: dict[float, int] = {}
        self._free = list(range(FIRST_TEMPORARY + TEMPORARIES - 1, FIRST_TEMPORARY - 1, -1))
        self._needs: dict[int, int] = {}

    def value(self, node: Node) -> int:
        """Emit what works a node out; the slot of its value."""
        if isinstance(node, Variable):
            return ("x", "y").index(node.name)
        if isinstance(node, Number):
            return self._constant(node.value)
        exponent = constant(node.arguments[-1]) if node.operation == "^" else None
        if exponent is not None and exponent.is_integer() and abs(exponent) <= MOST_EXPONENT:
            return self._power(node.arguments[0], int(exponent))
        order = sorted(range(len(node.arguments)), key=lambda i: -self._need(node.arguments[i]))
        slots = {i: self.value(node.arguments[i]) for i in order}
        return self.emit(node.operation, [slots[i] for i in range(len(slots))])

    def emit(self, operation: str, slots: list[int], keep: int | None = None) -> int:
        """One instruction; its operands' temporaries are free again, but for ``keep``."""
        for slot in set(slots):
            if slot != keep:
                self._release(slot)
        to = self._free.pop()
        a, b, c = [*slots, 0, 0, 0][:3]
        self.instructions.append(Instruction(OPCODES[operation], a, b, c, to))
        if len(self.instructions) > INSTRUCTIONS:
            raise FormulaError("too_many_nodes", "too long a computation; use fewer powers", 0)
        return to

    def _power(self, base: Node, exponent: int) -> int:
        """Left-to-right binary exponentiation; x^0 is 1, as everywhere in analysis."""
        slot = self.value(base)
        if exponent == 0:
            self._release(slot)
            return self._constant(1.0)
        result = slot
        for bit in bin(abs(exponent))[3:]:
            result = self.emit("*", [result, result], keep=slot)
            if bit == "1":
                result = self.emit("*", [result, slot], keep=slot)
        if result != slot:
            self._release(slot)
        return self.emit("/", [self._constant(1.0), result]) if exponent < 0 else result

    def _release(self, slot: int) -> None:
        if FIRST_TEMPORARY <= slot < FIRST_CONSTANT:
            self._free.append(slot)

    def _constant(self, value: float) -> int:
        if value not in self.constants and len(self.constants) == CONSTANTS:
            raise FormulaError(
                "too_many_nodes", f"accepted: at most {CONSTANTS} different numbers", 0
            )
        return FIRST_CONSTANT + self.constants.setdefault(value, len(self.constants))

    def _need(self, node: Node) -> int:
        """Temporaries that a node needs while it is worked out."""
        if not isinstance(node, Apply):
            return 0
        if id(node) not in self._needs:
            needs = sorted((self._need(one) for one in node.arguments), reverse=True)
            inner = [need + i for i, need in enumerate(needs) if need]
            self._needs[id(node)] = max([2 if node.operation == "^" else 1, *inner])
        return self._needs[id(node)]


def compile_formula(text: str) -> tuple[Node, Code]:
    """Tree and instructions of a typed formula.

    Raises:
        FormulaError: see ``parse`` and ``lower``.
    """
    tree = parse(text)
    return tree, lower(tree)
