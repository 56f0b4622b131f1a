"""By the sources alone: nothing that answers a request evals, unpickles, or imports by a name.

Bandit (``make check``) knows the calls; what it cannot say is that there is one place for each.
"""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted([*ROOT.glob("server/**/*.py"), *ROOT.glob("surfaces/**/*.py")])
KEYING = "server/maps/ground.py"
LOADING = "server/engine/program.py"
GIVING_BACK = "server/engine/giving_back.py"
MAIN = "server/__main__.py"
STARTING = "server/engine/preparation.py"
BUNDLING = "server/bundle.py"

BUILTINS = {"eval", "exec", "compile", "__import__", "setattr", "delattr", "vars", "globals",
            "locals", "breakpoint", "input", "open"}  # fmt: skip
"""Functions without a module: text that becomes code, names that become attributes."""

METHODS = {
    # Text that becomes code.
    "eval", "exec", "import_module", "run_path", "run_module", "literal_eval", "sympify",
    "parse_expr", "runsource", "load_module", "exec_module", "spec_from_file_location",
    "resolve_name",
    # Bytes that become objects.
    "loads", "load", "Unpickler", "deserialize_and_load", "read_pickle", "unsafe_load",
    "full_load", "fromfile", "memmap", "loadtxt", "genfromtxt",
    # Names that become attributes.
    "attrgetter", "methodcaller",
    # Commands.
    "system", "popen", "Popen", "check_call", "check_output", "fork", "execv", "execve", "execvp",
    "posix_spawn", "startfile",
    # Templates and entities.
    "from_string", "fromstring", "parseString", "format_map",
}  # fmt: skip
"""Names of functions, whatever they are called on."""

ALLOWED = {
    # Entries that the store wrote itself: tests/engine/store/test_damage.py.
    (LOADING, "pickle.loads"),
    (LOADING, "serialize_executable.deserialize_and_load"),
    ("server/engine/programs.py", "Program.load"),
    ("server/engine/programs.py", "self.store.load"),
    # JSON makes numbers, texts, lists and dictionaries, and nothing else.
    ("server/engine/store.py", "json.loads"),
    ("server/maps/running/kept.py", "json.loads"),
    (STARTING, "json.loads"),
    ("server/scoreboard_command.py", "json.loads"),
    # What the bundle's maker wrote of it, and esbuild of its outputs.
    ("server/assets/bundled.py", "json.loads"),
    (BUNDLING, "json.loads"),
    # A command of our own, without a shell.
    (STARTING, "subprocess.Popen"),
    # Locks of the metrics' own folder; a field of a log's record, by one name of ours.
    ("server/metrics/folder.py", "open"),
    ("server/middleware/requests.py", "setattr"),
    # Sentences of ours, with numbers filled in by name.
    ("server/engine/outcomes/writing.py", "''.join([text.en for text in texts]).format_map"),
    ("server/engine/outcomes/writing.py", "''.join([text.ru for text in texts]).format_map"),
    # Fields of a class of ours, read.
    ("server/engine/families.py", "vars"),
    ("server/engine/surface_costs.py", "vars"),
    ("server/halls/redis.py", "vars"),
    ("surfaces/surface.py", "vars"),
    # Lua of ours, which Redis runs.
    ("server/halls/redis.py", "self._redis.eval"),
}
"""Files and calls."""

MODULES = {
    "pickle": (LOADING, KEYING), "subprocess": (STARTING, MAIN, BUNDLING), "marshal": None,
    "shelve": None,
    "dill": None, "cloudpickle": None, "joblib": None, "sympy": None, "numexpr": None, "yaml": None,
    "xml": None,
    "lxml": None, "jinja2": None, "mako": None, "code": None, "codeop": None, "runpy": None,
    "importlib.util": None, "importlib.machinery": None, "ctypes": (GIVING_BACK,), "cffi": None,
    "pty": None, "requests": None, "urllib.request": None, "httpx": None, "ftplib": None,
    "smtplib": None,
}  # fmt: skip
"""Modules that are imported nowhere, or in the places named."""


def calls(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node


def named(called):
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def forbidden(source):
    """Calls of a source, by their text."""
    found = set()
    for call in calls(ast.parse(source)):
        bare = isinstance(call.func, ast.Name)
        if named(call.func) in (BUILTINS if bare else METHODS):
            found.add(ast.unparse(call.func))
    return found


def imported(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)


def place(path):
    return path.relative_to(ROOT).as_posix()


def test_only_what_is_named_here_makes_code_or_objects_of_text_or_bytes():
    found = {(place(path), call) for path in SOURCES for call in forbidden(path.read_text())}
    assert found == ALLOWED


def test_dangerous_modules_are_imported_where_they_are_needed_and_nowhere_else():
    for path in SOURCES:
        for name in imported(path.read_text()):
            if name in MODULES:
                assert place(path) in (MODULES[name] or ()), name


def test_attributes_by_name_are_fields_of_declarations():
    """``getattr`` with a name that is computed: all places, and where each name is from."""
    found = {
        (place(path), ast.unparse(call.args[1]))
        for path in SOURCES
        for call in calls(ast.parse(path.read_text()))
        if named(call.func) == "getattr" and not isinstance(call.args[1], ast.Constant)
    }
    # ``name`` in the request models: of a model's own fields, which no request can add to.
    named_by_us = {
        ("server/api/choices.py", "name"),
        ("server/api/surface_choices.py", "name"),
        # Of an optimizer's own numbers and switches, which its file declares.
        ("server/engine/anatomy.py", "name"),
        ("server/optimizers/optimizer.py", "name"),
        ("server/engine/identity.py", "name"),
        ("surfaces/declaration.py", "name"),
        ("server/logs.py", "FIELDS"),
        # Of records of ours: fields of a walk, of a training, of a request.
        ("server/maps/kernels/walking.py", "name"),
        ("server/maps/trainability.py", "name"),
    }
    assert {one for one in found if one[1] != "field.name"} == named_by_us


@pytest.mark.parametrize(
    "source",
    ["eval('1')", "builtins.exec(x)", "compile(text, '', 'eval')", "np.load(f, allow_pickle=True)",
     "setattr(x, name, 1)",
     "importlib.import_module(name)", "torch.load(path)", "pickle.Unpickler(f)", "os.system(x)"],
)  # fmt: skip
def test_it_would_be_seen(source):
    assert forbidden(source)


def test_bandit_finds_nothing_that_is_not_explained():
    command = [sys.executable, "-m", "bandit", "--quiet", "--configfile", "pyproject.toml",
               "--recursive", "server", "surfaces"]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout
