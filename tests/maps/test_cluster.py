"""A real scheduler and two worker processes, one of them killed in the middle."""

import logging
import os
import signal
import socket

import numpy as np
import pytest

from server.engine.runs import Run
from server.engine.token import Token
from server.errors import CancelledError
from server.maps.basins import Basins
from server.maps.running import Cluster, Cores, Maps, Where
from server.optimizers.sgd import Sgd
from surfaces.basins import Himmelblau
from tests.maps.pictures import Squares

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def scheduler():
    """Its address; workers that end are begun again, as a cluster's nanny does."""
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        silence_logs=logging.CRITICAL,
        env={"STEEPEST_DEVICE": "cpu"},
    ) as cluster:
        yield cluster.scheduler_address


@pytest.fixture
def client(scheduler):
    """Who asks the cluster what it is; both workers are there."""
    with distributed.Client(scheduler, set_as_default=False) as client:
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
    with pytest.raises(OSError, match=r"after 0\.5 s"):
        Maps(nobody).run(Squares(), Token(), lambda _: None)
    nobody.close()
    with pytest.raises(CancelledError):
        Maps(nobody).run(Squares(), Token(), lambda _: None)


def test_one_of_two_workers_is_killed_and_the_map_is_the_same_as_here(client, workers):
    surface = Himmelblau()
    run = Run(Sgd(learning_rate=0.01), np.ones(100))
    description = Basins(surface, run, 100, 160, 120, surface.domain)
    cores = Cores(1, Where("cpu", os.environ["STEEPEST_PROGRAMS"]))
    here = Maps(cores).run(description, Token(), lambda _: None)
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


def test_both_compute_and_a_map_that_is_not_wanted_ends(client, workers):
    maps, token = Maps(workers), Token()
    who = set(maps.run(Squares(400, 300), Token(), lambda _: None).fields["who"].ravel())
    assert workers.count == 2 and len(who) == 2 and os.getpid() not in who
    with pytest.raises(CancelledError):
        maps.run(Squares(400, 300), token, lambda _: token.cancel())
    assert maps.run(Squares(), Token(), lambda _: None).fields["square"][0, 3] == 9
