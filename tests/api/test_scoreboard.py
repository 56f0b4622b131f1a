"""``/scoreboard``: its answer against the paths behind it, its refusals, its progress."""

import numpy as np
import pytest

from server.api.scoreboard import ScoreboardRequest, answer
from server.api.scoreboard_answer import ScoreboardAnswer
from tests.api.asking import as_documented
from tests.api.streams import streamed

SIX = ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam")
"""The lecture's."""
SMALL = {
    "surfaces": [{"id": "bowl", "parameters": {"condition_number": 5}}, {"formula": "x^2+(y-1)^4"}],
    "starts": [[2, 1], [-1, -1]],
    "runs": [{"optimizer": {"id": "sgd"}}, {"optimizer": {"id": "adam"}}],
    "steps": 200,
}
"""A small comparison."""


def asked(client, **changes):
    return client.post("/api/v1/scoreboard", json={**SMALL, **changes})


def test_a_cell_is_what_the_paths_behind_it_say(client):
    """Costs read off ``/trajectories``, which know nothing of a scoreboard."""
    body = asked(client).json()
    paths = client.post(
        "/api/v1/trajectories",
        json={name: SMALL[name] for name in ("starts", "runs", "steps")}
        | {"surface": SMALL["surfaces"][0]},
    ).json()["runs"]
    cost = np.full((2, 2), np.inf)
    for r, run in enumerate(paths):
        for s, path in enumerate(run["trajectories"]):
            loss = np.array(path["loss"])
            reached = np.flatnonzero(loss <= 1e-4 * loss[0])
            cost[r, s] = reached[0] if len(reached) else np.inf
    cells = body["surfaces"][0]["cells"]
    assert [one["solved"] for one in cells] == np.isfinite(cost).mean(axis=1).tolist()
    assert [one["median"] for one in cells] == cost.min(axis=1).tolist()
    assert body["surfaces"][0]["minimum"] == 0
    assert [one["minimum_known"] for one in body["surfaces"]] == [True, False]


def test_a_score_is_under_its_profile_and_an_area_under_its_ecdf(client):
    """Both summed up anew from the staircases of the answer."""
    for one in asked(client, starts=8).json()["standings"]:
        at, share = (np.array(one["profile"][name]) for name in ("at", "share"))
        rises = np.diff(share, prepend=0.0)
        assert one["score"] == pytest.approx((rises * np.clip(4 - at, 0, None)).sum() / 3)
        assert one["solved"] == pytest.approx(share[-1] if len(share) else 0)
        at, share = (np.array(one["ecdf"][name]) for name in ("at", "share"))
        rises = np.diff(share, prepend=0.0)
        assert one["area"] == pytest.approx((rises * (1 - np.log(at) / np.log(200))).sum())


def test_left_out_surfaces_are_those_of_the_catalogue_whose_minimum_is_known(client):
    body = asked(client, surfaces=None, starts=1).json()
    entries = client.get("/api/v1/surfaces").json()
    known = [one["id"] for one in entries if one["minima"] and one["minima_known"] != "none"]
    assert [one["surface"]["id"] for one in body["surfaces"]] == known


def test_both_compares_each_run_at_its_default_and_tuned(client):
    body = asked(client, tuned="both").json()
    as_documented(ScoreboardAnswer, body)
    told = [(one["run"], one["tuned"]) for one in body["standings"]]
    assert told == [(0, False), (1, False), (0, True), (1, True)]
    assert body["tuning"] == {"rates": 128, "starts": 2, "gradients": 128 * 2 * 200}
    best = [max(cell["area"] for cell in one["cells"][:2]) for one in body["surfaces"]]
    assert body["defaults_or_tuning"]["best_at_defaults"] == pytest.approx(np.mean(best))
    alone = asked(client, tuned=True).json()
    assert [one["tuned"] for one in alone["standings"]] == [True, True]
    assert alone["surfaces"][0]["cells"] == body["surfaces"][0]["cells"][2:]


def test_several_at_their_defaults_come_close_to_one_that_is_tuned(client):
    """Schmidt, Schneider and Hennig (2021), on every surface whose minimum is known.

    "Evaluating multiple optimizers with default hyperparameters works approximately as well as
    tuning the hyperparameters of a single, fixed optimizer": the best of the lecture's six at its
    default, chosen for each surface, does as well within a tenth as one tuned in the mean.
    """
    runs = [{"optimizer": {"id": one}} for one in SIX]
    body = asked(client, surfaces=None, runs=runs, tuned="both", starts=10, steps=500).json()
    told = body["defaults_or_tuning"]
    assert told["best_at_defaults"] > max(told["at_defaults"])
    assert min(told["tuned"]) < told["best_at_defaults"] < max(told["tuned"])
    assert told["best_at_defaults"] > 0.9 * np.mean(told["tuned"])


def test_profiles_and_ecdfs_are_those_of_the_paths_behind_them(client):
    """From the losses of ``/trajectories`` alone, as the papers define both.

    Dolan and Moré (2002): ρ(τ) = |{p: t(p, s) ≤ τ min t(p, ·)}| / |P|, so that ρ(1) is the share
    of wins, ties included. COCO: the share of (target, problem) pairs reached by so many gradients.
    """
    runs = [
        {"optimizer": {"id": "sgd"}},
        {"optimizer": {"id": "adam"}},
        {"optimizer": {"id": "newton", "learning_rate": 0.1}},
        # A twin, so that there are ties.
        {"optimizer": {"id": "sgd"}, "label": "again"},
    ]
    surfaces = [{"id": "bowl"}, {"id": "booth"}, {"id": "rosenbrock"}]
    body = asked(client, surfaces=surfaces, runs=runs, starts=5).json()
    price = np.array([1.0, 1.0, 3.0, 1.0])
    shares = np.array([body["target"], *body["targets"]])
    never, cost = np.inf, np.full((4, 15, len(shares)), np.inf)
    for s, board in enumerate(body["surfaces"]):
        (x_min, x_max), (y_min, y_max) = board["surface"]["domain"]
        asked_for = {"surface": surfaces[s], "runs": runs, "starts": board["starts"], "steps": 200}
        paths = client.post("/api/v1/trajectories", json=asked_for).json()["runs"]
        for r, i in np.ndindex(4, 5):
            path = paths[r]["trajectories"][i]
            x, y, loss = (np.array(path[name], float) for name in ("x", "y", "loss"))
            inside = (x_min <= x) & (x <= x_max) & (y_min <= y) & (y <= y_max)
            gap, at = loss - board["minimum"], price[r] * np.arange(len(loss))
            for m, share in enumerate(shares):
                there = inside & (gap <= share * gap[0]) & (at <= 200)
                cost[r, 5 * s + i, m] = at[there].min(initial=never)
    with np.errstate(invalid="ignore"):
        ratio = cost[:, :, 0] / cost[:, :, 0].min(axis=0)
    for r, one in enumerate(body["standings"]):
        for staircase, values in ((one["profile"], ratio[r]), (one["ecdf"], cost[r, :, 1:])):
            at = np.array(staircase["at"])
            assert at.tolist() == np.unique(values[np.isfinite(values)]).tolist()
            expected = [(values <= place).mean() for place in at]
            np.testing.assert_allclose(staircase["share"], expected)
    wins = [one["profile"]["share"][0] if 1 in one["profile"]["at"] else 0
            for one in body["standings"]]  # fmt: skip
    assert wins[0] == wins[3]
    assert sum(wins) > 1


def test_the_same_request_gives_the_same_bytes_and_the_seed_decides_the_starts(client):
    first, again, other = (asked(client, starts=3, seed=seed) for seed in (1, 1, 2))
    assert first.content == again.content
    boards = [one.json()["surfaces"][0]["starts"] for one in (first, other)]
    assert boards[0] != boards[1]


@pytest.mark.parametrize(
    ("changes", "loc", "kind"),
    [
        ({"surfaces": [{"id": "bowl"}, {"id": "saddle"}]}, ["surfaces", 1], "no_minimum"),
        ({"surfaces": [{"formula": "x^2 +"}]}, ["surfaces", 0, "formula"], "formula_unfinished"),
        (
            {"runs": [{"optimizer": {"id": "gradient_flow"}}]},
            ["runs", 0, "optimizer"],
            "not_for_this_optimizer",
        ),
        ({"starts": 64, "steps": 10_000, "surfaces": [{"id": "bowl"}]}, [], "too_many_points"),
        ({"surfaces": [{"formula": "ln(x)"}]}, ["starts", 1], "start_not_finite"),
    ],
)
def test_what_cannot_be_compared_is_refused(client, changes, loc, kind):
    refused = asked(client, **changes)
    assert refused.status_code == 422
    (told,) = refused.json()["detail"]
    assert (told["loc"], told["type"]) == (["body", *loc], kind)


def test_its_progress_is_streamed(client):
    seen = streamed(client, answer, ScoreboardRequest.model_validate(SMALL))
    assert [name for name, _ in seen] == ["progress"] * 2 + ["result"]
    assert [(told["done"], told["total"]) for _, told in seen[:2]] == [(1, 2), (2, 2)]
    assert seen[-1][1] == asked(client).json()
