"""A sealer that works in small steps, in a process of its own: `python -m tests.faults.sealer`, until it is killed."""

from qorgan.base.processes import Process
from qorgan.cli.start import begin


def main() -> None:
    """Seal three at a time; a line for each step."""
    begin(Process.WORKER)
    from django.db import Error, connection

    from qorgan.base import clock
    from qorgan.base.journal import seal

    while True:
        try:
            count = seal.seal(now=clock.now(), limit=3)
        except Error:
            connection.close()
            continue
        print(count, flush=True)


if __name__ == "__main__":
    main()
