"""What a scenario found, as figures with their targets and notes."""

from benchmarks.load.prober import Health
from benchmarks.load.served import Cores
from benchmarks.load.tally import percentile
from benchmarks.report import Figure


class Figures:
    """Figures of one scenario.

    Attributes:
        figures: in order.
        notes: counts and circumstances, a line each.
    """

    def __init__(self, scenario: str):
        self._scenario = scenario
        self.figures: list[Figure] = []
        self.notes: list[str] = []

    def add(
        self,
        name: str,
        value: float,
        unit: str,
        target: float | None = None,
        at_least: bool = False,
    ) -> None:
        self.figures.append(Figure(self._scenario, name, value, unit, target, at_least))

    def note(self, line: str) -> None:
        self.notes.append(line)

    def health(self, health: Health, when: str = "") -> None:
        """Health and readiness as probed, against the 50 ms that every scenario promises."""
        tally = health.all
        during = f" {when}" if when else ""
        self.add(f"health p50{during}", 1e3 * tally.seconds(0.5), "ms")
        self.add(f"health p99{during}", 1e3 * tally.seconds(0.99), "ms", 50)
        self.add(f"health p99{during}, fresh connection", 1e3 * health.fresh.seconds(0.99), "ms")
        self.add(f"health, longest{during}", 1e3 * tally.worst, "ms")
        late = 1e3 * percentile(health.late, 0.99)
        self.note(f"health{during}: {tally.told()}; probes sent late by p99 {late:.1f} ms")

    def cores(self, cores: Cores, health: Health) -> None:
        """Shares of the machine that each had; what is missing to all of it, others had."""
        self.add("server", cores.server, "cores")
        self.add("server's loop thread", cores.loop, "cores")
        self.add("generator and prober", cores.generator + health.cores, "cores")
