"""Scenes of the lecture: one question each, with the state that shows its answer."""
