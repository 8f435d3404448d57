"""`qorgan indicator`: definitions and values."""

from typing import Annotated

import typer
from rich.console import Console

from qorgan.base.processes import Process
from qorgan.cli.start import out, under

app = typer.Typer(help="Indicators.", no_args_is_help=True)


@app.command("list")
@under(Process.STATISTICS)
def list_(
    language: Annotated[str, typer.Option("--lang")] = "en", as_json: Annotated[bool, typer.Option("--json")] = False
) -> None:
    """List the indicators with what each counts."""
    from qorgan.indicators import queries

    rows = [
        {"code": code, "name": found.wording(language).name, "unit": found.counting_unit, "basis": str(found.basis)}
        for code, found in sorted(queries.definitions().items())
    ]
    if as_json:
        out(rows)
        return
    for row in rows:
        typer.echo(f"{row['code']:34} {row['name']} ({row['unit']}, {row['basis']})")


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
        "basis": str(found.basis),
        "counting_unit": found.counting_unit,
        **words,
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
        console.print(f"[bold]{key}[/bold]: {value}", highlight=False)


@app.command("value")
@under(Process.STATISTICS)
def value(
    code: Annotated[str, typer.Argument()],
    period: Annotated[str, typer.Option("--period", help="2026, 2026-10, 2026-Q3 or 2026-01..2026-10.")],
    region: Annotated[
        int | None, typer.Option("--region", help="The region's id; the whole country without it.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Compute one figure from the facts."""
    from qorgan.indicators import queries

    figure = queries.value(code, period=period, region=region)
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
