"""The reverse proxy of deploy/Caddyfile before a real server: what it adds and keeps out."""

import http.client
import json
import shutil
import socket
import ssl
import subprocess
from pathlib import Path

import pytest

from tests.operations.conftest import events, until
from tests.serving import serving

ROOT = Path(__file__).parent.parent.parent
CADDY = shutil.which("caddy")

pytestmark = pytest.mark.skipif(CADDY is None, reason="caddy is not installed")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Proxy:
    def __init__(self, port, authority, server):
        self.port, self.authority, self.server = port, authority, server

    def connection(self):
        trusted = ssl.create_default_context(cafile=str(self.authority))
        return http.client.HTTPSConnection("localhost", self.port, context=trusted, timeout=60)

    def ask(self, path, method="GET", body=None, **headers):
        connection = self.connection()
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()


@pytest.fixture(scope="module")
def proxy(tmp_path_factory):
    """TLS by Caddy's own authority, on loopback only; the rest is the file as it is."""
    folder = tmp_path_factory.mktemp("caddy")
    port = free_port()
    only_here = f"default_bind 127.0.0.1\n\thttp_port {free_port()}\n\tskip_install_trust\n"
    text = (ROOT / "deploy/Caddyfile").read_text()
    assert text.count("\tadmin off\n") == 1
    config = folder / "Caddyfile"
    config.write_text(text.replace("\tadmin off\n", f"\tadmin off\n\t{only_here}"))
    with serving(STEEPEST_LOG="json", STEEPEST_PROXIES="127.0.0.1") as server:
        command = [CADDY, "run", "--config", str(config), "--adapter", "caddyfile"]
        environment = {
            "PATH": "/usr/bin:/bin",
            "HOME": str(folder),
            "XDG_DATA_HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder),
            "SITE": f"https://localhost:{port}",
            "UPSTREAM": server.address.removeprefix("http://"),
        }
        with (folder / "log").open("w") as log:
            process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        authority = folder / "caddy/pki/authorities/local/root.crt"
        proxy = Proxy(port, authority, server)

        def answers():
            assert process.poll() is None, (folder / "log").read_text()
            try:
                return authority.exists() and proxy.ask("/healthz")[0].status == 200
            except OSError:
                return False

        try:
            until(answers)
            yield proxy
        finally:
            process.terminate()
            process.wait(60)


def test_the_page_and_paths_come_through(proxy):
    assert b"<!doctype html>" in proxy.ask("/")[1].lower()
    answer, body = proxy.ask("/api/v1/trajectories?surface=bowl&optimizer=sgd&steps=3")
    assert answer.status == 200
    assert json.loads(body)["surface"]["id"] == "bowl"


def test_the_client_and_the_request_id_are_the_proxys_word(proxy):
    answer, _ = proxy.ask(
        "/nonsuch", **{"X-Forwarded-For": "203.0.113.9", "X-Request-ID": "from-outside"}
    )
    given = answer.headers["X-Request-ID"]
    assert len(given) == 36
    line = until(
        lambda: next((e for e in events(proxy.server) if e.get("request_id") == given), None)
    )
    assert line["client"] == "127.0.0.1"


def test_metrics_are_not_for_outside(proxy):
    assert proxy.ask("/metrics")[0].status == 404
    assert proxy.ask("/metrics?x=1")[0].status == 404


def test_an_answer_is_revalidated_through_it(proxy):
    path = "/api/v1/surfaces/bowl/grid?nx=8&ny=8"
    first, _ = proxy.ask(path)
    again, body = proxy.ask(path, **{"If-None-Match": first.headers["ETag"]})
    assert first.status == 200
    assert again.status == 304
    assert body == b""


def test_what_is_too_large_is_refused(proxy):
    answer, _ = proxy.ask(
        "/api/v1/trajectories", "POST", b" " * 300_000, **{"Content-Type": "application/json"}
    )
    assert answer.status == 413
    long = proxy.ask("/healthz", **{"X-Long": "x" * 40_000})[0]
    assert long.status == 431


def test_events_come_as_they_happen(proxy):
    """The first one is here while the work is far from its end."""
    connection = proxy.connection()
    body = json.dumps({"depth": 16, "width": 64, "steps": 2000, "frames": 100})
    headers = {"Content-Type": "application/json", "Accept": "text/event-stream"}
    connection.request("POST", "/api/v1/networks/training", body, headers)
    answer = connection.getresponse()
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    assert answer.readline().startswith(b"event: progress")
    rest = answer.read()
    assert rest.count(b"event: progress") > 1
    assert b"event: result" in rest
    connection.close()


def test_a_server_that_is_away_is_503_or_502_in_the_usual_shape(proxy):
    """Last of all here: the server is ended."""
    proxy.server.process.terminate()
    proxy.server.process.wait(60)
    answer, body = proxy.ask("/api/v1/catalog")
    assert answer.status in (502, 503)
    assert answer.headers["Retry-After"]
    assert {"loc", "msg", "type"} == json.loads(body)["detail"][0].keys()
