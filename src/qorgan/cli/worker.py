"""`qorgan worker`: jobs, and the sealer of the journal."""

import threading
import time
from dataclasses import dataclass
from typing import Annotated

import typer

from qorgan.base.processes import Process
from qorgan.cli.start import told_to_stop, under

REPEAT_SECONDS = 60


@under(Process.WORKER)
def worker(
    only: Annotated[str, typer.Option("--only", help="`jobs` or `sealer`; both without it.")] = "",
    once: Annotated[bool, typer.Option("--once", help="Do what waits, then end.")] = False,
) -> None:
    """Fetch jobs from the queue and seal the journal, until told to stop."""
    if once:
        if only != "jobs":
            _seal_all()
        if only != "sealer":
            _jobs(wait=False)
        return
    if only == "sealer":
        _seal_until(told_to_stop())
        return
    stop = threading.Event()
    if only != "jobs":
        threading.Thread(target=_seal_until, args=(stop,), daemon=True).start()
    _jobs(wait=True)
    stop.set()


def _jobs(*, wait: bool) -> None:
    from procrastinate.contrib.django import app

    with app.replace_connector(app.connector.get_worker_connector()) as jobs:  # type: ignore[attr-defined]  # Django's
        jobs.run_worker(wait=wait, concurrency=2, install_signal_handlers=wait)


def _seal_all() -> None:
    from django.conf import settings

    from qorgan.base import clock, signing
    from qorgan.base.journal import seal

    signer = signing.signer(demo=settings.DEMO)
    while seal.seal(now=clock.now(), signer=signer):
        pass


def _seal_until(stop: threading.Event) -> None:
    """Seal every second. A database that is away is asked again; nothing is lost by waiting."""
    from django.conf import settings
    from django.db import Error, connection

    from qorgan.base import clock, signing
    from qorgan.base.journal import seal

    signer, log, sealed_at = signing.signer(demo=settings.DEMO), Alarms(), time.monotonic()
    while not stop.is_set():
        started = time.monotonic()
        try:
            while seal.seal(now=clock.now(), signer=signer):
                pass
            log.tell(seal.lag(now=clock.now()).alarm)
            sealed_at = time.monotonic()
        except Error:
            connection.close()
            away = time.monotonic() - sealed_at
            if away > seal.ALARM_SECONDS:
                log.tell(f"The journal is not sealed: the database has not answered for {away:.0f} seconds.")
        stop.wait(max(0.0, 1.0 - (time.monotonic() - started)))


@dataclass
class Alarms:
    """The worker's words on what keeps the journal from being sealed: when it begins, each minute, and at its end."""

    told_at: float | None = None

    def tell(self, alarm: str) -> None:
        """Say the sentence if it is time to; an empty one says that nothing is wrong."""
        if not alarm:
            if self.told_at is not None:
                typer.echo("The journal is sealed again.", err=True)
            self.told_at = None
        elif self.told_at is None or time.monotonic() - self.told_at >= REPEAT_SECONDS:
            typer.echo(alarm, err=True)
            self.told_at = time.monotonic()
