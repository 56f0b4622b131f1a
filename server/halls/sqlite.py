"""Halls in a file of this machine, which all of its processes share (WAL), or in memory."""

import sqlite3
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic_core import from_json

from server.halls.hall import Hall
from server.halls.keeping import Change, Counted, Made, UnreachableError, read, written

WAIT = 5.0
"""Seconds that a write waits for those of other processes."""
TABLES = """
CREATE TABLE IF NOT EXISTS halls (
    name TEXT PRIMARY KEY, expires REAL NOT NULL, hall BLOB NOT NULL, taking INTEGER NOT NULL,
    revision INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS answers (
    name TEXT NOT NULL REFERENCES halls ON DELETE CASCADE,
    round INTEGER NOT NULL, device TEXT NOT NULL, answer BLOB NOT NULL,
    PRIMARY KEY (name, round, device)
) WITHOUT ROWID;
"""


class Sqlite:
    """Used by one thread at a time.

    Args:
        path: of the file; None for memory.

    Raises:
        UnreachableError: the file cannot be written.
    """

    threads = 1

    def __init__(self, path: Path | None):
        try:
            if path is not None:
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file = sqlite3.connect(
                path or ":memory:", timeout=WAIT, isolation_level=None, check_same_thread=False
            )
            for pragma in ("journal_mode = wal", "synchronous = normal", "foreign_keys = on"):
                self._file.execute(f"PRAGMA {pragma}")
            self._file.executescript(TABLES)
            with self._writing():  # A file that can only be read says so now.
                self._file.execute("DELETE FROM halls WHERE expires <= 0")
        except (sqlite3.Error, OSError) as why:
            raise UnreachableError(str(why)) from why

    @contextmanager
    def _writing(self) -> Generator[None]:
        with self._reading():
            self._file.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._file.execute("ROLLBACK")
                raise
            self._file.execute("COMMIT")

    @contextmanager
    def _reading(self) -> Generator[None]:
        try:
            yield
        except sqlite3.Error as why:
            raise UnreachableError(str(why)) from why

    def _one(self, sql: str, *values: object) -> Any:
        row = self._file.execute(sql, values).fetchone()
        return None if row is None else row[0]

    def make(self, name: str, hall: Hall, most: int, now: float) -> Made:
        with self._writing():
            self._file.execute("DELETE FROM halls WHERE expires <= ?", (now,))
            if self._one("SELECT count(*) FROM halls") >= most:
                return "full"
            made = self._file.execute(
                "INSERT OR IGNORE INTO halls VALUES (?, ?, ?, 0, 0)",
                (name, hall.expires, written(hall)),
            )
            return "made" if made.rowcount else "taken"

    def find(self, name: str, now: float) -> Hall | None:
        with self._reading():
            kept = self._one("SELECT hall FROM halls WHERE name = ? AND expires > ?", name, now)
        return None if kept is None else read(kept)

    def change(self, name: str, change: Change, now: float) -> Hall | None:
        with self._writing():
            kept = self._one("SELECT hall FROM halls WHERE name = ? AND expires > ?", name, now)
            if kept is None:
                return None
            hall = change(read(kept))
            self._file.execute(
                "UPDATE halls SET hall = ?, taking = ?, revision = revision + 1 WHERE name = ?",
                (written(hall), hall.taking, name),
            )
        return hall

    def count(self, name: str, round: int, device: str, answer: bytes, most: int) -> Counted:
        with self._writing():
            if self._one("SELECT taking FROM halls WHERE name = ?", name) != round:
                return "closed"
            answered = "SELECT 1 FROM answers WHERE name = ? AND round = ? AND device = ?"
            counted = "SELECT count(*) FROM answers WHERE name = ? AND round = ?"
            if (
                self._one(answered, name, round, device) is None
                and self._one(counted, name, round) >= most
            ):
                return "full"
            self._file.execute(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", (name, round, device, answer)
            )
            self._file.execute("UPDATE halls SET revision = revision + 1 WHERE name = ?", (name,))
        return "counted"

    def answers(self, name: str, round: int) -> Sequence[Any]:
        with self._reading():
            rows = self._file.execute(
                "SELECT answer FROM answers WHERE name = ? AND round = ?", (name, round)
            ).fetchall()
        return [from_json(row[0]) for row in rows]

    def forget(self, name: str, round: int) -> None:
        with self._writing():
            self._file.execute("DELETE FROM answers WHERE name = ? AND round = ?", (name, round))

    def revision(self, name: str) -> int:
        with self._reading():
            kept = self._one("SELECT revision FROM halls WHERE name = ?", name)
        return -1 if kept is None else kept

    def close(self) -> None:
        self._file.close()
