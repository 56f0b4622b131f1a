"""How Optax is asked for the same schedule: its constructors with the numbers of one of ours."""

import jax
import jax.numpy as jnp
import numpy as np
import optax

from server.limits import STEPS


def _restarts(one, _):
    lengths = [one.every]
    while sum(lengths) < STEPS:
        lengths.append(lengths[-1] * one.growth)
    periods = [optax.cosine_decay_schedule(1.0, length, one.end) for length in lengths]
    return optax.join_schedules(periods, [int(end) for end in np.cumsum(lengths)[:-1]])


# With a peak of 1 over n steps, without warm-up, by id.
OPTAX = {
    "constant": lambda one, n: optax.constant_schedule(1.0),
    "step": lambda one, n: optax.exponential_decay(1.0, one.every, one.factor, staircase=True),
    "exponential": lambda one, n: optax.exponential_decay(1.0, one.every, one.factor),
    "linear": lambda one, n: optax.linear_schedule(1.0, one.end, n),
    "cosine": lambda one, n: optax.cosine_decay_schedule(1.0, n, one.end),
    "one_cycle": lambda one, n: optax.cosine_onecycle_schedule(
        max(2, n), 1.0, one.rise, one.division, one.final_division
    ),
    "warm_restarts": _restarts,
}


def optax_factors(one, steps):
    """Optax's factor of each step, warm-up included."""
    warmup = one.warmup_steps
    whole = OPTAX[one.id](one, max(1, steps - warmup))
    if warmup > 0:
        whole = optax.join_schedules([optax.linear_schedule(0.0, 1.0, warmup), whole], [warmup])
    # Evaluated at all steps a run may have, so that every number of steps takes one compile.
    return np.asarray(jax.vmap(whole)(jnp.arange(STEPS)), np.float64)[:steps]
