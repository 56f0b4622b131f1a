"""Computation graphs of reverse-mode differentiation: operations, their values and adjoints."""
