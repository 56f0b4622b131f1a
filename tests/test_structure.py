"""The house: imports one way, texts complete, tables fresh, locks clean, examples that work."""

import ast
import json
import re
import sys
import types
from pathlib import Path

import numpy as np
import pytest

from docs import tables

ROOT = Path(__file__).parent.parent

# What each part may import of ours; a part not named here may be imported by nobody else.
ALLOWED = {
    "surfaces": {"surfaces"},
    "server.results": set(),
    "server.errors": set(),
    "server.limits": {"surfaces.formulas", "surfaces.points", "surfaces"},
    "server.runtime": set(),
    "server.settings": {"server.runtime"},
    "server.admission": {"server.engine.token", "server.errors"},
    "server.middleware": set(),
    "server.pages": set(),
    "server.optimizers": {"server.optimizers", "surfaces.declaration"},
    "server.schedules": {"server.limits", "server.schedules", "surfaces.declaration"},
    "server.training": {"surfaces.declaration"},
    "server.networks": {"server.networks", "surfaces.declaration", "surfaces.losses"},
    "server.defaults": {"server.optimizers"},
    "server.catalog": {
        "server.defaults",
        "server.engine.networks",
        "server.engine.views",
        "server.limits",
        "server.networks",
        "server.optimizers",
        "server.runtime",
        "server.schedules",
        "server.training",
        "surfaces",
        "server",
    },
    "server.engine": {
        "server.engine",
        "server.errors",
        "server.networks",
        "server.optimizers",
        "server.results",
        "server.runtime",
        "server.schedules",
        "surfaces",
    },
    "server.encoding": {
        "server.engine.views",
        "server.optimizers",
        "server.results",
        "surfaces",
    },
    "server.encoding_networks": {
        "server.encoding",
        "server.engine.networks",
        "server.networks",
        "server.results",
    },
    "server.encoding_graph": {"server.engine.backpropagation"},
    "server.encoding_grid": {"server.encoding", "server.results"},
    "server.encoding_tables": {"server.results"},
    "server.api": {
        "server",
        "server.api",
        "server.admission",
        "server.catalog",
        "server.defaults",
        "server.encoding",
        "server.encoding_networks",
        "server.encoding_graph",
        "server.encoding_grid",
        "server.encoding_tables",
        "server.engine",
        "server.errors",
        "server.limits",
        "server.networks",
        "server.optimizers",
        "server.results",
        "server.schedules",
        "server.training",
        "surfaces",
    },
}


def modules():
    for path in sorted([*ROOT.glob("surfaces/**/*.py"), *ROOT.glob("server/**/*.py")]):
        parts = path.relative_to(ROOT).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def part_of(name, parts):
    return max((part for part in parts if f"{name}.".startswith(f"{part}.")), key=len, default=None)


def test_imports_run_one_way():
    wrong = []
    for module, path in modules():
        part = part_of(module, ALLOWED)
        if part is None:
            continue
        for name in imported(path):
            ours = name.split(".")[0] in ("surfaces", "server")
            if ours and part_of(name, ALLOWED[part]) is None:
                wrong.append(f"{module} imports {name}")
            if ours and name == "server" and part not in ("server.api", "server.catalog"):
                wrong.append(f"{module} imports {name}")
    assert wrong == []


def test_only_the_application_stands_outside_the_rule():
    outside = {module for module, _ in modules() if part_of(module, ALLOWED) is None}
    assert outside == {"server", "server.app", "server.__main__"}


def frontend_modules():
    return [path for path in ROOT.glob("frontend/**/*.js") if path.parent.name != "vendor"]


def test_page_modules_import_without_circles():
    graph = {
        path: {
            (path.parent / target).resolve()
            for target in re.findall(r'from "(\.[^"]+)"', path.read_text())
        }
        for path in frontend_modules()
    }
    done, trail = set(), []

    def visit(path):
        assert path not in trail, f"circle: {[p.name for p in trail]} → {path.name}"
        if path in done:
            return
        trail.append(path)
        for target in graph[path]:
            assert target in graph, f"{path.name} imports {target.name}, which is not there"
            visit(target)
        trail.pop()
        done.add(path)

    for path in graph:
        visit(path)


def texts(language):
    return json.loads((ROOT / f"frontend/i18n/{language}.json").read_text())


def test_both_languages_have_every_text_with_the_same_blanks():
    english, russian = texts("en"), texts("ru")
    assert english.keys() == russian.keys()
    for key, text in english.items():
        blanks = re.compile(r"\{\w+\}")
        assert sorted(blanks.findall(text)) == sorted(blanks.findall(russian[key])), key
        assert text and russian[key]


def test_every_text_is_used_and_every_used_text_is_there():
    code = "\n".join(path.read_text() for path in frontend_modules())
    literal = set(re.findall(r'"([a-z]+(?:\.[a-z_]+)+)"', code)) | set(
        re.findall(r'\bt\("([a-z_.]+)"', code)
    )
    families = {
        re.sub(r"\$\{[^}]+\}", "*", found)
        for found in re.findall(r"\bt\(`([^`]+)`", code)
    }  # fmt: skip
    patterns = [re.compile(re.escape(one).replace(r"\*", r"[a-z0-9_]+") + "$") for one in families]
    known = set(texts("en"))
    unused = {
        key
        for key in known - literal
        if not any(pattern.match(key) for pattern in patterns)
    }  # fmt: skip
    assert unused == set()
    called = set(re.findall(r'\bt\("([^"]+)"', code))
    assert called <= known


@pytest.mark.parametrize("name", ["run", "test", "cuda"])
def test_locks_are_hashed_and_name_no_host(name):
    lock = (ROOT / f"requirements/{name}.txt").read_text()
    assert "://" not in lock
    pins = re.findall(r"^[a-z0-9][^\s;]*==[^\s;]+", lock, re.MULTILINE | re.IGNORECASE)
    assert len(pins) > 20
    assert all("--hash=sha256:" in block for block in re.split(r"\n(?=[a-z0-9])", lock)[1:])


def test_locks_hold_what_the_project_declares():
    project = (ROOT / "pyproject.toml").read_text()
    lock = (ROOT / "requirements/test.txt").read_text().lower()
    for pin in re.findall(r'"([a-z0-9-]+)(?:\[\w+\])?==([\d.]+)', project):
        if pin[0] != "jax" or "cuda" not in pin:
            assert f"{pin[0]}=={pin[1]}" in lock


def test_readme_tables_are_fresh():
    text = tables.README.read_text()
    assert tables.filled(text) == text, "run: make tables"


def blocks(language, file):
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / file).read_text(), re.DOTALL)


def execute(code, name):
    module = types.ModuleType(name)
    sys.modules[name] = module
    exec(compile(code, name, "exec"), module.__dict__)
    return module


def test_contributings_surface_and_optimiser_work(programs):
    from server.engine.runs import Run
    from server.engine.trajectories import trajectories

    surface_code, optimizer_code = blocks("python", "CONTRIBUTING.md")
    surface = execute(surface_code, "contributed_surface").Trough
    optimizer = execute(optimizer_code, "contributed_optimizer").SignDescent
    at = surface.example
    assert float(surface().loss(*at.at)) == at.loss
    x = np.array(optimizer.example.points[0])
    one = optimizer(**optimizer.example.optimizer)
    state = one.init(x)
    for k, expected in enumerate(optimizer.example.points[1:], 1):
        move, state = one.step(x * np.array([1.0, 10.0]), state, float(k))
        x = x + np.asarray(move)
        assert x == pytest.approx(np.array(expected))
    from server.optimizers.sgd import Sgd

    run = Run(Sgd(learning_rate=surface.learning_rate), np.ones(500))
    [[path]] = trajectories(programs, surface(), [run], np.array([surface.start]), tolerance=1e-3)
    assert path.loss[-1] < 1e-3 * path.loss[0]


def test_readmes_notebook_example_works(capsys):
    execute(blocks("python", "README.md")[0], "readme_example")
    assert "running" in capsys.readouterr().out


def test_no_long_files():
    long = [
        path.relative_to(ROOT)
        for path in [*(path for _, path in modules()), *frontend_modules()]
        if len(path.read_text().splitlines()) > 350
    ]
    assert long == []
