"""`qorgan journal`: sealing, exporting and verifying who did what."""

import json
from pathlib import Path
from typing import Annotated

import typer

from qorgan.base.processes import Process
from qorgan.cli.start import FAILED, failures, out, under

app = typer.Typer(help="The journal and its chain.", no_args_is_help=True)


@app.command("seal")
@under(Process.WORKER)
def seal() -> None:
    """Seal what is committed and not sealed yet; the worker does this every second."""
    from qorgan.base import clock
    from qorgan.base.journal import seal as sealer

    count = 0
    while sealed := sealer.seal(now=clock.now()):
        count += sealed
    typer.echo(f"{count} sealed")


@app.command("export")
@under(Process.WORKER)
def export(file: Annotated[Path, typer.Argument(help="Where the chain is written, one JSON object a line.")]) -> None:
    """Write the sealed journal out, so that anyone can verify it without this system."""
    from django.db import transaction

    from qorgan.base.journal import export as exporting

    with transaction.atomic(), file.open("w", encoding="utf-8") as target:
        count = exporting.write(target)
    typer.echo(f"{count} entries")


@app.command("verify")
def verify(
    file: Annotated[Path | None, typer.Argument(help="An export; without it, the journal of this place.")] = None,
    key: Annotated[list[str] | None, typer.Option("--key", help="A public key (hex) to trust, and no other.")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Go along the chain from the first entry; the exit says whether it holds."""
    with failures():
        checked = _of_file(file, trusted=key or None) if file else _of_place(trusted=key or None)
    if as_json:
        out(checked)
    elif checked["holds"]:
        typer.echo(f"The chain holds: {checked['entries']} entries, {checked['heads']} signed heads.")
    else:
        typer.echo(f"The chain is broken at entry {checked['broken_at']}: {checked['reason']}.", err=True)
    if not checked["holds"]:
        raise typer.Exit(FAILED)


def _of_file(file: Path, *, trusted: list[str] | None) -> dict[str, object]:
    from qorgan.base.journal import offline

    with file.open(encoding="utf-8") as lines:
        return offline.verify((json.loads(line) for line in lines if line.strip()), trusted=trusted)


@under(Process.WORKER)
def _of_place(*, trusted: list[str] | None) -> dict[str, object]:
    from django.db import transaction

    from qorgan.base.journal import export as exporting

    with transaction.atomic():
        return exporting.verify()
