"""Runs compared over surfaces and starts: performance profiles, fixed-target ECDFs, a score."""
