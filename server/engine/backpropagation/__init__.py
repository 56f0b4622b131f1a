"""Computation graphs of reverse-mode differentiation: every operation of a loss, its value, its adjoint."""
