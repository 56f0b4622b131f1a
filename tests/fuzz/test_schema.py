"""Schemathesis against a live server: the schema tells the truth, by all of its checks.

Bounded here; thousands by ``make fuzz`` (``STEEPEST_FUZZ_REQUESTS`` examples an operation).
"""

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = os.environ.get("STEEPEST_FUZZ_REQUESTS", "")
EXCLUDED = (
    # It cannot know what depends on what; tests/fuzz/checks.py looks at the same, and does.
    "positive_data_acceptance",
)
"""Checks of Schemathesis that are left out, each for a reason."""


ENDLESS = "/halls/.*/events"
"""Streams whose end nobody would wait for: tests/load/test_hall.py reads them."""


def run(schema, address, folder, *more):
    """Schemathesis over a schema, the same requests each time; its exit status and its report."""
    command = [
        sys.executable, "-m", "schemathesis.cli", "run", str(schema), "--url", address,
        "--checks", "all", "--exclude-checks", ",".join(EXCLUDED), "--generation-deterministic",
        "--no-shrink", "--continue-on-failure", "--request-timeout", "300",
        "--max-response-time", "300", "--no-color", "--warnings", "off",
        "--suppress-health-check", "all", "--exclude-path-regex", ENDLESS,
        *more,
    ]  # fmt: skip
    around = {"SCHEMATHESIS_HOOKS": "tests.fuzz.checks", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **around}, capture_output=True, text=True
    )
    return done.returncode, done.stdout + done.stderr


def test_the_schema_tells_the_truth(address, tmp_path):
    bounded = ("--phases", "fuzzing", "--max-examples", "5")
    thousands = ("--phases", "coverage,fuzzing", "--max-examples", EXAMPLES)
    status, report = run(
        f"{address}/openapi.json", address, tmp_path, *(thousands if EXAMPLES else bounded)
    )
    print(report[report.find("= SUMMARY =") :])
    assert status == 0, report


def test_a_schema_that_lies_is_refuted(address, tmp_path):
    """One that promises that words are taken where the server takes numbers."""
    with urllib.request.urlopen(f"{address}/openapi.json") as answer:
        document = json.load(answer)
    for one in document["components"]["schemas"]["LossPoints"]["properties"].values():
        one["items"] = {"type": "string"}
    (tmp_path / "lying.json").write_text(json.dumps(document))
    status, report = run(
        tmp_path / "lying.json", address, tmp_path, "--phases", "fuzzing", "--max-examples", "9",
        "--include-path", "/api/v1/losses/values",
    )  # fmt: skip
    assert status == 1, report
    assert "a valid request was refused" in report
