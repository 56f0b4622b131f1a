"""Catalogue, surfaces, grid, documentation, operation and static files."""

import asyncio
import json
import re
import threading
import time

import numpy as np
import pytest
from anyio.from_thread import start_blocking_portal
from starlette.testclient import TestClient

from server.admission import Admission, AtCapacityError
from server.api.catalog_answer import Catalog
from server.api.grid_answer import GridAnswer
from server.app import create_app
from server.settings import Settings
from surfaces.catalog import SURFACES
from tests.api.asking import as_documented
from tests.api.reading import unpacked

KINDS = ["surfaces", "optimizers", "schedules", "clippings", "activations", "initializers",
         "losses", "datasets", "scenarios"]  # fmt: skip


def test_catalogue_has_all_a_client_needs(client):
    catalog = client.get("/api/v1/catalog").json()
    as_documented(Catalog, catalog)
    assert set(KINDS) | {"limits", "device", "version"} <= catalog.keys()
    assert len(catalog["surfaces"]) >= 24
    for entry in [
        entry
        for kind in ("surfaces", "optimizers", "schedules", "clippings")
        for entry in catalog[kind]
    ]:
        assert {"id", "title", "summary", "formula", "reference", "parameters"} <= entry.keys()
        assert entry["title"].keys() == entry["summary"].keys() == {"en", "ru"}
        assert entry["formula_mathml"].startswith("<math")
        for schema in entry["parameters"]["properties"].values():
            if schema["type"] in ("number", "integer"):
                low = schema.get("minimum", schema.get("exclusiveMinimum"))
                assert low <= schema["default"] <= schema["maximum"]
                assert schema["scale"] in ("linear", "log")
            elif "labels" in schema:
                assert schema["labels"].keys() == set(schema["enum"])
    ids = {entry["id"] for entry in catalog["optimizers"]}
    for surface in catalog["surfaces"]:
        assert {"domain", "start", "minima", "tags"} <= surface.keys()
        assert surface["learning_rates"].keys() == ids
    assert catalog["limits"]["points"] == 400_000
    assert catalog["regularization"]["properties"].keys() == {"l2", "l1", "weight_decay"}
    assert catalog["gradient_noise"]["minimum"] == 0
    assert "sin" in catalog["formulas"]["functions"]
    kinds = [entry["kind"] for entry in catalog["optimizers"]]
    assert kinds == sorted(kinds, key=["lecture", "framework", "reference"].index)


def test_a_misspelt_entry_is_refused_in_english(client):
    words = {"surfaces": "surface", "losses": "loss", "schedules": "schedule"}
    for kind, one in words.items():
        answer = client.get(f"/api/v1/{kind}/nowhere")
        assert answer.json()["detail"][0]["msg"].startswith(f"unknown {one} 'nowhere'; ")


def test_clippings_say_how_pytorch_differs(client):
    by_norm, by_value = client.get("/api/v1/clippings").json()
    for language in ("en", "ru"):
        assert "‖ĝ‖ + 10⁻⁶" in by_norm["note"][language]
        assert "clip_grad_value_" in by_value["note"][language]


@pytest.mark.parametrize("kind", KINDS)
def test_parts_of_the_catalogue_stand_alone(client, kind):
    entries = client.get(f"/api/v1/{kind}").json()
    listed = client.get("/api/v1/catalog").json()[kind]
    # A page begins with the catalogue: of scenes, whose texts are long, it has only the list.
    shown = [{k: entry[k] for k in known} for entry, known in zip(entries, listed, strict=True)]
    assert listed == (shown if kind == "scenarios" else entries)
    for entry in entries:
        assert client.get(f"/api/v1/{kind}/{entry['id']}").json() == entry
    wrong = client.get(f"/api/v1/{kind}/nonsuch")
    assert wrong.status_code == 422
    assert wrong.json()["detail"][0]["loc"][0] == "path"


def test_default_runs_neither_diverge_nor_stand_still(client):
    """All but the surface and the ids may be left out, and the answer is worth showing."""
    catalog = client.get("/api/v1/catalog").json()
    # What a reference does is its own: Newton climbs to a saddle, a line search may not end.
    ids = [entry["id"] for entry in catalog["optimizers"] if entry["kind"] != "reference"]
    # For these a program is compiled for each surface; every fifth is enough.
    slow = {"sophia", "lbfgs"}
    for index, surface in enumerate(catalog["surfaces"]):
        asked_for = [one for one in ids if index % 5 == 0 or one not in slow]
        for some in (asked_for[:11], asked_for[11:]):
            runs = [{"optimizer": {"id": one}} for one in some]
            asked = {"surface": {"id": surface["id"]}, "runs": runs}
            for run in client.post("/api/v1/trajectories", json=asked).json()["runs"]:
                [trajectory] = run["trajectories"]
                reached = trajectory["final"]["loss"]
                if surface["id"] == "recurrent_unit":
                    # Down to its valley, and then off the wall: that is its story.
                    reached = min(trajectory["loss"])
                assert reached < trajectory["loss"][0]
                unbounded = surface["id"] in ("saddle", "monkey_saddle")
                assert trajectory["status"] != "diverged" or unbounded


def test_grid_samples_the_formula(client):
    url = "/api/v1/surfaces/bowl/grid?nx=5&ny=3&x_min=-2&x_max=2&y_min=0&y_max=1"
    content = client.get(f"{url}&condition_number=4&include=gradient,hessian").json()
    as_documented(GridAnswer, content)
    assert content["x"] == [-2, -1, 0, 1, 2]
    assert content["y"] == [0, 0.5, 1]
    assert content["loss"][2] == [4, 2.5, 2, 2.5, 4]
    assert content["gradient_norm"][2][0] == pytest.approx((2**2 + 4**2) ** 0.5)
    assert content["hessian_eigenvalues"]["smaller"][0][0] == pytest.approx(1)
    assert content["hessian_eigenvalues"]["larger"][0][0] == pytest.approx(4)
    asked = {"surface": {"id": "bowl", "parameters": {"condition_number": 4}}, "nx": 5, "ny": 3,
             "x_min": -2, "x_max": 2, "y_min": 0, "y_max": 1,
             "include": ["gradient", "hessian"]}  # fmt: skip
    assert client.post("/api/v1/grid", json=asked).json() == content


def test_typed_grid_has_a_shape(client):
    content = client.get("/api/v1/surfaces/himmelblau/grid?nx=7&ny=4&encoding=typed").json()
    assert content["loss"]["shape"] == "4, 7"
    values = unpacked(content["loss"])
    plain = client.get("/api/v1/surfaces/himmelblau/grid?nx=7&ny=4").json()
    reference = content["reference"]
    assert reference == plain["reference"] == np.min(plain["loss"])
    assert values + reference == pytest.approx(np.array(plain["loss"]), rel=1e-6)


@pytest.mark.parametrize(
    "path, location, says",
    [
        ("bowl/grid?nx=1", "nx", "2"),
        ("bowl/grid?nx=2000", "nx", "1024"),
        ("bowl/grid?nx=1000&ny=1000", "query", "262144"),
        ("bowl/grid?x_min=1&x_max=-1", "x_max", "less than"),
        ("bowl/grid?x_min=9", "x_max", "less than"),
        ("bowl/grid?x_max=1e13", "x_max", "1000000"),
        ("bowl/grid?kappa=3", "kappa", "accepted here"),
        ("bowl/grid?include=jacobian", "include", "gradient"),
        ("bowl/grid?surface=booth", "surface", "required"),
        ("neuron/grid?activation=gelu", "activation", "sigmoid"),
        ("neuron/grid?points=1", "points", "row"),
        ("bowls/grid", "surface_id", "bowl"),
        ("%ED%A0%80/grid", "surface_id", "known"),
    ],
)
def test_bad_grids_are_refused(client, path, location, says):
    answer = client.get(f"/api/v1/surfaces/{path}")
    assert answer.status_code == 422
    found = {str(one["loc"][-1]): one["msg"] for one in answer.json()["detail"]}
    found |= {str(one["loc"][1]): one["msg"] for one in answer.json()["detail"] if one["loc"][1:]}
    assert says in found[location]


def test_answers_are_compressed_above_a_kilobyte(client):
    long = client.get("/api/v1/catalog", headers={"Accept-Encoding": "gzip"})
    assert long.headers["content-encoding"] == "gzip"
    assert "accept-encoding" in long.headers["vary"].lower()
    short = client.get("/healthz", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in short.headers


def test_openapi_describes_every_request(client):
    document = client.get("/openapi.json").json()
    paths = document["paths"]
    assert "post" in paths["/api/v1/trajectories"] and "get" in paths["/api/v1/trajectories"]
    names = {one["name"] for one in paths["/api/v1/trajectories"]["get"]["parameters"]}
    assert {"surface", "optimizer", "learning_rate", "condition_number", "start"} <= names
    text = json.dumps(document)
    for surface in SURFACES:
        assert f'"{surface.id}"' in text
    references = set(re.findall(r'"#/components/schemas/([^"]+)"', text))
    assert references <= document["components"]["schemas"].keys()


def test_pages_need_nothing_from_elsewhere(client):
    for path in ("/", "/docs"):
        page = client.get(path)
        assert page.status_code == 200
        assert "https://" not in page.text
        for found in re.findall(r'(?:src|href)="(?!data:)([^"#]+)"', page.text):
            assert client.get(found if found.startswith("/") else f"/{found}").status_code == 200
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "script-src 'self';" in policy


def test_plotly_comes_from_the_installed_package(client):
    script = client.get("/vendor/plotly.min.js")
    assert "plotly.js v4" in script.text[:200]


@pytest.mark.parametrize("path", ["/..%2fserver/app.py", "/%2e%2e/pyproject.toml", "/nonsuch.js"])
def test_nothing_outside_the_frontend_is_served(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.json()["detail"][0]["msg"]


def test_wrong_methods_are_refused_in_the_same_shape(client):
    answer = client.delete("/api/v1/trajectories")
    assert answer.status_code == 405
    assert {"loc", "msg", "type"} == answer.json()["detail"][0].keys()


def test_health_is_not_readiness():
    """A process that ends lives, but should be asked for nothing."""
    with TestClient(create_app(Settings(device="cpu", warm_up=False))) as cold:
        cold.app.state.services.readiness.end()
        assert cold.get("/healthz").json() == {"status": "alive"}
        answer = cold.get("/readyz")
        assert answer.status_code == 503
        assert answer.headers["retry-after"]
        assert answer.json()["status"] == "ending"


def test_without_its_warm_up_a_process_is_ready_and_compiles_what_is_asked_for():
    """Nothing is compiled ahead, so that nothing is to be waited for."""
    with TestClient(create_app(Settings(device="cpu", warm_up=False))) as cold:
        answer = cold.get("/readyz")
        assert answer.status_code == 200
        assert answer.json() == {
            "status": "ready", "compiled": 0, "total": 0, "afterwards": 0, "failed": 0,
        }  # fmt: skip
        url = "/api/v1/trajectories?surface=matyas&optimizer=sgd&steps=3"
        assert cold.get(url).status_code == 200


async def answered(admission, work, seconds=0.0):
    """Bytes of work that nobody shares."""
    with admission.joined(None, seconds, lambda token, tell: work()) as job:
        await asyncio.wait({job.answer})
        return job.answer.result()


def test_capacity_is_refused_and_comes_back():
    async def crowd():
        admission = Admission(threads=1, waiting=1)
        release = threading.Event()
        busy = asyncio.ensure_future(answered(admission, lambda: release.wait(30)))
        queued = asyncio.ensure_future(answered(admission, lambda: b"7"))
        await asyncio.sleep(0)
        with pytest.raises(AtCapacityError):
            await answered(admission, lambda: b"8")
        # Heavy work has threads of its own.
        assert await answered(admission, lambda: b"heavy", seconds=3.0) == b"heavy"
        release.set()
        assert await busy
        assert await queued == b"7"
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                assert await answered(admission, lambda: b"9") == b"9"
                break
            except AtCapacityError:
                await asyncio.sleep(0)
        admission.close()

    # A thread of its own: Playwright, in the same process, leaves a loop running in this one.
    with start_blocking_portal() as portal:
        portal.call(crowd)


def test_at_capacity_the_api_says_when_to_come_back():
    """One thread, nobody may wait: the second request at the same time is answered 503."""
    app = create_app(Settings(device="cpu", warm_up=False, compute_threads=1, waiting=0))
    entered, release = threading.Event(), threading.Event()

    def occupy():
        entered.set()
        return release.wait(30)

    with TestClient(app) as client:
        future = client.portal.start_task_soon(answered, app.state.services.admission, occupy)
        assert entered.wait(30)
        answer = client.get("/api/v1/trajectories?surface=bowl&optimizer=sgd&steps=1")
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "1"
        assert client.get("/healthz").status_code == 200
        release.set()
        assert future.result(30)
