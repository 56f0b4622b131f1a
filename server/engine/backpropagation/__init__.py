"""Computation graphs: every operation of a loss, its value, its adjoint."""
