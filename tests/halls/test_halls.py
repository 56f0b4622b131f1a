"""Halls, wherever they are kept: who may do what, how much, how long. No time passes by itself."""

import asyncio
import stat
import time

import pytest
from redis import Redis

from server.errors import InputError
from server.halls.errors import HallError
from server.halls.flow import Buckets
from server.halls.hall import ALPHABET, LIFE, Question
from server.halls.halls import Bounds, Halls
from server.halls.keeping import UnreachableError
from server.halls.opening import opened
from server.halls.sqlite import Sqlite
from server.halls.watching import Watching

WORDS = {"en": "Who?", "ru": "Кто?"}
CHOICES = Question(WORDS, {"kind": "choices", "options": [WORDS] * 3, "right": 1})
NUMBER = Question(WORDS, {"kind": "number", "low": -1.0, "high": 10.0})
TAP = Question(WORDS, {"kind": "tap"}, landscape={"id": "bowl"})
ME = "192.0.2.7"


def refused(do, *args):
    with pytest.raises(HallError) as caught:
        do(*args)
    return caught.value.status, caught.value.kind


@pytest.fixture
def halls(keeping, clock):
    # Redis forgets by its own clock.
    clock.now = time.time()
    return Halls(keeping, clock=clock)


def test_a_lecture(halls):
    name, key, _ = halls.open(ME)
    assert refused(halls.answer, name, "device-1", 0, ME) == (409, "hall_closed")
    halls.ask(name, key, CHOICES, ME)
    for device, answer in [("device-1", 0), ("device-2", 1), ("device-3", 1), ("device-1", 2)]:
        halls.answer(name, device, answer, ME)
    hall = halls.find(name, ME)
    assert halls.tally(name, hall).choices == [0, 2, 1]
    halls.close(name, key, ME)
    assert refused(halls.answer, name, "device-4", 0, ME) == (409, "hall_closed")
    shown = halls.show(name, key, None, ME)
    assert (shown.phase, shown.question.answers["right"]) == ("shown", 1)

    again = halls.again(name, key, ME)
    assert (again.phase, again.round, again.before) == ("open", 2, 1)
    assert halls.tally(name, again, again.before).choices == [0, 2, 1]
    assert halls.tally(name, again).choices == [0, 0, 0]
    halls.answer(name, "device-1", 1, ME)
    assert halls.tally(name, halls.find(name, ME)).choices == [0, 1, 0]

    asked = halls.ask(name, key, NUMBER, ME)
    assert (asked.round, asked.before, asked.result) == (3, 0, None)
    for device, answer in [("device-1", 3.5), ("device-2", -1)]:
        halls.answer(name, device, answer, ME)
    assert halls.tally(name, asked).values == [-1, 3.5]

    asked = halls.ask(name, key, TAP, ME)
    halls.answer(name, "device-2", [0.5, -2], ME)
    halls.answer(name, "device-1", [0.25, 1], ME)
    assert halls.tally(name, asked).values == [[0.25, 1.0], [0.5, -2.0]]
    assert halls.show(name, key, [0, 0], ME).result == [0.0, 0.0]


@pytest.mark.parametrize(
    ("question", "wrong"),
    [(CHOICES, [-1, 3, 10**400, 0.5, True, None, "0", [0, 0]]),
     (NUMBER, [-1.01, 11, 10**400, float("nan"), True, "3", [1, 1]]),
     (TAP, [1, [1], [1, -(10**400)], [1, 2, 3], [1, float("inf")], [1, 2e12], [True, 1], None])],
)  # fmt: skip
def test_answers_that_a_question_does_not_have(clock, question, wrong):
    halls = Halls(Sqlite(None), clock=clock)
    name, key, _ = halls.open(ME)
    halls.ask(name, key, question, ME)
    for answer in wrong:
        with pytest.raises(InputError, match="accepted: "):
            halls.answer(name, "device-1", answer, ME)
    assert halls.tally(name, halls.find(name, ME)).count == 0


@pytest.mark.parametrize("steer", ["ask", "again", "close", "show", "place"])
def test_only_the_holder_of_the_key_steers(halls, steer):
    name, key, _ = halls.open(ME)
    other, others_key, _ = halls.open(ME)
    halls.ask(name, key, CHOICES, ME)
    more = {"ask": (NUMBER,), "show": (None,), "place": ("zigzag", 3.0, True)}.get(steer, ())
    before = halls.find(name, ME)
    for wrong in ("", others_key, key[:-1], key + "x", key.swapcase()):
        assert refused(getattr(halls, steer), name, wrong, *more, ME) == (403, "hall_key")
    assert halls.find(name, ME) == before
    getattr(halls, steer)(name, key, *more, ME)
    assert halls.find(other, ME).round == 0


def test_a_key_is_kept_only_as_its_hash(tmp_path, clock):
    halls = Halls(opened(str(tmp_path)), clock=clock)
    name, key, _ = halls.open(ME)
    halls.keeping.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert name.encode() in kept and key.encode() not in kept


def test_a_hall_lives_twelve_hours(halls, clock):
    name, key, hall = halls.open(ME)
    halls.ask(name, key, CHOICES, ME)
    assert hall.expires == clock.now + 12 * 3600 == clock.now + LIFE
    clock.now += LIFE - 1
    halls.answer(name, "device-1", 0, ME)
    clock.now += 1
    assert refused(halls.answer, name, "device-1", 0, ME) == (404, "unknown_hall")
    assert refused(halls.close, name, key, ME) == (404, "unknown_hall")
    assert halls.living(name) is None


def test_redis_forgets_hall_and_answers_by_itself(redis, clock):
    clock.now = time.time()
    halls = Halls(opened(redis), clock=clock)
    name, key, hall = halls.open(ME)
    halls.ask(name, key, CHOICES, ME)
    halls.answer(name, "device-1", 0, ME)
    with Redis.from_url(redis) as one:
        ends = {one.expiretime(key) for key in one.keys(f"*{{{name}}}*")}
    assert ends == {int(hall.expires)}


def test_what_has_expired_makes_room(keeping, clock):
    clock.now = time.time()
    halls = Halls(keeping, Bounds(halls=2), clock)
    halls.open(ME)
    halls.open(ME)
    assert refused(halls.open, ME) == (429, "hall_full")
    clock.now += LIFE
    halls.open(ME)


def test_a_full_hall_still_lets_change_what_was_answered(keeping, clock):
    clock.now = time.time()
    halls = Halls(keeping, Bounds(voters=2), clock)
    name, key, _ = halls.open(ME)
    halls.ask(name, key, CHOICES, ME)
    halls.answer(name, "device-1", 0, ME)
    halls.answer(name, "device-2", 0, ME)
    assert refused(halls.answer, name, "device-3", 0, ME) == (429, "hall_full")
    halls.answer(name, "device-2", 2, ME)
    assert halls.tally(name, halls.find(name, ME)).choices == [1, 0, 1]
    # Another question has room for as many.
    halls.again(name, key, ME)
    halls.answer(name, "device-3", 0, ME)


def test_floods_are_refused_and_pass(clock):
    halls = Halls(Sqlite(None), Bounds(answers=50, answering=10, changes=4, changing=0.5), clock)
    name, key, _ = halls.open(ME)
    halls.ask(name, key, CHOICES, ME)

    def counted(tries, device):
        done = 0
        for k in range(tries):
            try:
                halls.answer(name, device(k), 0, ME)
                done += 1
            except HallError as error:
                assert (error.status, error.kind) == (429, "flood") and error.retry_after >= 1
        return done

    # One device: four at once, then one in two seconds.
    assert counted(20, lambda k: "device-1") == 4
    clock.now += 10
    assert counted(20, lambda k: "device-1") == 4
    clock.now += 4
    assert counted(20, lambda k: "device-1") == 2
    # A hall: 50 at once, then 10 a second, whoever they are.
    clock.now += 100
    assert counted(200, lambda k: f"phone-{k}") == 50
    clock.now += 3
    assert counted(200, lambda k: f"other-{k}") == 30
    assert halls.tally(name, halls.find(name, ME)).count == 1 + 50 + 30
    assert halls.events["flood"] == 16 + 16 + 18 + 150 + 170


def test_halls_are_opened_and_guessed_so_fast_and_no_faster(clock):
    bounds = Bounds(opened=3, openings=0.5, misses=5, missing=2)
    halls = Halls(Sqlite(None), bounds, clock)
    assert [len(halls.open(ME)[0]) for _ in range(3)] == [6] * 3
    assert refused(halls.open, ME) == (429, "flood")
    halls.open("192.0.2.8")
    clock.now += 2
    halls.open(ME)
    guesses = [refused(halls.find, f"aaaaa{letter}", ME)[0] for letter in "abcdefgh"]
    assert guesses == [404] * 5 + [429] * 3
    assert refused(halls.find, "aaaaaa", "192.0.2.8") == (404, "unknown_hall")


def test_no_address_takes_all_halls(clock):
    halls = Halls(Sqlite(None), clock=clock)
    opened, end = 0, clock.now + LIFE
    while clock.now < end:
        try:
            halls.open(ME)
            opened += 1
        except HallError as error:
            assert error.kind == "flood"
            clock.now += error.retry_after
    assert opened < halls.bounds.halls
    halls.open("192.0.2.8")


def test_a_bucket_says_when_it_has_one(clock):
    buckets = Buckets(2, 0.25, clock)
    assert [buckets.wait("a") for _ in range(3)] == [0, 0, 4.0]
    clock.now += 3
    assert buckets.wait("a") == 1.0
    clock.now += 1
    assert buckets.wait("a") == 0


def test_names_are_read_aloud_and_typed(clock):
    halls = Halls(Sqlite(None), Bounds(opened=500), clock)
    names = {halls.open(ME)[0] for _ in range(300)}
    assert len(names) == 300 and set("".join(names)) <= set(ALPHABET)
    assert not set("0o1il") & set(ALPHABET)


def test_two_processes_share_a_file(tmp_path, clock):
    one = Halls(opened(str(tmp_path)), clock=clock)
    other = Halls(opened(str(tmp_path)), clock=clock)
    name, key, _ = one.open(ME)
    other.ask(name, key, CHOICES, ME)
    before = one.keeping.revision(name)
    other.answer(name, "device-1", 2, ME)
    assert one.keeping.revision(name) != before
    assert one.tally(name, one.find(name, ME)).choices == [0, 0, 1]


def test_a_folder_that_cannot_be_written_is_memory_and_said(tmp_path, clock, caplog):
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    halls = Halls(opened(str(blocked)), clock=clock)
    name, _, _ = halls.open(ME)
    assert halls.find(name, ME).round == 0
    assert "kept in memory" in caplog.text and str(blocked) in caplog.text


def test_the_folder_is_nobody_elses(tmp_path, clock):
    opened(str(tmp_path / "new")).close()
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


def test_what_does_not_answer_says_so(clock):
    halls = Halls(opened("redis://127.0.0.1:1"), clock=clock)
    with pytest.raises(UnreachableError):
        halls.open(ME)


class Noting(Sqlite):
    """A file that notes how often all answers are read."""

    reads = 0

    def answers(self, name, round):
        self.reads += 1
        return super().answers(name, round)


def test_answers_are_read_only_where_somebody_counts_and_wake_nobody_else(clock):
    keeping = Noting(None)
    halls = Halls(keeping, clock=clock)
    name, key, _ = halls.open(ME)
    halls.ask(name, key, CHOICES, ME)

    async def do(function, *args):
        return function(*args)

    async def lecture():
        watching = Watching(halls, do)
        phone = watching.listen(name, ME, counts=False)
        assert (await anext(phone)).hall.phase == "open"
        halls.answer(name, "device-1", 0, ME)
        halls.place(name, key, "zigzag", 3.0, False, ME)
        assert (await anext(phone)).hall.scene == "zigzag"
        assert keeping.reads == 0
        lecturer = watching.listen(name, ME)
        assert (await anext(lecturer)).tally.choices == [1, 0, 0]
        waking = asyncio.ensure_future(anext(phone))
        halls.answer(name, "device-2", 1, ME)
        assert (await anext(lecturer)).tally.choices == [1, 1, 0]
        assert not waking.done()
        halls.close(name, key, ME)
        assert (await waking).hall.phase == "closed"
        await phone.aclose()
        await lecturer.aclose()

    asyncio.run(lecture())
