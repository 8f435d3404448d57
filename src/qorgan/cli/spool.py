"""`qorgan spool`: what was accepted while the database was away."""

from typing import Annotated, Any

import typer

from qorgan.base import clock, deployment
from qorgan.base.processes import Process
from qorgan.cli.start import begin, failures, out, sentence_of

app = typer.Typer(help="What was accepted while the database was away.", no_args_is_help=True)


@app.callback()
def _spool() -> None:
    """What was accepted while the database was away."""


@app.command("status")
def status(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Show the reserved segments, what waits in them and since when, and what was refused; works without a database."""
    from qorgan.base import spool

    with failures():
        shelves = [shelf.standing() for shelf in spool.all_shelves(deployment.home())]
        refused = _refused()
    now = clock.now()
    total: dict[str, Any] = {
        "segments": sum(one.segments for one in shelves),
        "free": sum(one.free for one in shelves),
        "waiting": sum(one.waiting for one in shelves),
        "damaged": sum(one.damaged for one in shelves),
        "oldest": min((one.oldest for one in shelves if one.oldest), default=None),
        "refused": refused,
        "processes": [vars(one) for one in shelves],
    }
    if as_json:
        out(total)
        return
    if not shelves:
        typer.echo("No room is reserved yet: the pages reserve it when they are served.")
    for one in shelves:
        since = f", the oldest for {round((now - one.oldest).total_seconds() / 60)} min" if one.oldest else ""
        hurt = f", {one.damaged} damaged" if one.damaged else ""
        kinds = ", ".join(f"{count} {way}" for way, count in one.kinds.items())
        waiting = f"{one.waiting} waiting ({kinds})" if kinds else f"{one.waiting} waiting"
        typer.echo(f"{one.name:8} {one.segments} segments, {one.free} free, {waiting}{since}{hurt}")
    if refused is None:
        typer.echo("refused  unknown: the database does not answer")
    for why, count in (refused or {}).items():
        typer.echo(f"refused  {count} x {why}")


def _refused() -> dict[str, int] | None:
    """What was carried in and is refused, by the word of the refusal; None where the database does not answer."""
    try:
        begin(Process.WORKER)
        from django.db import transaction

        from qorgan.reports.queries import spool

        with transaction.atomic():
            return spool.standing().refused
    except Exception as failure:
        if sentence_of(failure) is None:
            raise
        return None
