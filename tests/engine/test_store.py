"""Programs on disk: what is loaded, what never is, and that a second process compiles nothing."""

import json
import logging
import os
import pickle
import subprocess
import sys
import threading
import zlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from server.engine import identity, store
from server.engine.programs import Programs
from server.engine.store import MAGIC, PREPARED, Folder, Refused, Store
from tests.conftest import PLACEMENT

KEY = ("squares",)
CALL = (np.arange(3.0), np.float64(2))


class Answer(NamedTuple):
    squares: Any
    total: Any


def squares(x, factor):
    return Answer(factor * x**2, (jnp.sum(x), None))


# Programs of tests are not declared in the sources that the key covers, but these are not changed.
squares.__module__ = "server.engine.squares"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "programs"


@pytest.fixture
def compiled():
    """Seconds of each compile by XLA from now on."""
    taken = []

    def listen(event, seconds, **_):
        if event == "/jax/core/compile/backend_compile_duration":
            taken.append(seconds)

    jax.monitoring.register_event_duration_secs_listener(listen)
    yield taken
    jax.monitoring.unregister_event_duration_listener(listen)


def process_of(folder, **more):
    """What a process has: programs of its own and the store that all share."""
    return Programs(PLACEMENT, store=Store(Folder(folder)), **more)


def asked(programs, key=KEY):
    return programs.compiled(key, squares, CALL)(*CALL)


def only(folder):
    [entry] = folder.iterdir()
    return entry


def right(answer):
    return (
        isinstance(answer, Answer)
        and answer.squares.tolist() == [0, 2, 8]
        and float(answer.total[0]) == 3
        and answer.total[1] is None
    )


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


class Bomb:
    """Unpickled, it leaves a file."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (str(self.path),)


def truncated(entry, _):
    entry.write_bytes(entry.read_bytes()[:-1])


def flipped(entry, _):
    raw = bytearray(entry.read_bytes())
    raw[-9] ^= 1
    entry.write_bytes(raw)


def foreign(entry, bomb):
    entry.write_bytes(zlib.compress(pickle.dumps(Bomb(bomb))))


def of_another_key(entry, bomb):
    payload = zlib.compress(pickle.dumps(Bomb(bomb)))
    told = {"key": "other", "bytes": len(payload), "digest": identity.digest(payload)}
    entry.write_bytes(MAGIC + json.dumps(told).encode() + b"\n" + payload)


def under_the_old_header(entry, bomb):
    header = entry.read_bytes()[: entry.read_bytes().index(b"}\n") + 2]
    entry.write_bytes(header + zlib.compress(pickle.dumps(Bomb(bomb))))


def empty(entry, _):
    entry.write_bytes(b"")


def linked(entry, _):
    elsewhere = entry.parent.parent / "elsewhere"
    entry.rename(elsewhere)
    entry.symlink_to(elsewhere)


def readable_by_all(entry, _):
    entry.chmod(0o644)


def a_pipe(entry, _):
    entry.unlink()
    os.mkfifo(entry, 0o600)


def a_folder(entry, _):
    entry.unlink()
    entry.mkdir(0o700)
    (entry / "inside").touch()


def of_a_deep_header(entry, bomb):
    payload = zlib.compress(pickle.dumps(Bomb(bomb)))
    entry.write_bytes(MAGIC + b"[" * 100_000 + b"\n" + payload)


@pytest.mark.parametrize(
    "harm",
    [truncated, flipped, foreign, of_another_key, under_the_old_header, empty, linked,
     readable_by_all, a_pipe, of_a_deep_header],
)  # fmt: skip
def test_what_is_not_whole_and_its_own_is_compiled_anew_and_never_unpickled(
    folder, tmp_path, compiled, harm
):
    asked(process_of(folder))
    harm(only(folder), tmp_path / "bomb")
    assert right(asked(process_of(folder)))
    assert len(compiled) == 2
    assert not (tmp_path / "bomb").exists()
    assert right(asked(process_of(folder)))
    assert len(compiled) == 2
    assert not only(folder).is_symlink()


def writable_by_the_group(entry, _):
    entry.chmod(0o664)


def writable_by_all(entry, _):
    entry.chmod(0o646)


@pytest.mark.parametrize(
    "harm",
    [truncated, flipped, foreign, of_another_key, under_the_old_header, empty, linked, a_pipe,
     a_folder, of_a_deep_header, writable_by_the_group, writable_by_all],
)  # fmt: skip
def test_the_same_holds_of_what_was_shipped(folder, tmp_path, compiled, harm):
    asked(process_of(folder))
    folder.chmod(0o755)
    only(folder).chmod(0o644)
    harm(only(folder), tmp_path / "bomb")
    behind = Store(Folder(tmp_path / "own"), Folder(folder, shipped=True))
    assert right(asked(Programs(PLACEMENT, store=behind)))
    assert len(compiled) == 2
    assert not (tmp_path / "bomb").exists()


def test_entries_under_each_others_names_are_refused(folder, compiled):
    programs = process_of(folder)
    asked(programs, ("one",)), asked(programs, ("other",))
    one, other = sorted(folder.iterdir())
    contents = one.read_bytes(), other.read_bytes()
    one.write_bytes(contents[1]), other.write_bytes(contents[0])
    programs = process_of(folder)
    assert right(asked(programs, ("one",))) and right(asked(programs, ("other",)))
    assert len(compiled) == 4


def test_a_change_of_any_one_byte_is_seen(folder):
    kept = Store(Folder(folder))
    kept.save("key", b"payload")
    entry = only(folder)
    whole = entry.read_bytes()
    assert kept.load("key") == b"payload"
    for at in range(len(whole)):
        for changed in (whole[at] ^ 1, whole[at] ^ 0x20, whole[at] ^ 0x80):
            entry.write_bytes(whole[:at] + bytes([changed]) + whole[at + 1 :])
            assert kept.load("key") is None, at
        entry.write_bytes(whole[:at] + whole[at + 1 :])
        assert kept.load("key") is None, at
    entry.write_bytes(whole + b"\0")
    assert kept.load("key") is None


@pytest.mark.parametrize("damaged", [b"", b"{", b"[]", b'{"programs": 3}', b"[" * 100_000, b"\xff"])
def test_a_damaged_list_is_no_list(folder, tmp_path, damaged):
    around = {"jax": "1"}
    kept = Store(Folder(folder))
    kept.note_prepared(around, [])
    assert kept.is_prepared(around)
    only(folder).write_bytes(damaged)
    assert not kept.is_prepared(around)
    folder.chmod(0o755), only(folder).chmod(0o644)
    behind = Store(Folder(tmp_path / "own"), Folder(folder, shipped=True))
    assert not behind.is_prepared({"jax": "2"})


def test_the_bomb_goes_off_when_it_is_unpickled(tmp_path):
    pickle.loads(pickle.dumps(Bomb(tmp_path / "bomb")))
    assert (tmp_path / "bomb").exists()


def test_folders_that_others_could_have_written_to_are_refused(folder, caplog):
    folder.mkdir(mode=0o700)
    for mode in (0o777, 0o770, 0o750, 0o701):
        folder.chmod(mode)
        with pytest.raises(Refused, match="chmod 700"):
            Folder(folder)
    folder.chmod(0o700)
    link = folder.parent / "link"
    link.symlink_to(folder)
    with pytest.raises(Refused, match="link"):
        Folder(link)
    folder.chmod(0o777)
    with caplog.at_level(logging.WARNING, "steepest"):
        assert store.opened(folder, shipped=None) is None
    assert "STEEPEST_PROGRAMS" in caplog.text and str(folder) in caplog.text


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_folders_and_entries_of_other_users_are_refused(folder, compiled):
    asked(process_of(folder))
    os.chown(only(folder), 12345, -1)
    asked(process_of(folder))
    assert len(compiled) == 2
    os.chown(folder, 12345, -1)
    with pytest.raises(Refused, match="another user"):
        Folder(folder)
    with pytest.raises(Refused, match="another user"):
        Folder(folder, shipped=True)


def test_a_file_in_the_folders_place_and_off_leave_no_store(tmp_path):
    (tmp_path / "file").touch()
    assert store.opened(tmp_path / "file", shipped=None) is None
    assert store.opened("off") is None


def test_shipped_programs_are_read_and_never_written(folder, tmp_path, compiled):
    asked(process_of(folder))
    folder.chmod(0o755)
    only(folder).chmod(0o644)
    before = only(folder).stat()
    own = Folder(tmp_path / "own")
    programs = Programs(PLACEMENT, store=Store(own, Folder(folder, shipped=True)))
    assert right(asked(programs))
    assert len(compiled) == 1
    asked(programs, ("another",))
    assert only(folder).stat() == before
    assert len(own.names()) == 1
    folder.chmod(0o775)
    with pytest.raises(Refused):
        Folder(folder, shipped=True)


def test_programs_shipped_for_another_processor_are_told_of(folder, tmp_path, caplog):
    shipped = Store(Folder(folder))
    shipped.note_prepared({"processor": "other", "jax": "1"}, [])
    assert shipped.is_prepared({"processor": "other", "jax": "1"})
    folder.chmod(0o755)
    only(folder).chmod(0o644)
    here = Store(Folder(tmp_path / "own"), Folder(folder, shipped=True))
    with caplog.at_level(logging.WARNING, "steepest"):
        assert not here.is_prepared({"processor": "this", "jax": "1"})
    assert "another processor" in caplog.text and "jax" not in caplog.text


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
from server.engine.store import Folder, Store
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


def test_threads_that_ask_for_one_program_compile_it_once(folder, compiled):
    programs, gate = process_of(folder), threading.Barrier(4)

    def one(_):
        gate.wait()
        return asked(programs)

    with ThreadPoolExecutor(4) as threads:
        assert all(map(right, threads.map(one, range(4))))
    assert len(compiled) == 1


def test_processes_that_ask_for_one_program_compile_it_once(folder):
    """The second begins while the first traces, and would trace as well if it did not wait."""
    begun, both, traced = threading.Event(), threading.Event(), []

    def slow(x):
        traced.append(x)
        begun.set()
        if len(traced) == 2:
            both.set()
        both.wait(0.5)
        return x + 1

    slow.__module__ = squares.__module__

    def one(_):
        ours = process_of(folder)
        return ours.compiled(("slow",), slow, (np.ones(2),))(np.ones(2)).tolist()

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(one, 0)
        assert begun.wait(60)
        second = threads.submit(one, 1)
        assert [first.result(), second.result()] == [[2, 2]] * 2
    assert len(traced) == 1
    assert only(folder)


def test_a_compile_that_fails_fails_for_all_who_wait_and_is_tried_again(folder):
    programs = process_of(folder)
    inside, waiting = threading.Event(), threading.Event()
    failing = [True]

    def sometimes(x):
        inside.set()
        waiting.wait(60)
        if failing[0]:
            raise RuntimeError("out of memory")
        return x + 1

    def one(_):
        try:
            return programs.compiled(("sometimes",), sometimes, (np.ones(2),))(np.ones(2))
        except RuntimeError as error:
            return str(error)

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(one, 0)
        inside.wait(60)
        assert programs.preparing == ["sometimes"]
        second = threads.submit(one, 1)
        waiting.set()
        assert [first.result(), second.result()] == ["out of memory"] * 2
    failing[0] = False
    assert programs.preparing == []
    assert np.asarray(one(2)).tolist() == [2, 2]


def test_as_many_programs_are_held_as_may_and_one_in_use_outlives_its_place(folder):
    programs = process_of(folder, most=2)
    first = programs.compiled(("a",), squares, CALL)
    for name in "bcd":
        asked(programs, (name,))
    assert programs.held == ["c", "d"]
    assert right(first(*CALL))


def test_other_shapes_are_another_program(folder):
    programs = process_of(folder)
    asked(programs)
    longer = programs.compiled(KEY, squares, (np.arange(4.0), CALL[1]))(np.arange(4.0), CALL[1])
    assert longer.squares.tolist() == [0, 2, 8, 18]
    assert len(programs.held) == 2


def test_what_is_not_declared_in_the_sources_is_not_kept(folder):
    programs = process_of(folder)

    def inner(x):
        return x + 1

    programs.compiled(("inner",), inner, (np.ones(2),))
    programs.compiled((squares, inner), squares, CALL)
    assert list(folder.iterdir()) == []


def test_memory_that_an_answer_may_take_is_taken_after_loading_too(folder):
    def added(x, y):
        return x + y

    added.__module__ = "server.engine.added"
    for _ in range(2):
        x, y = jnp.arange(1000.0), jnp.ones(1000)
        programs = process_of(folder)
        program = programs.compiled(("added",), added, (x, y), written_over=(0,))
        assert float(program(x, y)[3]) == 4
        assert x.is_deleted() and not y.is_deleted()


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
