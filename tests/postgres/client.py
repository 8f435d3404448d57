"""A process of its own that uses a home: `python -m tests.postgres.client HOME` until its standard input ends.

It answers one line of JSON on start and one for each line it is sent: "revive" or "select LOGIN PASSWORD".
"""

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

from qorgan.base.postgres import LauncherRefused, ensure, revive, status


def main() -> None:
    started = time.perf_counter()
    try:
        server = ensure(Path(sys.argv[1]), timeout=30)
    except LauncherRefused as refusal:
        print(json.dumps({"refused": str(refusal)}), flush=True)
        return
    took = time.perf_counter() - started
    found = status(Path(sys.argv[1]))
    print(
        json.dumps({"took": took, **asdict(server), "status": asdict(found)}, default=str),
        flush=True,
    )
    for line in sys.stdin:
        if line.strip() == "revive":
            print(json.dumps({"revived": revive()}), flush=True)


if __name__ == "__main__":
    main()
