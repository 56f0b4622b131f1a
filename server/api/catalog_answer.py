"""The catalogue as clients see it: what there is, and all that is needed to draw its controls."""

from collections.abc import Mapping, Sequence
from typing import Literal, NotRequired

from pydantic import JsonValue
from typing_extensions import TypedDict

from server.api.scenario_answer import ListedScenario
from server.networks.dataset import Kind as DatasetKind
from server.networks.initializers import Preset
from server.optimizers.optimizer import Convention, Kind
from surfaces.convention import Corner
from surfaces.declaration import Reference, Text
from surfaces.surface import Interval, Known, Minimum, Point, Tag


class ParametersSchema(TypedDict):
    """JSON Schema of a declaration's numbers, by name.

    Each has, besides bounds and default, its ``titles`` in both languages, its letter as LaTeX
    (``symbol``), MathML and text, how a slider runs (``scale``, ``step``, ``slider``), and
    ``unit``, ``note``, ``when`` where there is something to say.
    """

    type: Literal["object"]
    properties: dict[str, dict[str, JsonValue]]
    additionalProperties: NotRequired[bool]


class Entry(TypedDict):
    """What every declaration says of itself."""

    id: str
    title: Text
    summary: Text
    reference: Reference


class FormulaEntry(Entry):
    """A declaration with one formula, and its numbers."""

    formula: str
    formula_mathml: str
    parameters: ParametersSchema


class SurfaceEntry(FormulaEntry):
    """A surface at its default numbers.

    ``points`` are the columns of a surface of points, ``learning_rates`` each optimizer's default
    there, ``ranges`` where sliders run, ``axes`` which of its numbers a map may have on an axis.
    """

    names: tuple[str, str]
    domain: tuple[Interval, Interval]
    start: Point
    minima: Sequence[Minimum]
    minima_known: Known
    tags: Sequence[Tag]
    points: Sequence[str] | None
    rates_tuned: bool
    learning_rates: dict[str, float]
    ranges: Mapping[str, Interval]
    axes: Sequence[str]


class FormulaContent(TypedDict):
    """A formula, as LaTeX and as MathML."""

    formula: str
    formula_mathml: str


class FormContent(TypedDict):
    """The update rule as one source writes it; ``parity`` is what tests compare it with.

    ``switched`` is the rule where one of its switches is on, by the switch's name.
    """

    formula: str
    formula_mathml: str
    note: Text
    source: Reference
    defaults: dict[str, float | bool]
    parity: str | None
    switched: dict[str, FormulaContent]


class OptimizerEntry(FormulaEntry):
    """An optimizer, with every convention's form; the default convention's first."""

    kind: Kind
    reference_only: bool
    tunable: bool
    conventions: dict[Convention, FormContent]
    state: Sequence[str]


class ClippingEntry(FormulaEntry):
    """A clipping, and how frameworks differ from it."""

    note: Text


class ActivationEntry(FormulaEntry):
    """An activation with its derivative, and what it does at 0."""

    derivative: str
    derivative_mathml: str
    range: str
    range_mathml: str
    at_zero: Text
    largest_slope: float
    in_lecture: bool


class LossEntry(FormulaEntry):
    """A loss: the mean, and what one example costs."""

    one: str
    one_mathml: str
    of_probabilities: bool


class InitializerEntry(FormulaEntry):
    """An initializer, and numbers of it that are worth a name."""

    presets: Sequence[Preset]


class DatasetEntry(FormulaEntry):
    """A dataset, with the losses that it allows, the default first."""

    kind: DatasetKind
    region: tuple[Interval, Interval]
    losses: list[str]


class PastedDatasetEntry(Entry):
    """A reader's own points: what each column used is, in this order, and losses as above.

    Up to ``network_points`` rows, ``points_columns`` columns and ``points_characters`` characters
    of ``limits``.
    """

    kind: DatasetKind
    columns: Sequence[str]
    losses: list[str]


class Training(TypedDict):
    """The default optimizer of a network, and every optimizer's default rate there."""

    optimizer: dict[str, str]
    learning_rates: dict[str, float]


class NetworkEntry(TypedDict):
    """What a network is besides its parts, and how its training is asked for."""

    parameters: ParametersSchema
    training: Training


class Arity(TypedDict):
    """How many values a function takes; of ``many``, that many or more."""

    arguments: int
    many: bool


class Language(TypedDict):
    """What a formula may be made of, how it may be spelled, and which slopes its corners have."""

    variables: Sequence[str]
    constants: list[str]
    operators: Sequence[str]
    spellings: dict[str, list[str]]
    aliases: dict[str, str]
    functions: dict[str, Arity]
    corners: Sequence[Corner]
    no_curvature: Text


class DeviceContent(TypedDict):
    """Where the widest programs run."""

    platform: str
    kind: str


class Catalog(TypedDict):
    """Everything there is."""

    surfaces: list[SurfaceEntry]
    optimizers: list[OptimizerEntry]
    schedules: list[FormulaEntry]
    clippings: list[ClippingEntry]
    regularization: ParametersSchema
    gradient_noise: dict[str, JsonValue]
    formulas: Language
    activations: list[ActivationEntry]
    initializers: list[InitializerEntry]
    losses: list[LossEntry]
    datasets: list[DatasetEntry]
    pasted_datasets: list[PastedDatasetEntry]
    network: NetworkEntry
    scenarios: list[ListedScenario]
    limits: dict[str, float]
    device: DeviceContent
    version: str
