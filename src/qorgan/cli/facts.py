"""`qorgan facts`: records become pseudonymous facts."""

import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from qorgan.base.processes import Process
from qorgan.cli.start import out, under

app = typer.Typer(help="Facts.", no_args_is_help=True)


@app.command("collect")
@under(Process.COLLECTOR)
def collect(
    everything: Annotated[bool, typer.Option("--all", help="Read every record again, not only what changed.")] = False,
    every: Annotated[int, typer.Option("--every", help="Stay, and collect again after so many seconds.")] = 0,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Collect what the journal says has changed. Running it again adds nothing."""
    from django.db import Error, connection

    while True:
        try:
            done = _collect(everything=everything, quiet=as_json or bool(every))
        except Error:
            if not every:
                raise
            connection.close()
        else:
            if as_json:
                out(done)
            elif not every:
                typer.echo(f"{done['facts']} facts added from {done['records']} records")
        if not every:
            return
        time.sleep(every)


@app.command("snapshot")
@under(Process.STATISTICS)
def snapshot(
    login: Annotated[str, typer.Option("--as", help="Who takes it.")] = "statistician",
    to: Annotated[Path | None, typer.Option("--to", help="The folder; that of this place without it.")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Write the facts, as of the last collection, into a Parquet file: links are keyed hashes, no name is in it."""
    from qorgan.agencies.terms import ROLES
    from qorgan.base import clock, deployment
    from qorgan.base.scope import Actor
    from qorgan.facts import actions, snapshots

    by = Actor(name=login, role="statistician", permissions=ROLES["statistician"].permissions)
    folder = to or deployment.home() / snapshots.FOLDER
    with Console(stderr=True, quiet=as_json).status("writing"):
        taken = actions.snapshot(folder=folder, by=by, now=clock.now())
    told = {"file": str(taken.path), "as_of": taken.as_of.isoformat(), "facts": taken.count()}
    if as_json:
        out(told)
        return
    typer.echo(f"{taken.path}: {told['facts']} versions of facts, as of {told['as_of']}")


def _collect(*, everything: bool, quiet: bool) -> dict[str, object]:
    from qorgan.base import clock
    from qorgan.facts.collect import run

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=quiet) as bar:
        task = bar.add_task("records", total=None)
        work = run.collect_all if everything else run.collect
        done = work(now=clock.now(), progress=lambda now, total: bar.update(task, completed=now, total=total))
    return {
        "entries": done.entries,
        "records": done.records,
        "facts": done.facts,
        "as_of": done.as_of and done.as_of.isoformat(),
    }
