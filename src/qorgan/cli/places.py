"""`qorgan places`: the official table of places."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from qorgan.base.processes import Process
from qorgan.cli.start import out, under

app = typer.Typer(help="Regions, districts, settlements.", no_args_is_help=True)


@app.callback()
def _room() -> None:
    """Keeps `import` a word of its own."""


@app.command("import")
@under(Process.MIGRATOR)
def import_(
    file: Annotated[Path, typer.Argument(help="The official KATO table: CSV or XLSX.")],
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Take over the official KATO table; provisional entries get their codes and keep their ids."""
    from qorgan.base import clock
    from qorgan.base.scope import Actor
    from qorgan.places import actions

    system = Actor(name="command line", role="system", permissions=frozenset({"places.territory.import"}))
    result = actions.import_kato(path=file, by=system, now=clock.now())
    if as_json:
        out(asdict(result))
        return
    typer.echo(f"{result.matched} matched, {result.added} added, {result.same} as before")
