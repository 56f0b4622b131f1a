"""What every answer carries, whatever it is an answer to; and who may ask."""

import pytest
from pydantic import ValidationError
from starlette.routing import Route
from starlette.testclient import TestClient

from server.app import create_app
from server.settings import Settings


def app(**settings):
    return create_app(Settings(device="cpu", warm_up=False, programs="off", **settings))


async def broken(request):
    raise ZeroDivisionError("on purpose")


@pytest.fixture(scope="module")
def plain():
    made = app()
    made.router.routes.insert(0, Route("/broken", broken))
    with TestClient(made, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def named():
    """A server with names, which an LMS may embed and another site may ask."""
    made = app(
        allowed_hosts="lecture.example.org, *.school.example,[::1]",
        frame_ancestors="self https://lms.example.org",
        cors="https://notebook.example.org",
    )
    with TestClient(made, base_url="http://lecture.example.org") as client:
        yield client


ANSWERS = {
    "the page": (200, "GET", "/", {}),
    "a picture": (200, "GET", "/favicon.svg", {}),
    "the docs": (200, "GET", "/docs", {}),
    "the schema": (200, "GET", "/openapi.json", {}),
    "a library": (200, "GET", "/vendor/swagger-ui.css", {}),
    "health": (200, "GET", "/healthz", {}),
    "ready": (200, "GET", "/readyz", {}),
    "an entry": (200, "GET", "/api/v1/surfaces/bowl", {}),
    "no entry": (422, "GET", "/api/v1/surfaces/bowls", {}),
    "no file": (404, "GET", "/nonsuch", {}),
    "no method": (405, "DELETE", "/api/v1/probe", {}),
    "options": (204, "OPTIONS", "/api/v1/probe", {}),
    "head": (200, "HEAD", "/healthz", {}),
    "known": (304, "GET", "/api/v1/losses", {"If-None-Match": "*"}),
    "no type": (406, "GET", "/api/v1/trajectories?surface=bowl&optimizer=sgd",
                {"Accept": "image/png"}),
    "a defect": (500, "GET", "/broken", {}),
}  # fmt: skip


@pytest.mark.parametrize("answer", ANSWERS)
def test_every_answer_carries_them(plain, answer):
    status, method, path, headers = ANSWERS[answer]
    got = plain.request(method, path, headers=headers)
    assert got.status_code == status
    policy = got.headers["content-security-policy"].split("; ")
    assert {"default-src 'none'", "script-src 'self'", "frame-ancestors 'self'"} <= set(policy)
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["cross-origin-opener-policy"] == "same-origin"
    assert got.headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in got.headers["permissions-policy"]
    assert "strict-transport-security" not in got.headers
    assert "access-control-allow-origin" not in got.headers
    assert len(got.headers.get_list("content-security-policy")) == 1
    if status >= 400 and answer != "not ready":
        assert {"loc", "msg", "type"} <= got.json()["detail"][0].keys()


def test_only_what_came_by_tls_says_to_come_by_tls():
    with TestClient(app(), base_url="https://lecture.example.org") as client:
        for path in ("/healthz", "/api/v1/losses", "/nonsuch"):
            assert client.get(path).headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize(
    "host",
    [
        "lecture.example.org",
        "LECTURE.example.org:8443",
        "lecture.example.org.",
        "a.school.example",
        "a.b.school.example:80",
        "[::1]:8000",
    ],
)
def test_its_names_are_answered(named, host):
    assert named.get("/api/v1/losses", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "",
        "127.0.0.1",
        "evil.example",
        "school.example",
        "evilschool.example",
        "lecture.example.org.evil.example",
        "lecture.example.org@evil.example",
        "lecture.example.org:80:90",
        "lecture.example.org/",
        "lecture.example.org evil.example",
        "[::2]",
        "*.school.example@",
    ],
)
def test_other_names_are_refused_in_the_one_shape(named, host):
    for path in ("/", "/api/v1/losses", "/nonsuch"):
        answer = named.get(path, headers={"Host": host})
        assert answer.status_code == 400
        assert {"loc", "msg", "type"} == answer.json()["detail"][0].keys()
        assert "nosniff" in answer.headers["x-content-type-options"]
    # Containers ask by an address that nobody can know before.
    assert named.get("/healthz", headers={"Host": host}).status_code == 200
    assert named.get("/readyz", headers={"Host": host}).status_code == 200


def test_a_request_has_one_name(named):
    answer = named.get("/", headers=[("Host", "lecture.example.org"), ("Host", "evil.example")])
    assert answer.status_code == 400


def test_without_names_any_is_answered(plain):
    assert plain.get("/healthz", headers={"Host": "whatever.example"}).status_code == 200
    assert plain.get("/", headers={"Host": "whatever.example"}).status_code == 200


def test_a_page_that_may_be_framed_says_so(named):
    headers = named.get("/").headers
    policy = headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self' https://lms.example.org")
    assert headers["cross-origin-resource-policy"] == "cross-origin"
    assert headers["cross-origin-embedder-policy"] == "require-corp"


def test_the_named_origin_may_ask_and_read(named):
    asked = {
        "Origin": "https://notebook.example.org",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type, if-none-match",
    }
    told = named.options("/api/v1/probe", headers=asked)
    assert told.status_code == 200
    assert told.headers["access-control-allow-origin"] == asked["Origin"]
    assert "POST" in told.headers["access-control-allow-methods"]
    assert "content-type" in told.headers["access-control-allow-headers"].lower()
    assert "Origin" in told.headers["vary"]
    for path in ("/api/v1/losses", "/api/v1/losses/nonsuch", "/nonsuch"):
        answer = named.get(path, headers={"Origin": asked["Origin"]})
        assert answer.headers["access-control-allow-origin"] == asked["Origin"]
        shown = answer.headers["access-control-expose-headers"]
        assert {"ETag", "Retry-After"} <= set(shown.split(", "))
        assert "Origin" in answer.headers["vary"]
        assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("origin", ["https://evil.example", "null",
                                    "https://notebook.example.org.evil.example",
                                    "http://notebook.example.org"])  # fmt: skip
def test_another_origin_may_neither_ask_nor_read(named, origin):
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    told = named.options("/api/v1/probe", headers=asked)
    assert told.status_code == 400
    assert "origin" in told.json()["detail"][0]["msg"]
    assert "access-control-allow-origin" not in told.headers
    answer = named.get("/api/v1/losses", headers={"Origin": origin})
    assert "access-control-allow-origin" not in answer.headers
    # Or a cache would give this answer to those who may read it.
    assert "Origin" in answer.headers["vary"]


def test_unless_configured_nobody_else_reads(plain):
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    assert "access-control-allow-origin" not in plain.options("/", headers=asked).headers
    assert "access-control-allow-origin" not in plain.get("/healthz", headers=asked).headers


@pytest.mark.parametrize(
    "name, value",
    [
        ("allowed_hosts", "lecture.example.org:8000"),
        ("allowed_hosts", "https://lecture.example.org"),
        ("allowed_hosts", "lect*re.example.org"),
        ("allowed_hosts", "a\r\nb: c"),
        ("cors", "notebook.example.org"),
        ("cors", "https://notebook.example.org/path"),
        ("cors", "https://*.example.org"),
        ("cors", "null"),
        ("frame_ancestors", "self; script-src *"),
        ("frame_ancestors", "'unsafe-inline'"),
        ("frame_ancestors", "none, https://lms.example.org"),
        ("frame_ancestors", "https://lms.example.org/course?id=1"),
        ("frame_ancestors", "data:"),
    ],
)
def test_what_is_no_name_is_refused_at_the_start(name, value, monkeypatch):
    monkeypatch.setenv(f"STEEPEST_{name.upper()}", value)
    with pytest.raises(ValidationError, match=name):
        Settings()


@pytest.mark.parametrize(
    "name, value, meant",
    [
        ("allowed_hosts", "Lecture.example.org , *.School.example", ("lecture.example.org",
                                                                     "*.school.example")),
        ("allowed_hosts", "", ()),
        ("cors", "https://Notebook.example.org/", ("https://notebook.example.org",)),
        ("cors", "*", ("*",)),
        ("frame_ancestors", "", ("'self'",)),
        ("frame_ancestors", "'self' *.example.org:*", ("'self'", "*.example.org:*")),
        ("frame_ancestors", "none", ("'none'",)),
    ],
)  # fmt: skip
def test_names_are_read_as_people_write_them(name, value, meant, monkeypatch):
    monkeypatch.setenv(f"STEEPEST_{name.upper()}", value)
    assert getattr(Settings(), name) == meant
