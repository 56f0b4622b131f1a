"""``python -m tests.golden [record]``: compare answers with the recorded ones byte by byte.

Record on a commit, compare on the next: on one machine the same request gives the same bytes.
"""

import json
import sys

from starlette.testclient import TestClient

from server.app import create_app
from server.settings import Settings
from tests.golden.answers import answered, differences, key, record, recorded


def main() -> None:
    settings = Settings(device="cpu", warm_up=False)
    with TestClient(create_app(settings)) as client:
        if sys.argv[1:] == ["record"]:
            record(client)
            return
        before, same, others = recorded(), 0, 0
        for asked, text in answered(client):
            if before[key(asked)] == text:
                same += 1
                continue
            others += 1
            print(f"\n{asked.path} {json.dumps(asked.body)[:300]}")
            if asked.accept == "application/json":
                found = list(differences(json.loads(before[key(asked)]), json.loads(text)))
                print("\n".join(found[:8]) or "  within rounding, packed numbers, or additions")
            else:
                print("  bytes differ")
    print(f"\n{same} the same to the byte, {others} not")


if __name__ == "__main__":
    main()
