"""The lowest loss of a domain, where nobody knows the minimum."""

import numpy as np
import scipy.optimize
from jaxtyping import Float

from server.engine.evaluation import loss_and_gradient
from server.engine.histories import Domain
from server.engine.programs import Programs
from surfaces.surface import Surface

SIDE = 33
"""Places along a side that are looked at first."""
BEGINNINGS = 4
"""The lowest of them, from which it goes on downhill."""


def lowest_found(programs: Programs, surface: Surface, domain: Domain) -> float:
    """The lowest loss that a search of a domain finds; infinite where nothing is finite.

    It does not depend on who is compared. From the lowest places of a lattice L-BFGS-B goes on
    (Zhu, Byrd, Lu and Nocedal 1997, by SciPy), which never leaves the domain.

    Args:
        programs: the compiled programs.
        surface: ready.
        domain: of it.
    """

    def values(
        places: Float[np.ndarray, "n 2"],
    ) -> tuple[Float[np.ndarray, " n"], Float[np.ndarray, "n 2"]]:
        with np.errstate(all="ignore"):
            loss, gradient = loss_and_gradient(programs, surface, places, "float64")
        # A search goes round what is not finite.
        is_finite = np.isfinite(loss) & np.isfinite(gradient).all(axis=1)
        return np.where(is_finite, loss, np.inf), np.where(is_finite[:, None], gradient, 0.0)

    def one(place: Float[np.ndarray, "2"]) -> tuple[float, Float[np.ndarray, "2"]]:
        loss, gradient = values(place[None])
        return float(min(loss[0], np.finfo(np.float64).max)), gradient[0]

    x, y = np.meshgrid(*(np.linspace(*ends, SIDE) for ends in domain))
    places = np.stack([x.ravel(), y.ravel()], axis=1)
    loss, _ = values(places)
    best = float(loss.min())
    for place in places[np.argsort(loss)[:BEGINNINGS]]:
        if np.isfinite(best):
            found = scipy.optimize.minimize(one, place, method="L-BFGS-B", jac=True, bounds=domain)
            best = min(best, float(found.fun))
    return best
