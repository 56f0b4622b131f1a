"""The house: imports one way, texts complete, tables fresh, locks clean, examples that work."""

import ast
import json
import re
import subprocess
import sys
import tomllib
import types
from pathlib import Path

import numpy as np
import pytest

from docs import tables

ROOT = Path(__file__).parent.parent


def test_imports_run_one_way():
    # The contracts are in pyproject.toml. A process of its own, since it sets up logging anew.
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def modules():
    return sorted([*ROOT.glob("surfaces/**/*.py"), *ROOT.glob("server/**/*.py")])


def frontend_modules():
    return [path for path in ROOT.glob("frontend/**/*.js") if "vendor" not in path.parts]


PAGE = [{"lecture", "descent", "signal", "functions", "numbers", "scoreboard"},
        {"wiring"},
        {"scenes", "presenter"},
        {"graph"}, {"hall", "phone"}, {"runs"}, {"shell", "forms", "scene", "charts"}, {"maps"},
        {"core"}, {"api", "i18n"}]  # fmt: skip
"""The page's folders: each imports only what stands with it or to its right, no page another."""


def imports_of_the_page():
    """What each module of the page imports of its own, by path."""
    return {
        path: {
            target
            for name in re.findall(r'(?:from|import) "(\.[^"]+\.js)"', path.read_text())
            if "vendor" not in (target := (path.parent / name).resolve()).parts
        }
        for path in frontend_modules()
    }


def test_page_modules_import_without_circles():
    graph = imports_of_the_page()
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


def test_the_page_s_folders_import_one_way():
    rank = {folder: at for at, folders in enumerate(PAGE) for folder in folders}
    folder_of = {path: path.relative_to(ROOT / "frontend").parts[0] for path in frontend_modules()}
    assert {one for one in folder_of.values() if "." not in one} <= rank.keys()
    wrong = [
        f"{path.relative_to(ROOT)} → {target.relative_to(ROOT)}"
        for path, targets in imports_of_the_page().items()
        for target in targets
        if (here := folder_of[path]) != (there := folder_of[target])
        and (rank[there] < rank[here] or rank[there] == rank[here] == 0)
    ]
    assert wrong == []


def texts():
    # That both languages say the same is tested beside what reads them: tests/page/i18n.test.js.
    return json.loads((ROOT / "frontend/i18n/en.json").read_text())


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
    known = set(texts())
    unused = {
        key
        for key in known - literal
        if not any(pattern.match(key) for pattern in patterns)
    }  # fmt: skip
    assert unused == set()
    called = set(re.findall(r'\bt\("([^"]+)"', code))
    assert called <= known


def russian_texts():
    """Where each stands, and what it says: the page's texts and those of declarations."""
    page = json.loads((ROOT / "frontend/i18n/ru.json").read_text())
    for key, form in page.items():
        for text in [form] if isinstance(form, str) else form.values():
            yield key, text
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Text":
                for part in node.args[1:]:
                    if isinstance(part, ast.Constant):
                        yield f"{path.relative_to(ROOT)}:{node.lineno}", part.value


def test_one_thing_has_one_name_in_russian():
    text = (ROOT / "CONTRIBUTING.md").read_text()
    rows = re.findall(r"^\| .+ \| .+ \| (.+) \|$", text[text.index("| English |") :], re.MULTILINE)
    never = [word for row in rows[2:] for word in row.split(", ")]
    assert "метод" in never and len(never) > 20
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, never))})", re.IGNORECASE)
    texts = list(russian_texts())
    assert len(texts) > 700
    assert [(where, said) for where, said in texts if pattern.search(said)] == []


@pytest.mark.parametrize("name", ["run", "test", "cuda", "cluster", "page", "audit"])
def test_locks_are_hashed_and_name_no_host(name):
    lock = (ROOT / f"requirements/{name}.txt").read_text()
    assert "://" not in lock
    pins = re.findall(r"^[a-z0-9][^\s;]*==[^\s;]+", lock, re.MULTILINE | re.IGNORECASE)
    assert len(pins) >= 1
    assert all("--hash=sha256:" in block for block in re.split(r"\n(?=[a-z0-9])", lock))


def test_locks_hold_what_the_project_declares():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())
    extras = declared["project"]["optional-dependencies"]
    run = declared["project"]["dependencies"]
    kinds = {
        "run": run,
        "test": [*run, *extras["test"]],
        "cuda": [*run, *extras["cuda"]],
        "cluster": [*run, *extras["cluster"]],
    }
    for name, wanted in {**kinds, **declared["dependency-groups"]}.items():
        lock = (ROOT / f"requirements/{name}.txt").read_text().lower()
        for one in wanted:
            if pin := re.match(r"([a-z0-9-]+)(?:\[\w+\])?==([\d.]+)", one):
                assert f"{pin[1]}=={pin[2]}" in lock, name


def test_contributing_says_why_each_dependency_stays():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    text = (ROOT / "CONTRIBUTING.md").read_text()
    table = text[text.index("## Why each dependency") :]
    said = {name for row in re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE)[2:]
            for name in row.split(", ")}  # fmt: skip
    assert said == {re.match(r"[\w-]+", one)[0] for one in project["dependencies"]}


@pytest.mark.parametrize("language", tables.READMES)
def test_readme_tables_are_fresh(language):
    text = tables.READMES[language].read_text()
    assert tables.filled(text, language) == text, "run: make tables"


def test_the_russian_readme_promises_what_the_english_does():
    """The same commands; as many features, in the same order of parts; each shown name exists."""
    english, translated = ((ROOT / name).read_text() for name in ("README.md", "README.ru.md"))

    def commands(text):
        return [
            line.split("#")[0].strip()
            for line in text.splitlines()
            if line.startswith(("make ", "curl "))
        ]

    assert set(commands(translated)) <= set(commands(english))
    assert commands(translated)[:2] == commands(english)[:2]

    def features(text, head):
        part = text[text.index(f"\n## {head}\n") :].split("\n## ")[1]
        return len(re.findall(r"^- ", part, re.MULTILINE))

    assert features(translated, "Что умеет") == features(english, "What it does")
    for link in re.findall(r"\]\((?!http)([^)#]+)", translated):
        assert (ROOT / link).exists(), link


def test_how_to_hold_a_lecture_says_the_same_in_both_languages():
    """Part by part as many steps, points and rows, and the same commands, keys and addresses."""
    english, russian = (
        (ROOT / "docs" / name).read_text() for name in ("lecture.md", "lecture.ru.md")
    )

    def shape(text):
        return [
            [len(re.findall(rf"^{sign}", part, re.MULTILINE)) for sign in (r"\d\. ", "- ", r"\|")]
            for part in text.split("\n## ")
        ]

    assert shape(english) == shape(russian)
    assert re.findall(r"`[^`]+`", english) == re.findall(r"`[^`]+`", russian)


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
    execute(blocks("python", "README.md")[1], "readme_example")
    assert "running" in capsys.readouterr().out


def test_no_long_files():
    most = {".py": 350, ".js": 300}
    long = [
        path.relative_to(ROOT)
        for path in [*modules(), *frontend_modules()]
        if len(path.read_text().splitlines()) > most[path.suffix]
    ]
    assert long == []
