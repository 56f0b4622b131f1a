"""A hall of 300 phones on a real server: every answer counts, and the lecturer is answered."""

import asyncio
import json
from urllib.parse import urlsplit

import pytest

from benchmarks.load.bodies import PATHS, slider
from tests.serving import serving

PHONES = 300
HALLS = "/api/v1/halls"
LONG = 300
"""Seconds; a server that answers nobody fails the tests, however slow the machine is."""
CHOICES = {"question": "Who?", "answers": ["a", "b", "c"]}


async def ask(port, method, path, body=None, key=""):
    """One request over a connection of its own: status and parsed body."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    content = json.dumps(body).encode() if body is not None else b""
    head = [f"{method} {path} HTTP/1.1", "Host: localhost", "Connection: close",
            "Content-Type: application/json", f"Content-Length: {len(content)}",
            f"Authorization: Bearer {key}", "", ""]  # fmt: skip
    writer.write("\r\n".join(head).encode() + content)
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body) if body[:1] == b"{" else body


class Events:
    """Server-sent events, read as they come."""

    def __init__(self, reader, writer):
        self._reader, self._writer = reader, writer

    @classmethod
    async def of(cls, port, path):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        status = await reader.readline()
        assert b" 200 " in status, status
        return cls(reader, writer)

    async def until(self, name, enough):
        """The first event of a name that is enough."""
        event = ""
        while True:
            line = (await self._reader.readline()).decode().strip()
            if line.startswith("event: "):
                event = line.removeprefix("event: ")
            elif line.startswith("data: ") and event == name:
                content = json.loads(line.removeprefix("data: "))
                if enough(content):
                    return content

    async def close(self):
        self._writer.close()
        await self._writer.wait_closed()


async def opened(port):
    _, hall = await ask(port, "POST", HALLS, {})
    return f"{HALLS}/{hall['hall']}", hall["key"]


def run(task):
    return asyncio.run(asyncio.wait_for(task, LONG))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return str(tmp_path_factory.mktemp("halls"))


@pytest.fixture(scope="module")
def ports(folder):
    """Two servers of one machine, as two of its workers are, with one folder."""
    with serving(STEEPEST_HALLS=folder) as one, serving(STEEPEST_HALLS=folder) as other:
        yield [urlsplit(one.address).port, urlsplit(other.address).port]


def test_300_phones_lose_nothing_and_the_lecturer_is_answered(ports):
    async def lecture():
        port = ports[0]
        hall, key = await opened(port)
        await ask(port, "POST", f"{hall}/questions", CHOICES, key)
        lecturer = await Events.of(port, f"{hall}/events")
        phones = await asyncio.gather(
            *(Events.of(port, f"{hall}/events?counts=false") for _ in range(PHONES))
        )

        async def phone(number):
            body = {"device": f"phone-{number:04}", "answer": 2}
            first = await ask(port, "POST", f"{hall}/answers", body)
            body["answer"] = number % 3
            return first[0], (await ask(port, "POST", f"{hall}/answers", body))[0]

        voting = [asyncio.create_task(phone(number)) for number in range(PHONES)]
        # Meanwhile, whatever the phones do.
        for number in range(5):
            assert (await ask(port, "GET", "/readyz"))[0] == 200
            status, _ = await ask(port, "POST", PATHS, json.loads(slider(10_000 + number)))
            assert status == 200
        assert await asyncio.gather(*voting) == [(200, 200)] * PHONES
        exact = [PHONES // 3] * 3
        told = await lecturer.until("counts", lambda counts: counts["choices"] == exact)
        assert told["count"] == PHONES
        await ask(port, "POST", f"{hall}/close", {}, key)
        closed = [one.until("hall", lambda seen: seen["phase"] == "closed") for one in phones]
        assert len(await asyncio.gather(*closed)) == PHONES
        for one in (lecturer, *phones):
            await one.close()

    run(lecture())


def test_one_process_tells_what_another_was_answered(ports):
    async def lecture():
        one, other = ports
        hall, key = await opened(one)
        lecturer = await Events.of(one, f"{hall}/events")
        phone = await Events.of(other, f"{hall}/events?counts=false")
        await ask(one, "POST", f"{hall}/questions", CHOICES, key)
        await phone.until("hall", lambda seen: seen["phase"] == "open")
        body = {"device": "phone-0001", "answer": 1}
        assert (await ask(other, "POST", f"{hall}/answers", body))[0] == 200
        await lecturer.until("counts", lambda counts: counts["choices"] == [0, 1, 0])
        # The lecturer goes on, and the phone of the other process with it.
        await ask(one, "POST", f"{hall}/place", {"scene": "zigzag", "step": 17}, key)
        await phone.until("place", lambda at: (at["scene"], at["step"]) == ("zigzag", 17))
        await lecturer.close()
        await phone.close()

    run(lecture())
