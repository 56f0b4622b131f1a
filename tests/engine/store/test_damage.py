"""What is not whole and its own never is loaded, let alone unpickled."""

import json
import os
import pickle
import zlib

import pytest

from server.engine import identity
from server.engine.folder import Folder
from server.engine.programs import Programs
from server.engine.store import MAGIC, Store
from tests.conftest import PLACEMENT
from tests.engine.store.squares import asked, only, process_of, right


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
