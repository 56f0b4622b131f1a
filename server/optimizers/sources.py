"""Where the frameworks' update rules were read, with the release."""

from surfaces.declaration import Reference, Text

LECTURE = Reference("Introduction to deep learning, lecture 1, section 4")

NOCEDAL_WRIGHT = Reference(
    "Nocedal and Wright (2006), Numerical Optimization, 2nd edition, Springer, chapters 3 and 7",
    "https://doi.org/10.1007/978-0-387-40065-5",
)


def pytorch(file: str) -> Reference:
    """A file of PyTorch."""
    return Reference(
        f"PyTorch 2.13.0, torch/optim/{file}",
        f"https://github.com/pytorch/pytorch/blob/v2.13.0/torch/optim/{file}",
    )


def keras(file: str) -> Reference:
    """A file of Keras."""
    return Reference(
        f"Keras 3.15.1, keras/src/optimizers/{file}",
        f"https://github.com/keras-team/keras/blob/v3.15.1/keras/src/optimizers/{file}",
    )


def optax(file: str) -> Reference:
    """A file of Optax."""
    return Reference(
        f"Optax 0.2.8, optax/_src/{file}",
        f"https://github.com/google-deepmind/optax/blob/v0.2.8/optax/_src/{file}",
    )


def optax_contrib(file: str) -> Reference:
    """A file of Optax's contributed optimisers."""
    return Reference(
        f"Optax 0.2.8, optax/contrib/{file}",
        f"https://github.com/google-deepmind/optax/blob/v0.2.8/optax/contrib/{file}",
    )


AS_LECTURE = Text("As the lecture writes it.", "Так же, как в лекции.")
