"""Names of runs that nobody named: the optimiser's, and what tells it from others like it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, get_args, get_type_hints

from server.api.mathml import letter
from server.api.runs import RunRequest
from server.declarations import BY_ID
from server.engine.runs import Run
from surfaces.declaration import parameters

MOST = 3
"""Differences that one name tells."""
DIGITS = range(3, 18)
"""Of a number in a name, as few as tell it from the others."""
FRAMEWORKS = {"pytorch": "PyTorch", "keras": "Keras", "optax": "Optax"}
WORDS = {"l2": "L2", "l1": "L1", "weight_decay": "decay", "gradient_noise": "σ ="}
CLIPPED = {"norm": "clipped at", "value": "components clipped at"}

Traits = Mapping[str, Any]


def labels(
    asked: Sequence[RunRequest],
    runs: Sequence[Run],
    unused: Collection[str] = (),
    varying: Collection[str] = (),
) -> list[str]:
    """A label for each run: the one given, or one that says in what it differs from its like.

    Args:
        asked: the runs as requested.
        runs: the same, resolved.
        unused: numbers of the optimisers that make no difference.
        varying: those whose defaults are no one number; only a given one tells runs apart.
    """

    def given(one: RunRequest) -> set[str]:
        return {name for name in varying if name in one.optimizer.model_fields_set}

    titles = [one.label or _title(run, runs) for one, run in zip(asked, runs, strict=True)]
    answer = list(titles)
    for title in set(titles):
        twins = [i for i, other in enumerate(titles) if other == title]
        if len(twins) == 1:
            continue
        left = [{*unused, *varying} - given(asked[i]) for i in twins]
        names = _told_apart(
            title, [_traits(asked[i], runs[i], out) for i, out in zip(twins, left, strict=True)]
        )
        for i, name in zip(twins, names, strict=True):
            answer[i] = asked[i].label or name
    return answer


def _title(run: Run, runs: Sequence[Run]) -> str:
    """The optimiser's, and whose form it is where there is another's too."""
    optimizer = run.optimizer
    own, forms = optimizer.convention, list(optimizer.forms)
    others = {other.optimizer.convention for other in runs if other.optimizer.id == optimizer.id}
    title = BY_ID.optimizers[optimizer.id].title.en
    return title if others == {own} or own == forms[0] else f"{title} · {FRAMEWORKS.get(own, own)}"


def _traits(asked: RunRequest, run: Run, unused: Collection[str]) -> Traits:
    """All by which a run can differ from another of its optimiser; None where it is off."""
    optimizer = run.optimizer
    numbers = {
        field.name: getattr(optimizer, field.name)
        for field in parameters(optimizer)
        if field.name not in ("convention", *unused)
    }
    schedule = asked.schedule.model_dump()
    clipping = None if asked.clipping is None else asked.clipping.model_dump()
    return {
        **{f"optimizer.{name}": (optimizer.id, value) for name, value in numbers.items()},
        "schedule": None if schedule["id"] == "constant" else schedule["id"],
        **{f"schedule.{name}": value for name, value in schedule.items() if name != "id"},
        "clipping": None if clipping is None else (clipping["id"], clipping["threshold"]),
        **{name: value or None for name, value in asked.regularization.model_dump().items()},
        "gradient_noise": asked.gradient_noise or None,
        "batch_size": asked.batch_size,
    }


def _told_apart(title: str, traits: Sequence[Traits]) -> list[str]:
    """Names of runs of one title; numbered where nothing tells them apart."""
    keys = dict.fromkeys(key for one in traits for key in one)
    # A number of a schedule counts among those that have it: the others have another schedule.
    values = {
        key: {one.get(key) for one in traits if key in one or not key.startswith("schedule.")}
        for key in keys
    }
    differ = [key for key in keys if len(values[key]) > 1][:MOST]
    distinct = len({tuple(one.get(key) for key in differ) for one in traits})
    names: list[str] = []
    for digits in DIGITS:
        parts = [[_text(key, one.get(key), digits) for key in differ] for one in traits]
        names = [", ".join([title, *filter(None, some)]) for some in parts]
        if len(set(names)) == distinct:
            break
    return [
        name if names.count(name) == 1 else f"{name} {1 + names[:i].count(name)}"
        for i, name in enumerate(names)
    ]


def _text(key: str, value: Any, digits: int) -> str | None:
    """A difference in words; None says nothing, as the other runs say what they have."""
    if value is None:
        return None
    group, _, name = key.partition(".")
    if group == "optimizer":
        optimizer, number = value
        if isinstance(number, bool):
            return _described(BY_ID.optimizers[optimizer], name).title.lower() if number else None
        return f"{_symbol(BY_ID.optimizers[optimizer], name)} = {number:.{digits}g}"
    if key == "schedule":
        return BY_ID.schedules[value].title.en.lower()
    if group == "schedule":
        said = FRAMEWORKS.get(value, value) if isinstance(value, str) else f"{value:.{digits}g}"
        return f"{name.replace('_', ' ')} {said}"
    if key == "clipping":
        kind, threshold = value
        return f"{CLIPPED[kind]} {threshold:.{digits}g}"
    return f"batch {value}" if key == "batch_size" else f"{WORDS[key]} {value:.{digits}g}"


def _symbol(declared: type[object], name: str) -> str:
    """The letter of a number, as its declaration has it."""
    return letter(_described(declared, name).json_schema_extra["symbol"])


def _described(declared: type[object], name: str) -> Any:
    """The pydantic field of a number."""
    _, described, *_ = get_args(get_type_hints(declared, include_extras=True)[name])
    return described
