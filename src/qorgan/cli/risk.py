"""`qorgan risk`: instruments of risk, listed and loaded."""

from pathlib import Path
from typing import Annotated, Any

import typer

from qorgan.base.processes import Process
from qorgan.cli.acting import as_staff
from qorgan.cli.start import out, under

app = typer.Typer(help="Instruments of risk.", no_args_is_help=True)

MOST = 1 << 20  # bytes of a pack


@app.command("list")
@under(Process.STAFF)
def list_(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Show the instruments on offer: version, purpose, how far each is known to do well, the hash of its text."""
    from qorgan.base import clock
    from qorgan.risk import queries

    rows = [_row(one) for one in queries.offered(on=clock.now().date())]
    if as_json:
        out(rows)
        return
    for row in rows:
        typer.echo(f"{row['code']} {row['version']}  {row['purpose']}, {row['standing']}  {row['hash'][:16]}")


@app.command("import")
@under(Process.STAFF)
def import_(
    file: Annotated[Path, typer.Argument(help="The pack: an instrument as TOML.")],
    licence: Annotated[str, typer.Option("--licence", help="By what right its text is used, in words.")],
    evidence: Annotated[Path, typer.Option("--evidence", help="The document that shows it; its SHA-256 is kept.")],
    login: Annotated[str, typer.Option("--as", help="Login of the person who loads it.")],
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Load an instrument whose text an agency may use. A version on record is never replaced by another text."""
    import tomllib

    from qorgan.base import clock
    from qorgan.risk import actions, rules

    if file.stat().st_size > MOST:
        raise rules.FaultyInstrument(why="it is too large")
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise rules.FaultyInstrument(why=str(fault)) from fault
    shown = actions.Evidence(licence=licence, name=evidence.name, content=evidence.read_bytes())
    with as_staff(login) as by:
        kept = actions.import_instrument(table=table, evidence=shown, by=by, now=clock.now())
    told: dict[str, Any] = {"code": kept.code, "version": kept.version, "hash": kept.content_hash}
    if as_json:
        out(told)
        return
    typer.echo(f"{kept.code} {kept.version} is on record: {kept.content_hash}")


def _row(one: Any) -> dict[str, Any]:
    made = one.instrument
    return {
        "code": made.code,
        "version": made.version,
        "purpose": str(made.purpose),
        "standing": str(made.standing),
        "hash": made.content_hash,
        "imported": bool(one.kept and one.kept.evidence_hash),
    }
