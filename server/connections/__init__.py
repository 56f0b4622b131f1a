"""Connections of clients who may be slow, many or hostile: how they are taken, bounded and ended."""
