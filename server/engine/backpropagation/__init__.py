"""Reverse-mode differentiation laid open: every operation of a loss, its value, its adjoint."""
