"""Steepest's server: gradient-descent trajectories over REST."""
