"""Maps are computed tile by tile: here, by worker processes, or by a cluster."""

from server.maps.running.choosing import chosen
from server.maps.running.cluster import Cluster, ClusterUnavailableError
from server.maps.running.devices import Fields
from server.maps.running.kept import Kept
from server.maps.running.maps import Map, Maps
from server.maps.running.progress import Done
from server.maps.running.unavailable import UnavailableError
from server.maps.running.worker import Where
from server.maps.running.workers import Cores, Workers

__all__ = [
    "Cluster",
    "ClusterUnavailableError",
    "Cores",
    "Done",
    "Fields",
    "Kept",
    "Map",
    "Maps",
    "UnavailableError",
    "Where",
    "Workers",
    "chosen",
]
