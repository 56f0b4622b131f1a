"""What a process holds for its routes, and how a route gets it."""

from dataclasses import dataclass
from typing import Annotated, Any, cast

from fastapi import Depends, Request

from server.admission import Admission
from server.engine.preparation import Preparation
from server.engine.programs import Programs
from server.engine.warmup import WarmUp


@dataclass(frozen=True)
class Services:
    """The compiled programs, their warm-up, the place of computation, and the catalogue."""

    programs: Programs
    admission: Admission
    warm_up: Preparation | WarmUp
    catalog: dict[str, Any]


def services(request: Request) -> Services:
    """The services that ``create_app`` made."""
    return cast(Services, request.app.state.services)


Serving = Annotated[Services, Depends(services)]
