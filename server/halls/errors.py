"""Why a hall refuses."""


class HallError(Exception):
    """What was asked of a hall cannot be done.

    Attributes:
        status: of HTTP.
        kind: a stable name, for programs.
        message: in words.
        retry_after: whole seconds after which the same may be asked again; 0 if that is no help.
    """

    def __init__(self, status: int, kind: str, message: str, retry_after: int = 0):
        super().__init__(message)
        self.status, self.kind, self.message = status, kind, message
        self.retry_after = retry_after


def unknown() -> HallError:
    """There is no such hall, or there is none any more."""
    return HallError(404, "unknown_hall", "there is no such hall; it may have expired")


def forbidden() -> HallError:
    """Whoever asks does not hold the hall's key."""
    return HallError(403, "hall_key", "accepted: Authorization: Bearer <key>, the key of this hall")


def closed() -> HallError:
    """No answers are taken now."""
    return HallError(409, "hall_closed", "no answers are taken now")


def full(what: str, most: int) -> HallError:
    """There are as many as may be."""
    return HallError(429, "hall_full", f"accepted: at most {most} {what}", 60)


def flood(seconds: float) -> HallError:
    """Too many in too short a time."""
    after = max(1, round(seconds + 0.5))
    return HallError(429, "flood", f"too many at once; try again in {after} s", after)


def unavailable() -> HallError:
    """Where halls are kept does not answer."""
    return HallError(503, "halls_unavailable", "halls cannot be reached; try again shortly", 2)
