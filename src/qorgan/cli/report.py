"""`qorgan report`: taking in what a duty desk has."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from qorgan.base.processes import Process
from qorgan.cli.acting import as_staff
from qorgan.cli.start import FAILED, out, under

app = typer.Typer(help="Reports of violence.", no_args_is_help=True)


@app.callback()
def _room() -> None:
    """Keeps `import` a word of its own."""


@app.command("import")
@under(Process.STAFF)
def import_(
    file: Annotated[Path, typer.Argument(help="CSV, XLSX, XLS, ODS or JSON Lines, as the desk has it.")],
    login: Annotated[str, typer.Option("--as", help="Login of the person who imports.")] = "desk",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
    refused_to: Annotated[Path | None, typer.Option("--refused", help="Where refused rows are written.")] = None,
) -> None:
    """Import a duty desk's file. Sending it again adds nothing; refused rows are written out to be mended."""
    from qorgan.base import clock
    from qorgan.reports import actions

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with as_staff(login) as actor, Progress(*columns, console=console, transient=True, disable=as_json) as bar:
        task = bar.add_task(file.name, total=None)
        result = actions.import_file(
            path=file,
            by=actor,
            now=clock.now(),
            refused_to=refused_to,
            progress=lambda done: bar.update(task, completed=done),
        )
    if as_json:
        out(result.as_dict())
    else:
        _show(console, result)
    if result.refused_whole:
        raise typer.Exit(FAILED)


def _show(console: Console, result: Any) -> None:
    if result.refused_whole:
        console.print(f"[bold]{result.sentence}[/bold]")
        return
    if result.sentence:
        console.print(result.sentence)
    table = Table("line", "number", "field", "why", title=None, show_lines=False)
    for row in result.rows:
        if row.verdict != "accept":
            table.add_row(str(row.line), row.kui_no, row.field or "", row.why or "")
    if table.row_count:
        console.print(table)
    console.print(
        f"accepted {result.accepted}, kept with a warning {result.flagged}, refused {result.refused}; "
        f"new {result.added}, already here {result.repeats}"
    )
    if result.refused_path:
        console.print(f"Refused rows to mend and send again: {result.refused_path}")
