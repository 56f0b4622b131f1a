"""Thousands of runs side by side, each number of a run a vector over lanes."""
