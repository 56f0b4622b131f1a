"""What ties a process that prepares programs to the server that began it."""

import os
import sys
from threading import Thread

ATTACHED = "--attached"
"""Asks the process to report, and to end when whoever began it is gone."""


def attach() -> None:
    """End with whoever holds the other end of standard input, however that ends; step back."""
    Thread(target=_end_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(10)


def _end_with_parent() -> None:
    sys.stdin.read()
    os._exit(1)
