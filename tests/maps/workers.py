"""Workers as tests of maps have them."""

import os

from server.maps.running import Cores, Where


def cores_of(count):
    """Processes whose programs are kept where those of all tests are."""
    return Cores(count, Where("cpu", os.environ["STEEPEST_PROGRAMS"]))


def unheard(_):
    """Nobody listens to the tiles."""
