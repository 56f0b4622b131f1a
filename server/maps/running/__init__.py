"""Maps are computed tile by tile: here, by worker processes, or by a cluster."""

from server.maps.running.choosing import chosen
from server.maps.running.kept import Kept
from server.maps.running.maps import Done, Fields, Maps
from server.maps.running.worker import Where
from server.maps.running.workers import Cores, Workers

__all__ = ["Cores", "Done", "Fields", "Kept", "Maps", "Where", "Workers", "chosen"]
