"""A slice through the loss of a real network: two random directions around a trained point."""

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Literal, final

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax
from numpy.typing import NDArray

from surfaces.activations.smooth import Silu
from surfaces.caching import within
from surfaces.claims import deep as claims
from surfaces.claims.claim import Claim, Setting
from surfaces.declaration import Reference, Text, choice, declaration, parameter
from surfaces.surface import Example, Family, Known, Surface, Tag
from surfaces.trained_network import Examples, Weights, initial, moons, trained
from surfaces.units import PLAIN, Places, Units

Numbers = NDArray[np.float64]

DOMAIN = ((-1.0, 1.0), (-0.9, 0.9))
PLACES_AT_ONCE = 16
BUDGET = 2 * 2**20
"""Bytes of the trained networks that are kept, some 15 kB each."""

activation = Silu()


def answers(weights: Weights, points: Array, skip: Array) -> Array:
    """The score of each point [n, 2], shape [n]: h ← s·h + φ(Wh + b), s = 1 with skips."""
    h = activation(weights.first @ points.T + weights.first_bias[:, None])

    def layer(h: Array, own: tuple[Array, Array]) -> tuple[Array, None]:
        matrix, bias = own
        return skip * h + activation(matrix @ h + bias[:, None]), None

    h, _ = lax.scan(layer, h, (weights.hidden, weights.hidden_bias))
    return weights.last @ h + weights.last_bias


def log_loss(weights: Weights, points: Array, labels: Array, skip: Array) -> Array:
    """Mean of log(1 + e^{−label · score}), labels −1 and 1."""
    return jnp.mean(jnp.logaddexp(0.0, -labels * answers(weights, points, skip)))


def direction(weights: Weights, seed: Sequence[int]) -> Weights:
    """A random direction, each unit's incoming weights scaled to the norm that they have.

    Filter normalisation as Li et al. have it, d ← d‖θ‖/‖d‖ for each filter; a unit's row of
    incoming weights is the filter of a dense layer. Biases stay where they are, as with
    ``biasbn`` in the authors' code (tomgoldstein/loss-landscape, net_plotter.py,
    ``normalize_directions_for_weights``).
    """
    chance = np.random.default_rng(seed)

    def like(filters: Any) -> Numbers:
        filters = np.asarray(filters)
        drawn = chance.standard_normal(filters.shape)
        norms = np.linalg.norm(filters, axis=-1, keepdims=True)
        return drawn * norms / np.linalg.norm(drawn, axis=-1, keepdims=True)

    return Weights(
        like(weights.first),
        np.zeros_like(weights.first_bias),
        like(weights.hidden),
        np.zeros_like(weights.hidden_bias),
        like(weights.last),
        np.zeros_like(weights.last_bias),
    )


@final
@declaration
class Sliced(Surface):
    """L(θ* + xδ + yη) of the network itself: nothing is interpolated.

    Attributes:
        skip: 1 with skip connections, else 0.
        weights: θ*.
        along_x, along_y: δ and η.
        examples: what the loss is the mean over.
    """

    id: ClassVar[str] = "network_slice"
    domain: ClassVar = DOMAIN

    skip: Any
    weights: Weights
    along_x: Weights
    along_y: Weights
    examples: Examples

    def at(self, x: Array, y: Array) -> Weights:
        """θ* + xδ + yη."""

        def moved(weight: Any, along_x: Any, along_y: Any) -> Array:
            return weight + x * along_x + y * along_y

        return jax.tree.map(moved, self.weights, self.along_x, self.along_y)

    def loss(self, x: Array, y: Array) -> Array:
        return log_loss(self.at(x, y), self.examples.points, self.examples.labels, self.skip)

    def units(self, points: Places) -> Units:
        """Its layers at each point, in NumPy."""
        x, y = points.T

        def moved(weight: Any, along_x: Any, along_y: Any) -> Numbers:
            wide = (-1, *[1] * np.ndim(weight))
            return weight + x.reshape(wide) * along_x + y.reshape(wide) * along_y

        at = Weights(*map(moved, self.weights, self.along_x, self.along_y))
        value = PLAIN[activation.id].value
        sums = [at.first @ self.examples.points.T + at.first_bias[..., None]]
        h = value(sums[0])
        for k in range(at.hidden.shape[1]):
            sums.append(at.hidden[:, k] @ h + at.hidden_bias[:, k, :, None])
            h = self.skip * h + value(sums[-1])
        return Units(activation, np.stack(sums, axis=1))

    def losses_and_gradients(self, points: Array) -> tuple[Array, Array]:
        """Loss [n] and gradient [n, 2], few points at a time: their layers fit in the cache."""

        def loss(point: Array) -> Array:
            return self.loss(point[0], point[1])

        return lax.map(jax.value_and_grad(loss), points, batch_size=PLACES_AT_ONCE)


@within(BUDGET)
def sliced(skip: float, seed: int) -> Sliced:
    """A network trained from its seed, and two directions around it; computed once."""
    examples = moons(seed)
    weights = trained(initial(seed, skip), examples, skip)
    along_x, along_y = direction(weights, [seed, 2]), direction(weights, [seed, 3])
    return Sliced(skip, weights, along_x, along_y, examples)


@final
@declaration
class NetworkSlice(Surface):
    """A slice L(θ* + xδ + yη) through a trained network's loss, filter-normalised.

    Twelve layers, six units wide, SiLU between, 24 points of two moons. The trained point
    (0, 0) is near a minimum of the slice, but training ends before it is exactly one, so that
    none is stated.
    """

    id: ClassVar[str] = "network_slice"
    title: ClassVar[Text] = Text("Slice of a network", "Срез сети")
    summary: ClassVar[Text] = Text(
        "The loss of a trained network of 12 layers around (0, 0), along two random "
        "directions. Most paths are caught in the maze; switch the skip connections on, and it "
        "is a bowl.",
        "Потери обученной сети из 12 слоёв вокруг точки (0, 0) вдоль двух случайных "
        "направлений. В лабиринте большинство путей застревает; включите остаточные связи — и "
        "он станет чашей.",
    )
    claim: ClassVar[Claim] = Claim(
        claims.maze_becomes_a_bowl, {"skipping": Setting({"skip": "on"})}
    )
    formula: ClassVar[str] = r"L\left(\theta^* + x\,\delta + y\,\eta\right)"
    reference: ClassVar[Reference] = Reference(
        "Li, Xu, Taylor, Studer and Goldstein (2018), Visualizing the Loss Landscape of Neural "
        "Nets, NeurIPS, section 4",
        "https://arxiv.org/abs/1712.09913",
    )
    family: ClassVar[Family | None] = None
    domain: ClassVar = DOMAIN
    start: ClassVar = (-0.6, 0.5)
    tags: ClassVar[tuple[Tag, ...]] = ("deep", "multimodal")
    learning_rate: ClassVar[float] = 0.0005
    stride: ClassVar[float] = 0.01
    minima_known: ClassVar[Known] = "none"
    # One point u = (1, 0) with label 1, first weights x on the first unit, hidden layers 0 with
    # skips (SiLU(0) = 0), last weight 1 + y: the score is (1 + y)·SiLU(x) + c. SiLU(ln 3) is
    # (3/4)ln 3 and c completes it to ln 3, so that the loss is log(4/3) and its slope by the
    # score −1/4; SiLU′(ln 3) = 3/4 (1 + (ln 3)/4).
    example: ClassVar[Example] = Example(
        at=(1.0986122886681098, 0.0),
        loss=0.28768207245178085,
        gradient=(-0.2389974510313177, -0.20598980412527058),
    )

    skip: Annotated[
        Literal["off", "on"],
        choice(
            Text("Skip connections", "Остаточные связи (skip)"),
            off=Text("without", "нет"),
            on=Text("with", "есть"),
        ),
    ] = "off"
    network_seed: Annotated[
        int,
        parameter(Text("Seed", "Зерно"), symbol="s", ge=0, le=9999, step=1),
    ] = 0

    def definitions(self) -> tuple[str, ...]:
        mean = r"\tfrac{1}{n}\sum_i \log\left(1 + e^{-t_i\,N_\theta(u_i)}\right)"
        return (f"L = {mean}",)

    def ready(self) -> Sliced:
        return sliced(float(self.skip == "on"), int(self.network_seed))

    def for_example(self) -> Sliced:
        nothing = Weights(
            np.zeros((2, 2)), np.zeros(2), np.zeros((3, 2, 2)), np.zeros((3, 2)), np.zeros(2), 0.0
        )
        one = np.array([1.0, 0.0])
        point = Examples(one[None, :], np.array([1.0]))
        return Sliced(
            1.0,
            nothing._replace(last=one, last_bias=np.array(0.25 * np.log(3.0))),
            nothing._replace(first=np.outer(one, one), last_bias=np.array(0.0)),
            nothing._replace(last=one, last_bias=np.array(0.0)),
            point,
        )

    def loss(self, x: Array, y: Array) -> Array:
        return self.ready().loss(x, y)

    def gradient(self, point: Array) -> Array:
        return self.ready().gradient(point)

    def loss_and_gradient(self, point: Array) -> tuple[Array, Array]:
        return self.ready().loss_and_gradient(point)
