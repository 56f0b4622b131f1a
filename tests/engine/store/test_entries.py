"""What is loaded: whole entries of the very key, by other processes too, and how many there are."""

import json
import logging
import os
import subprocess
import sys

import numpy as np

from server.engine import identity
from server.engine.folder import Folder
from server.engine.store import MAGIC, PREPARED, Store
from tests.conftest import PLACEMENT
from tests.engine.store.squares import CALL, KEY, asked, only, process_of, right, squares


def test_a_second_process_loads_what_the_first_compiled(folder, compiled):
    assert right(asked(process_of(folder)))
    assert len(compiled) == 1
    assert right(asked(process_of(folder)))
    assert len(compiled) == 1
    assert not (only(folder).stat().st_mode | folder.stat().st_mode) & 0o077


def test_a_loaded_program_that_does_not_run_is_compiled_anew_and_written_over(
    folder, compiled, caplog
):
    """An entry that is whole and loads, but is another program: of four numbers, not three."""
    first = process_of(folder)
    assert right(asked(first))
    elsewhere = folder.parent / "elsewhere"
    of_four = (np.arange(4.0), np.float64(2))
    process_of(elsewhere).compiled(KEY, squares, of_four)
    header, _, _ = only(folder).read_bytes()[len(MAGIC) :].partition(b"\n")
    _, _, payload = only(elsewhere).read_bytes()[len(MAGIC) :].partition(b"\n")
    first.store.save(json.loads(header)["key"], payload)
    assert right(asked(process_of(folder)))
    assert "does not run" in caplog.text
    assert len(compiled) == 3
    assert right(asked(process_of(folder)))
    assert len(compiled) == 3


def test_prepared_means_that_every_entry_is_there(folder):
    kept = Store(Folder(folder))
    kept.save("one", b"1")
    kept.note_prepared({"jax": "1"}, [identity.digest("one")])
    assert kept.is_prepared({"jax": "1"})
    (folder / identity.digest("one")).unlink()
    assert not kept.is_prepared({"jax": "1"})
    assert not kept.is_prepared({"jax": "2"})


def test_a_full_folder_forgets_what_was_not_loaded_for_longest(folder):
    kept = Store(Folder(folder, room=4000))
    for name in "abc":
        kept.save(name, bytes(1000))
        os.utime(folder / identity.digest(name), ns=(ord(name), ord(name)))
    assert kept.load("a") == bytes(1000)
    kept.save("d", bytes(1000))
    there = {name for name in "abcd" if kept.has(name)}
    assert there == {"a", "c", "d"}
    kept.save("too large", bytes(4000))
    assert there == {name for name in "abcd" if kept.has(name)}


def test_a_disk_that_is_full_stops_nothing(folder, caplog, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    programs = process_of(folder)
    monkeypatch.setattr(os, "replace", full)
    with caplog.at_level(logging.WARNING, "steepest"):
        assert right(asked(programs))
        assert right(asked(programs, ("another",)))
    assert caplog.text.count("No space left") == 1
    assert list(folder.iterdir()) == []


WRITER = """
import sys
from pathlib import Path
from server.engine.folder import Folder
from server.engine.store import Store
kept = Store(Folder(Path(sys.argv[1])))
print("begun", flush=True)
while True:
    kept.save("key", bytes([65]) * 3_000_000)
    kept.save("key", bytes([66]) * 3_000_000)
"""


def test_killed_writers_leave_only_whole_entries(folder):
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, folder], stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    for writer in writers:
        assert writer.stdout.readline() == b"begun\n"
    kept, seen = Store(Folder(folder)), []
    while len(seen) < 20:
        payload = kept.load("key")
        seen += [payload] if payload is not None else []
    for writer in writers:
        writer.kill()
        writer.communicate()
    payload = kept.load("key")
    assert {len(one) for one in [*seen, payload]} == {3_000_000}
    assert all(one.count(one[:1]) == len(one) for one in [*seen, payload])


def test_what_is_not_declared_in_the_sources_is_not_kept(folder):
    programs = process_of(folder)

    def inner(x):
        return x + 1

    programs.compiled(("inner",), inner, (np.ones(2),))
    programs.compiled((squares, inner), squares, CALL)
    assert list(folder.iterdir()) == []


def test_the_key_covers_every_module_that_programs_are_made_of():
    """By what the interpreter really imports for the engine."""
    code = (
        "import sys, pkgutil, importlib, server.engine\n"
        "for one in pkgutil.walk_packages(server.engine.__path__, 'server.engine.'):\n"
        "    importlib.import_module(one.name)\n"
        "print(*(m.__file__ for n, m in sys.modules.items()"
        " if n.partition('.')[0] in ('server', 'surfaces')), sep='\\n')"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    covered = {str(path) for path in identity.sources()} | {
        str(identity.ROOT / "server" / "__init__.py")
    }
    assert set(found.stdout.split()) <= covered


def test_entries_are_named_by_key_and_lists_by_environment(folder):
    programs = process_of(folder)
    noted = set()
    programs.ahead(noted).compiled(KEY, squares, CALL)
    assert programs.held == []
    assert [one.name for one in folder.iterdir()] == [*noted]
    programs.store.note_prepared(identity.environment(PLACEMENT.sequential), noted)
    assert programs.store.is_prepared(identity.environment(PLACEMENT.sequential))
    assert sum(one.name.startswith(PREPARED) for one in folder.iterdir()) == 1
