"""Networks: what their gradients are at initialisation, and how they train."""
