"""Why a map cannot be had now, which is not the fault of who asked for it."""


class UnavailableError(RuntimeError):
    """Whoever would compute it cannot.

    Attributes:
        kind: a stable name, for programs.
        message: what happened, in words; it names no machine.
        retry_after: whole seconds after which it may be otherwise.
    """

    def __init__(self, kind: str, message: str, retry_after: int):
        super().__init__(message)
        self.kind, self.message, self.retry_after = kind, message, retry_after

    def __reduce__(self) -> tuple[type["UnavailableError"], tuple[object, ...]]:
        # Of itself an exception comes from another process with its message alone.
        return UnavailableError, (self.kind, self.message, self.retry_after)


def died() -> UnavailableError:
    """Of the map's own doing, as far as can be told: each worker that had a piece of it ended."""
    said = "every process that computed a piece of this map died of it; ask for less, or otherwise"
    return UnavailableError("workers_died", said, 60)


def away() -> UnavailableError:
    """The scheduler does not answer, or is none."""
    said = "the cluster that computes maps does not answer; everything else goes on"
    return UnavailableError("cluster_away", said, 10)


def empty() -> UnavailableError:
    """The scheduler has nobody who computes."""
    said = "the cluster that computes maps has no workers now; everything else goes on"
    return UnavailableError("cluster_empty", said, 10)


def failed() -> UnavailableError:
    """A worker could not do what workers do."""
    said = (
        "a worker of the cluster could not compute its piece of this map; the server's log says why"
    )
    return UnavailableError("cluster_failed", said, 60)


def differs() -> UnavailableError:
    """A worker would compute another map than this server."""
    said = "a worker of the cluster has another version of Steepest than the server"
    return UnavailableError("cluster_differs", said, 60)
