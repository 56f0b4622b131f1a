"""Connections of clients who may be slow, many or hostile: taken, bounded and ended."""
