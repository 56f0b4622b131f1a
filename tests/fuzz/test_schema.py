"""Schemathesis against a live server: the schema tells the truth, by all of its checks.

Bounded here; thousands by ``make fuzz`` (``STEEPEST_FUZZ_REQUESTS`` examples an operation).
"""

import os
import subprocess
import sys

EXAMPLES = os.environ.get("STEEPEST_FUZZ_REQUESTS", "")
EXCLUDED = (
    # It cannot know what depends on what; tests/fuzz/checks.py looks at the same, and does.
    "positive_data_acceptance",
)
"""Checks of Schemathesis that are left out, each for a reason."""


def test_the_schema_tells_the_truth(address, tmp_path):
    phases = "coverage,fuzzing" if EXAMPLES else "fuzzing"
    command = [
        sys.executable, "-m", "schemathesis.cli", "run", f"{address}/openapi.json",
        "--checks", "all", "--exclude-checks", ",".join(EXCLUDED), "--phases", phases,
        "--max-examples", EXAMPLES or "6", "--generation-deterministic", "--no-shrink",
        "--continue-on-failure", "--request-timeout", "120", "--no-color", "--warnings", "off",
        "--generation-database", "none", "--suppress-health-check", "all", "--workers", "2",
    ]  # fmt: skip
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env={**os.environ, "SCHEMATHESIS_HOOKS": "tests.fuzz.checks", "PYTHONPATH": os.getcwd()},
        capture_output=True,
        text=True,
    )
    print(done.stdout[-1500:])
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_schema_that_lies_is_seen(address, tmp_path):
    """The checks can fail: a schema that promises other bounds than the server's is refuted."""
    command = [
        sys.executable, "-m", "schemathesis.cli", "run", str(lying(address, tmp_path)), "--url",
        address, "--checks", "all", "--exclude-checks", ",".join(EXCLUDED), "--phases", "fuzzing",
        "--max-examples", "20", "--generation-deterministic", "--no-shrink", "--no-color",
        "--include-path", "/api/v1/losses/values", "--generation-database", "none",
    ]  # fmt: skip
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env={**os.environ, "SCHEMATHESIS_HOOKS": "tests.fuzz.checks", "PYTHONPATH": os.getcwd()},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "a valid request was refused" in done.stdout


def lying(address, folder):
    import json
    import urllib.request

    with urllib.request.urlopen(f"{address}/openapi.json") as answer:
        document = json.load(answer)
    points = document["components"]["schemas"]["LossPoints"]["properties"]
    for one in points.values():
        one["items"] = {"type": "string"}
    path = folder / "lying.json"
    path.write_text(json.dumps(document))
    return path
