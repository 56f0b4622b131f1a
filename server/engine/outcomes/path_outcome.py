"""The outcome of one path: its words, where they change, and their sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot, isfinite
from typing import NamedTuple

import numpy as np

from server.engine.gradient_changes import GradientChanges
from server.engine.outcomes import sentences
from server.engine.outcomes.courses import Course
from server.engine.outcomes.endings import Ending
from server.engine.outcomes.facts import SurfaceFacts
from server.engine.outcomes.rests import Rest
from server.engine.outcomes.writing import LAST_STEPS, SHOWN, digits_apart, filled_in
from server.results import Bools, Floats, Integers, Outcome, OutcomeId
from surfaces.declaration import Text

CHANGES = 32
"""Changes of the word of one path that are told; of more, the shortest lived are left out."""
WORDS: dict[Course, OutcomeId] = {
    Course.START: "descending",
    Course.FALLING: "descending",
    Course.SHRINKING: "descending",
    Course.STILL: "descending",
    Course.CYCLING: "oscillating",
    Course.SWINGING: "oscillating",
    Course.RISING: "growing",
    Course.SINKING: "growing",
}
WORD_OF = np.array([sorted(set(WORDS.values())).index(WORDS[course]) for course in Course])


@dataclass(frozen=True)
class PathFacts:
    """One path, and how its run was made.

    Attributes:
        points: shape [n + 1, 2]; rows after ``length`` may be anything.
        loss, norm: of what is minimised, shapes [n + 1].
        length: how many points stand.
        ending: why there are no more, if there should be.
        changes: of its run; the Hessian of f lacks its penalties.
        noisy: whether its gradients are random.
        name: of its rule.
    """

    points: Floats
    loss: Floats
    norm: Floats
    length: int
    ending: Ending | None
    changes: GradientChanges
    noisy: bool
    name: Text

    @property
    def penalised(self) -> bool:
        """Whether the run minimises more than f."""
        return bool(self.changes.l2 or self.changes.l1)

    @property
    def worded(self) -> int:
        """How many points have a word: not one whose derivative is undefined."""
        return self.length - (self.ending is not None and self.ending.cause == "here")


class PointFacts(NamedTuple):
    """What is seen of each point of a path with n points that have a word.

    Attributes:
        within: whether its gradient is within the tolerance, shape [n].
        course: what the loss does up to it, shape [n] or longer, like all that follow.
        word: which word that is (``WORD_OF``).
        first: first step of the last tenth up to it.
        low, high: ends of the loss in that.
    """

    within: Bools
    course: Integers
    word: Integers
    first: Integers
    low: Floats
    high: Floats


class PathOutcome:
    """The outcome of one path, and every change of it on the way."""

    def __init__(
        self,
        path: PathFacts,
        seen: SurfaceFacts,
        way: PointFacts,
        checks: Integers,
        rests: Sequence[Rest],
    ):
        self._path, self._seen, self._way = path, seen, way
        self._checks, self._rests = checks, rests
        self._begins = self._changes()

    @property
    def outcome(self) -> Outcome:
        """As it stands at the last step."""
        if self._path.ending is not None:
            return self._ended(self._path.ending)
        return self._at(self._begins[-1], self._path.worded - 1)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Each change of the word, as it stood when it came up."""
        ending = self._path.ending
        ways = [self._at(step, step) for step in self._begins]
        return (*ways, *([] if ending is None else [self._ended(ending)]))

    def _changes(self) -> list[int]:
        """Steps at which a word begins, ascending; short-lived words go where there are many."""
        within = self._way.within
        words = self._way.word[: len(within)]
        if self._rests:
            ids = list(dict.fromkeys((one.id, one.minimum) for one in self._rests))
            latest = self._latest(np.flatnonzero(within))
            own = np.array([ids.index((one.id, one.minimum)) for one in self._rests])
            words[within] = len(WORDS) + own[latest]
        edges = np.flatnonzero(words[1:] != words[:-1])
        if len(edges) < CHANGES:
            return [0, *(edges + 1).tolist()]
        begins = np.concatenate([[0], edges + 1])
        least = 1
        while len(begins) > CHANGES:
            least *= 2
            lives = np.diff(begins, append=len(words))
            kept = lives >= least
            kept[[0, -1]] = True
            begins = begins[kept]
            begins = begins[np.concatenate([[True], np.diff(words[begins]) != 0])]
        return begins.tolist()

    def _latest(self, steps: Integers) -> Integers:
        """Which check says what kind of place each step within the tolerance is."""
        return np.maximum(np.searchsorted(self._checks, steps, side="right") - 1, 0)

    def _rest_at(self, step: int) -> Rest:
        return self._rests[int(self._latest(np.array([step]))[0])]

    def _at(self, since: int, step: int) -> Outcome:
        if self._way.within[step]:
            return self._resting(self._rest_at(step), since, step)
        return self._going(since, step)

    def _values(self, step: int) -> dict[str, float]:
        path = self._path
        return {
            "loss": float(path.loss[step]),
            "gradient_norm": float(path.norm[step]),
            "tolerance": self._seen.tolerance,
        }

    def _going(self, since: int, step: int) -> Outcome:
        way = self._way
        course = Course(int(way.course[step]))
        texts = (sentences.COURSES[course.name],)
        numbers = self._values(step)
        if course == Course.START:
            return self._said(WORDS[course], since, texts, numbers, {})
        numbers |= {
            "steps": step - int(way.first[step]),
            "lowest": float(way.low[step]),
            "highest": float(way.high[step]),
            "start_loss": float(self._path.loss[0]),
            "start_distance": float(np.hypot(*(self._path.points[step] - self._path.points[0]))),
        }
        low, high, steps = float(way.low[step]), float(way.high[step]), int(numbers["steps"])
        if course == Course.SWINGING and digits_apart(low, high) > SHOWN:
            texts = (sentences.COURSES["SWINGING_LITTLE"],)
        more = {"apart": 1, "swing": high - low, "last_steps": LAST_STEPS.of(steps)}
        return self._said(WORDS[course], since, texts, numbers, more)

    def _resting(self, one: Rest, since: int, step: int) -> Outcome:
        known = one.minimum
        smaller, larger = one.eigenvalues
        numbers = self._values(step) | {"smaller": smaller, "larger": larger}
        if one.kind in ("compared", "slope", "far"):
            numbers["radius"] = one.radius
        if known is not None:
            x, y = self._path.points[step].tolist()
            numbers["minimum_x"], numbers["minimum_y"] = known.x, known.y
            numbers["minimum_loss"] = known.loss
            lowest = min(at.loss for at in self._seen.minima)
            here = known.loss if one.kind == "known" else numbers["loss"]
            numbers["above_lowest"] = here - lowest
            numbers["distance"] = hypot(x - known.x, y - known.y)
        texts = [self._place(one)]
        if one.id in ("local_minimum", "flat") and one.kind != "known":
            if known is not None:
                texts.append(sentences.ABOVE)
            elif one.id == "local_minimum" and not self._path.penalised:
                texts.append(sentences.UNKNOWN)
        if self._path.penalised:
            texts.append(sentences.PENALISED)
        gap = {"gap": abs(numbers["above_lowest"])} if known is not None else {}
        return self._said(one.id, since, texts, numbers, gap)

    @staticmethod
    def _place(one: Rest) -> Text:
        if one.kind == "known":
            return sentences.KNOWN[one.id]
        if one.kind == "compared":
            return sentences.COMPARED[one.id]
        return sentences.RESTS[one.id if one.kind == "curved" else one.kind]

    def _ended(self, ending: Ending) -> Outcome:
        last = self._path.length - 1
        numbers = self._values(last)
        if ending.place is not None:
            numbers["x"], numbers["y"] = ending.place
        if ending.eigenvalues is not None:
            numbers["smaller"], numbers["larger"] = ending.eigenvalues
        texts = [sentences.ENDINGS[ending.cause]]
        if ending.id == "no_step" and self._way.within[-1]:
            at_minimum = self._rest_at(last).id == "minimum"
            texts += [sentences.AT_MINIMUM] if at_minimum else []
        more = {"at": ending.at, "name": self._path.name}
        return self._said(ending.id, ending.at, texts, numbers, more)

    def _said(
        self,
        word: OutcomeId,
        at: int,
        texts: Sequence[Text],
        numbers: Mapping[str, float],
        more: Mapping[str, float | Text],
    ) -> Outcome:
        if self._path.noisy and word not in ("not_finite", "no_derivative", "no_step"):
            texts = (*texts, sentences.NOISY)
        return Outcome(
            word,
            at,
            filled_in(tuple(texts), {**numbers, **more}),
            {name: value if isfinite(value) else None for name, value in numbers.items()},
        )
