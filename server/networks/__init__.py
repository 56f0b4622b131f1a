"""What a network is made of besides its activations: weights, losses, data."""
