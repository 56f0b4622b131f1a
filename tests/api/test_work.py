"""Work has a price, a deadline and an end: real servers, whose clients leave and who are ended."""

import http.client
import json
import signal
from urllib.parse import urlsplit

import pytest

from server.api import pricing
from server.api.http import preferred
from server.api.network_training import TrainingRequest
from server.api.networks import SignalRequest
from server.api.runs import TrajectoryRequest
from server.api.search import SearchRequest
from server.api.surfaces import GridRequest
from server.engine.price import Part, Price
from server.settings import Settings
from tests.api.heavy import (
    ENDS,
    HEAVY,
    OTHER,
    SEARCHING,
    TRAINING,
    let_in,
    post,
    status,
    streamed,
    until,
)
from tests.serving import serving

LIGHT = "/api/v1/activations/tanh/values"
COSTLY = [
    ("trajectories", {**HEAVY, "runs": [SEARCHING], "starts": [[0, 0], [1, 1]]}, "steps"),
    ("learning-rate-search", {**HEAVY, "runs": [SEARCHING], "search": {"count": 150}}, "steps"),
    ("grid", {"surface": {"id": "network_slice"}, "nx": 512, "ny": 512,
              "include": ["hessian"]}, "nx"),
    ("networks/training", TRAINING, "steps"),
]  # fmt: skip


@pytest.fixture(scope="module")
def narrow():
    """One thread a lane, nobody may wait, and any price is paid."""
    settings = {"COMPUTE_THREADS": "1", "WAITING": "0", "WORK_SECONDS": "1e4", "WARM_UP": "false"}
    named = {f"STEEPEST_{name}": value for name, value in settings.items()}
    with serving(ready=False, STEEPEST_DEADLINE_SECONDS="1e4", **named) as server:
        yield server


@pytest.mark.parametrize(("path", "body", "field"), COSTLY)
def test_what_costs_too_much_is_refused_with_what_would_fit(client, path, body, field):
    answer = client.post(f"/api/v1/{path}", json=body)
    assert answer.status_code == 422
    [detail] = answer.json()["detail"]
    assert (detail["type"], detail["loc"]) == ("too_much_work", ["body", field])
    limit = client.get("/api/v1/catalog").json()["limits"]["work_seconds"]
    values = detail["values"]
    assert values["limit"] == limit < values["price"]
    assert values["fits"][field] >= 1
    # The most that fits is let in, and one more is not.
    for more, fits in ((0, True), (1, False)):
        asked = {**body, field: values["fits"][field] + more}
        assert (priced(path, asked).seconds <= limit) == fits


def priced(path, body):
    match path:
        case "trajectories":
            return pricing.trajectories(TrajectoryRequest.model_validate(body), "plain")
        case "learning-rate-search":
            return pricing.search(SearchRequest.model_validate(body))
        case "grid":
            return pricing.grid(GridRequest.model_validate(body), "plain")
        case "networks/training":
            return pricing.training(TrainingRequest.model_validate(body))
        case _:
            return pricing.signal(SignalRequest.model_validate(body))


def test_what_fits_is_worked_out_by_hand():
    """7 s, of which each of 6 steps is 1 s and each of 3 starts 2 s; 4.5 s leave 3 and 1."""
    price = Price(7.0, [Part(("steps",), 6, 1.0), Part(("starts",), 3, 2.0)])
    assert price.fits(4.5) == {("steps",): 3, ("starts",): 1}
    assert price.fits(0.5) == {}


def test_the_largest_networks_that_may_be_looked_at_cost_less_than_the_limit():
    largest = {"depth": 64, "width": 256, "precision": "float64", "seeds": 8}
    asked = SignalRequest.model_validate({**largest, "include": ["histograms"]})
    assert pricing.signal(asked).seconds <= Settings().work_seconds


def test_light_work_passes_heavy_work_and_a_client_that_leaves_frees_its_thread(narrow):
    heavy = let_in(narrow, HEAVY)
    # Nobody else is let in: it is being worked on.
    assert status(narrow, OTHER) == 503
    connection = http.client.HTTPConnection(urlsplit(narrow.address).netloc, timeout=ENDS)
    connection.request("GET", LIGHT)
    assert connection.getresponse().status == 200
    connection.close()
    heavy.close()
    until(lambda: status(narrow, OTHER), None)


def test_the_same_request_is_computed_once_and_goes_on_while_somebody_waits(narrow):
    first = let_in(narrow, {**HEAVY, "seed": 1})
    # With one thread and no place to wait it would be refused, if it were not the same.
    twin = post(narrow, "trajectories", {**HEAVY, "seed": 1})
    twin.sock.settimeout(1.0)
    with pytest.raises(TimeoutError):
        twin.getresponse()
    first.close()
    assert [status(narrow, OTHER) for _ in range(3)] == [503] * 3
    twin.close()
    until(lambda: status(narrow, OTHER), None)


def test_a_stream_whose_client_leaves_frees_its_thread(narrow):
    training, events = streamed(narrow)
    assert status(narrow, OTHER) == 503
    events.close()
    training.close()
    until(lambda: status(narrow, OTHER), None)


def test_what_takes_longer_than_it_may_is_stopped_and_says_so():
    settings = {"STEEPEST_WORK_SECONDS": "1e4", "STEEPEST_DEADLINE_SECONDS": "3"}
    with serving(ready=False, STEEPEST_WARM_UP="false", **settings) as server:
        paths = post(server, "trajectories", HEAVY)
        answer = paths.getresponse()
        assert answer.status == 503
        [detail] = json.loads(answer.read())["detail"]
        paths.close()
        assert detail["type"] == "too_long"
        assert "3 s" in detail["msg"]
        training = post(server, "networks/training", TRAINING, "text/event-stream")
        last = training.getresponse().read().decode().strip().split("\n\n")[-1]
        training.close()
        assert last.startswith("event: error")
        assert json.loads(last.split("data: ")[1])["detail"][0]["type"] == "too_long"


def test_a_server_that_is_told_to_end_ends_its_work():
    settings = {"STEEPEST_WORK_SECONDS": "1e4", "STEEPEST_DEADLINE_SECONDS": "1e4"}
    with serving(ready=False, STEEPEST_WARM_UP="true", **settings) as server:
        training, events = streamed(server)
        heavy = post(server, "trajectories", HEAVY)
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(10) is not None
        heavy.close()
        events.close()
        training.close()


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("application/json;q=0, */*", "text/csv"),
        ("text/csv;q=0.5, application/json;q=0.4", "text/csv"),
        ("text/*", "text/csv"),
        ("application/json, text/csv", "application/json"),
        ("rubbish", "application/json"),
    ],
)
def test_accept_is_read_as_the_standard_has_it(accept, chosen):
    assert preferred(accept, ("application/json", "text/csv")) == chosen


def test_what_nobody_offers_is_answered_406_with_what_is_offered(client):
    url = "/api/v1/trajectories?surface=bowl&optimizer=sgd&steps=1"
    answer = client.get(url, headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/csv" in answer.json()["detail"][0]["msg"]


def test_what_may_be_answered_instead_is_documented(client):
    """OpenAPI says when work is refused, stopped or in a form that nobody offers."""
    paths = client.get("/openapi.json").json()["paths"]
    answers = paths["/api/v1/trajectories"]["post"]["responses"]
    assert answers.keys() >= {"200", "406", "413", "422", "499", "503"}
    assert "too_much_work" in answers["422"]["description"]
    assert "too_long" in answers["503"]["description"]
    assert "406" not in paths["/api/v1/grid"]["post"]["responses"]
