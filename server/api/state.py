"""What a process holds for its routes, and how a route gets it."""

from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Annotated, cast

from fastapi import Depends, Request

from server.admission import Admission
from server.api.catalog_answer import Catalog
from server.api.halls_threads import InHall
from server.connections.register import Connections
from server.engine.price import Price, check
from server.engine.programs import Programs
from server.engine.token import Token
from server.maps.running import Maps
from server.metrics.watching import Metrics
from server.readiness import Readiness


@dataclass(frozen=True)
class Services:
    """The compiled programs, the place of computation, the catalogue, and who watches them."""

    programs: Programs
    admission: Admission
    catalog: Future[Catalog]
    """Made while the server begins to answer other things."""
    work_seconds: float
    """What one request may cost."""
    maps: Maps
    """Whoever computes maps."""
    map_seconds: float
    """What one map may cost."""
    version: Future[str]
    """Of all answers: what is kept between processes is kept for one."""
    connections: Connections
    """Of clients to this process."""
    readiness: Readiness
    """Whether the process should be sent requests."""
    metrics: Metrics
    """What an operator watches."""
    halls: InHall
    """A lecture's answers: the only state."""

    def check(self, price: Price, most: float | None = None) -> None:
        """Refuse what costs too much: more than a request may, or than is said.

        Raises:
            InputError: with the price and what would fit.
        """
        check(price, self.work_seconds if most is None else most)

    def under(self, token: Token) -> "Services":
        """The same for one piece of work, whose programs ask its token."""
        return replace(self, programs=self.programs.under(token))


async def services(request: Request) -> Services:
    """The services that ``create_app`` made; a coroutine, as functions are called in threads."""
    return cast(Services, request.app.state.services)


Serving = Annotated[Services, Depends(services)]
