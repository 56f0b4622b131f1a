"""Where halls are kept, by a setting."""

import logging
from pathlib import Path
from typing import Final

import platformdirs

from server.halls.keeping import Keeping, UnreachableError
from server.halls.sqlite import Sqlite

MEMORY: Final = "memory"
REDIS: Final = ("redis://", "rediss://", "unix://")
FILE: Final = "halls.sqlite"

logger = logging.getLogger("steepest")


def opened(where: str | None = None) -> Keeping:
    """What keeps halls: a folder's file, a Redis, or memory where nothing else can be.

    Args:
        where: a folder, a Redis's URL, "memory", or None for the user's own folder.
    """
    if where and where.startswith(REDIS):
        # Only who uses it loads it.
        from server.halls.redis import InRedis

        return InRedis(where)
    if where == MEMORY:
        return Sqlite(None)
    folder = Path(where) if where else platformdirs.user_state_path("steepest")
    try:
        return Sqlite(folder / FILE)
    except UnreachableError as why:
        logger.warning(
            "halls are kept in memory, each process its own: %s in %s; set STEEPEST_HALLS to a"
            " folder that can be written, or to memory", why, folder,
        )  # fmt: skip
        return Sqlite(None)
