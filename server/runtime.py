"""float64 and the device, decided once, before anything else uses JAX.

Where work is placed: a path is thousands of tiny steps that wait for one another, so paths
are always computed on the CPU, where a step costs nanoseconds and not a kernel launch; wide
work (thousands of independent starts) goes to the chosen device.
"""

from dataclasses import dataclass
from typing import Any, Literal

import jax

Device = Literal["auto", "cpu", "gpu"]


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
    jax.config.update("jax_enable_x64", True)
    # Every answer is waited for at once, and a hop to another thread costs 0.1 ms.
    jax.config.update("jax_cpu_enable_async_dispatch", False)
    if device == "cpu":
        jax.config.update("jax_platforms", "cpu")
    cpu = jax.devices("cpu")[0]
    default = jax.devices()[0]
    if device == "gpu" and default.platform != "gpu":
        raise DeviceUnavailableError(
            f"no GPU: JAX sees {default.platform} only. Install the CUDA extra "
            "(pip install 'steepest[cuda]') and the driver, or use --device auto or cpu."
        )
    return Placement(sequential=cpu, wide=default)
