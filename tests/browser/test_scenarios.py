"""What a scene's page asks the server is what its claim is computed from."""

import urllib.parse

import pytest
from playwright.sync_api import TimeoutError as NothingAsked

from server.api.backpropagation import BackpropagationRequest
from server.api.functions import Activations, LossPoints
from server.api.maps.trainability_request import TrainabilityRequest
from server.api.network_training import TrainingRequest
from server.api.networks import NetworkRequest, SignalRequest
from server.api.runs import TrajectoryRequest
from server.declarations import BY_ID
from server.scenarios.catalog import SCENARIOS
from tests.browser.actions import asked

MEANINGS = {
    "/trajectories": TrajectoryRequest,
    "/backpropagation": BackpropagationRequest,
    "/networks/signal": SignalRequest,
    "/networks/training": TrainingRequest,
    "/activations/values": Activations,
    "/losses/values": LossPoints,
    "/maps/trainability": TrainabilityRequest,
}
ASIDE = ("include", "frames", "label")
"""Fields that say what more is told of a result, or what it is called, and change nothing of it."""
LONGEST_WAIT = 60_000


def without(aside, value):
    if isinstance(value, dict):
        return {name: without(aside, one) for name, one in value.items() if name not in aside}
    return [without(aside, one) for one in value] if isinstance(value, list) else value


def meaning(path, body):
    """A request with all that it leaves to the server filled in."""
    if path == "/trajectories" and "starts" not in body:
        body = {**body, "starts": [list(BY_ID.surfaces[body["surface"]["id"]].start)]}
    read = MEANINGS[path].model_validate(body)
    filled = without(ASIDE, read.model_dump())
    if isinstance(read, NetworkRequest):
        filled["loss"] = read.resolve().loss.id
    return path, filled


def watched(page):
    """What a page asks from now on, by path and meaning."""
    seen = []

    def note(request):
        _, _, path = urllib.parse.urlsplit(request.url).path.partition("/api/v1")
        if path in MEANINGS:
            seen.append(meaning(path, asked(request)))

    page.on("request", note)
    return seen


def is_asked(page, seen, wanted):
    """Whether a page asks something, now or soon."""
    while wanted not in seen:
        try:
            page.wait_for_event("request", timeout=LONGEST_WAIT)
        except NothingAsked:
            return False
    return True


def opened_in_turn(kind):
    """Scenes of a page, and after each what its last question changes."""
    for scene in SCENARIOS:
        for name, state in (("opening", scene.state), ("transfer", scene.transfer.state)):
            if state.page == kind:
                yield f"{scene.id}, {name}", state


@pytest.mark.parametrize("kind", ["descent", "signal", "functions", "maps"])
def test_every_state_is_opened_by_its_address_and_asks_what_its_claim_rests_on(open_page, kind):
    page = open_page("healthz", ready=False)
    seen = watched(page)
    wrong = []
    for name, state in opened_in_turn(kind):
        page.goto(urllib.parse.urljoin(page.url, state.address()))
        if getattr(state, "view", None) == "training":
            # While the scene before is still trained, and compiled for that, it cannot be pressed.
            page.click("#train", timeout=120_000)
        # Others are asked for the claim alone: a search of rates, a grid of losses.
        # And a map is asked for alone, not what its claim also sees of it from close by.
        requests = state.requests()[:1] if kind == "maps" else state.requests()
        for request in (one for one in requests if one.path in MEANINGS):
            wanted = meaning(request.path, request.body)
            if not is_asked(page, seen, wanted):
                wrong.append((name, wanted, [one for one in seen if one[0] == request.path][-1:]))
        page.evaluate("new Promise(requestAnimationFrame)")
        if page.locator('.notice[data-kind="address"]').count():
            wrong.append((name, page.inner_text('.notice[data-kind="address"]')))
    assert wrong == []
