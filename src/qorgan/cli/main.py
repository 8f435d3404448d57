"""The `qorgan` command: thin, over the same actions and queries as the pages."""

from typing import Annotated

import typer
from rich.console import Console

from qorgan.cli import (
    demo,
    facts,
    indicator,
    install,
    journal,
    law,
    order,
    places,
    release,
    report,
    serve,
    staff,
    status,
    story,
    worker,
)
from qorgan.cli.start import failures

app = typer.Typer(
    name="qorgan",
    help="From the first call to a lawful, tracked outcome, and to figures that the public can check.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for name, room in (
    ("report", report),
    ("law", law),
    ("order", order),
    ("facts", facts),
    ("indicator", indicator),
    ("release", release),
    ("journal", journal),
    ("staff", staff),
    ("places", places),
):
    app.add_typer(room.app, name=name)

app.add_typer(story.app, name="story", hidden=True)
app.command("serve")(serve.serve)
app.command("worker")(worker.worker)
app.command("status")(status.status)
app.command("demo")(demo.demo)


@app.command("init")
def init(quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing.")] = False) -> None:
    """Make this place ready: servers, roles, tables, rights, the country's data. Safe to run again."""
    console = Console(stderr=True, quiet=quiet)
    with failures(), console.status("servers") as shown:
        install.everything(say=shown.update)
    console.print("Ready.")


def run() -> None:
    """The entry point of the installed command."""
    app()


if __name__ == "__main__":
    run()
