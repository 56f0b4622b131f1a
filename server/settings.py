"""How one process is set up: read from ``STEEPEST_*`` environment variables or given."""

import os
from collections.abc import Iterator, Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, DirectoryPath, Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from pydantic_settings import SettingsError as UnreadableError

from server.errors import nearest
from server.logs import Form
from server.origins import Ancestors, Hosts, Origins
from server.runtime import Device

FRONTEND = Path(__file__).parent.parent / "frontend"
PREFIX = "STEEPEST_"


def _parted(value: object) -> object:
    if isinstance(value, str):
        return tuple(one.strip() for one in value.split(",") if one.strip())
    return value


def _network(value: str) -> str:
    try:
        ip_network(value)
    except ValueError:
        raise ValueError(
            "addresses and networks are accepted, parted by commas, such as 127.0.0.1, 10.0.0.0/8"
        ) from None
    return value


def _bundled(value: str | None) -> str | None:
    if value not in (None, "off") and not (Path(value) / "manifest.json").is_file():
        raise ValueError("off and a folder that python -m server.bundle has made are accepted")
    return value


def _scheduler(value: str | None) -> str | None:
    if value is not None and not value.partition("://")[2]:
        raise ValueError("an address such as tcp://10.0.0.5:8786 is accepted")
    return value


Proxies = Annotated[
    tuple[Annotated[str, AfterValidator(_network)], ...], NoDecode, BeforeValidator(_parted)
]


class Settings(BaseSettings):
    """Settings of a server process; each can be set as ``STEEPEST_<NAME>``."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True)

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
    map_workers: Annotated[int | None, Field(ge=0, le=256)] = None
    """Processes beside each server process that compute maps, begun at the first one; 0: none,
    its own threads do, as they do on a GPU. As many as there are cores if left out."""
    maps: str | None = None
    """A private folder for computed maps, or "off"; the user's cache if left out."""
    maps_mb: Annotated[int, Field(ge=0, le=65_536)] = 256
    """Megabytes that it may take."""
    cluster: Annotated[str | None, AfterValidator(_scheduler)] = None
    """The scheduler of a Dask cluster that computes maps instead: tcp://… or tls://…."""
    cluster_seconds: Annotated[float, Field(gt=0, le=3600)] = 5.0
    """In which its scheduler must answer when a map begins."""
    map_seconds: Annotated[float, Field(gt=0, le=86_400)] = 60.0
    """What one map may cost, in seconds of one core."""
    answers_mb: Annotated[int, Field(ge=0, le=65_536)] = 64
    """Megabytes of answers that are kept, to be given again without computing."""
    warm_up: bool = True
    """Compile every program at start-up. Off, the process is ready at once, and each is compiled
    by the first who needs it."""
    programs: str | None = None
    """A private folder for compiled programs, or "off"; the user's cache if left out."""
    halls: str | None = None
    """Where a lecture's answers are kept for 12 hours: a folder that all processes of a machine
    share, redis://… for several machines, or "memory" for one process; the user's if left out."""
    allowed_hosts: Hosts = ()
    """Names that the server answers to, parted by commas; *.example.org is all below one. Any if
    left out. Health and metrics are answered by any name, as containers are asked by address."""
    cors: Origins = ()
    """Origins whose pages may read what the API answers, parted by commas; none if left out."""
    frame_ancestors: Ancestors = ("'self'",)
    """Sites whose pages may show ours in a frame, such as https://lms.example.org; self, none."""
    hang_seconds: Annotated[float, Field(ge=0, le=86_400)] = 0.0
    """After how long a process that hangs ends itself, to be started anew; 0 for never."""
    log: Form = "text"
    """How the log is written: lines for people, or JSON for machines."""
    frontend: DirectoryPath = FRONTEND
    """The folder of the page's sources."""
    page: Annotated[str | None, AfterValidator(_bundled)] = None
    """The folder of the bundled page, or "off" for its sources; build/page if left out."""
    proxies: Proxies = ()
    """Addresses and networks of reverse proxies, parted by commas: only they are believed what
    X-Forwarded-For and X-Forwarded-Proto say of a client. Nobody if left out."""
    connections: Annotated[int, Field(ge=16, le=1_000_000)] = 4096
    """Connections open at once in one process; beyond them idle ones make room, or 503."""
    header_seconds: Annotated[float, Field(gt=0, le=3600)] = 10.0
    """In which the headers of a request must have come."""
    body_seconds: Annotated[float, Field(gt=0, le=3600)] = 30.0
    """In which the body of a request must have come."""
    write_seconds: Annotated[float, Field(gt=0, le=3600)] = 30.0
    """In which a client must have taken some of its answer: a kilobyte for each of them."""


class SettingsError(ValueError):
    """Environment variables that cannot be used.

    Attributes:
        lines: one for each, with its name, what is wrong and what would be accepted.
    """

    def __init__(self, lines: list[str]):
        super().__init__("\n".join(lines))
        self.lines = lines


def read() -> Settings:
    """The settings of this process's environment.

    Raises:
        SettingsError: there are ``STEEPEST_*`` variables that are no settings or no values of them.
    """
    wrong = list(_unknown(os.environ))
    try:
        settings = Settings()
    except ValidationError as error:
        properties = Settings.model_json_schema()["properties"]
        raise SettingsError(
            [*wrong, *(_wrong(one, properties) for one in error.errors(include_url=False))]  # pyright: ignore[reportArgumentType]
        ) from None
    except UnreadableError as error:
        raise SettingsError([*wrong, str(error)]) from None
    if wrong:
        raise SettingsError(wrong)
    return settings


def _unknown(environment: Mapping[str, str]) -> Iterator[str]:
    known = Settings.model_fields
    for name in sorted(environment):
        if name.upper().startswith(PREFIX) and name[len(PREFIX) :].lower() not in known:
            near = nearest(name[len(PREFIX) :], known, 1) or sorted(known)
            offered = ", ".join(PREFIX + one.upper() for one in near)
            yield f"{name} is no setting; {'nearest' if len(near) == 1 else 'known'}: {offered}"


def _wrong(error: Mapping[str, Any], properties: Mapping[str, Mapping[str, Any]]) -> str:
    field = str(error["loc"][0])
    said = str(error["msg"]).removeprefix("Value error, ")
    return f"{PREFIX}{field.upper()} cannot be {error['input']!r}: " + (
        _accepted(properties[field]) or said
    )


def _accepted(schema: Mapping[str, Any]) -> str | None:
    """What is accepted, in words, where a schema says it in numbers or names."""
    if names := schema.get("enum"):
        return f"{', '.join(names)} are accepted"
    match schema.get("type"):
        case "boolean":
            return "true and false are accepted"
        case "integer" | "number" as kind:
            above = "exclusiveMinimum" in schema
            least = schema["exclusiveMinimum"] if above else schema["minimum"]
            what = "a whole number" if kind == "integer" else "a number"
            side = "above" if above else "from"
            return f"{what} {side} {least:g} to {schema['maximum']:g} is accepted"
        case _:
            return None
