"""float64 and the device, decided once, before anything else uses JAX.

Where work is placed: a path is thousands of tiny steps that wait for one another, so paths
are always computed on the CPU, where a step costs nanoseconds and not a kernel launch; wide
work (thousands of independent starts) goes to the chosen device.
"""

import gc
import logging
import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import jax

Device = Literal["auto", "cpu", "gpu"]

# XLA's CPU compiler turns a loop into one piece of native code only while its body touches
# less than a kilobyte, and calls operation by operation otherwise, at twenty times the cost.
# The walk over any surface by any rule touches more, and gains as much.
NATIVE_LOOPS = "--xla_backend_extra_options=xla_cpu_small_while_loop_byte_threshold=65536"


logger = logging.getLogger("steepest")

GARBAGE = (2_000, 10, 100)
"""When Python looks for cycles among new, older and old objects: far more seldom than by default,
since what requests make hardly has any."""


class DeviceUnavailableError(RuntimeError):
    """The device that was asked for is not there."""


@dataclass(frozen=True)
class Placement:
    """Which device computes what.

    Attributes:
        sequential: for paths, always a CPU.
        wide: for thousands of independent starts or grid points.
    """

    sequential: Any
    wide: Any


def configure(device: Device = "auto") -> Placement:
    """Switch float64 on and choose the device; call it before any other use of JAX.

    Raises:
        DeviceUnavailableError: a GPU was asked for and JAX sees none.
    """
    flags = os.environ.get("XLA_FLAGS", "")
    if "xla_backend_extra_options" not in flags:
        os.environ["XLA_FLAGS"] = f"{flags} {NATIVE_LOOPS}".strip()
    # An executable that JAX took from a cache of its own serialises without its code: programs
    # that are kept have to be compiled here.
    jax.config.update("jax_enable_compilation_cache", False)
    jax.config.update("jax_enable_x64", True)
    # A GPU would multiply float32 matrices in TF32: gradients came out 1e-3 off, measured.
    jax.config.update("jax_default_matmul_precision", "highest")
    # Every answer is waited for at once, and a hop to another thread costs 0.1 ms.
    jax.config.update("jax_cpu_enable_async_dispatch", False)
    if device == "cpu":
        jax.config.update("jax_platforms", "cpu")
    with _troubles() as troubles:
        try:
            default = jax.devices()[0]
        except RuntimeError as error:  # A plugin for a device that is not there, or its driver.
            troubles.append(str(error))
            jax.config.update("jax_platforms", "cpu")
            default = jax.devices()[0]
    why = f" ({troubles[-1].splitlines()[0]})" if troubles else ""
    if device == "gpu" and default.platform != "gpu":
        raise DeviceUnavailableError(
            f"no GPU: JAX sees {default.platform} only{why}. Install the CUDA extra "
            "(pip install 'steepest[cuda]') and the driver, or use --device auto or cpu."
        )
    if troubles and default.platform == "cpu":
        logger.warning("no GPU can be used, everything is computed on the CPU%s", why)
    return Placement(sequential=jax.devices("cpu")[0], wide=default)


@contextmanager
def _troubles() -> Generator[list[str]]:
    """What JAX has to say of devices that it cannot use, instead of its tracebacks in the log."""
    said: list[str] = []

    def keep(record: logging.LogRecord) -> bool:
        if record.levelno >= logging.WARNING:
            error = record.exc_info[1] if record.exc_info else None
            said.append(str(error) if error is not None else record.getMessage())
        return False

    bridge = logging.getLogger("jax._src.xla_bridge")
    bridge.addFilter(keep)
    try:
        yield said
    finally:
        bridge.removeFilter(keep)


def settle() -> None:
    """Look for garbage among everything that there is, for the last time.

    The garbage collector stops all threads while it walks over what JAX, pydantic and the
    declarations have made: 0.1 to 0.2 s, again and again. What lives as long as the process is
    not looked at any more.
    """
    gc.set_threshold(*GARBAGE)
    gc.collect()
    gc.freeze()
