"""Runs that nobody named are named by what differs, in JSON, CSV and NPZ."""

import csv
import io

import numpy as np
import pytest

from server.optimizers.catalog import OPTIMIZERS

URL = "/api/v1/trajectories"
REGRESSION = {"id": "linear_regression"}


def sgd(rate=0.01, **more):
    return {"optimizer": {"id": "sgd", "learning_rate": rate}, **more}


def adam(**numbers):
    return {"optimizer": {"id": "adam", **numbers}}


def names(client, *runs, surface=REGRESSION, url=URL):
    asked = {"surface": surface, "runs": runs, "steps": 5}
    answer = client.post(url, json=asked)
    assert answer.status_code == 200, answer.text
    return [run["label"] for run in answer.json()["runs"]]


@pytest.mark.parametrize(
    "runs, expected",
    [
        ([adam(), sgd()], ["Adam", "SGD"]),
        ([sgd(0.01), sgd(0.5)], ["SGD, α = 0.01", "SGD, α = 0.5"]),
        # As many digits as tell them apart.
        ([sgd(0.12341), sgd(0.12342)], ["SGD, α = 0.12341", "SGD, α = 0.12342"]),
        ([sgd(batch_size=8), sgd()], ["SGD, batch 8", "SGD"]),
        ([sgd(), sgd(clipping={"id": "norm", "threshold": 1})], ["SGD", "SGD, clipped at 1"]),
        (
            [sgd(clipping={"id": "value", "threshold": 2}), sgd(0.02, batch_size=4)],
            ["SGD, α = 0.01, components clipped at 2", "SGD, α = 0.02, batch 4"],
        ),
        ([adam(beta1=0.5), adam(beta1=0.8)], ["Adam, β₁ = 0.5", "Adam, β₁ = 0.8"]),
        ([adam(), adam(convention="pytorch")], ["Adam", "Adam · PyTorch"]),
        ([adam(convention="pytorch")], ["Adam"]),
        ([adam(), adam(bias_correction=True)], ["Adam", "Adam, bias correction"]),
        ([sgd(schedule={"id": "cosine"}), sgd()], ["SGD, cosine", "SGD"]),
        (
            [sgd(schedule={"id": "one_cycle", "form": one}) for one in ("optax", "pytorch")],
            ["SGD, form Optax", "SGD, form PyTorch"],
        ),
        (
            [sgd(schedule={"id": "step", "every": 5 * one}) for one in (1, 2)],
            ["SGD, every 5", "SGD, every 10"],
        ),
        (
            [sgd(regularization={"l2": 0.5}), sgd(gradient_noise=0.25)],
            ["SGD, L2 0.5", "SGD, σ = 0.25"],
        ),
        ([sgd(), sgd(), sgd(1)], ["SGD, α = 0.01 1", "SGD, α = 0.01 2", "SGD, α = 1"]),
        ([sgd(), sgd(0.5, label="mine")], ["SGD", "mine"]),
        ([sgd(label="mine"), sgd(0.5, label="mine")], ["mine", "mine"]),
    ],
)
def test_runs_are_named_by_what_differs(client, runs, expected):
    assert names(client, *runs) == expected


def test_every_optimiser_can_run_twice_under_two_names(client):
    for optimizer in OPTIMIZERS:
        run = {"optimizer": {"id": optimizer.id}}
        penalised = {**run, "regularization": {"l2": 0.5}}
        title = optimizer.title.en
        assert names(client, run, penalised, surface={"id": "bowl"}) == [title, f"{title}, L2 0.5"]


def test_a_search_does_not_name_runs_by_the_rates_that_it_does_not_use(client):
    twins = names(client, sgd(0.01), sgd(0.5), url="/api/v1/learning-rate-search")
    assert twins == ["SGD 1", "SGD 2"]


def test_tables_and_archives_have_the_same_names(client):
    asked = {"surface": REGRESSION, "runs": [sgd(), sgd(batch_size=8)], "steps": 2}
    table = client.post(URL, json=asked, headers={"Accept": "text/csv"})
    rows = csv.DictReader(io.StringIO(table.text))
    assert {row["label"] for row in rows} == {"SGD", "SGD, batch 8"}
    archive = client.post(URL, json=asked, headers={"Accept": "application/x-npz"})
    with np.load(io.BytesIO(archive.content)) as arrays:
        assert arrays["labels"].tolist() == ["SGD", "SGD, batch 8"]
