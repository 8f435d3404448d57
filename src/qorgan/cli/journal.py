"""`qorgan journal`: sealing, exporting and verifying who did what."""

import re
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qorgan.base.processes import Process
from qorgan.cli.start import FAILED, failures, out, under

if TYPE_CHECKING:
    from qorgan.base.journal.offline import Kept

app = typer.Typer(help="The journal and its chain.", no_args_is_help=True)

_REASONS = {
    "changed": "this line, or the digest before it, is not what was sealed",
    "missing": "an entry is missing here, or stands elsewhere",
    "day": "its day comes after a later one, or was closed already",
    "no head": "the signed head of a day is missing",
    "head": "a signed head is not that of the chain, or its signature does not hold",
    "end": "the signed end is missing or is not that of the chain: something was cut off",
    "after the end": "something was put after the signed end",
    "kept": "the head that was kept is not in the chain: it was cut off or rewritten",
    "inserted": "it was put in after the entries around it were sealed",
    "unreadable": "the line is none of a journal",
}


@app.command("seal")
@under(Process.WORKER)
def seal() -> None:
    """Seal what is committed and not sealed yet; the worker does this every second."""
    from django.conf import settings

    from qorgan.base import clock, signing
    from qorgan.base.journal import seal as sealer

    signer, count = signing.signer(demo=settings.DEMO), 0
    while sealed := sealer.seal(now=clock.now(), signer=signer):
        count += sealed
    typer.echo(f"{count} sealed")


@app.command("export")
@under(Process.WORKER)
def export(file: Annotated[Path, typer.Argument(help="Where the chain is written, an entry a line.")]) -> None:
    """Write the sealed journal out, so that anyone can verify it without this system."""
    from django.conf import settings

    from qorgan.base import clock, signing
    from qorgan.base.journal import export as exporting
    from qorgan.base.scope import Actor

    signer, by = signing.signer(demo=settings.DEMO), Actor(name="journal.export", role="system")
    with file.open("wb") as target:
        count = exporting.write(target, signer=signer, by=by, now=clock.now())
    typer.echo(f"{count} entries")


@app.command("head")
@under(Process.WORKER)
def head() -> None:
    """Print the last signed head: a line to be kept by someone else, for `journal verify --head`."""
    from qorgan.base.journal import export as exporting
    from qorgan.base.models import JournalHead

    last = JournalHead.objects.order_by("-day").first()
    if last is None:
        raise ValueError("No day is over since the first entry: no head is signed yet.")
    typer.echo(exporting.head(last).decode(), nl=False)


@app.command("verify")
def verify(
    file: Annotated[Path | None, typer.Argument(help="An export; without it, the journal of this place.")] = None,
    export: Annotated[Path | None, typer.Option("--export", help="The same, by name.")] = None,
    head: Annotated[list[str] | None, typer.Option("--head", help="A kept head: its file, or its digest.")] = None,
    key: Annotated[list[str] | None, typer.Option("--key", help="A public key (hex) to trust, and no other.")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Go along the chain from the first entry; the exit says whether it holds."""
    trusted, path = key or None, export or file
    with failures():
        keep = [_kept(one, trusted=trusted) for one in head or []]
        checked = _of_file(path, trusted=trusted, keep=keep) if path else _of_place(trusted=trusted, keep=keep)
    if as_json:
        out(checked)
    elif checked["holds"]:
        typer.echo(f"The chain holds: {checked['entries']} entries, {checked['heads']} signed heads.")
    else:
        day = f", day {checked['broken_day']}" if checked["broken_day"] else ""
        reason = str(checked["reason"])
        typer.echo(f"The chain is broken at entry {checked['broken_at']}{day}: {_REASONS[reason]}.", err=True)
    if not checked["holds"]:
        raise typer.Exit(FAILED)


def _kept(said: str, *, trusted: Collection[str] | None) -> "Kept":
    from qorgan.base.journal import offline

    is_digest = re.fullmatch("[0-9a-f]{64}", said)
    return offline.kept(said if is_digest else Path(said).read_text(encoding="utf-8"), trusted=trusted)


def _of_file(path: Path, *, trusted: Collection[str] | None, keep: "Collection[Kept]") -> dict[str, object]:
    from qorgan.base.journal import offline

    with path.open("rb") as lines:
        return offline.verify(lines, trusted=trusted, keep=keep)


@under(Process.WORKER)
def _of_place(*, trusted: Collection[str] | None, keep: "Collection[Kept]") -> dict[str, object]:
    from django.db import transaction

    from qorgan.base.journal import export

    with transaction.atomic():
        return export.verify(trusted=trusted, keep=keep)
