"""How each framework is asked for the same rule: its constructor and its own argument names."""

import optax


def prodigy(rate, b1=0.9, b2=0.999, **more):
    return optax.contrib.prodigy(rate, betas=(b1, b2), **more)


def nesterov(rate, **more):
    return optax.sgd(rate, nesterov=True, **more)


MOMENTS = {"beta1": "b1", "beta2": "b2", "epsilon": "eps"}

# Constructor, and our name of each hyperparameter with theirs.
OPTAX = {
    "sgd": (optax.sgd, {}),
    "momentum": (optax.sgd, {"momentum": "momentum"}),
    "nesterov": (nesterov, {"momentum": "momentum"}),
    "adagrad": (
        optax.adagrad,
        {"initial_accumulator": "initial_accumulator_value", "epsilon": "eps"},
    ),
    "rmsprop": (optax.rmsprop, {"decay": "decay", "epsilon": "eps"}),
    "adam": (optax.adam, MOMENTS),
    "adamw": (optax.adamw, {**MOMENTS, "weight_decay": "weight_decay"}),
    "nadam": (optax.nadam, MOMENTS),
    "amsgrad": (optax.amsgrad, MOMENTS),
    "adamax": (optax.adamax, MOMENTS),
    "adadelta": (optax.adadelta, {"decay": "rho", "epsilon": "eps"}),
    "radam": (optax.radam, MOMENTS),
    "adabelief": (optax.adabelief, MOMENTS),
    "yogi": (optax.yogi, MOMENTS),
    "lion": (optax.lion, {"beta1": "b1", "beta2": "b2", "weight_decay": "weight_decay"}),
    "rprop": (optax.rprop, {"shrink": "eta_minus", "grow": "eta_plus"}),
    "novograd": (optax.novograd, {**MOMENTS, "weight_decay": "weight_decay"}),
    "adan": (optax.adan, {**MOMENTS, "beta3": "b3"}),
    "prodigy": (prodigy, MOMENTS),
    "schedule_free": (optax.contrib.schedule_free_sgd, {"momentum": "b1"}),
    "sophia": (optax.contrib.sophia, {**MOMENTS, "gamma": "gamma", "weight_decay": "weight_decay"}),
}

# Rules whose constructor takes one number as the rate, so that it cannot vary.
ONE_RATE = {"rprop", "schedule_free"}


def optax_rule(one, rate, **more):
    """Optax's transformation with the numbers of one of our optimisers."""
    constructor, names = OPTAX[one.id]
    return constructor(
        rate, **{theirs: getattr(one, name) for name, theirs in names.items()}, **more
    )


def betas(one):
    return {"betas": (one.beta1, one.beta2), "eps": one.epsilon}


# PyTorch's class by name, and its arguments.
TORCH = {
    "sgd": ("SGD", lambda one: {}),
    "momentum": ("SGD", lambda one: {"momentum": one.momentum}),
    "nesterov": ("SGD", lambda one: {"momentum": one.momentum, "nesterov": True}),
    "adagrad": (
        "Adagrad",
        lambda one: {"initial_accumulator_value": one.initial_accumulator, "eps": one.epsilon},
    ),
    "rmsprop": ("RMSprop", lambda one: {"alpha": one.decay, "eps": one.epsilon}),
    "adam": ("Adam", betas),
    "adamw": ("AdamW", lambda one: {**betas(one), "weight_decay": one.weight_decay}),
    "nadam": ("NAdam", betas),
    "amsgrad": ("Adam", lambda one: {**betas(one), "amsgrad": True}),
    "adamax": ("Adamax", betas),
    "adadelta": ("Adadelta", lambda one: {"rho": one.decay, "eps": one.epsilon}),
    "radam": ("RAdam", betas),
    "rprop": ("Rprop", lambda one: {"etas": (one.shrink, one.grow)}),
    "lbfgs": ("LBFGS", lambda one: {"max_iter": 1, "history_size": 10}),
}


def torch_rule(torch, one, parameters, rate):
    """PyTorch's optimiser with the numbers of one of ours."""
    name, arguments = TORCH[one.id]
    return getattr(torch.optim, name)(parameters, lr=float(rate), **arguments(one))


KERAS = {
    "sgd": ("SGD", lambda one: {}),
    "momentum": ("SGD", lambda one: {"momentum": one.momentum}),
    "nesterov": ("SGD", lambda one: {"momentum": one.momentum, "nesterov": True}),
    "adagrad": (
        "Adagrad",
        lambda one: {"initial_accumulator_value": one.initial_accumulator, "epsilon": one.epsilon},
    ),
    "rmsprop": ("RMSprop", lambda one: {"rho": one.decay, "epsilon": one.epsilon}),
    "adam": (
        "Adam",
        lambda one: {"beta_1": one.beta1, "beta_2": one.beta2, "epsilon": one.epsilon},
    ),
}


def keras_rule(keras, one):
    """Keras's optimiser with the numbers of one of ours."""
    name, arguments = KERAS[one.id]
    return getattr(keras.optimizers, name)(1.0, **arguments(one))
