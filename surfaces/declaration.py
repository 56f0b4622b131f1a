"""The shared words of every declaration.

A surface or an optimiser is declared once, as a frozen dataclass whose fields are its
numbers. Pydantic reads the bounds from the annotations (validation, JSON Schema), JAX reads
the fields as traced leaves (so a new number never compiles anything), and the class
variables say the rest: title, summary, formula, reference.
"""

from collections.abc import Mapping, Sequence
from dataclasses import Field as DataclassField
from dataclasses import dataclass, fields, is_dataclass
from typing import (
    Any,
    ClassVar,
    Literal,
    Protocol,
    TypeVar,
    cast,
    dataclass_transform,
    get_type_hints,
)

import jax
from pydantic import Field

Scale = Literal["linear", "log"]
Declared = TypeVar("Declared", bound=type[Any])


@dataclass(frozen=True)
class Text:
    """One text in the two languages of the product."""

    en: str
    ru: str

    def in_a_sentence(self) -> "Text":
        """A title as it stands within a sentence: names such as ReLU keep their capitals."""

        def small(title: str) -> str:
            return title.lower() if title[1:].islower() else title

        return Text(small(self.en), small(self.ru))


@dataclass(frozen=True)
class Reference:
    """Where a claim comes from: a citation a reader can look up, and its address."""

    citation: str
    url: str | None = None


class Described(Protocol):
    """What every declaration says of itself.

    Attributes:
        id: the name used by the API.
        title, summary: what it is called; what to know of it, in one sentence.
        reference: where it comes from.
    """

    id: ClassVar[str]
    title: ClassVar[Text]
    summary: ClassVar[Text]
    reference: ClassVar[Reference]


class Formulated(Described, Protocol):
    """A declaration with one formula, in LaTeX."""

    formula: ClassVar[str]


def parameter(
    title: Text,
    *,
    symbol: str,
    ge: float | None = None,
    le: float | None = None,
    gt: float | None = None,
    lt: float | None = None,
    scale: Scale = "linear",
    step: float | None = None,
    unit: Text | None = None,
    slider: tuple[float, float] | None = None,
    when: Mapping[str, Sequence[str]] | None = None,
    note: Text | None = None,
) -> Any:
    r"""Say all that a client needs to draw and validate one number.

    Args:
        title: what a control is called.
        symbol: LaTeX of the letter used in the formula, such as ``\\alpha``.
        ge: least value accepted.
        le: greatest value accepted.
        gt: value that must be exceeded; one of ge and gt must be given.
        lt: value that must not be reached; one of le and lt must be given.
        scale: how a slider runs between the bounds; a logarithmic one may begin at 0.
        step: the smallest change that a slider makes; ``None`` lets the client choose.
        unit: what is counted, where the number has a unit.
        slider: where a slider runs, if not between the bounds.
        when: the choices beside it under which the number does anything, by field; a control
            is switched off under others. ``None`` if it always does.
        note: what the number does, where its name does not say it all.

    Returns:
        A pydantic field for ``Annotated[float, ...]``; infinities and NaN are refused.

    Raises:
        ValueError: a bound is missing, so that no slider could be drawn.
    """
    if (ge is None and gt is None) or (le is None and lt is None):
        raise ValueError(f"parameter {title.en!r} needs a lower and an upper bound")
    described: dict[str, Any] = {
        "titles": {"en": title.en, "ru": title.ru},
        "symbol": symbol,
        "scale": scale,
        "step": step,
        "unit": None if unit is None else {"en": unit.en, "ru": unit.ru},
        "note": None if note is None else {"en": note.en, "ru": note.ru},
    }
    if slider is not None:
        described["slider"] = list(slider)
    if when is not None:
        described["when"] = {field: list(words) for field, words in when.items()}
    return Field(
        title=title.en, ge=ge, le=le, gt=gt, lt=lt, allow_inf_nan=False, json_schema_extra=described
    )


def switch(
    title: Text, *, note: Text | None = None, when: Mapping[str, Sequence[str]] | None = None
) -> Any:
    """Say all that a client needs to draw a yes or no, which is a number of 0 or 1 to a rule.

    Args:
        title: what a control is called.
        note: what it does, where its name does not say it all.
        when: as in ``parameter``.

    Returns:
        A pydantic field for ``Annotated[bool, ...]``.
    """
    described: dict[str, Any] = {
        "titles": {"en": title.en, "ru": title.ru},
        "note": None if note is None else {"en": note.en, "ru": note.ru},
    }
    if when is not None:
        described["when"] = {field: list(words) for field, words in when.items()}
    return Field(title=title.en, json_schema_extra=described)


def choice(title: Text, **labels: Text) -> Any:
    """Say all that a client needs to draw a choice between words.

    Args:
        title: what a control is called.
        labels: what each accepted word is called.

    Returns:
        A pydantic field for ``Annotated[Literal[...], ...]``.
    """
    described: dict[str, Any] = {
        "titles": {"en": title.en, "ru": title.ru},
        "labels": {word: {"en": label.en, "ru": label.ru} for word, label in labels.items()},
    }
    return Field(title=title.en, json_schema_extra=described)


def parameters(declared: object) -> tuple[DataclassField[Any], ...]:
    """The fields of a declaration, or of its class, that are its numbers and words.

    The points that a surface was given are a field of it too, but none of these.
    """
    assert is_dataclass(declared)
    return tuple(field for field in fields(declared) if field.name != "points")


def symbols(declared: type[object]) -> dict[str, str]:
    """LaTeX of the letters of a declaration's numbers, by field."""
    found: dict[str, str] = {}
    for name, hint in get_type_hints(declared, include_extras=True).items():
        for said in getattr(hint, "__metadata__", ()):
            extra = getattr(said, "json_schema_extra", None)
            if isinstance(extra, Mapping) and "symbol" in extra:
                found[name] = str(cast(Mapping[str, object], extra)["symbol"])
    return found


@dataclass_transform(frozen_default=True)
def declaration(cls: Declared) -> Declared:
    """Make a class a frozen dataclass and a JAX pytree.

    Fields annotated as numbers become leaves, traced inside ``jit``, and so does what holds
    arrays; string fields (a convention, say) choose code, so they are static. A declaration
    built directly is not validated: validate at the door (``pydantic.TypeAdapter``).
    """
    cls = dataclass(frozen=True)(cls)
    names = [field.name for field in fields(cls)]
    static = [name for name in names if isinstance(getattr(cls, name, None), str)]
    numbers = [name for name in names if name not in static]

    def flatten(declared: Any) -> tuple[list[Any], tuple[Any, ...]]:
        # The class is part of what JAX compares: for classes that differ in nothing but their
        # type, jax.tree_util.register_dataclass (0.10.2) gives structures that compare equal,
        # and jit may then answer with another class's program.
        return (
            [getattr(declared, name) for name in numbers],
            (cls, *(getattr(declared, name) for name in static)),
        )

    def unflatten(aux: tuple[Any, ...], leaves: Sequence[Any]) -> Any:
        return cls(
            **dict(zip(numbers, leaves, strict=True)), **dict(zip(static, aux[1:], strict=True))
        )

    jax.tree_util.register_pytree_node(cls, flatten, unflatten)
    return cls
