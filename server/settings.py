"""How one process is set up: read from ``STEEPEST_*`` environment variables or given."""

from pathlib import Path
from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from server.runtime import Device

FRONTEND = Path(__file__).parent.parent / "frontend"


class Settings(BaseSettings):
    """Settings of a server process; each can be set as ``STEEPEST_<NAME>``."""

    model_config = SettingsConfigDict(env_prefix="STEEPEST_", frozen=True)

    device: Device = "auto"
    """Where wide work is computed; paths are always computed on the CPU."""
    compute_threads: Annotated[int, Field(ge=1, le=64)] = 2
    """How many requests are computed at once."""
    waiting: Annotated[int, Field(ge=0, le=10_000)] = 256
    """How many requests may wait for a compute thread; one more is answered 503."""
    work_seconds: Annotated[float, Field(gt=0, le=86_400)] = 10.0
    """What one request may cost, in seconds of one core; more is refused before it begins."""
    deadline_seconds: Annotated[float, Field(gt=0, le=86_400)] = 60.0
    """How long the work of one request may take; longer is stopped and answered 503."""
    warm_up: bool = True
    """Compile every program at start-up. Off, each is compiled by the first who needs it."""
    programs: str | None = None
    """A private folder for compiled programs, or "off"; the user's cache if left out."""
    frontend: Path = FRONTEND
    """The folder of the page's sources."""
    page: str | None = None
    """The folder of the bundled page, or "off" for its sources; build/page if left out."""
