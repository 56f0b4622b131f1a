"""Folders that nobody else can write to, and those that were shipped."""

import logging
import os

import pytest

from server.engine import store
from server.engine.folder import Folder, Refused
from server.engine.programs import Programs
from server.engine.store import Store
from tests.conftest import PLACEMENT
from tests.engine.store.squares import asked, only, process_of, right


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
