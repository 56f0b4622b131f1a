"""Halls on a Redis (or Valkey), which the processes of several machines share."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any, Final, cast

from pydantic_core import from_json
from redis import Redis, RedisCluster, RedisError, ResponseError

from server.halls.hall import Hall
from server.halls.keeping import Change, Counted, Made, UnreachableError, read, written

PREFIX: Final = "steepest:hall"
TIMEOUT: Final = 3.0
"""Seconds that an answer of Redis may take."""
PLACE: Final = """
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[4])
if redis.call('ZSCORE', KEYS[1], ARGV[1]) then return 'taken' end
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then return 'full' end
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
return 'made'
"""
MAKE: Final = """
if redis.call('EXISTS', KEYS[1]) == 1 then return 'taken' end
redis.call('HSET', KEYS[1], 'hall', ARGV[1], 'taking', 0, 'revision', 0)
redis.call('EXPIREAT', KEYS[1], ARGV[2])
return 'made'
"""
CHANGE: Final = """
if redis.call('HGET', KEYS[1], 'hall') ~= ARGV[1] then return 'other' end
redis.call('HSET', KEYS[1], 'hall', ARGV[2], 'taking', ARGV[3])
redis.call('HINCRBY', KEYS[1], 'revision', 1)
return 'changed'
"""
COUNT: Final = """
if redis.call('HGET', KEYS[1], 'taking') ~= ARGV[1] then return 'closed' end
if redis.call('HEXISTS', KEYS[2], ARGV[2]) == 0
    and redis.call('HLEN', KEYS[2]) >= tonumber(ARGV[4]) then return 'full' end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
redis.call('EXPIREAT', KEYS[2], redis.call('EXPIRETIME', KEYS[1]))
redis.call('HINCRBY', KEYS[1], 'revision', 1)
return 'counted'
"""
"""Scripts, which Redis runs whole: nobody comes between the look and the write.

The keys of each lie in one slot of a cluster; the list of all halls lies in another than they.
"""


@contextmanager
def _reached() -> Generator[None]:
    try:
        yield
    except RedisError as why:
        raise UnreachableError(type(why).__name__) from why


class InRedis:
    """Used by several threads.

    Args:
        url: ``redis://`` or ``rediss://``.
    """

    threads = 4

    def __init__(self, url: str):
        self._url = url

    @cached_property
    def _redis(self) -> "Redis | RedisCluster":
        waits = {"socket_timeout": TIMEOUT, "socket_connect_timeout": TIMEOUT}
        one = Redis.from_url(self._url, **waits)
        try:
            info = cast("dict[str, Any]", one.info("cluster"))
        except ResponseError:
            return one  # It may not be asked, as some services have it.
        if not info.get("cluster_enabled"):
            return one
        one.close()
        return RedisCluster.from_url(self._url, **waits)

    def _said(self, script: str, keys: Sequence[str], arguments: Sequence[Any]) -> Any:
        with _reached():
            return cast("bytes", self._redis.eval(script, len(keys), *keys, *arguments)).decode()

    def make(self, name: str, hall: Hall, most: int, now: float) -> Made:
        ends = int(hall.expires)
        # First a place among all: should this end here, that is one place less for 12 hours.
        said = self._said(PLACE, [f"{PREFIX}s"], [name, ends, most, int(now)])
        return self._said(MAKE, [_key(name)], [written(hall), ends]) if said == "made" else said

    def find(self, name: str, now: float) -> Hall | None:
        with _reached():
            kept = cast("bytes | None", self._redis.hget(_key(name), "hall"))
        hall = None if kept is None else read(kept)
        return hall if hall is not None and hall.expires > now else None

    def change(self, name: str, change: Change, now: float) -> Hall | None:
        key = _key(name)
        while True:
            with _reached():
                kept = cast("bytes | None", self._redis.hget(key, "hall"))
            if kept is None or (hall := read(kept)).expires <= now:
                return None
            hall = change(hall)
            # Unless somebody changed it in between.
            if self._said(CHANGE, [key], [kept, written(hall), hall.taking]) == "changed":
                return hall

    def count(self, name: str, round: int, device: str, answer: bytes, most: int) -> Counted:
        keys = [_key(name), _key(name, round)]
        return self._said(COUNT, keys, [round, device, answer, most])

    def answers(self, name: str, round: int) -> Sequence[Any]:
        with _reached():
            kept = cast("list[bytes]", self._redis.hvals(_key(name, round)))
        return [from_json(one) for one in kept]

    def forget(self, name: str, round: int) -> None:
        with _reached():
            self._redis.delete(_key(name, round))

    def revision(self, name: str) -> int:
        with _reached():
            kept = cast("bytes | None", self._redis.hget(_key(name), "revision"))
        return -1 if kept is None else int(kept)

    def close(self) -> None:
        if "_redis" in vars(self):
            self._redis.close()


def _key(name: str, round: int | None = None) -> str:
    # In braces: all of a hall is in one place of a cluster.
    return f"{PREFIX}:{{{name}}}" + ("" if round is None else f":{round}")
