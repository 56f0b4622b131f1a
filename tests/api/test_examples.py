"""Every POST of ``/openapi.json`` has bodies to try, and each of them works."""

import pytest

from server.api.examples import EXAMPLES

API = "/api/v1"
HALL = "halls/{hall}/"
ALONE = [
    (path, name) for path, named in EXAMPLES.items() for name in named if not path.startswith(HALL)
]


@pytest.fixture(scope="module")
def posts(client):
    paths = client.get("/openapi.json").json()["paths"]
    return {path: methods["post"] for path, methods in paths.items() if "post" in methods}


def bodies(post):
    return post["requestBody"]["content"]["application/json"].get("examples", {})


def test_every_post_has_an_example(posts):
    assert posts and not [path for path, post in posts.items() if not bodies(post)]


@pytest.mark.parametrize(("path", "name"), ALONE, ids=str)
def test_an_example_works(client, posts, path, name):
    example = bodies(posts[f"{API}/{path}"])[name]
    answer = client.post(f"{API}/{path}", json=example["value"])
    assert answer.status_code == 200, answer.text


def test_examples_of_a_hall_work_one_after_another(client, posts):
    hall = client.post(f"{API}/halls", json={}).json()
    steers = {"Authorization": f"Bearer {hall['key']}"}
    for path in [path for path in EXAMPLES if path.startswith(HALL)]:
        for one in bodies(posts[f"{API}/{path}"]).values():
            address = f"{API}/{path.format(hall=hall['hall'])}"
            answer = client.post(address, json=one["value"], headers=steers)
            assert answer.status_code == 200, (path, one, answer.text)
