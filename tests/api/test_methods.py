"""Every path by every method: ``Allow`` tells the truth, and HEAD is GET without the body."""

import pytest

STATIC = ("/", "/docs", "/openapi.json", "/healthz", "/readyz", "/vendor/plotly.min.js",
          "/vendor/swagger-ui-bundle.js", "/vendor/swagger-ui.css", "/favicon.svg")  # fmt: skip
FILLED = {"{surface_id}": "bowl", "{activation_id}": "tanh"}
ENTRIES = {"surfaces": "bowl", "optimizers": "sgd", "schedules": "cosine", "clippings": "norm",
           "activations": "tanh", "initializers": "he", "losses": "mse", "datasets": "moons",
           "scenarios": "none"}  # fmt: skip
ALL = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS")
CHANGES = ("x-process-time", "x-request-id", "date")


def paths(client):
    """What ``/openapi.json`` documents, with its parameters filled in: methods by path."""
    found = {}
    for path, item in client.get("/openapi.json").json()["paths"].items():
        for name, value in FILLED.items():
            path = path.replace(name, value)
        part = path.removesuffix("/{entry_id}").rpartition("/")[2]
        found[path.replace("{entry_id}", ENTRIES.get(part, ""))] = {
            method.upper() for method in item if method.upper() in ALL
        }
    return found


def asked(path):
    return f"{path}?optimizer=sgd&surface=bowl&steps=3" if path.endswith("/trajectories") else path


def test_allow_names_every_documented_method_and_no_other(client):
    for path, documented in (paths(client) | {one: {"GET"} for one in STATIC}).items():
        expected = documented | {"OPTIONS"} | ({"HEAD"} if "GET" in documented else set())
        told = client.options(path)
        assert told.status_code == 204 and not told.content, path
        assert set(told.headers["allow"].split(", ")) == expected, path
        for method in set(ALL) - expected:
            answer = client.request(method, path)
            assert answer.status_code == 405, (method, path)
            assert set(answer.headers["allow"].split(", ")) == expected, (method, path)
            if method != "HEAD":
                [one] = answer.json()["detail"]
                assert {"loc", "msg", "type"} == one.keys()


def test_head_says_what_get_says_without_the_body(client):
    gets = [path for path, documented in paths(client).items() if "GET" in documented]
    for path in (*gets, *STATIC, "/nonsuch", "/api/v1/surfaces/nonsuch"):
        get, head = client.get(asked(path)), client.head(asked(path))
        assert head.status_code == get.status_code, path
        assert head.content == b"" and get.content, path
        told, expected = dict(head.headers), dict(get.headers)
        for changing in CHANGES:
            told.pop(changing, None), expected.pop(changing, None)
        assert told == expected, path


@pytest.mark.parametrize("path", ["/nonsuch", "/api/v1/nonsuch", "/api/v1/surfaces/bowl/nonsuch"])
def test_a_path_that_is_not_there_is_not_there(client, path):
    for method in ("GET", "HEAD"):
        assert client.request(method, path).status_code == 404
