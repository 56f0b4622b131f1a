"""Claims are computed from what the API answers."""

from tests.api.conftest import client

__all__ = ["client"]
