"""When units of a network died or were saturated as it trained, and whether they came back.

Each is told once: that there are such units from the start, and the first frame at which a layer
has more of them than then, half of its units, or no other, for longer than that frame. Of what
happens in one frame the most is told.
"""

from typing import Any

import numpy as np

from server.engine.networks.network import Network
from server.engine.networks.saturation import Flatness
from server.engine.outcomes.writing import filled_in
from server.results import Event, Floats, Integers
from surfaces.declaration import Text

DEAD = (
    Text(
        "Units die, {count} of {width} in layer {layer}: they are off on every example, φ′ is 0, "
        "and the gradient through them is exactly 0.",
        "Нейроны умирают, {count} из {width} в слое {layer}: они выключены на всех примерах, φ′ "
        "там 0, и градиент сквозь них в точности равен нулю.",
    ),
    Text(
        "Half of layer {layer} or more is dead: {count} of {width} units are off on every example, "
        "and no gradient comes through them.",
        "В слое {layer} мертва половина или больше: {count} из {width} выключены на всех примерах, "
        "и градиент сквозь них не проходит.",
    ),
    Text(
        "Layer {layer} is dead, {width} units of {width}: all are off on every example. {through}",
        "Слой {layer} мёртв целиком, {width} из {width}: все выключены на всех примерах. {through}",
    ),
)
AT_FIRST = Text(
    "Some units are dead from the start, {count} of {width} in layer {layer}: they are off on "
    "every example, and no gradient comes through them. With random weights that is usual; the "
    "others learn.",
    "Часть нейронов мертва с самого начала, {count} из {width} в слое {layer}: они выключены на "
    "всех примерах, и градиент сквозь них не идёт. При случайных весах это обычно: учатся "
    "остальные.",
)
NO_SLOPE = Text(
    "φ′ of the step is 0 everywhere: the weights of the hidden layers get no gradient, and the "
    "output layer alone learns.",
    "У ступеньки φ′ всюду равна 0: веса скрытых слоёв градиента не получают, учится только "
    "выходной слой.",
)
SATURATED = (
    Text(
        "Units {verb}, {count} of {width} in layer {layer}: their mean |φ′| over the examples is "
        "{flat} at most. That of the layer is {slope}, and the largest there is {largest}.",
        "Нейроны {verb}, {count} из {width} в слое {layer}: средняя по примерам |φ′| у них не "
        "больше {flat}. У слоя она {slope}, наибольшая возможная {largest}.",
    ),
    Text(
        "Half of layer {layer} or more is saturated: the mean |φ′| over the examples of {count} "
        "units of {width} is {flat} at most. That of the layer is {slope}, and the largest there "
        "is {largest}.",
        "В слое {layer} насыщена половина или больше: у {count} из {width} средняя по примерам "
        "|φ′| не больше {flat}. У слоя она {slope}, наибольшая возможная {largest}.",
    ),
    Text(
        "Layer {layer} is saturated, {width} units of {width}: the mean |φ′| over the examples of "
        "each is {flat} at most. On average {slope} is left of a gradient, of {largest} at best.",
        "Слой {layer} насыщен целиком, {width} из {width}: средняя по примерам |φ′| у каждого не "
        "больше {flat}. Градиент умножается в среднем на {slope}, в лучшем случае было бы на "
        "{largest}.",
    ),
)
FROM_THE_START = Text("are saturated from the start", "насыщены с самого начала")
BECOME = Text("become saturated", "насыщаются")
STOPPED = Text(
    "Nothing of an example gets past it, and the gradient of all weights up to it is exactly 0.",
    "Сквозь него не проходит ничего, и до него включительно градиент всех весов в точности нуль.",
)
SKIPPED = Text(
    "Its own weights get no gradient; to the layers before it skip connections alone carry it.",
    "Его веса градиента не получают; к слоям до него градиент идёт лишь по остаточным связям.",
)
GRADIENTS = Text(
    " ‖∂L/∂W‖ is {gradient} in it, {output_gradient} in the output layer.",
    " ‖∂L/∂W‖ в нём {gradient}, в выходном слое {output_gradient}.",
)
OTHERS = Text(
    " Sooner or later so are layers {others}.", " Раньше или позже то же в слоях {others}."
)
OTHER = Text(" Sooner or later so is layer {others}.", " Раньше или позже то же в слое {others}.")
BACK = Text(
    " Some come back: that lasts up to step {until}, and at the end there are {end} of {width}.",
    " Часть оживает: так до шага {until}, а в конце таких {end} из {width}.",
)
WHOLE = Text(
    " In the whole network at the end: {last} of {all}.",
    " Во всей сети в конце: {last} из {all}.",
)
FEWER = Text(
    " In the whole network: {peak} of {all} at most, {last} at the end.",
    " Во всей сети: самое большее {peak} из {all}, в конце {last}.",
)


def off(network: Network, flatness: Flatness) -> Integers:
    """How many units of each layer are dead, or saturated where none can die, [frames, depth]."""
    counts = flatness.dead if network.activation.dies() else flatness.saturated
    return counts.round().astype(int)


def unit_events(
    network: Network, frames: Integers, flatness: Flatness, norms: Floats
) -> tuple[Event, ...]:
    """What happened to units, in order of steps.

    Args:
        network: what was trained.
        frames: steps at which was looked, ascending, the start among them.
        flatness: arrays of shape [frames, depth].
        norms: ‖∂L/∂W‖ of each layer, the output's last, shape [depth + 1, steps].
    """
    counts = off(network, flatness)
    if not len(frames):
        return ()
    if network.activation.largest_slope() == 0:
        # None of its units is more dead than another: it is told once, of all.
        numbers = {"largest": 0.0, "layers": network.depth}
        return (Event(int(frames[0]), "saturated_unit", numbers, NO_SLOPE),)
    told: dict[int, Event] = {}
    half, whole = counts >= network.width / 2, counts == network.width
    for level, reached in ((0, counts > 0), (0, counts > counts[:1]), (1, half), (2, whole)):
        lasting = _lasting(reached)
        frame = int(lasting.any(axis=1).argmax())
        # Of those that were flat from the start is told then, of others when they are.
        if lasting.any():
            told[frame] = _event(network, frames, flatness, norms, reached, frame, level)
    return tuple(told[frame] for frame in sorted(told))


def _lasting(reached: Any) -> Any:
    """Where it is so at the next frame too, or there is no next."""
    return reached & np.append(reached[1:], reached[-1:], axis=0)


def _event(
    network: Network,
    frames: Integers,
    flatness: Flatness,
    norms: Floats,
    reached: Any,
    frame: int,
    level: int,
) -> Event:
    """The event of the first frame at which a layer has reached a level for longer.

    ``reached`` says of each frame and layer whether it is there.
    """
    lasting = _lasting(reached)
    activation = network.activation
    kind = "dead_unit" if activation.dies() else "saturated_unit"
    counts = off(network, flatness)
    # Of several layers the one that has lost most.
    layer = int(np.where(lasting[frame], counts[frame], -1).argmax())
    numbers: dict[str, float | int] = {
        "layer": layer + 1,
        "count": int(counts[frame, layer]),
        "width": network.width,
        "layers": int(lasting.any(axis=0).sum()),
        "share": float(flatness.share[frame, layer]),
        "slope": float(flatness.slope[frame, layer]),
        "flat": activation.flat(),
        "largest": activation.largest_slope(),
        "end": int(counts[-1, layer]),
        "peak": int(counts.sum(axis=1).max()),
        "last": int(counts[-1].sum()),
        "all": network.width * network.depth,
    }
    step = int(frames[frame])
    texts = [(DEAD if activation.dies() else SATURATED)[level]]
    if kind == "dead_unit" and (step, level) == (0, 0):
        texts = [AT_FIRST]
    more: dict[str, Any] = {
        "verb": BECOME if step > 0 else FROM_THE_START,
        "through": SKIPPED if network.skip else STOPPED,
    }
    if norms.shape[1]:
        at = min(step, norms.shape[1] - 1)
        numbers["gradient"] = float(norms[layer, at])
        numbers["output_gradient"] = float(norms[-1, at])
        if kind == "saturated_unit":
            texts.append(GRADIENTS)
    others = np.flatnonzero(lasting.any(axis=0))
    others = others[others != layer] + 1
    if len(others):
        texts.append(OTHERS if len(others) > 1 else OTHER)
        more["others"] = ranges(others)
    after = np.flatnonzero(~reached[frame:, layer])
    if len(after):
        numbers["until"] = int(frames[frame + after[0] - 1])
        texts.append(BACK)
    if frame < len(frames) - 1:
        texts.append(FEWER if numbers["peak"] > numbers["last"] else WHOLE)
    return Event(step, kind, numbers, filled_in(texts, {**numbers, **more}))


def ranges(numbers: Integers) -> Text:
    """Whole numbers ascending as people write them: 1–3, 5; in Russian the same."""
    runs = np.split(numbers, np.flatnonzero(np.diff(numbers) > 1) + 1)
    ends = ((one[0], "–" if len(one) > 2 else ", ", one[-1]) for one in runs)
    written = ", ".join(f"{a}{between}{b}" if a < b else f"{a}" for a, between, b in ends)
    return Text(written, written)
