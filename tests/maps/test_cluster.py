"""A real scheduler and two worker processes, one of them killed in the middle."""

import logging
import os
import signal
import socket
import threading

import numpy as np
import pytest

from server.engine.runs import Run
from server.engine.token import Token
from server.errors import CancelledError, DeadlineError, InputError
from server.maps.basins import Basins
from server.maps.running import Cluster, Maps, UnavailableError, worker
from server.maps.running import cluster as cluster_module
from server.optimizers.sgd import Sgd
from surfaces.basins import Himmelblau
from tests.maps.pictures import Broken, Deadly, Endless, Meeting, Refusing, Squares
from tests.maps.workers import cores_of, unheard

dask = pytest.importorskip("dask")
distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def scheduler():
    """Its address; workers that end are begun again, as a cluster's nanny does."""
    with cluster_of(2) as cluster:
        yield cluster.scheduler_address


def cluster_of(workers, port=0):
    """A scheduler here, which gives a tile up at its first worker's death, and processes."""
    with dask.config.set({"distributed.scheduler.allowed-failures": 0}):
        return distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            scheduler_port=port,
            dashboard_address=":0",
            silence_logs=logging.CRITICAL,
            env={"STEEPEST_DEVICE": "cpu"},
        )


@pytest.fixture
def client(scheduler):
    """Who asks the cluster what it is; both workers are there."""
    with distributed.Client(scheduler, timeout=120, set_as_default=False) as client:
        client.wait_for_workers(2)
        yield client


@pytest.fixture
def workers(scheduler):
    cluster = Cluster(scheduler)
    yield cluster
    cluster.close()


def test_a_scheduler_that_is_not_there_is_looked_for_as_long_as_was_said():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        address = f"tcp://127.0.0.1:{closed.getsockname()[1]}"
    nobody = Cluster(address, 0.5)
    assert refused(nobody) == "cluster_away"
    nobody.close()
    with pytest.raises(CancelledError):
        Maps(nobody).run(Squares(), Token(), unheard)


def refused(cluster, description=None, token=None):
    """Why a map cannot be had."""
    with pytest.raises(UnavailableError) as error:
        Maps(cluster).run(description or Squares(), token or Token(), unheard)
    return error.value.kind


def test_a_scheduler_that_takes_a_connection_and_says_nothing_is_waited_for_as_long():
    """Dask itself would wait for ever; meanwhile maps end, and so does the server."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        hasty = Cluster(address, 0.2)
        assert [refused(hasty), refused(hasty)] == ["cluster_away"] * 2
        hasty.close()
        patient, token, ended = Cluster(address, 1e4), Token(), []

        def run(token):
            with pytest.raises(CancelledError):
                Maps(patient).run(Squares(), token, unheard)
            ended.append(token)

        waiting = [threading.Thread(target=run, args=(one,)) for one in (token, Token())]
        for one in waiting:
            one.start()
        token.cancel()
        waiting[0].join()
        assert ended == [token]
        patient.close()
        waiting[1].join()


class Client:
    """A client of Dask's as far as a cluster sees it, which can be late."""

    status = "running"

    def __init__(self, threads=1):
        self.threads, self.late = {"one": threads} if threads else {}, False
        self.left = threading.Event()

    def nthreads(self, callback_timeout):
        if self.late:
            raise TimeoutError
        return self.threads

    def close(self, timeout):
        self.left.set()


def connecting(connect):
    """A cluster whose clients are these."""
    cluster = Cluster("tcp://127.0.0.1:1", 1e4)
    cluster._connect = lambda *address, **options: connect()
    return cluster


def test_a_late_answer_leaves_the_client_to_the_maps_that_go_on_with_it():
    client, connected = Client(), []
    cluster = connecting(lambda: connected.append(client) or client)
    assert cluster._called(Token()) is client
    client.late = True
    with pytest.raises(UnavailableError):
        cluster._called(Token())
    client.late = False
    assert cluster._called(Token()) is client
    assert len(connected) == 1 and not client.left.is_set()


def test_a_client_that_never_answered_is_left():
    client = Client()
    client.late = True
    with pytest.raises(UnavailableError):
        connecting(lambda: client)._called(Token())
    assert client.left.wait(60)


def test_who_waits_for_a_call_that_was_replaced_is_told_that_there_is_no_answer(monkeypatch):
    hanging, quick, answered = Client(), Client(), threading.Event()
    begun, told = threading.Event(), []

    def connect():
        if begun.is_set():
            return quick
        begun.set()
        answered.wait()
        return hanging

    cluster = connecting(connect)

    def wait():
        with pytest.raises(UnavailableError) as error:
            cluster._called(Token())
        told.append(error.value.kind)

    waiting = threading.Thread(target=wait)
    waiting.start()
    begun.wait()
    monkeypatch.setattr(cluster_module, "HUNG", 0.0)
    assert cluster._called(Token()) is quick
    answered.set()
    waiting.join()
    assert told == ["cluster_away"]
    assert hanging.left.wait(60) and not quick.left.is_set()


@pytest.mark.parametrize(
    ("client", "late", "error"),
    [(Client(), True, DeadlineError), (Client(threads=0), False, UnavailableError)],
    ids=["late", "nobody"],
)
def test_a_deadline_is_told_although_the_scheduler_is_late_then(client, late, error):
    with pytest.raises(error), connecting(lambda: client).computing(Squares(), Token()):
        client.late = late
        raise DeadlineError


def test_a_scheduler_that_goes_and_comes_back_costs_the_maps_between():
    late = Token(0.3)
    with cluster_of(0) as first:
        asked = Cluster(first.scheduler_address, 1)
        port = first.scheduler.port
        asked._called(Token())
        late.start()
        assert refused(asked, token=late) == "cluster_empty"
        first.scale(1)
        maps = Maps(asked)

        def lose(one):
            if one.tile.level == 2:
                first.close()

        with pytest.raises(UnavailableError) as lost:
            maps.run(Squares(120, 90), Token(), lose)
        assert lost.value.kind == "cluster_away"
    with cluster_of(1, port):
        whole = Maps(asked).run(Squares(), Token(), unheard)
        assert whole.fields["square"][0, 3] == 9
        asked.close()


def test_what_kills_its_workers_is_given_up_and_what_is_refused_is_told(client, workers):
    assert refused(workers, Deadly()) == "workers_died"
    with pytest.raises(InputError) as error:
        Maps(workers).run(Refusing(), Token(), unheard)
    assert error.value.place == {"values": {"most": 3}}
    assert refused(workers, Broken()) == "cluster_failed"


def test_a_worker_of_another_version_is_not_asked_for_maps(client):
    tile = client.submit(worker.compute_anywhere, Squares(), np.arange(3), "other sources")
    assert tile.exception().kind == "cluster_differs"


def test_a_tile_that_is_computed_ends_with_its_map(client, workers, tmp_path):
    """Both workers would be busy for ever."""
    token = Token()
    threading.Timer(0.5, token.cancel).start()
    with pytest.raises(CancelledError):
        Maps(workers).run(Endless(), token, unheard)
    assert len(both(workers, tmp_path)) == 2


def both(workers, folder):
    """Who computes a map whose tiles wait for each other."""
    meeting = Meeting(120, 90, folder=str(folder))
    return set(Maps(workers).run(meeting, Token(), unheard).fields["who"].ravel().tolist())


def test_one_of_two_workers_is_killed_and_the_map_is_the_same_as_here(client, workers):
    surface = Himmelblau()
    run = Run(Sgd(learning_rate=0.01), np.ones(100))
    description = Basins(surface, 100, 160, 120, surface.domain, run=run)
    cores = cores_of(1)
    here = Maps(cores).run(description, Token(), unheard)
    cores.close()
    killed = []

    def tell(one):
        if not killed:
            who = client.run(os.getpid)
            killed.append(who[min(who)])
            os.kill(killed[0], signal.SIGKILL)

    there = Maps(workers).run(description, Token(), tell)
    assert killed
    client.wait_for_workers(2)
    for name, values in here.fields.items():
        assert there.fields[name].tobytes() == values.tobytes()


def test_both_compute_and_a_map_that_is_not_wanted_ends(client, workers, tmp_path):
    maps, token = Maps(workers), Token()
    who = both(workers, tmp_path)
    assert workers.count == 2 and len(who) == 2 and os.getpid() not in who
    with pytest.raises(CancelledError):
        maps.run(Squares(120, 90), token, lambda _: token.cancel())
    assert maps.run(Squares(), Token(), unheard).fields["square"][0, 3] == 9
