"""The C loops, built by the system's compiler where there is one."""

import ctypes
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SOURCE = Path(__file__).parent / "native.c"


def build(*flags: str, source: Path = SOURCE) -> ctypes.CDLL | None:
    """Compile a source as a shared library; None without a C compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        return None
    library = Path(tempfile.mkdtemp(prefix="steepest-")) / "native.so"
    command = [compiler, "-O3", "-march=native", *flags, "-shared", "-fPIC", "-o", str(library)]
    subprocess.run([*command, str(source), "-lm"], check=True)
    return ctypes.CDLL(str(library))


def pointer(array: NDArray[np.floating]) -> ctypes.c_void_p:
    """Where an array's numbers are."""
    return array.ctypes.data_as(ctypes.c_void_p)
