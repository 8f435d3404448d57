"""`qorgan keys`: the master key, the keys of records, and what proves that some were destroyed."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from qorgan.base import deployment
from qorgan.base.processes import Process
from qorgan.cli.start import FAILED, failures, out, under

if TYPE_CHECKING:
    from qorgan.base.keys.store import Store
    from qorgan.base.scope import Actor

app = typer.Typer(help="The master key, and the keys of records.", no_args_is_help=True)
certificates = typer.Typer(help="Certificates of what was destroyed.", no_args_is_help=True)
app.add_typer(certificates, name="certificate")

Json = Annotated[bool, typer.Option("--json")]
Progress = Callable[[int, int], None]


@app.command("rotate")
@under(Process.WORKER)
def rotate(as_json: Json = False) -> None:
    """Make a new master key; keys that are made from now on are under it.

    Where backups are kept, a whole one of the data is taken first: the secrets travel with it, and a master that was
    lost would take every key along.
    """
    from qorgan.base import clock
    from qorgan.base.keys import rotation

    version = rotation.rotate(store=_store(), by=_system("rotate"), now=clock.now(), secure=_secured)
    if as_json:
        out({"master": version})
        return
    typer.echo(f"Master {version} is the current one. `qorgan keys rewrap` brings every key under it.")


@app.command("rewrap")
@under(Process.WORKER)
def rewrap(as_json: Json = False) -> None:
    """Wrap every key anew under the current master, beside the work; run again after a kill, it goes on."""
    from qorgan.base import clock
    from qorgan.base.keys import rotation

    with _bar("keys", quiet=as_json) as progress:
        done, left = rotation.rewrap(store=_store(), by=_system("rewrap"), now=clock.now(), progress=progress)
    if as_json:
        out({"rewrapped": done, "left": left})
    else:
        typer.echo(f"{done} keys wrapped anew" + (f", {left} do not open and stay" if left else ""))
    if left:
        raise typer.Exit(FAILED)


@app.command("retire")
@under(Process.WORKER)
def retire(as_json: Json = False) -> None:
    """End the older masters; refused while any key is left under one."""
    from qorgan.base import clock
    from qorgan.base.keys import rotation

    now = clock.now()
    gone = rotation.retire(store=_store(), by=_system("retire"), now=now)
    until = now.date() + rotation.KEPT
    if as_json:
        out({"retired": gone, "files_until": until.isoformat()})
        return
    named = ", ".join(map(str, gone))
    typer.echo(f"Retired: master {named}. Its file stays until {until}, for backups of the keys from before.")


@app.command("status")
@under(Process.WORKER)
def status(as_json: Json = False) -> None:
    """Show the masters, and how many keys are under each."""
    held = {version: count for version, count in _store().by_master().items()}
    current, files = max(held), sorted(deployment.masters())
    if as_json:
        out({"current": current, "keys": held, "files": files})
        return
    for version, count in held.items():
        typer.echo(f"master {version}: {count} keys{' (current)' if version == current else ''}")


@app.command("index")
@under(Process.WORKER)
def index(
    everything: Annotated[bool, typer.Option("--all", help="Anew, under another key than before.")] = False,
    as_json: Json = False,
) -> None:
    """Index the numbers that were written down before there were indexes; the worker does this at night.

    `--all` makes what staff are recognised by anew too; the next night compares every party with it.
    """
    from qorgan.agencies import actions as agencies
    from qorgan.base import clock
    from qorgan.base.scope import acting
    from qorgan.people import actions

    system, count, traits, after = _system("index"), 0, 0, None
    with acting(system), _bar("persons", quiet=as_json) as progress:
        if everything:
            actions.forget_indexes(by=system, now=clock.now())
            traits = agencies.know_anew(by=system, now=clock.now())
        while True:
            step = actions.fill_indexes(after=after, by=system, now=clock.now())
            count, after = count + step.count, step.last
            progress(count, count)
            if after is None:
                break
    if as_json:
        out({"indexed": count, "staff_traits": traits})
        return
    typer.echo(f"{count} persons indexed")
    if everything:
        typer.echo(f"{traits} keys of staff and those near them made anew; the next night compares every party")


@app.command("renew")
@under(Process.WORKER)
def renew(
    case: Annotated[str, typer.Option("--case", help="The number of a case: its keys, and those of its reports.")] = "",
    person: Annotated[str, typer.Option("--person", help="The id of a person.")] = "",
    as_json: Json = False,
) -> None:
    """Seal a record anew under fresh keys, where its keys may have leaked; run again after a kill, it goes on."""
    from qorgan.base import clock
    from qorgan.base.keys import renewal
    from qorgan.base.keys import vault as vaults

    system = _system("renew")
    keys = _keys_of(case, person, by=system)
    with _hand() as write, _bar("texts", quiet=as_json) as progress:
        done = renewal.renew(
            keys, store=_store(), vault=vaults.vault(), by=system, now=clock.now(), write=write, progress=progress
        )
    if as_json:
        out(vars(done))
        return
    typer.echo(f"{done.texts} texts are sealed under {done.keys} fresh keys; the old ones are destroyed.")


@app.command("write", hidden=True)
@under(Process.MIGRATOR)
def write() -> None:
    """Put envelopes in their places, a line of them at a time; `renew` runs it, as the owner of the tables."""
    from qorgan.base.keys import renewal

    system = _system("write")
    for line in sys.stdin:
        print(renewal.carry_out(json.loads(line), by=system), flush=True)


@certificates.command("verify")
def verify(
    file: Annotated[Path, typer.Argument(help="A certificate (JSON).")],
    key: Annotated[list[str] | None, typer.Option("--key", help="A public key (hex) to trust, and no other.")] = None,
    as_json: Json = False,
) -> None:
    """Say whether a certificate is whole and by whom it was signed; needs no database."""
    from qorgan.shredding.engine import certificate

    with failures():
        told = certificate.verify(file.read_bytes(), trusted=key or None)
    if as_json:
        out(told)
    elif told["holds"]:
        typer.echo(f"Whole, signed by the key {told['key']}: {told['thing']} {told['number']}, {told['destroyed_at']}.")
    else:
        typer.echo("This certificate does not hold: it was changed, or signed by another key.", err=True)
    if not told["holds"]:
        raise typer.Exit(FAILED)


def _store() -> "Store":
    from django.conf import settings

    from qorgan.base.keys.store import Store

    return Store(settings.KEYS_DSN)


def _system(what: str) -> "Actor":
    from qorgan.agencies import queries as agencies

    return agencies.system(f"keys.{what}")


def _secured(path: Path) -> None:
    """Take a backup of the data, with which secrets travel; where none are kept, say what to do."""
    from qorgan.base.backups import plan
    from qorgan.base.backups.take import take

    home = deployment.home()
    held = plan.read(home) if deployment.embedded() else None
    if held is None:
        typer.echo(f"Keep a copy of {path}, away from this machine and from backups of the keys.", err=True)
        return
    with _bar("backup", quiet=False) as progress:
        take(home, held, clusters=("data",), progress=lambda _what, done, total: progress(done, total))


def _keys_of(case: str, person: str, *, by: "Actor") -> set[UUID]:
    """The keys of a case, or of a person. Raises ValueError where neither or both are named, or it is not there."""
    from django.db import transaction

    from qorgan.base.scope import acting
    from qorgan.shredding import queries

    if bool(case) == bool(person):
        raise ValueError("Name a case (--case) or a person (--person).")
    with acting(by), transaction.atomic():
        found = queries.case_named(case) if case else queries.person_named(person)
        if found is None:
            raise ValueError("There is no such record.")
        return set(queries.keys_of(found))


@contextmanager
def _hand() -> Iterator[Callable[[list[dict[str, str]]], None]]:
    """A process that owns the tables and holds no key: it carries changes out and answers when they stand."""
    command = [sys.executable, "-m", "qorgan.cli.main", "keys", "write"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None and process.stdout is not None
        said, heard = process.stdin, process.stdout

        def write(changes: list[dict[str, str]]) -> None:
            said.write(json.dumps(changes) + "\n")
            said.flush()
            if not heard.readline():
                raise ValueError("The owner of the tables ended before it had written; nothing is lost, run it again.")

        yield write


@contextmanager
def _bar(what: str, *, quiet: bool) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True, disable=quiet) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
