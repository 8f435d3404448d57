"""Where processes are born that will be killed: `python -m tests.faults.nursery PROCESS`.

It loads everything once and opens no connection. For each line it hears, a JSON list of words, it forks a child that
does the work with connections of its own; so a life costs nothing but its work, and is killed as any process is.
"""

import json
import os
import sys
from collections.abc import Callable
from typing import Any

from qorgan.base.processes import Process
from qorgan.cli.start import begin
from tests.faults import desk


def _seal_in_small_steps() -> None:
    """Seal three at a time until killed; a line for each step."""
    from django.db import Error, connection

    from qorgan.base import clock, signing
    from qorgan.base.journal import seal

    signer = signing.signer(demo=True)
    while True:
        try:
            desk.tell(what="sealed", count=seal.seal(now=clock.now(), signer=signer, limit=3))
        except Error:
            connection.close()


def _verify() -> None:
    """Seal what waits and go along the chain."""
    from django.db import transaction

    from qorgan.base import clock, signing
    from qorgan.base.journal import export, seal

    while seal.seal(now=clock.now(), signer=signing.signer(demo=True)):
        pass
    with transaction.atomic():
        desk.tell(what="verified", **export.verify())


def _jobs() -> None:
    """Do the jobs that wait, as `qorgan worker --once --only jobs` does."""
    from qorgan.cli import worker

    worker._jobs(wait=False)


def _do(work: str, *words: int) -> None:
    works: dict[str, Callable[..., None]] = {"desk": desk.work, "sealer": _seal_in_small_steps}
    works |= {"verify": _verify, "jobs": _jobs}
    works[work](*words)


def _bear(words: list[Any]) -> int:
    """The exit status of a child that did the work; negative where a signal ended it."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            _do(*words)
            status = 0
        finally:
            sys.stdout.flush()
            os._exit(status)
    desk.tell(what="born", pid=child)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main() -> None:
    """Bear children until nobody asks."""
    begin(Process(sys.argv[1]))
    from qorgan.base.journal import export, seal  # noqa: F401 - loaded before the first child is born
    from tests import conftest, factories  # noqa: F401 - as above

    desk.tell(what="ready")
    for line in sys.stdin:
        desk.tell(what="ended", status=_bear(json.loads(line)))


if __name__ == "__main__":
    main()
