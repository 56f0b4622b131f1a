"""Published ways out of interpreters, templates, folders and headers: none leads anywhere.

From PayloadsAllTheThings, OWASP's cheat sheets, the big list of naughty strings, and write-ups of
escapes from Python's ``eval``, NumPy's and SymPy's evaluators. Where a test needs to see that
nothing happened it looks for what a payload would have left.
"""

import http.client
import json
import os
from urllib.parse import quote, urlsplit

import pytest

MARK = "steepest-escaped"
CODE = (
    "__import__('os').system('touch /tmp/steepest-escaped')",
    "().__class__.__bases__[0].__subclasses__()",
    "().__class__.__mro__[1].__subclasses__()[132].__init__.__globals__['system']('id')",
    "[x for x in (1).__class__.__base__.__subclasses__() if x.__name__=='catch_warnings']",
    "(lambda: (yield))().gi_frame.f_back.f_globals",
    "getattr(getattr(x,'__class__'),'__init__')",
    "eval('1+1')", "exec('import os')", "compile('1','','eval')", "open('/etc/passwd').read()",
    "globals()['__builtins__']", "breakpoint()", "x.__reduce_ex__(2)", "f'{x.__class__}'",
    "𝘦𝘷𝘢𝘭(𝘹)", "ｅｖａｌ(x)", "__𝐢𝐦𝐩𝐨𝐫𝐭__('os')", "ᵉval(x)", "sin.__call__(x)", "x if 1 else y",
    "sympify('x')", "S('x').subs", "Integer(1).__class__", "np.sin(x)", "jax.numpy.load(x)",
    "numexpr.evaluate('x')", "where(x, __class__, y)", "{{7*7}}", "${7*7}", "<%= 7*7 %>", "#{7*7}",
    "{{''.__class__.__mro__[2].__subclasses__()}}", "%s%s%s%n", "{0.__class__}", "{x!r:{y}}",
    "!!python/object/apply:os.system ['touch /tmp/steepest-escaped']",
    "cos\nsystem\n(S'touch /tmp/steepest-escaped'\ntR.", "\x80\x04\x95\x05\x00\x00\x00.",
    "gASVIAAAAAAAAACMBXBvc2l4lIwGc3lzdGVtlJOUjAJpZJSFlFKULg==",
    "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "javascript:alert(1)",
    "'; DROP TABLE runs; --", "1 OR 1=1", "$(touch /tmp/steepest-escaped)", "`id`", "| id", "; id",
    "\r\nSet-Cookie: a=b", "x\r\nX-Injected: 1", "\u2028\u2029", "\u202e\u2066x\u2069", "x\0y",
    "\ufeff__x__", "Z̸̢̛a̷l̷g̵o̴", "(" * 200, "((((((((((x" * 30, "a" * 5000, "x" + "\u0301" * 400, "x^" * 200,
    "9" * 4000, "9**9**9**9", "9^9^9^9^9", "1e999999999", "(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
    "0x7fffffff", "NaN", "undefined", "constructor", "__proto__", "hasOwnProperty", "null", "true",
    "ﷺ" * 30, "👩‍👩‍👧‍👦" * 10, "İıſK", "½½", "lol9" + "&lol8;" * 40, "*a" * 99, "&a [*a,*a,*a]",
)  # fmt: skip
PATHS = (
    "/../server/app.py", "/..%2fserver%2fapp.py", "/%2e%2e/%2e%2e/etc/passwd", "/....//....//etc/passwd",
    "/%252e%252e/pyproject.toml", "/..%5c..%5cpyproject.toml", "/..\\pyproject.toml",
    "/i18n/../../pyproject.toml", "/%c0%ae%c0%ae/pyproject.toml", "/vendor/../../server/app.py",
    "/i18n/..%00/../pyproject.toml", "/index.html%00.js", "/%00", "/.git/config", "/.env",
    "//etc/passwd", "///etc/passwd", "/./././etc/passwd", "/etc/passwd", "/proc/self/environ",
    "/~root", "/file:///etc/passwd", "/%ff%fe", "/\u0430".encode().decode("latin-1"), "/a" * 2000,
    "//evil.example/%2f..", "//evil.example", "/\\evil.example", "/%0d%0aX-Injected:%201",
    "/api/v1/surfaces/..%2f..%2fhealthz", "/api/v1/surfaces/%2e%2e/grid", "/api/v1/surfaces/bowl%00/grid",
    "/api/v1/surfaces/__class__/grid", "/api/v1/optimizers/__init__", "/api/v1/losses/%0d%0aX-Injected:1",
    "/api/v1/scenarios/%F0%9F%92%A9", "/api/v1/activations/'%20OR%201=1/values", "/docs/../../etc/passwd",
    "/openapi.json/..", "/api/v1/surfaces/" + "a" * 8000,
)  # fmt: skip
SECRETS = (b"root:", b"[project]", b"create_app", b"[core]", b"PATH=", b"STEEPEST_")


def ask(address, method, path, body=None, headers=()):
    """One request as it stands: no library makes its path nice."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=120)
    try:
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers:
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Type", "application/json")
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


def encodable(path):
    return path if path.isascii() and path.isprintable() else quote(path, safe="/%\\:?=&'")


@pytest.fixture(autouse=True)
def nothing_was_left():
    left = f"/tmp/{MARK}"
    assert not os.path.exists(left)
    yield
    assert not os.path.exists(left)


@pytest.mark.parametrize("text", CODE)
def test_no_text_is_run_wherever_it_stands(client, text):
    bowl, sgd = {"id": "bowl"}, {"optimizer": {"id": "sgd"}}
    asked = [
        ("probe", {"surface": {"formula": text}, "at": [[0, 0]]}),
        ("probe", {"surface": {"id": text}, "at": [[0, 0]]}),
        ("probe", {"surface": {"id": "neuron", "points": text}, "at": [[0, 0]]}),
        ("probe", {"surface": {"id": "neuron", "points": "1,2\n3,4", "columns": [text, 1]},
                   "at": [[0, 0]]}),
        ("trajectories", {"surface": bowl, "steps": 2, "runs": [{**sgd, "label": text[:80]}]}),
        ("trajectories", {"surface": bowl, "steps": 2, "runs": [{"optimizer": {"id": text}}]}),
        ("trajectories", {"surface": bowl, "steps": 2, "runs": [sgd], text: text}),
        ("networks/signal", {"activation": text, "depth": 2, "width": 4}),
    ]  # fmt: skip
    for path, body in asked:
        for accept in ("application/json", "text/csv") if "label" in str(body) else ("*/*",):
            answer = client.post(f"/api/v1/{path}", json=body, headers={"Accept": accept})
            assert answer.status_code in (200, 422), (path, body)
            assert not {"set-cookie", "x-injected"} & {*answer.headers}
            if answer.status_code == 422:
                [*refusals] = answer.json()["detail"]
                for one in refusals:
                    assert {"loc", "msg", "type"} <= one.keys()
                    if one["type"].startswith("formula_") and "position" in one:
                        assert 0 <= one["position"] <= len(text)
    formula = client.post("/api/v1/probe", json=asked[0][1])
    assert formula.status_code == 422, "no payload is a formula"


@pytest.mark.parametrize("text", CODE)
def test_no_query_is_run_or_becomes_a_header(client, text):
    for query in ({"formula": text, "optimizer": "sgd"}, {"surface": text, "optimizer": text},
                  {"surface": "bowl", "optimizer": "sgd", "steps": "2", "label": text[:80]},
                  {"surface": "bowl", "optimizer": "sgd", text[:200]: "1"}):  # fmt: skip
        query = {name.encode("utf-8", "ignore"): value for name, value in query.items()}
        answer = client.get("/api/v1/trajectories", params=query)
        assert answer.status_code in (200, 422)
        assert not {"set-cookie", "x-injected"} & {*answer.headers}


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_out_of_the_page(address, path):
    for method in ("GET", "HEAD", "POST", "OPTIONS"):
        status, headers, body = ask(address, method, encodable(path))
        # 400 and 431 are the server's own, of what is no request.
        assert status in (200, 204, 307, 400, 404, 405, 414, 422, 431), (method, status)
        assert not any(secret in body for secret in SECRETS)
        assert "X-Injected" not in headers and "Set-Cookie" not in headers
        assert not headers.get("Location", "/").lstrip("/\\").startswith("evil.example")
        if status == 200 and method == "GET":
            assert body[:15].lower() in (b"<!doctype html>", b"<!doctype html>"[:15])


@pytest.mark.parametrize(
    "headers",
    [
        [("Accept", "application/json;q=" + "9" * 4000)],
        [("Accept", "*/*;" * 1500)],
        [("Accept", "text/csv\x0b, \xff")],
        [("If-None-Match", '"' * 7000)],
        [("If-None-Match", ", ".join(['W/"a"'] * 900))],
        [("Range", "bytes=" + ",".join(f"{i}-{i + 1}" for i in range(900)))],
        [("Range", "bytes=-999999999999999999999")],
        [("Content-Type", "application/json; charset=utf-7")],
        [("Content-Encoding", "gzip")],
        [("X-Forwarded-For", "1.2.3.4\t" * 300)],
        [("X-Forwarded-Host", "evil.example"), ("X-Original-URL", "/../etc/passwd")],
        [("X-HTTP-Method-Override", "DELETE")],
        [("Origin", "null"), ("Access-Control-Request-Method", "x" * 2000)],
        [("Cookie", "a=b;" * 1500)],
        [("Accept-Encoding", "gzip;q=0.0000001, " * 300)],
        [("Accept-Language", "en-" * 2000)],
        [("Expect", "200-ok")],
    ],
)
def test_no_header_does_harm(address, headers):
    for path in (
        "/",
        "/healthz",
        "/api/v1/losses",
        "/api/v1/trajectories?surface=bowl&optimizer=sgd",
    ):
        status, told, body = ask(address, "GET", path, headers=headers)
        assert status in (200, 206, 304, 400, 406, 416, 417, 431), (path, status)
        assert len(body) < 1 << 20 and "evil.example" not in str(told)


@pytest.mark.parametrize(
    "body",
    [
        b'{"a":' * 40_000, b"[" * 200_000, b'{"a":1,' * 30_000, b'"' + b"\\u0000" * 40_000 + b'"',
        b"1" * 250_000, b"-" * 1000, b'{"surface":{"formula":"' + b"(" * 250_000 + b'"}}',
        b"\x80\x04\x95\x1e\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x94\x8c\x06system\x94\x93\x94.",
        b"\x1f\x8b\x08" + b"\0" * 500, b"PK\x03\x04" * 99, b"<?xml version='1.0'?><a/>", b"\xff" * 999,
        b"--- !!python/object/apply:os.system [id]", b'{"steps":1e400}', b'{"steps":' + b"9" * 200_000 + b"}",
        b'{"runs":[' + b'{"optimizer":{"id":"sgd"}},' * 9000 + b"{}]}",
        b'{"id":1,' * 3 + b'"id":2' + b"}" * 3, b"{}" * 3, b"null", b"",
    ],
)  # fmt: skip
def test_no_body_does_harm(address, body):
    for path in ("trajectories", "grid", "networks/training", "losses/values"):
        status, _, answer = ask(address, "POST", f"/api/v1/{path}", body)
        assert status in (413, 422), (path, status)
        assert len(answer) < 1 << 20
        assert {"loc", "msg", "type"} <= json.loads(answer)["detail"][0].keys()
