"""The recorded answers, and what differs from them."""

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from tests.golden.asked import Asked, requests

RECORDED = Path(__file__).parent / "recorded.jsonl"
CLOSE = {"float64": 1e-9, "float32": 1e-5}
"""Relative: another processor fuses other multiplications and additions."""
SMALL = {"float64": 1e-12, "float32": 1e-5}


def answered(client: TestClient) -> Iterator[tuple[Asked, str]]:
    for asked in requests():
        answer = client.post(asked.path, json=asked.body, headers={"accept": asked.accept})
        assert answer.status_code == 200, (asked, answer.text)
        yield asked, answer.text


def recorded() -> dict[str, str]:
    """The answer's text by request."""
    lines = RECORDED.read_text().splitlines()
    return {one["asked"]: one["answer"] for one in map(json.loads, lines)}


def key(asked: Asked) -> str:
    return json.dumps(asked)


def record(client: TestClient) -> None:
    lines = [
        json.dumps({"asked": key(asked), "answer": text}, ensure_ascii=False)
        for asked, text in answered(client)
    ]
    RECORDED.write_text("\n".join(lines) + "\n")


def differences(before: Any, after: Any, place: str = "", dtype: str = "") -> Iterator[str]:
    """Where two answers differ by more than rounding; additions are none."""
    if isinstance(before, dict) and not dtype:
        dtype = before.get("precision", "float64")
    if isinstance(before, dict) and isinstance(after, dict):
        if "bdata" in before:
            return  # Packed numbers are compared as bytes, by ``python -m tests.golden``.
        for name in before:
            if name not in after:
                yield f"{place}.{name} is gone"
            else:
                yield from differences(before[name], after[name], f"{place}.{name}", dtype)
    elif isinstance(before, list) and isinstance(after, list):
        if len(before) != len(after):
            yield f"{place}: {len(before)} became {len(after)}"
            return
        for i, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from differences(one, other, f"{place}[{i}]", dtype)
    elif isinstance(before, int | float) and isinstance(after, int | float):
        if not math.isclose(before, after, rel_tol=CLOSE[dtype], abs_tol=SMALL[dtype]):
            yield f"{place}: {before} became {after}"
    elif before != after:
        yield f"{place}: {before} became {after}"
