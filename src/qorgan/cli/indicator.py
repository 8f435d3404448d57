"""`qorgan indicator`: definitions and values."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from qorgan.base.processes import Process
from qorgan.cli.start import out, under

if TYPE_CHECKING:
    from qorgan.indicators.engines import Engine

app = typer.Typer(help="Indicators.", no_args_is_help=True)


class Computes(StrEnum):
    """What computes a figure."""

    POSTGRES = "postgres"
    DUCKDB = "duckdb"


@app.command("list")
@under(Process.STATISTICS)
def list_(
    language: Annotated[str, typer.Option("--lang")] = "en", as_json: Annotated[bool, typer.Option("--json")] = False
) -> None:
    """List the indicators with what each counts."""
    from qorgan.indicators import queries

    rows = [
        {"code": code, "name": found.wording(language).name, "unit": found.counting_unit, "basis": str(found.basis)}
        for code, found in queries.definitions().items()
    ]
    if as_json:
        out(rows)
        return
    for row in rows:
        typer.echo(f"{row['code']:37} {row['name']} ({row['unit']}, {row['basis']})")


@app.command("show")
@under(Process.STATISTICS)
def show(
    code: Annotated[str, typer.Argument()],
    language: Annotated[str, typer.Option("--lang")] = "en",
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Show a definition whole: meaning, numerator, denominator, basis, author, checker."""
    from dataclasses import asdict

    from qorgan.indicators import queries

    found = queries.definition(code)
    words = asdict(found.wording(language))
    about = {
        "code": found.code,
        "version": found.version,
        "basis": str(found.basis),
        "counting_unit": found.counting_unit,
        **words,
        "region": found.region_version,
        "parts": list(found.parts),
        "of": found.of,
        "sources": list(found.sources),
        "author": found.author,
        "checker": found.checker,
        "reviewed": found.reviewed,
        "next_review": found.next_review,
    }
    if as_json:
        out(about)
        return
    console = Console()
    for key, value in about.items():
        if value in ("", []):
            continue
        console.print(f"[bold]{key}[/bold]: {', '.join(value) if isinstance(value, list) else value}", highlight=False)


@app.command("value")
@under(Process.STATISTICS)
def value(
    code: Annotated[str, typer.Argument()],
    period: Annotated[str, typer.Option("--period", help="2026, 2026-10, 2026-Q3 or 2026-01..2026-10.")],
    region: Annotated[
        int | None, typer.Option("--region", help="The region's id; the whole country without it.")
    ] = None,
    engine: Annotated[Computes, typer.Option("--engine", help="What computes it.")] = Computes.POSTGRES,
    snapshot: Annotated[
        Path | None, typer.Option("--snapshot", help="The snapshot for duckdb; the newest of this place without it.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Compute one figure from the facts: those of the database, or of a snapshot."""
    from qorgan.indicators import queries

    figure = queries.value(code, period=period, region=region, engine=_engine(engine, snapshot))
    shown = {
        "code": figure.code,
        "value": figure.value,
        "unit": figure.unit,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "period": figure.period.word,
        "region": figure.region,
        "as_of": figure.as_of and figure.as_of.isoformat(),
        "why_none": figure.why_none,
        "complete": figure.complete,
    }
    if as_json:
        out(shown)
        return
    typer.echo(f"{figure.value if figure.value is not None else figure.why_none} {figure.unit} ({figure.period.word})")


def _engine(name: Computes, snapshot: Path | None) -> "Engine":
    from qorgan.base import deployment
    from qorgan.facts import snapshots
    from qorgan.indicators.engines import POSTGRES, DuckDB

    if name is Computes.POSTGRES and snapshot is None:
        return POSTGRES
    return DuckDB(snapshots.Snapshot(snapshot) if snapshot else snapshots.latest(deployment.home() / snapshots.FOLDER))
