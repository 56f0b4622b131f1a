"""A GET for every computing POST, with ETags as RFC 9110 has them; brotli and gzip unpack."""

import gzip
import json
import re

import brotli
import pytest
import zstandard

from server.application import API, PARTS
from tests.door.asking import BODY, ask, reading
from tests.door.one_of_each import ONE_OF_EACH, SURFACE

UNPACKED = {
    None: bytes,
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": zstandard.ZstdDecompressor().decompress,
}


def test_every_path_that_takes_post_is_among_these():
    taking = {
        route.path for part in PARTS for route in part.router.routes if "POST" in route.methods
    }
    assert taking == {f"/{path}" for path in ONE_OF_EACH}


@pytest.mark.parametrize("path", ONE_OF_EACH)
def test_get_answers_what_post_does_and_says_how_long_to_keep_it(server, path):
    body = ONE_OF_EACH[path]
    posted = ask(server, "POST", f"{API}/{path}", body)
    got = ask(server, "GET", reading(path, body))
    assert (posted.status, got.status) == (200, 200), posted.content
    assert got.content == posted.content
    assert got.headers["content-type"] == posted.headers["content-type"]
    assert got.headers["etag"].startswith('"')
    assert "max-age" in got.headers["cache-control"]
    assert {one.strip() for one in got.headers["vary"].split(",")} == {"Accept", "Accept-Encoding"}
    head = ask(server, "HEAD", reading(path, body))
    assert (head.status, head.content) == (200, b"")
    for name in ("etag", "content-length", "content-type", "cache-control", "vary"):
        assert head.headers[name] == got.headers[name], name


def test_each_coding_has_an_etag_of_its_own_and_holds_the_same(server):
    url = reading("trajectories", BODY, "&encoding=typed")
    plain, packed = ask(server, "GET", url), ask(server, "GET", url, Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert plain.headers["etag"] != packed.headers["etag"]
    for one, accepted in ((plain, "identity"), (packed, "gzip")):
        known = {"If_None_Match": f'"other", W/{one.headers["etag"]}', "Accept_Encoding": accepted}
        again = ask(server, "GET", url, **known)
        assert (again.status, again.content) == (304, b"")
        for name in ("etag", "cache-control", "vary"):
            assert again.headers[name] == one.headers[name]
        other = "gzip" if accepted == "identity" else "identity"
        assert ask(server, "GET", url, **{**known, "Accept_Encoding": other}).status == 200


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip;q=0", None),
        ("gzip;q=0.5, identity", None),
        ("identity;q=0.5, gzip", "gzip"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, br", "br"),
        ("*;q=0", None),
        ("zstd;q=0, br;q=0, *", "gzip"),
        ("GZIP;q=1.0", "gzip"),
        ("gzip;q=rubbish", None),
        ("deflate", None),
        ("", None),
    ],
)
def test_qualities_are_respected(server, accepted, coding):
    answer = ask(server, "GET", f"{API}/catalog", Accept_Encoding=accepted)
    assert answer.status == 200
    assert answer.headers.get("content-encoding") == coding
    unpacked = UNPACKED[coding](answer.content)
    assert json.loads(unpacked)["version"]


def test_what_is_still_known_is_not_computed(server):
    """An answer that nobody computed yet: its ETag follows from the question."""
    first = ask(server, "GET", reading("trajectories", {**BODY, "seed": 7}))
    # Another order of the query asks the same.
    _, _, query = reading("trajectories", {**BODY, "seed": 7}).partition("?")
    url = f"{API}/trajectories?encoding=plain&{query}"
    other = ask(server, "GET", url, If_None_Match="*")
    assert (other.status, other.content) == (304, b"")
    swapped = f"{API}/trajectories?{query}&encoding=plain"
    assert ask(server, "GET", swapped, If_None_Match=other.headers["etag"]).status == 304
    assert first.headers["etag"] != other.headers["etag"]


def test_different_questions_have_different_etags(server):
    asked = [
        reading("grid", {**SURFACE, "nx": 5}),
        reading("grid", {**SURFACE, "ny": 5}),
        reading("grid", {**SURFACE, "nx": 5}, "&encoding=typed"),
        f"{API}/surfaces/bowl/grid?nx=5",
        f"{API}/surfaces/bowl/grid?nx=5&ny=6",
        f"{API}/surfaces/matyas/grid?nx=5&ny=6",
        f"{API}/trajectories?surface=bowl&optimizer=sgd&start=1,2&start=2,1",
        f"{API}/trajectories?surface=bowl&optimizer=sgd&start=2,1&start=1,2",
    ]
    tags = {ask(server, "GET", url).headers["etag"] for url in asked}
    tags.add(ask(server, "GET", asked[-1], Accept="text/csv").headers["etag"])
    assert len(tags) == len(asked) + 1


def test_what_is_refused_is_refused_as_post_does_and_kept_by_nobody(server):
    wrong = {**BODY, "steps": -1}
    got = ask(server, "GET", reading("trajectories", wrong))
    assert got.status == 422
    assert got.content == ask(server, "POST", f"{API}/trajectories", wrong).content
    assert "etag" not in got.headers and "cache-control" not in got.headers


@pytest.mark.parametrize(
    ("query", "status", "place"),
    [
        ("", 422, ["query", "request"]),
        ("?request=%7B%7D&request=%7B%7D", 422, ["query", "request"]),
        ("?request=%7B", 422, ["body"]),
        ("?request=%ff%fe", 422, ["body"]),
        ("?" + "&".join("a" * 300), 422, ["query"]),
    ],
)
def test_a_query_that_says_nothing_is_refused_with_its_place(server, query, status, place):
    answer = ask(server, "GET", f"{API}/grid{query}")
    assert answer.status == status
    assert answer.detail()[0]["loc"] == place


def test_openapi_says_so(server):
    document = json.loads(ask(server, "GET", "/openapi.json").content)
    for path in ONE_OF_EACH:
        operation = document["paths"][f"{API}/{path}"]["get"]
        named = {one["name"]: one for one in operation["parameters"]}
        schema = named["request"]["content"]["application/json"]["schema"]
        posted = document["paths"][f"{API}/{path}"]["post"]["requestBody"]["content"]
        assert schema == posted["application/json"]["schema"]
        assert "304" in operation["responses"]


def test_an_answer_of_the_version_that_the_page_names_is_kept_for_ever(server):
    page = ask(server, "GET", "/").content.decode()
    [catalog] = re.findall(r'href="(api/v1/catalog\?version=[^"&]+)"', page)
    named = catalog.partition("?")[2]
    for url in (f"{API}/catalog?", reading("trajectories", BODY) + "&"):
        plain = ask(server, "GET", url)
        assert plain.headers["cache-control"] == "public, max-age=300"
        for query, kept in (
            (named, "public, max-age=31536000, immutable"),
            # What another version's server was meant to answer is not to be taken for its own.
            ("version=0123456789ab", "no-cache"),
            (f"{named}&version=0123456789ab", "no-cache"),
            ("version=", "no-cache"),
        ):
            answer = ask(server, "GET", url + query)
            assert (answer.status, answer.content) == (200, plain.content), query
            assert answer.headers["cache-control"] == kept, query
            assert answer.headers["etag"] == plain.headers["etag"]
            known = ask(server, "GET", url + query, If_None_Match=plain.headers["etag"])
            assert (known.status, known.headers["cache-control"]) == (304, kept)
    refused = ask(server, "GET", f"{API}/surfaces/nonsuch?{named}")
    assert (refused.status, refused.headers.get("cache-control")) == (422, None)
