"""Every scene's claim is true of its own state, and of all states within 1 % of it."""

import pytest

from server.scenarios.catalog import SCENARIOS
from server.scenarios.scenario import Quantity
from tests.scenarios.varying import numbers_in, varied

each_scene = pytest.mark.parametrize("scene", SCENARIOS, ids=lambda scene: scene.id)


def answers(client, state, by=0.0, only=None):
    found = []
    for request in state.requests():
        body = request.body if by == 0 else varied(request.body, by, only)
        answer = client.post(f"/api/v1{request.path}", json=body)
        assert answer.status_code == 200, answer.text
        found.append(answer.json())
    return found


def finding(client, scene, by=0.0):
    others = {name: answers(client, state, by) for name, state in scene.claim.others.items()}
    return scene.claim.check(answers(client, scene.state, by), **others)


@each_scene
@pytest.mark.parametrize("by", [0.0, 0.01, -0.01])
def test_the_claim_holds_on_the_scenes_state_and_with_all_numbers_moved(client, scene, by):
    found = finding(client, scene, by)
    assert found.holds, f"rests on {found.number}"


@each_scene
@pytest.mark.parametrize("by", [0.01, -0.01])
def test_the_claim_holds_with_each_number_moved_alone(client, scene, by):
    others = {name: answers(client, state) for name, state in scene.claim.others.items()}
    paths = {one for request in scene.state.requests() for one in numbers_in(request.body)}
    wrong = [
        path
        for path in sorted(paths, key=str)
        if not scene.claim.check(answers(client, scene.state, by, path), **others).holds
    ]
    assert wrong == []


@each_scene
def test_the_number_to_be_guessed_is_the_one_that_the_claim_finds(client, scene):
    if isinstance(scene.answers, Quantity):
        right = scene.answers.right
        near = min(scene.answers.within, 0.2) / 2
        assert finding(client, scene).number == pytest.approx(right, rel=near)
        assert scene.answers.low < right < scene.answers.high


@each_scene
def test_a_claim_that_compares_fails_where_nothing_is_different(client, scene):
    if scene.claim.others:
        opening = answers(client, scene.state)
        assert not scene.claim.check(opening, **dict.fromkeys(scene.claim.others, opening)).holds
