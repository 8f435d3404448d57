"""`qorgan backup`: whole copies of data and keys, apart and sealed, the WAL between them, and the way back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qorgan.base import deployment
from qorgan.cli.start import failures, out

if TYPE_CHECKING:
    from qorgan.base.backups.plan import Plan

app = typer.Typer(help="Backups of data and keys, apart and sealed.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json")]
Private = Annotated[Path, typer.Option("--key", help="The file of the private key.")]
Progress = Callable[[str, int, int], None]


@app.command("key")
def key(
    file: Annotated[Path, typer.Argument(help="Where the private key is written. Keep it away from this machine.")],
    as_json: Json = False,
) -> None:
    """Make the pair of keys of the backups: the private one into a file, the public one shown."""
    from qorgan.base.backups import recipient

    with failures():
        public = recipient.make(file)
    if as_json:
        out({"private": str(file), "public": public})
        return
    typer.echo(f"{public}\nThis is the public key, for --recipient. Whoever loses {file} loses every backup.")


@app.command("take")
def take(
    data_to: Annotated[Path | None, typer.Option("--data-to", help="The folder for data; kept from then on.")] = None,
    keys_to: Annotated[Path | None, typer.Option("--keys-to", help="The folder for keys, apart; likewise.")] = None,
    recipient: Annotated[str | None, typer.Option("--recipient", help="The public key; likewise.")] = None,
    keep: Annotated[int | None, typer.Option("--keep", min=1, help="Days that data are kept; likewise.")] = None,
    as_json: Json = False,
) -> None:
    """Take a whole backup of data and of keys, and archive what is written from then on.

    `qorgan serve` then carries WAL away every few seconds and takes a whole backup once a day. Backups of keys are
    removed after seven days, those of data after 30 unless --keep says otherwise.
    """
    from qorgan.base.backups import plan
    from qorgan.base.backups import recipient as keys
    from qorgan.base.backups.take import take as taking

    with failures():
        _check_embedded()
        deployment.check_made()
        home = deployment.home()
        sealed_to = keys.check_public(recipient) if recipient else None
        before = plan.read(home)
        settled = plan.settle(home, data=data_to, keys=keys_to, recipient=sealed_to, keep=keep)
        _tell_left(before, settled)
        with _bar(quiet=as_json) as progress:
            taken = taking(home, settled, progress=progress)
    if as_json:
        out({name: vars(one) for name, one in taken.items()})
        return
    for name, one in taken.items():
        typer.echo(f"{name}: {one.path} ({one.size / 1e6:.1f} MB), {one.pruned} old files removed")


@app.command("verify")
def verify(
    file: Annotated[Path, typer.Argument(help="A whole backup, or a file of WAL.")],
    private: Annotated[Path | None, typer.Option("--key", help="The file of the private key.")] = None,
    as_json: Json = False,
) -> None:
    """Prove a backup whole, without a database, and say from when it is.

    With --key every part is opened and compared with its SHA-256; without it only accidental damage is found.
    """
    from qorgan.base.backups import recipient
    from qorgan.base.backups.verify import verify as verifying

    with failures(), _bar(quiet=as_json) as progress:
        opened_with = recipient.load(private) if private else None
        checked = verifying(file, opened_with, seen=lambda done, total: progress(file.name, done, total))
    if as_json:
        proof = vars(checked.proof) if checked.proof else None
        out(vars(checked) | {"proof": proof, "opened": private is not None})
        return
    what = f"WAL {checked.name}" if checked.name else f"{checked.proof.files} files" if checked.proof else "not opened"
    typer.echo(f"Whole: {checked.cluster}, from {checked.begun_at:%Y-%m-%d %H:%M:%S %Z}, {what}.")
    if private is None:
        typer.echo("Without --key only accidental damage is found.")


@app.command("restore")
def restore(
    data: Annotated[Path, typer.Option("--data", help="A whole backup of data, or the folder of them.")],
    keys: Annotated[Path, typer.Option("--keys", help="A whole backup of keys, or the folder of them.")],
    private: Private,
    until: Annotated[str | None, typer.Option("--until", help="The moment to which the data come back.")] = None,
    as_json: Json = False,
) -> None:
    """Make an empty place out of backups of data and keys, up to the last archived moment or to --until.

    Keys always come back as they were last: one that was destroyed stays destroyed.
    """
    from qorgan.base.backups import recipient
    from qorgan.base.backups.restore import check_empty, source
    from qorgan.base.backups.restore import restore as restoring

    with failures():
        _check_embedded()
        home, moment = deployment.home(), _moment(until)
        check_empty(home)
        sources = {"data": source(data, "data", until=moment), "keys": source(keys, "keys")}
        with _bar(quiet=as_json) as progress:
            back = restoring(home, sources, recipient.load(private), until=moment, progress=progress)
    if as_json:
        out({"home": str(home), **{name: vars(one) for name, one in back.items()}})
        return
    for name, one in back.items():
        last = f", last change {one.last_change_at:%Y-%m-%d %H:%M:%S %Z}" if one.last_change_at else ""
        typer.echo(f"{name}: from {one.path}{last}")
    typer.echo("Backups of this place are not begun: `qorgan backup take` begins them.")


@app.command("follow")
def follow() -> None:
    """Carry WAL away and take a whole backup once a day, until told to stop; `qorgan serve` runs it."""
    from qorgan.base.backups.watch import watch
    from qorgan.cli.start import sentence_of, told_to_stop

    over = told_to_stop()
    with failures():
        _check_embedded()
        deployment.check_made()
        while not over.is_set():
            try:
                watch(deployment.home(), over=over)
            except Exception as failure:  # a folder that is full or away must not end the carrying for good
                sentence = sentence_of(failure)
                if sentence is None:
                    raise
                typer.echo(f"Backups wait: {sentence}", err=True)
                over.wait(5)


def _tell_left(before: "Plan | None", after: "Plan") -> None:
    """Say what nobody looks after any more, so that no key outlives its seven days there."""
    if before is None:
        return
    for cluster in ("data", "keys"):
        old = before.shelf(cluster).folder
        if old != after.shelf(cluster).folder:
            typer.echo(
                f"{old} is no longer looked after: remove it yourself, that of keys within seven days.", err=True
            )


def _check_embedded() -> None:
    from qorgan.base.backups.errors import BackupRefused

    if not deployment.embedded():
        raise BackupRefused(
            "DATABASE_URL names a server that is not Qorgan's: its administrator backs it up (pg_basebackup and"
            " archived WAL), and the server of KEYS_URL apart from it, for seven days only."
        )


def _moment(text: str | None) -> datetime | None:
    """A moment as it was typed; without a zone it is that of this machine. Raises ValueError."""
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError:
        raise ValueError(f"{text} is no moment: write 2026-11-20T14:30 or 2026-11-20T14:30+05:00.") from None


@contextmanager
def _bar(*, quiet: bool) -> Iterator[Progress]:
    """A bar for each thing that is done, with the time left."""
    from rich.console import Console
    from rich.progress import BarColumn, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    tasks: dict[str, TaskID] = {}
    with Bars(*columns, console=Console(stderr=True), transient=True, disable=quiet) as bars:

        def progress(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=None)
            bars.update(tasks[what], completed=done, total=total or None)

        yield progress
