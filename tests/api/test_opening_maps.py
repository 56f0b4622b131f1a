"""The maps that pages and scenes open with have their programs compiled ahead."""

import numpy as np
import pytest

from server.api.maps.opening import KINDS, compile_ahead, noted_under, requests
from server.engine.folder import Folder
from server.engine.store import Store
from server.engine.token import Token
from server.engine.views import view
from server.maps.basins import Basins
from server.maps.checking import Check
from server.maps.minima import MinimaOf
from server.maps.running import Cores, Maps, Where
from server.maps.running.workers import InProcess
from tests.conftest import PLACEMENT

EVERY = list(requests())
LECTURE = ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"]
CONSTANT = {"schedule": {"id": "constant"}, "regularization": {}, "gradient_noise": 0}
ASKED = {
    # As the pages write them.
    "/maps/basins": {
        "surface": {"id": "rosenbrock", "parameters": {}},
        "run": {"optimizer": {"id": "adam", "convention": "lecture"}, **CONSTANT},
        **{"steps": 500, "precision": "auto", "tolerance": 0.001, "nx": 339, "ny": 512},
        **{"x_min": -2, "x_max": 2, "y_min": -2.019, "y_max": 4.019},
    },
    "/maps/winner": {
        "surface": {"id": "rosenbrock", "parameters": {}},
        "runs": [
            {"optimizer": {"id": one, "convention": "lecture"}, **CONSTANT} for one in LECTURE
        ],
        **{"steps": 500, "precision": "auto", "tolerance": 0.001, "nx": 339, "ny": 512},
        **{"x_min": -2, "x_max": 2, "y_min": -2.019, "y_max": 4.019},
    },
    "/maps/stability": {
        "surface": {"id": "bowl", "parameters": {}},
        "start": [-3.5, 1.5],
        "run": {"optimizer": {"id": "momentum", "convention": "lecture"}, **CONSTANT},
        **{"steps": 300, "precision": "auto"},
        "x": {"name": "learning_rate", "from": 9e-4, "to": 0.9, "count": 256, "scale": "log"},
        "y": {"name": "momentum", "from": 0, "to": 0.999, "count": 256, "scale": "linear"},
    },
    "/maps/trainability": {
        "network": {"width": 8, "points": 16, "activation": "tanh", "seed": 0},
        "steps": 100,
        "x": {"name": "learning_rate.input", "from": 1e-3, "to": 1e6, "count": 256},
        "y": {"name": "learning_rate.output", "from": 1e-3, "to": 1e6, "count": 256},
    },
}


def test_all_kinds_of_maps_and_all_optimizers_of_the_lecture_are_among_them():
    assert {one.path for one in EVERY} == set(KINDS)
    opened = [one.body for one in EVERY if one.body.get("surface") == {"id": "rosenbrock"}]
    alone = [one["run"]["optimizer"]["id"] for one in opened if "run" in one]
    assert sorted(alone) == sorted(LECTURE)
    [together] = [one["runs"] for one in opened if "runs" in one]
    assert [one["optimizer"]["id"] for one in together] == LECTURE


@pytest.mark.parametrize("path", KINDS)
def test_what_a_page_asks_first_finds_its_programs(tmp_path, programs, path):
    """A worker that begins afterwards compiles nothing: the store stays as it is."""
    where = Where("cpu", str(tmp_path))
    tmp_path.chmod(0o700)
    first, second = Cores(1, where), Cores(1, where)
    at = next(at for at, one in enumerate(EVERY) if one.path == path)
    kept = Store(Folder(tmp_path))
    compile_ahead(first, programs, kept, [EVERY[at]])
    assert kept.noted(noted_under(second, PLACEMENT))
    first.close()
    compiled = sorted(tmp_path.rglob("*"))
    # The note is one of them.
    assert len(compiled) > 1

    asked = KINDS[path].model_validate(ASKED[path])
    description = (
        asked.describe(view(programs, asked.surface.resolve()))
        if hasattr(asked, "surface")
        else asked.describe()
    )
    maps, check = Maps(second), Check.of(description)
    if isinstance(description, Basins):
        maps.once(MinimaOf(description), Token())
    maps.once(description, Token(), pixels=np.arange(description.tile))
    if check.single.precision != "float64":
        maps.once(check.double, Token(), pixels=check.pixels)
    second.close()
    assert sorted(tmp_path.rglob("*")) == compiled


def test_what_is_noted_begins_no_worker_and_is_of_one_kind_of_workers(tmp_path, programs):
    kept, workers = Store(Folder(tmp_path / "programs")), Cores(1, Where("cpu", str(tmp_path)))
    kept.note_prepared(noted_under(workers, PLACEMENT), [])
    compile_ahead(workers, programs, kept, EVERY)
    assert workers.begun == 0
    threads = InProcess(programs)
    assert not kept.noted(noted_under(threads, PLACEMENT))
    threads.close()


def test_of_workers_that_cannot_begin_the_log_tells_and_nothing_is_noted(
    tmp_path, programs, caplog, capfd, monkeypatch
):
    """They want a GPU, and see none."""
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")
    kept, workers = Store(Folder(tmp_path / "programs")), Cores(1, Where("gpu", "off"))
    left = []
    compile_ahead(workers, programs, kept, EVERY, left.append)
    workers.close()
    assert left == [len(EVERY)]
    assert f"{len(EVERY)} maps, from {EVERY[0].path} on, are not compiled ahead" in caplog.text
    assert "no GPU" in capfd.readouterr().err
    assert not kept.noted(noted_under(workers, PLACEMENT))
