"""`qorgan door`: the web door, as whoever runs it needs it."""

from pathlib import Path
from typing import Annotated

import typer

from qorgan.base.processes import Process
from qorgan.cli.start import failures

app = typer.Typer(help="The web door.", no_args_is_help=True)


@app.callback()
def _door() -> None:
    """A word with words of its own, of which there is one so far."""


@app.command("card")
def card(
    address: Annotated[str, typer.Argument(help="Where the door is, as https://example.kz/.")],
    file: Annotated[Path, typer.Argument(help="The PDF that is written: ten cards on a sheet.")],
) -> None:
    """Print cards with a QR code that leads to the door; nothing on them says what is behind it."""
    from qorgan.cli.start import begin

    with failures():
        begin(Process.DOOR)
        from qorgan.reports.papers import card as cards

        file.write_bytes(cards.sheet(address))
