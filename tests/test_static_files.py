"""Static files as a client has them: what is negotiated, what is kept, what is read slowly."""

import gzip
import os
import shutil
import socket
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import brotli
import pytest
import zstandard
from fastapi import FastAPI
from starlette.testclient import TestClient

from server import pages
from server.api import errors
from server.assets import frame
from server.assets.codings import wanted
from server.assets.scene_pages import Scene
from server.settings import FRONTEND
from tests.serving import serving

SCRIPT = "/vendor/plotly.min.js"
UNPACK = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompress(body),
    "identity": lambda body: body,
}


@pytest.fixture(scope="module")
def client():
    app = FastAPI(docs_url=None)
    errors.install(app)
    pages.install(app, FRONTEND)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def get(client, address, accepted, method="GET", **headers):
    """An answer and its body as it was sent."""
    headers["Accept-Encoding"] = accepted
    with client.stream(method, address, headers=headers) as answer:
        return answer, b"".join(answer.iter_raw())


def hashed(client):
    """Every address in a page that has its content's hash in it."""
    text = client.get("/").text
    found = [one.split('"')[0] for one in text.split('="')[1:]]
    return [f"/{one}" for one in found if one.startswith("assets/")]


# RFC 9110, sections 12.4.2 and 12.5.3: its examples, and what follows from its rules.
@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        (None, "identity"),
        ("", "identity"),
        ("compress, gzip", "gzip"),
        ("*", "br"),
        ("compress;q=0.5, gzip;q=1.0", "gzip"),
        ("gzip;q=1.0, identity; q=0.5, *;q=0", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=0.9, zstd;q=1.0, br;q=0.2", "zstd"),
        ("GZIP", "gzip"),
        ("x-gzip", "gzip"),
        ("gzip;q=0", "identity"),
        ("br;q=0, *", "zstd"),
        ("identity, gzip;q=0.5", "identity"),
        ("identity;q=0, gzip;q=0.001", "gzip"),
        ("identity;q=0", None),
        ("*;q=0", None),
        ("*;q=0, identity", "identity"),
        ("gzip;q=2", "identity"),
        ("gzip;level=9;q=1", "identity"),
        (";;;,,,q=1", "identity"),
    ],
)
def test_codings_are_negotiated(accepted, coding):
    assert wanted(accepted, ("br", "zstd", "gzip", "identity")) == coding


@pytest.mark.parametrize("address", ["/", "/signal.html", "/docs", SCRIPT, "/favicon.svg"])
def test_every_coding_holds_the_same(client, address):
    _, plain = get(client, address, "identity")
    tags = set()
    for coding, unpack in UNPACK.items():
        answer, body = get(client, address, coding)
        assert answer.status_code == 200
        assert answer.headers.get("content-encoding", "identity") == coding
        assert unpack(body) == plain
        assert int(answer.headers["content-length"]) == len(body)
        assert answer.headers["vary"] == "Accept-Encoding"
        assert answer.headers["cache-control"] == "no-cache"
        tag = answer.headers["etag"]
        assert tag.startswith('"')
        tags.add(tag)
        again, nothing = get(client, address, coding, **{"If-None-Match": f'"other", W/{tag}'})
        assert (again.status_code, nothing) == (304, b"")
        assert {"etag", "cache-control", "vary"} <= set(again.headers)
        head, nothing = get(client, address, coding, "HEAD")
        assert (head.status_code, nothing) == (200, b"")
        assert head.headers == answer.headers
    assert len(tags) == len(UNPACK)
    refused, _ = get(client, address, "identity;q=0")
    assert refused.status_code == 406


def test_what_has_its_hash_in_its_name_is_kept_for_ever(client):
    addresses = hashed(client)
    kinds = {Path(one).suffix for one in addresses}
    assert kinds == {".js", ".css"}
    for address in addresses:
        answer, _ = get(client, address, "br")
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        expected = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
        assert answer.headers["content-type"] == expected[Path(address).suffix]


def test_what_is_not_there_is_refused_in_the_one_shape(client):
    for address in ("/nonsuch.js", "/..%2fserver/app.py", "/%2e%2e/pyproject.toml", "//etc/passwd",
                    "/assets/", "/manifest.json"):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == 404, address
        assert answer.json()["detail"][0]["type"] == "http_404"
    answer = client.post("/")
    assert answer.status_code == 405
    assert answer.headers["allow"].startswith("GET, HEAD")


@pytest.fixture
def copied(tmp_path):
    """Sources and their bundle, to be changed."""
    shutil.copytree(FRONTEND, tmp_path / "frontend")
    shutil.copytree(pages.BUNDLE, tmp_path / "page")
    return tmp_path


def served(folder):
    app = FastAPI(docs_url=None)
    pages.install(app, folder / "frontend", str(folder / "page"))
    with TestClient(app) as client:
        return client.get("/").text


def test_a_bundle_older_than_its_sources_is_not_served(copied, caplog):
    assert "assets/main-" in served(copied)
    with (copied / "frontend" / "main.js").open("a") as changed:
        changed.write("// changed\n")
    assert 'src="descent/main.js"' in served(copied)
    assert "sources have changed" in caplog.text


def test_a_bundle_is_served_where_there_are_no_sources(copied):
    shutil.rmtree(copied / "frontend")
    assert "assets/main-" in served(copied)


def test_half_a_bundle_is_none(copied, caplog):
    (copied / "page" / "manifest.json").write_text("{")
    assert 'src="descent/main.js"' in served(copied)
    assert "there is no bundle" in caplog.text


def resident(process):
    """Bytes of memory that a process holds."""
    pages_held = int(Path(f"/proc/{process.pid}/statm").read_text().split()[1])
    return pages_held * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
def test_readers_that_stop_share_one_copy():
    """Fifty of them ask for five megabytes each, and read none of it."""
    with serving(ready=False, STEEPEST_WARM_UP="false") as server:
        port = int(server.address.rpartition(":")[2])
        before = resident(server.process)
        readers = []
        try:
            for _ in range(50):
                reader = socket.socket()
                readers.append(reader)
                reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                reader.connect(("127.0.0.1", port))
                reader.sendall(f"GET {SCRIPT} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
                assert reader.recv(15) == b"HTTP/1.1 200 OK"
            assert resident(server.process) - before < 30e6
        finally:
            for reader in readers:
                reader.close()


def test_sources_are_sent_compressed_and_as_they_are_now(copied):
    app = FastAPI(docs_url=None)
    errors.install(app)
    pages.install(app, copied / "frontend", "off")
    changing = copied / "frontend" / "main.js"
    with TestClient(app, raise_server_exceptions=False) as client:
        for text in ("// one\n" * 200, "// another\n" * 200):
            changing.write_text(text)
            for coding, unpack in UNPACK.items():
                answer, body = get(client, "/main.js", coding)
                assert answer.headers.get("content-encoding", "identity") == coding
                assert unpack(body).decode() == text
                assert answer.headers["cache-control"] == "no-cache"
        changing.unlink()
        (copied / "frontend" / "out.js").symlink_to(copied / "page" / "manifest.json")
        for address in ("/main.js", "/out.js", "/../page/index.html", "//etc/passwd", "/signal",
                        "/%00.js", "/i18n/", "/styles/../../page/index.html"):  # fmt: skip
            assert client.get(address).status_code == 404, address
        page = (copied / "frontend" / "hall.html").read_bytes()
        assert client.get("/hall.html").content == page


class Outline(HTMLParser):
    """The elements of a page with their own attributes, and the links of its navigation."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.words, self.links = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.words.append(self.get_starttag_text())
        if tag == "a" and dict(attrs)["href"]:
            self.links.append(dict(attrs)["href"])


def test_what_stands_round_every_page_is_written_once_and_sent_as_it_is_now(copied):
    """In the sources as they are, and in their bundle: its files have other names, and no more."""
    frontend = copied / "frontend"
    app = FastAPI(docs_url=None)
    pages.install(app, frontend, "off")
    with TestClient(app) as unbuilt, TestClient(built := FastAPI(docs_url=None)) as bundled:
        pages.install(built, frontend, str(copied / "page"))
        links = Outline(unbuilt.get("/").text).links
        assert len(links) == 6
        for address in links:
            name = address.removeprefix("./") or "index.html"
            html = unbuilt.get(f"/{name}").text
            page, own = Outline(html), Outline((frontend / name).read_text())
            assert page.links == links
            assert page.tags[:3] == ["html", "head", "meta"]
            for one in ("title", "body", "header", "main", "noscript"):
                assert page.tags.count(one) == 1, one
            assert page.tags.index("title") < page.tags.index("body") < page.tags.index("main")
            # Nothing of its own is lost.
            assert [one for one in own.words if one not in page.words] == []
            assert html.index("</header>") < html.index("<main") < html.index('id="notices"')
            in_bundle = bundled.get(f"/{name}").text
            assert in_bundle[in_bundle.index("<body") :] == html[html.index("<body") :]
        around = frontend / frame.FRAME
        around.write_text(around.read_text().replace("Loading…", "Coming…"))
        for address in links:
            assert "Coming…" in unbuilt.get(f"/{address.removeprefix('./')}").text


def test_a_page_is_put_into_the_frame_as_it_is_written_or_is_refused_by_its_name(tmp_path):
    (tmp_path / "shell").mkdir()
    (tmp_path / frame.FRAME).write_text("<head>$head</head>\n$body\n$page</body>\n")
    (tmp_path / "own.html").write_bytes(b"<title>5 $</title>\r\n<body id=a> \r\n<main>")
    assert frame.html_of(tmp_path, "own.html").split() == (
        b"<head><title>5 $</title> </head> <body id=a> <main></body>".split()
    )
    for whole in ("<!DOCTYPE html>\n<p>", "\ufeff<!doctype html>", "\n<!doctype html>"):
        (tmp_path / "whole.html").write_text(whole, encoding="utf-8")
        assert frame.html_of(tmp_path, "whole.html").decode() == whole.removeprefix("\ufeff")
    (tmp_path / "neither.html").write_text("<main></main>")
    with pytest.raises(ValueError, match=r"neither\.html: accepted: "):
        frame.html_of(tmp_path, "neither.html")


def test_a_scene_s_page_names_rules_by_which_its_neighbours_are_made_ready():
    """HTML, section 7.6.3: addresses relative to the page, and a type of their own."""
    app = FastAPI(docs_url=None)
    pages.install(app, FRONTEND, scenes=[Scene("zigzag", "index.html", "Zigzag", "Зигзаг")])
    with TestClient(app) as client:
        page = client.get("/scene/zigzag")
        address = urljoin("/scene/zigzag", page.headers["speculation-rules"].strip('"'))
        rules = client.get(address)
        assert rules.headers["content-type"] == "application/speculationrules+json"
        assert "immutable" in rules.headers["cache-control"]
        neighbours, others = rules.json()["prerender"]
        assert neighbours == {
            "where": {"selector_matches": "a[data-ahead]"}, "eagerness": "immediate"
        }  # fmt: skip
        # Of the gallery's many only the one that is pointed at.
        assert others["eagerness"] == "moderate"
        assert "speculation-rules" not in client.get("/").headers
