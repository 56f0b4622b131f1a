"""Activations: what stands between the layers of a network, the lecture's eight and two more."""
