"""When requests arrive: one after another answers (closed), or as the clock says (open)."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable

Ask = Callable[[int, float], Awaitable[None]]
"""Asks for something of this number that was scheduled for this moment."""


async def closed(asks: int, seconds: float, ask: Ask) -> tuple[float, float]:
    """So many ask at once, each again as soon as it is answered; when it began and ended."""
    begun = time.perf_counter()
    numbers = iter(range(10**9))

    async def one() -> None:
        while (now := time.perf_counter()) < begun + seconds:
            await ask(next(numbers), now)

    await asyncio.gather(*(one() for _ in range(asks)))
    return begun, begun + seconds


async def open_model(rate: float, seconds: float, ask: Ask) -> tuple[float, float]:
    """A Poisson stream of requests, whatever becomes of those before; when it began and ended.

    It returns when the last has been asked and all are answered.
    """
    chance = random.Random(0)
    begun = time.perf_counter()
    tasks: set[asyncio.Task[None]] = set()

    async def asked(number: int, scheduled: float) -> None:
        await ask(number, scheduled)

    moment, number = begun, 0
    while (moment := moment + chance.expovariate(rate)) < begun + seconds:
        if (early := moment - time.perf_counter()) > 0:
            await asyncio.sleep(early)
        elif number % 64 == 0:
            await asyncio.sleep(0)
        tasks.add(task := asyncio.create_task(asked(number, moment)))
        task.add_done_callback(tasks.discard)
        number += 1
    if tasks:
        await asyncio.wait(tasks)
    return begun, begun + seconds
