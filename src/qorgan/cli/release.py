"""`qorgan release`: freezing figures, and checking what was frozen."""

from pathlib import Path
from typing import Annotated

import typer

from qorgan.base.processes import Process
from qorgan.cli.start import FAILED, failures, out, under

app = typer.Typer(help="Releases.", no_args_is_help=True)


@app.command("build")
@under(Process.STATISTICS)
def build(
    period: Annotated[str, typer.Option("--period", help="2026, 2026-10, 2026-Q3 or 2026-01..2026-10.")],
    login: Annotated[str, typer.Option("--as", help="Who builds it.")] = "statistician",
    reason: Annotated[str, typer.Option("--reason", help="Why a period released before is released again.")] = "",
    to: Annotated[Path | None, typer.Option("--to", help="Also write the box to this file.")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Freeze the figures of a period: definitions, tables, texts, chart, manifest, signature."""
    from django.conf import settings
    from rich.console import Console

    from qorgan.agencies.terms import ROLES
    from qorgan.base import clock, signing
    from qorgan.base.scope import Actor
    from qorgan.releases import actions

    by = Actor(name=login, role="statistician", permissions=ROLES["statistician"].permissions)
    with Console(stderr=True, quiet=as_json).status("building"):
        made = actions.build(
            period=period, by=by, now=clock.now(), signer=signing.signer(demo=settings.DEMO), reason=reason
        )
    if to is not None:
        to.write_bytes(bytes(made.box))
    shown: dict[str, str | None] = {
        "number": made.number,
        "digest": made.digest,
        "built_at": made.built_at.isoformat(),
        "file": str(to) if to else None,
    }
    if as_json:
        out(shown)
        return
    typer.echo(f"Release {made.number}, digest {made.digest}")


@app.command("list")
@under(Process.STATISTICS)
def list_(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """The releases of this place, the newest period first."""
    from qorgan.releases import queries

    rows = [
        {"number": one.number, "from": f"{one.period_from}", "to": f"{one.period_to}", "digest": one.digest}
        for one in queries.history()
    ]
    if as_json:
        out(rows)
        return
    for row in rows:
        typer.echo(f"{row['number']:14} {row['from']} .. {row['to']}  {row['digest'][:16]}")
    if not rows:
        typer.echo("No release yet. `qorgan release build --period 2026-10` makes one.")


@app.command("verify")
def verify(
    what: Annotated[str, typer.Argument(help="A file of a release, or the number of one of this place.")],
    key: Annotated[list[str] | None, typer.Option("--key", help="A public key (hex) to trust, and no other.")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Check a release with nothing but the release; the exit says whether it is whole."""
    from qorgan.releases.engine import verify as checking

    with failures():
        source: Path | bytes = Path(what) if Path(what).exists() else _box_of(what)
        faults = checking.verify(source, trusted=key or None)
    if as_json:
        out({"whole": not faults, "faults": [{"code": one.code, "file": one.file, "text": one.text} for one in faults]})
    elif faults:
        for fault in faults:
            typer.echo(str(fault), err=True)
    else:
        box = checking.opened(source if isinstance(source, bytes) else source.read_bytes())
        typer.echo(f"Whole: {box.digest}, signed by key {box.signature.key_id}.")
    if faults:
        raise typer.Exit(FAILED)


@under(Process.STATISTICS)
def _box_of(number: str) -> bytes:
    from qorgan.releases import queries

    return bytes(queries.get(number).box)
