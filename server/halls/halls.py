"""Halls as they are used: opened, asked, answered, steered by whoever holds the key."""

import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from hmac import compare_digest
from time import time
from typing import Any

import orjson

from server.halls import errors
from server.halls.answers import accepted
from server.halls.flow import Buckets
from server.halls.hall import ALPHABET, LETTERS, LIFE, Answer, Hall, Question, Tally, tally
from server.halls.keeping import Keeping


@dataclass(frozen=True)
class Bounds:
    """How much may be.

    Attributes:
        halls: that live at once.
        voters: devices whose answers count, a question.
        opened, openings: halls that one address opens at once, and each second after: in
            the life of a hall fewer than may be, so that no address takes them all.
        answers, answering: answers to one hall at once, and each second after.
        changes, changing: the same of one device.
        misses, missing: names of no hall that one address may try at once, and each second after.
    """

    halls: int = 1000
    voters: int = 2000
    opened: float = 120
    openings: float = 1 / 60
    answers: float = 1000
    answering: float = 200
    changes: float = 10
    changing: float = 2
    misses: float = 600
    missing: float = 20


def hash_of(key: str) -> str:
    """What is kept of a key: it is long and random, so that one round of SHA-256 is enough."""
    return sha256(key.encode()).hexdigest()


class Halls:
    """All halls of a server.

    Args:
        keeping: where they are kept.
        bounds: see there.
        clock: Unix time in seconds.

    Attributes:
        events: how often each thing happened here, by name, for metrics.
    """

    def __init__(
        self, keeping: Keeping, bounds: Bounds | None = None, clock: Callable[[], float] = time
    ):
        self.keeping, self.bounds = keeping, bounds or Bounds()
        self._clock = clock
        self.events = Counter[str]()
        bounds = self.bounds
        self._opening = Buckets(bounds.opened, bounds.openings, clock)
        self._answering = Buckets(bounds.answers, bounds.answering, clock)
        self._changing = Buckets(bounds.changes, bounds.changing, clock)
        self._missing = Buckets(bounds.misses, bounds.missing, clock)

    def open(self, client: str) -> tuple[str, str, Hall]:
        """A new hall: its name, its key, which nobody is told again, and what is known of it.

        Raises:
            HallError: there are too many, or this client has opened too many.
        """
        self._let(self._opening, client)
        key = secrets.token_urlsafe(24)
        hall = Hall(hash_of(key), self._clock() + LIFE)
        while True:
            name = "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))
            match self.keeping.make(name, hall, self.bounds.halls, self._clock()):
                case "made":
                    self.events["opened"] += 1
                    return name, key, hall
                case "full":
                    raise errors.full("halls at once", self.bounds.halls)
                case "taken":
                    continue

    def find(self, name: str, client: str) -> Hall:
        """A hall.

        Raises:
            HallError: there is none, or this client has guessed too often.
        """
        hall = self.keeping.find(name, self._clock())
        if hall is None:
            self._let(self._missing, client)
            raise errors.unknown()
        return hall

    def living(self, name: str) -> Hall | None:
        """A hall that is known to have been there; None when it has expired."""
        return self.keeping.find(name, self._clock())

    def has_expired(self, hall: Hall) -> bool:
        """Whether it is forgotten."""
        return hall.expires <= self._clock()

    def answer(self, name: str, device: str, answer: Any, client: str) -> Hall:
        """Count what a device answers, in place of what it answered before.

        Raises:
            HallError: no hall, closed, full, or too many at once.
            InputError: the question has no such answer.
        """
        hall = self.find(name, client)
        if hall.question is None or not hall.taking:
            self.events["closed"] += 1
            raise errors.closed()
        sent = orjson.dumps(accepted(hall.question, answer))
        self._let(self._changing, (name, device))
        self._let(self._answering, name)
        most = self.bounds.voters
        counted = self.keeping.count(name, hall.taking, device, sent, most)
        self.events[counted] += 1
        if counted == "full":
            raise errors.full("answers to a question", most)
        if counted == "closed":
            raise errors.closed()
        return hall

    def tally(self, name: str, hall: Hall, round: int | None = None) -> Tally | None:
        """What has been answered, now or in an earlier round; None where nothing was asked."""
        of = hall.round if round is None else round
        if hall.question is None or not of:
            return None
        return tally(hall.question, of, self.keeping.answers(name, of))

    def ask(self, name: str, key: str, question: Question, client: str) -> Hall:
        """Open a question.

        Raises:
            HallError: no such hall, or not its key.
        """
        old: tuple[int, int] = (0, 0)

        def asked(hall: Hall) -> Hall:
            nonlocal old
            old = hall.round, hall.before
            scene = question.scene or hall.scene
            stays = scene == hall.scene
            return Hall(
                hall.key, hall.expires, "open", hall.round + 1, question,
                scene=scene, step=hall.step if stays else 0.0,
                transfer=hall.transfer and stays,
            )  # fmt: skip

        self._steered(name, key, client)
        hall = self._changed(name, asked)
        for round in old:
            self.keeping.forget(name, round)
        self.events["asked"] += 1
        return hall

    def again(self, name: str, key: str, client: str) -> Hall:
        """Ask the same once more; what was answered stays beside it.

        Raises:
            HallError: no such hall, not its key, or nothing was asked.
        """
        if self._steered(name, key, client).question is None:
            raise errors.closed()
        old = 0

        def once_more(hall: Hall) -> Hall:
            nonlocal old
            old = hall.before
            return replace(hall, phase="open", round=hall.round + 1, result=None, before=hall.round)

        asked = self._changed(name, once_more)
        self.keeping.forget(name, old)
        return asked

    def close(self, name: str, key: str, client: str) -> Hall:
        """Take no more answers.

        Raises:
            HallError: no such hall, or not its key.
        """
        self._steered(name, key, client)
        return self._changed(
            name, lambda hall: replace(hall, phase="closed") if hall.phase == "open" else hall
        )

    def show(self, name: str, key: str, result: Answer | None, client: str) -> Hall:
        """Show what was answered beside what is right; takes no more answers.

        Raises:
            HallError: no such hall, not its key, or nothing was asked.
            InputError: the question has no such answer.
        """
        hall = self._steered(name, key, client)
        if hall.question is None:
            raise errors.closed()
        told = None if result is None else accepted(hall.question, result, ("result",))
        return self._changed(name, lambda now: replace(now, phase="shown", result=told))

    def place(
        self, name: str, key: str, scene: str | None, step: float, transfer: bool, client: str
    ) -> Hall:
        """Say where the lecturer is: a scene, a step, and whether at its second question.

        Raises:
            HallError: no such hall, or not its key.
        """
        self._steered(name, key, client)
        return self._changed(
            name, lambda hall: replace(hall, scene=scene, step=step, transfer=transfer)
        )

    def _steered(self, name: str, key: str, client: str) -> Hall:
        hall = self.find(name, client)
        if not compare_digest(hall.key, hash_of(key)):
            raise errors.forbidden()
        return hall

    def _changed(self, name: str, change: Callable[[Hall], Hall]) -> Hall:
        hall = self.keeping.change(name, change, self._clock())
        if hall is None:
            raise errors.unknown()
        return hall

    def _let(self, buckets: Buckets, who: Any) -> None:
        if seconds := buckets.wait(who):
            self.events["flood"] += 1
            raise errors.flood(seconds)
