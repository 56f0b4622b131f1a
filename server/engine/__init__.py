"""Runs optimisers over surfaces: compiled once, any numbers after that."""
