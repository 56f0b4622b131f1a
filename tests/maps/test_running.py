"""Tiles are computed by processes that may die, and whose maps may not be wanted any more."""

import os
import signal
import threading
from concurrent import futures
from pathlib import Path
from time import monotonic

import numpy as np
import pytest

from server.engine.runs import Run
from server.engine.token import Token
from server.errors import CancelledError, DeadlineError, InputError
from server.maps.basins import Basins
from server.maps.minima import MinimaOf
from server.maps.pixels import pixels_of
from server.maps.running import Maps, UnavailableError
from server.maps.running.kept import opened
from server.maps.running.workers import InProcess
from server.optimizers.catalog import OBJECTIVE_METHODS
from server.optimizers.lbfgs import Lbfgs
from server.optimizers.sgd import Sgd as SGD
from surfaces.basins import Himmelblau
from tests.maps.pictures import (
    Compiled,
    Compiling,
    Deadly,
    Disc,
    Dust,
    Endless,
    Frail,
    Refusing,
    Squares,
)
from tests.maps.workers import cores_of, unheard


@pytest.fixture(scope="module")
def cores():
    workers = cores_of(2)
    yield workers
    workers.close()


def test_each_pixel_is_told_once_coarse_to_fine_and_lies_in_the_whole(cores):
    heard = []
    whole = Maps(cores).run(Squares(), Token(), heard.append).fields
    numbers = np.arange(30 * 40).reshape(30, 40)
    assert (whole["square"] == numbers**2).all()
    assert whole["square"].dtype == np.int32
    levels = [pixels_of(40, 30, Squares.strides, level) for level in range(3)]
    told = [levels[t.level][t.first : t.first + t.size] for t, *_ in heard]
    assert sorted(np.concatenate(told)) == list(range(1200))
    assert [t.level for t, *_ in heard] == sorted(t.level for t, *_ in heard)
    for pixels, (_, fields, _, _) in zip(told, heard, strict=True):
        assert (fields["square"] == pixels**2).all()
    assert [one.done for one in heard] == list(np.cumsum([one.tile.size for one in heard]))
    assert heard[-1].done == 1200 and heard[-1].seconds_left == 0


def test_workers_are_other_processes(cores):
    who = Maps(cores).run(Squares(), Token(), unheard).fields["who"]
    assert os.getpid() not in who


@pytest.mark.parametrize(
    "rule", [*(one() for one in OBJECTIVE_METHODS), Lbfgs(convention="pytorch")], ids=str
)
def test_a_worker_computes_methods_that_ask_the_objective(cores, programs, rule):
    surface = Himmelblau()
    basins = Basins(surface, 40, 8, 8, surface.domain, "float64", run=Run(rule, np.ones(40)))
    theirs = Maps(cores).run(basins, Token(), unheard).fields
    ours = basins.compute(programs, np.arange(64))
    # Its flags may turn the last digit.
    assert (theirs["basin"].ravel() == ours["basin"]).mean() > 0.9
    assert (ours["basin"] >= 0).any()


def test_it_is_said_that_a_map_waits_for_its_program_and_for_workers_that_begin(tmp_path):
    workers, there = cores_of(1), tmp_path / "there"
    assert workers.preparing == []
    with workers.computing(Compiling(until=str(there)), Token()) as submit:
        assert workers.preparing == ["workers of maps"]
        tile = submit(np.arange(1), False)
        while workers.preparing != ["map"]:
            assert not tile.done()
            threading.Event().wait(0.01)
        there.touch()
        tile.result()
        assert workers.preparing == []
    workers.close()


def test_a_worker_that_is_killed_in_the_middle_costs_a_retry_and_not_the_map(cores):
    maps, killed = Maps(cores), []

    def tell(one):
        if one.tile.level == 1 and not killed:
            killed.append(int(one.fields["who"][0]))
            os.kill(killed[0], signal.SIGKILL)

    whole = maps.run(Squares(400, 300), Token(), tell).fields
    assert killed and maps.retries >= 1
    assert (whole["square"].ravel() == (np.arange(120_000) ** 2).astype(np.int32)).all()


def test_a_map_that_no_worker_survives_is_given_up_and_others_are_computed(cores):
    maps, before = Maps(cores), cores.begun
    with pytest.raises(UnavailableError) as given_up:
        maps.run(Deadly(), Token(), unheard)
    assert given_up.value.kind == "workers_died"
    # At last in a process of its own: others' tiles have died with it no more than twice.
    assert cores.begun - before <= 2
    assert maps.run(Squares(), Token(), unheard).fields["square"][0, 3] == 9


def test_what_died_with_others_is_computed_alone_and_is_no_loss(cores, tmp_path):
    maps, tried = Maps(cores), tmp_path / "tried"
    whole = maps.run(Frail(40, 30, str(tried)), Token(), unheard).fields
    assert tried.read_bytes() == b"..."
    assert (whole["square"].ravel() == np.arange(1200) ** 2).all()
    # The coarsest level was one tile.
    alone = whole["who"][0, 0]
    assert (whole["who"] == alone).sum() == 20 == (whole["who"][::8, ::8] == alone).sum()


def test_a_tile_ends_with_its_map_and_its_worker_computes_the_next(cores):
    """Both workers would be busy for ever."""
    token = Token()
    threading.Timer(0.3, token.cancel).start()
    maps = Maps(cores)
    with pytest.raises(CancelledError):
        maps.run(Endless(), token, unheard)
    assert maps.run(Squares(), Token(), unheard).fields["square"][0, 3] == 9
    assert maps.running == 0


def test_a_map_has_a_deadline(cores):
    token = Token(0.2)
    token.start()
    with pytest.raises(DeadlineError):
        Maps(cores).run(Endless(), token, unheard)


@pytest.mark.parametrize("many", [False, True])
def test_what_a_program_takes_that_an_installation_needs_once_does_not_count(many, programs):
    """Nor does the beginning of workers."""
    token = Token(600)
    token.start()
    ends = monotonic() + token.left
    workers = cores_of(1) if many else InProcess(programs)
    whole = Maps(workers).run(Compiled(8, 1), token, unheard).fields
    assert whole["square"][0, 3] == 9
    # What it took is given to the map besides.
    assert monotonic() + token.left - ends >= 0.49
    workers.close()


@pytest.mark.parametrize("many", [False, True])
def test_a_map_ends_with_its_workers_and_none_are_begun_again(many, programs):
    workers = cores_of(1) if many else InProcess(programs)
    maps, closed = Maps(workers), []

    def tell(one):
        if not closed:
            workers.close()
            closed.append(one)

    for _ in range(2):
        with pytest.raises(CancelledError):
            maps.run(Squares(400, 300), Token(), tell)
    assert closed and maps.running == 0
    assert not many or workers.begun == 1


def test_a_tile_that_is_computed_alone_as_all_are_closed_is_cancelled():
    """Others may close them as soon as they can: whenever nobody holds the lock."""
    workers = cores_of(1)

    class Lock:
        def __init__(self):
            self.lock, self.closing = threading.Lock(), False

        def __enter__(self):
            self.lock.acquire()

        def __exit__(self, *_):
            self.lock.release()
            if not self.closing:
                self.closing = True
                workers.close()

    workers._lock = Lock()
    with workers.computing(Squares(), Token()) as submit:
        tile = submit(np.arange(3), alone=True)
        futures.wait([tile])
        assert tile.cancelled() or isinstance(tile.exception(), CancelledError)
        with pytest.raises(CancelledError):
            submit(np.arange(3), alone=True)


def test_what_a_worker_refuses_is_told_as_anywhere_else(cores):
    with pytest.raises(InputError) as refused:
        Maps(cores).run(Refusing(), Token(), unheard)
    assert refused.value.field == ("steps",)
    assert refused.value.kind == "too_many"
    assert refused.value.place == {"values": {"most": 3}}


def test_processes_and_threads_of_this_one_say_the_same(cores, programs):
    surface = Himmelblau()
    run = Run(SGD(learning_rate=0.01), np.ones(60))
    description = Basins(surface, 60, 48, 40, surface.domain, run=run)
    threads = InProcess(programs)
    here = Maps(threads).run(description, Token(), unheard).fields
    there = Maps(cores).run(description, Token(), unheard).fields
    threads.close()
    assert set(here["basin"].ravel()) >= {0, 1, 2, 3}
    assert (here["basin"] == there["basin"]).all()


def test_where_neighbours_agree_pixels_are_filled_in_and_told_as_they_are_answered(cores):
    heard = []
    whole = Maps(cores).run(Disc(161, 97), Token(), heard.append)
    inside = Disc(161, 97).inside(np.arange(161 * 97)).reshape(97, 161)
    assert (whole.fields["inside"] == inside).all()
    assert whole.wrong == 0 and 0.1 < whole.computed / (161 * 97) < 0.7
    answered = {name: np.zeros(161 * 97, of.dtype) for name, of in whole.fields.items()}
    for tile, fields, *_ in heard:
        if tile is not None:
            level = pixels_of(161, 97, Disc.strides, tile.level)
            for name, values in fields.items():
                answered[name][level[tile.first : tile.first + tile.size]] = values
    for name, of in whole.fields.items():
        assert (answered[name].reshape(97, 161) == of).all()
    assert (heard[-1].done, heard[-1].seconds_left) == (161 * 97, 0)


class Late(Token):
    """There is no time left."""

    left = 0.0


def test_where_a_check_finds_a_filled_pixel_wrong_all_are_computed(cores):
    """Points that no coarser lattice meets, as small as pixels and as many as one in nine."""
    heard = []
    whole = Maps(cores).run(Dust(161, 97), Token(), heard.append)
    pixels = np.arange(161 * 97)
    assert (whole.fields["inside"].ravel() == Dust(161, 97).inside(pixels)).all()
    assert whole.wrong > 0 and whole.computed == 161 * 97
    assert (heard[-1].done, heard[-1].seconds_left) == (161 * 97, 0)
    # The moment it is found, so much less is done and so much more is left.
    [fails] = [n for n in range(1, len(heard)) if heard[n].done < heard[n - 1].done]
    assert heard[fails].tile is None
    assert heard[fails].seconds_left > heard[fails - 1].seconds_left
    filled = heard[fails - 1].done - heard[fails].done
    # Before any of it is computed: all that is filled in where there is no time.
    assert filled == 161 * 97 - Maps(cores).run(Dust(161, 97), Late(), unheard).computed


def test_where_there_is_no_time_for_all_it_is_said_how_many_are_wrong(cores, folder):
    heard, maps = [], Maps(cores, opened(folder, 1))
    whole = maps.run(Dust(161, 97), Late(), heard.append, "dust")
    pixels = np.arange(161 * 97)
    unlike = (whole.fields["inside"].ravel() != Dust(161, 97).inside(pixels)).mean()
    filled = 1 - whole.computed / len(pixels)
    assert 0 < filled < 1 and whole.wrong > 0
    # One in nine is in none of the coarser lattices: what the check tells of the filled ones.
    assert whole.wrong / 1024 * filled == pytest.approx(unlike, rel=0.3)
    assert (heard[-1].done, heard[-1].seconds_left) == (161 * 97, 0)
    # It is not kept: with more time it is whole.
    assert maps.run(Dust(161, 97), Token(), unheard, "dust").computed == 161 * 97


@pytest.mark.parametrize("exact", [True, False])
def test_tiles_are_as_long_as_a_computed_pixel_costs(programs, exact):
    """The price of a refined map is that of a tenth of its pixels, so each costs ten times more."""
    asked = []

    class Asked(InProcess):
        def tile(self, most, each):
            asked.append(each)
            return super().tile(most, each)

    workers, side = Asked(programs), 161
    Maps(workers).run(Disc(side, side, exact=exact), Token(), unheard)
    workers.close()
    first = 21 * 21
    computed = side**2 if exact else first + 0.1 * (side**2 - first)
    assert asked == [pytest.approx(0.1 / computed)]


def test_exactly_means_every_pixel(cores):
    whole = Maps(cores).run(Disc(161, 97, exact=True), Token(), unheard)
    assert whole.computed == 161 * 97


@pytest.fixture
def folder(tmp_path):
    return str(tmp_path / "maps")


def test_a_kept_map_is_told_in_whole_levels_and_is_not_computed(cores, folder):
    first = Maps(cores, opened(folder, 1))
    whole = first.run(Squares(), Token(), unheard, "squares").fields
    heard, second = [], Maps(cores, opened(folder, 1))
    again = second.run(Squares(), Token(), heard.append, "squares").fields
    assert (second.kept.hits, second.tiles) == (1, 0)
    assert all((again[name] == whole[name]).all() for name in whole)
    assert [one.tile.level for one in heard] == [0, 1, 2]
    for tile, fields, *_ in heard:
        assert (fields["square"] == pixels_of(40, 30, Squares.strides, tile.level) ** 2).all()


def test_what_is_kept_keeps_its_types_and_numbers_that_are_not_finite(folder):
    fields = {
        "a": np.arange(6, dtype=np.int16).reshape(2, 3),
        "b": np.array([[np.nan, 1, 2], [3, 4, np.inf]], np.float32),
    }
    opened(folder, 1).keep("a map", fields)
    again = opened(folder, 1).get("a map")
    assert again is not None and list(again) == ["a", "b"]
    for name, one in fields.items():
        assert again[name].dtype == one.dtype
        np.testing.assert_array_equal(again[name], one)
    assert opened(folder, 1).get("another") is None


def test_a_damaged_map_is_none(folder):
    opened(folder, 1).keep("a map", {"a": np.arange(1000.0)})
    [path] = Path(folder).iterdir()
    whole = path.read_bytes()
    for damaged in (whole[:-9], whole[:-1] + b"?", b"[]\n", b""):
        path.write_bytes(damaged)
        assert opened(folder, 1).get("a map") is None


def test_another_map_in_the_place_of_one_is_computed_anew(cores, folder):
    kept = opened(folder, 1)
    for found in ({}, {"square": np.zeros((30, 40), np.int32)}, {"who": np.zeros(3)}):
        kept.keep("squares", found)
        whole = Maps(cores, kept).run(Squares(), Token(), unheard, "squares").fields
        assert set(whole) == {"square", "who"} and whole["square"][29, 39] == 1199**2


def test_what_was_kept_in_the_place_of_some_pixels_is_computed_anew(cores, folder):
    kept, pixels = opened(folder, 1), np.array([3, 5])
    whole = {"square": np.zeros(2, np.int32), "who": np.zeros(2, np.int64)}
    for found in (
        {},
        {"square": whole["square"]},
        {**whole, "more": whole["who"]},
        {**whole, "square": whole["square"].astype(np.int64)},
        {name: one[:1] for name, one in whole.items()},
        {**whole, "who": np.zeros((2, 1), np.int64)},
    ):
        kept.keep("some", found)
        told = Maps(cores, kept).once(Squares(), Token(), "some", pixels)
        assert set(told) == set(whole) and told["square"].tolist() == [9, 25]
    # What fits is told as it was kept.
    kept.keep("some", whole)
    again = Maps(cores, kept).once(Squares(), Token(), "some", pixels)
    assert again["square"].tolist() == [0, 0]


def test_minima_that_were_kept_are_of_as_many_places(programs, folder):
    surface, kept = Himmelblau(), opened(folder, 1)
    basins = Basins(surface, 4, 8, 8, surface.domain, run=Run(SGD(), np.ones(4)))
    workers = InProcess(programs)
    for found in ({}, {"x": np.zeros(1)}, {"x": np.zeros(3), "y": np.zeros(2), "loss": np.ones(3)}):
        kept.keep("minima", found)
        told = Maps(workers, kept).once(MinimaOf(basins), Token(), "minima")
        assert [len(told[name]) for name in ("x", "y", "loss")] == [4, 4, 4]
    workers.close()


@pytest.mark.parametrize("where, megabytes", [("off", 1), ("/proc/none", 1), (None, 0)])
def test_without_a_folder_maps_are_computed_each_time(where, megabytes):
    kept = opened(where, megabytes)
    kept.keep("a map", {"a": np.arange(3.0)})
    assert kept.get("a map") is None


def test_maps_beyond_the_room_go_the_oldest_first(folder):
    kept, noise = opened(folder, 1), np.random.default_rng(0)
    for number in range(4):
        kept.keep(f"{number}", {"a": noise.random(50_000)})
    found = [kept.get(f"{number}") is not None for number in range(4)]
    assert found[3] and not found[0]
