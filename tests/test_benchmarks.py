"""Commands that measure refuse what names nothing, and say what there is."""

import subprocess
import sys

import pytest

REFUSED = {
    "benchmarks.labels --surfaces himmelblaw": "himmelblau",
    "benchmarks.labels --optimizers adamm": "adam",
    "benchmarks.labels --pixels 0": "from 1 on",
    "benchmarks.labels --pixels 90602": "at most 90601",
    "benchmarks.lanes nosuch": "rosenbrock: adam",
    "benchmarks.prices nosuch": "training 1 ",
    "benchmarks.compare HEAD --bench mapps": "maps",
    "benchmarks.compare HEAD --load clas": "class",
    "benchmarks.compare HEAD --rounds -1": "from 1 on",
    "benchmarks.compare no-such-revision": "no revision",
    "benchmarks.gpu --side 0": "from 1 on",
    "benchmarks.soak --formulas x": "from 1 on",
    "benchmarks --only mapps": "maps",
    "benchmarks.load clas": "class",
    "benchmarks.http_app --port 1 --device tpu": "gpu",
}


@pytest.mark.parametrize("asked", REFUSED)
def test_what_names_nothing_is_refused_with_what_there_is(asked):
    done = subprocess.run(
        [sys.executable, "-m", *asked.split()], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 2, done.stderr
    assert REFUSED[asked] in done.stderr and done.stdout == ""
