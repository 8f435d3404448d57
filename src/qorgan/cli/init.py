"""`qorgan init`: a place made ready."""

from typing import Annotated

import typer

from qorgan.cli.start import failures


def init(quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing.")] = False) -> None:
    """Make this place ready: servers, roles, tables, rights, the country's data. Safe to run again."""
    from rich.console import Console

    from qorgan.cli import install

    console = Console(stderr=True, quiet=quiet)
    with failures(), console.status("servers") as shown:
        install.everything(say=shown.update)
    console.print("Ready.")
