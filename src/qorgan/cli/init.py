"""`qorgan init`: a place made ready."""

from typing import Annotated

import typer

from qorgan.cli.start import failures


def init(
    quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing but the code of an administrator.")] = False,
    administrator: Annotated[
        str, typer.Option("--administrator", help="Login of an administrator to invite, beside those there are.")
    ] = "",
) -> None:
    """Make this place ready: servers, roles, tables, rights, the country's data. Safe to run again."""
    from rich.console import Console

    from qorgan.cli import first, install

    console = Console(stderr=True, quiet=quiet)
    with failures(), console.status("servers") as shown:
        install.everything(say=shown.update)
        invited = first.invited(administrator)
    console.print("Ready.")
    if invited is not None:
        typer.echo("Nobody keeps staff here yet." if not administrator else "Invited.")
        typer.echo(f"Open /invitation/ of the staff pages before {invited.until:%Y-%m-%d %H:%M} UTC, once:")
        typer.echo(f"login {invited.login}")
        typer.echo(f"code  {invited.code}")
