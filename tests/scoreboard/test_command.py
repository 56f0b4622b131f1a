"""``python -m server scoreboard``: as a program of the terminal, without a server."""

import csv
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

SMALL = ("--surfaces", "bowl", "x^4 + y^2", "--starts", "2", "--steps", "60")
RUNS = ("--optimizers", "sgd", "adam", "adam,learning_rate:0.3")


def command(*given, **options):
    return subprocess.Popen(
        [sys.executable, "-m", "server", "scoreboard", *given],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options,
    )  # fmt: skip


def said(*given):
    with command(*given) as process:
        output, errors = process.communicate(timeout=300)
    return process.returncode, output, errors


def test_a_pipe_is_given_what_fits_eighty_columns_and_the_same_numbers_as_a_spreadsheet(tmp_path):
    file = tmp_path / "cells.csv"
    status, output, errors = said(*SMALL, *RUNS, "--tuned", "--csv", str(file))
    assert (status, errors) == (0, "")
    assert max(map(len, output.splitlines())) <= 80
    cells = list(csv.DictReader(file.read_text().splitlines()))
    assert len(cells) == 2 * 3 * 2
    for one in cells:
        if one["surface"] == "bowl":
            assert f"{float(one['solved']):.0%}" in output
    # The default is another on each surface, so that it is no name.
    assert {one["run"] for one in cells} == {"SGD", "Adam", "Adam, α = 0.3"}
    own = [one for one in cells if one["run"] == "Adam, α = 0.3" and one["tuned"] == "False"]
    assert [one["learning_rate"] for one in own] == ["0.3"] * 2
    # One of them has a rate of its own, so that not all are at their defaults.
    assert "learning rates as given" in output and "of the best as given" in output
    assert "default" not in output
    # What tuning took: rates x starts x gradients.
    assert f"{128 * 2 * 60} gradients" in output


def test_what_goes_to_the_output_follows_what_was_there(tmp_path):
    """As after ``>> log.txt``."""
    log = tmp_path / "log.txt"
    log.write_text("before\n")
    small = ("--surfaces", "bowl", "--optimizers", "sgd", "--starts", "1", "--steps", "20")
    with log.open("a") as end:
        subprocess.run(
            [sys.executable, "-m", "server", "scoreboard", *small, "--json", "-"],
            stdout=end, check=True, timeout=300,
        )  # fmt: skip
    first, answer = log.read_text().splitlines()
    assert first == "before"
    assert json.loads(answer)["steps"] == 20


def test_many_runs_stand_under_each_other(tmp_path):
    many = ("--optimizers", *(f"sgd,learning_rate:0.0{i}" for i in range(1, 10)))
    status, output, _ = said("--surfaces", "bowl", "--starts", "1", "--steps", "20", *many)
    assert status == 0
    heads = [line for line in output.splitlines() if "SGD" in line]
    assert len(heads) > 1
    assert sum(line.count("SGD") for line in heads) == 9
    assert max(map(len, heads)) <= 80


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("--surfaces", "bowll"), "nearest: bowl"),
        (("--surfaces", "tag:convx"), "nearest: convex"),
        (("--surfaces", "x^2+"), "--surfaces x^2+: at character 5"),
        (("--surfaces", "bowl", "saddle"), "--surfaces saddle: there is no minimum"),
        (("--optimizers", "adm"), "nearest: adam"),
        (("--optimizers", "adam,learning_rat:1"), "nearest: learning_rate"),
        (("--optimizers", "adam,beta1:7"), "--optimizers adam beta1: "),
        (("--optimizers", "gradient_flow"), "--optimizers gradient_flow: "),
        (("--steps", "1"), "--steps: Input should be greater than or equal to 2"),
        (("--optimizers", *["sgd"] * 17), "--optimizers: List should have at most 16 items"),
        (("--json", "/nonexistent/answer.json"), "/nonexistent/answer.json cannot be written"),
        (("--json", "-", "--csv", "-"), "the output is one of them"),
    ],
)
def test_what_is_wrong_is_said_as_it_was_written(given, words):
    status, output, errors = said(*given)
    assert (status, output) == (2, "")
    assert words in errors
    assert "Traceback" not in errors


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_what_is_interrupted_ends_at_once():
    with command("--steps", "3000", "--starts", "10", "--tuned") as process:
        # It is at work when it has loaded what compiles.
        while "jaxlib" not in Path(f"/proc/{process.pid}/maps").read_text():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == -signal.SIGINT
