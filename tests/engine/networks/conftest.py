import pytest

from server.engine.networks.network import Network
from server.networks.datasets import Moons
from server.networks.initializers import Xavier
from server.networks.losses import CrossEntropy
from surfaces.activations.smooth import Tanh


@pytest.fixture(scope="session")
def torch():
    return pytest.importorskip("torch", reason="PyTorch is not installed: make torch")


@pytest.fixture
def network():
    """A small network; what a test is about is given by name."""

    def made(**given):
        usual = {
            "depth": 5,
            "width": 12,
            "activation": Tanh(),
            "initializer": Xavier(),
            "skip": False,
            "normalization": "none",
            "loss": CrossEntropy(),
            "dataset": Moons(size=40),
        }
        return Network(**(usual | given))

    return made
