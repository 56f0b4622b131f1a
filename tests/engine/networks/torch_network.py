"""The same network written in PyTorch, from the formulas and not from our code."""

import math

import numpy as np


def activations(torch):
    """Each activation by id, in PyTorch's own words."""
    from torch.nn import functional

    return {
        "linear": lambda z: z,
        # Not differentiable in PyTorch; its gradient is 0 wherever it has one.
        "binary_step": lambda z: (z >= 0).to(z.dtype) + 0 * z,
        "sigmoid": torch.sigmoid,
        "tanh": torch.tanh,
        "relu": torch.relu,
        "softplus": lambda z: functional.softplus(z, threshold=1000),
        "leaky_relu": lambda z: functional.leaky_relu(z, 0.01),
        "elu": functional.elu,
        "gelu": functional.gelu,
        "silu": functional.silu,
    }


def losses(torch):
    """Each loss by id, of outputs and targets, for classes and for a curve."""
    from torch.nn import functional

    sigmoid = torch.sigmoid
    return {
        ("mse", "classes"): lambda z, t: functional.mse_loss(sigmoid(z), t),
        ("mae", "classes"): lambda z, t: functional.l1_loss(sigmoid(z), t),
        ("cross_entropy", "classes"): functional.binary_cross_entropy_with_logits,
        ("mse", "curve"): functional.mse_loss,
        ("mae", "curve"): functional.l1_loss,
    }


class TorchNetwork:
    """Weights taken from the packed parameters of ours; everything else is PyTorch's."""

    def __init__(self, torch, network, parameters):
        self.torch, self.network = torch, network
        self.dtype = getattr(torch, str(parameters.dtype))
        self.weights, self.biases = [], []
        for layer in range(network.depth + 1):
            fan_in, fan_out = network.fans(layer)
            place = 64 if layer == network.depth else layer
            for kept, drawn in (
                (self.weights, parameters[place, :fan_in, :fan_out]),
                (self.biases, parameters[place, -1, :fan_out]),
            ):
                kept.append(torch.tensor(np.array(drawn), dtype=self.dtype, requires_grad=True))

    def loss(self, rows=slice(None)):
        """The mean loss of some rows; what layers hand on is kept in ``activations``."""
        examples = self.network.dataset.examples()
        inputs = self.torch.tensor(examples.inputs[rows], dtype=self.dtype)
        targets = self.torch.tensor(examples.targets[rows], dtype=self.dtype)
        phi = activations(self.torch)[self.network.activation.id]
        h, self.activations = inputs, []
        for layer in range(self.network.depth):
            z = h @ self.weights[layer] + self.biases[layer]
            if self.network.normalization == "layer":
                z = self.torch.nn.functional.layer_norm(z, (self.network.width,))
            h = phi(z) + (h if self.network.skip and layer > 0 else 0)
            h.retain_grad()
            self.activations.append(h)
        output = (h @ self.weights[-1] + self.biases[-1])[:, 0]
        kind = losses(self.torch)[self.network.loss.id, self.network.dataset.kind]
        return kind(output, targets)

    def gradient_norms(self):
        """‖∂L/∂h‖ and ‖∂L/∂W‖ of each hidden layer, and ‖∂L/∂W‖ of the output."""
        self.loss().backward()
        by_h = [norm(one.grad) for one in self.activations]
        by_weights = [norm(one.grad) for one in self.weights]
        return by_h, by_weights[:-1], by_weights[-1]


def norm(gradient):
    """Euclidean norm in double precision."""
    return 0.0 if gradient is None else math.sqrt(float((gradient.double() ** 2).sum()))
