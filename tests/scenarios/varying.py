"""A request with its numbers moved by 1 %."""

KEPT_BELOW_ONE = ("momentum", "beta1", "beta2", "beta3", "decay")
"""Numbers whose distance from 1 is what matters: that is moved."""
COUNTS = ("steps", "depth", "width", "batch_size", "size", "n", "time", "warmup_steps", "nx", "ny",
          "points", "count")  # fmt: skip
CHANCE = ("seed", "seeds", "data_seed")
CLASSES = ("targets",)
WHOLE = (*COUNTS, *CHANCE, *CLASSES)
"""What is no matter of more or less is left as it is."""


def varied(body, by, only=None, name=""):
    """The same body with each number multiplied by 1 + ``by``.

    Args:
        by: such as 0.01.
        only: the path of the one number that is moved, such as ("starts", 0, 1); all if left out.
        name: of the field that ``body`` stands in.
    """

    def inner(key, value):
        if only is not None and key != only[0]:
            return value
        rest = None if only is None else only[1:]
        return varied(value, by, rest, key if isinstance(key, str) else name)

    if isinstance(body, dict):
        return {key: inner(key, value) for key, value in body.items()}
    if isinstance(body, list | tuple):
        return [inner(index, value) for index, value in enumerate(body)]
    if isinstance(body, bool | str) or body is None or name in WHOLE:
        return body
    if name in KEPT_BELOW_ONE:
        return 1 - (1 - body) * (1 + by)
    return body * (1 + by)


def numbers_in(body, at=()):
    """Paths of all numbers of a body that are moved."""
    if isinstance(body, dict):
        return [one for key, value in body.items() for one in numbers_in(value, (*at, key))]
    if isinstance(body, list | tuple):
        return [one for index, value in enumerate(body) for one in numbers_in(value, (*at, index))]
    name = next((key for key in reversed(at) if isinstance(key, str)), "")
    return [] if isinstance(body, bool | str) or body is None or name in WHOLE else [at]
