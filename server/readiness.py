"""Whether a process should be sent requests, and why not."""

from typing import Literal

from server.admission import Admission
from server.engine.preparation import Preparation
from server.engine.warmup import Progress, WarmUp

Status = Literal["warming", "ready", "failed", "stuck", "ending"]


class Readiness:
    """Ready are those whose programs are made, whose lanes move, and who are not about to end.

    Args:
        warm_up: makes the programs.
        admission: has the lanes.
    """

    def __init__(self, warm_up: Preparation | WarmUp, admission: Admission):
        self._warm_up, self._admission = warm_up, admission
        self._ending = False

    def end(self) -> None:
        """The process begins to end."""
        self._ending = True

    def progress(self) -> Progress:
        """How far the programs are."""
        return self._warm_up.progress()

    def status(self) -> Status:
        """The first that applies."""
        if self._ending:
            return "ending"
        if self._admission.stuck:
            return "stuck"
        return self.progress().status

    def ready(self) -> bool:
        """Whether it is."""
        return self.status() == "ready"
