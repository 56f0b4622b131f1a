"""Halls on a Redis (or Valkey), which the processes of several machines share."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Any, Final, cast

from pydantic_core import from_json
from redis import Redis, RedisError, WatchError

from server.halls.hall import Hall
from server.halls.keeping import Change, Counted, Made, UnreachableError, read, written

PREFIX: Final = "steepest:hall"
TIMEOUT: Final = 3.0
"""Seconds that an answer of Redis may take."""
MAKE: Final = """
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[4])
if redis.call('ZCARD', KEYS[2]) >= tonumber(ARGV[3]) then return 'full' end
if redis.call('EXISTS', KEYS[1]) == 1 then return 'taken' end
redis.call('HSET', KEYS[1], 'hall', ARGV[1], 'taking', 0, 'revision', 0)
redis.call('EXPIREAT', KEYS[1], ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[2], KEYS[1])
return 'made'
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
"""Scripts, which Redis runs whole: nobody comes between the look and the write."""


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
        self._redis = Redis.from_url(url, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT)
        self._make = self._redis.register_script(MAKE)
        self._count = self._redis.register_script(COUNT)

    def _said(self, script: Any, keys: list[str], arguments: list[Any]) -> Any:
        with _reached():
            return script(keys=keys, args=arguments).decode()

    def make(self, name: str, hall: Hall, most: int, now: float) -> Made:
        arguments = [written(hall), int(hall.expires), most, int(now)]
        return self._said(self._make, [_key(name), f"{PREFIX}s"], arguments)

    def find(self, name: str, now: float) -> Hall | None:
        with _reached():
            kept = cast("bytes | None", self._redis.hget(_key(name), "hall"))
        hall = None if kept is None else read(kept)
        return hall if hall is not None and hall.expires > now else None

    def change(self, name: str, change: Change, now: float) -> Hall | None:
        key = _key(name)
        with _reached(), self._redis.pipeline() as pipe:
            while True:
                try:
                    pipe.watch(key)
                    kept = cast("bytes | None", pipe.hget(key, "hall"))
                    if kept is None or (hall := read(kept)).expires <= now:
                        return None
                    hall = change(hall)
                    pipe.multi()
                    pipe.hset(key, mapping={"hall": written(hall), "taking": hall.taking})
                    pipe.hincrby(key, "revision", 1)
                    pipe.execute()
                    return hall
                except WatchError:
                    continue  # Somebody answered in between.

    def count(self, name: str, round: int, device: str, answer: bytes, most: int) -> Counted:
        keys = [_key(name), _key(name, round)]
        return self._said(self._count, keys, [round, device, answer, most])

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
        self._redis.close()


def _key(name: str, round: int | None = None) -> str:
    # In braces: all of a hall is in one place of a cluster.
    return f"{PREFIX}:{{{name}}}" + ("" if round is None else f":{round}")
