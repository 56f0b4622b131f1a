"""Who computes maps, by the settings and by what there is."""

import logging

from server.cores import cores
from server.engine.programs import Programs
from server.maps.running.cluster import SECONDS, Cluster
from server.maps.running.worker import Where
from server.maps.running.workers import Cores, InProcess, Workers

logger = logging.getLogger("steepest")


def chosen(
    programs: Programs,
    where: Where,
    count: int | None,
    cluster: str | None = None,
    cluster_seconds: float = SECONDS,
) -> Workers:
    """Workers of a cluster, or of this machine: processes, or threads of this one on a GPU.

    Args:
        programs: of this process.
        where: what processes are told.
        count: of processes; ``None`` for one a core, 0 for none.
        cluster: address of a scheduler.
        cluster_seconds: in which it must answer.
    """
    if cluster is not None:
        return Cluster(cluster, cluster_seconds)
    if count == 0 or programs.placement.wide.platform != "cpu":
        return InProcess(programs)
    try:
        return Cores(count or cores(), where)
    except OSError as error:
        # Memory that processes share is a file.
        logger.warning("maps are computed by this process's own threads: %s", error)
        return InProcess(programs)
