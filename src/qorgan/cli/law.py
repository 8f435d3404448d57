"""`qorgan law`: what the law says of a rule on a day, and what became of the acts that oblige someone."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qorgan.base.processes import Process
from qorgan.cli.start import out, under

if TYPE_CHECKING:
    from qorgan.law.engine.book import Answer

app = typer.Typer(help="The law by date.", no_args_is_help=True)


@app.callback()
def _room() -> None:
    """Keeps `show` a word of its own."""


@app.command("show")
@under(Process.STAFF)
def show(
    key: Annotated[str, typer.Argument(help="The rule, as orders.term; a beginning lists all below it.")] = "",
    on: Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day.")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Show the value of a rule on a day with its provision, source and certainty."""
    from qorgan.base import clock
    from qorgan.law import queries

    day = (on or clock.now()).date()
    book = queries.book()
    keys = (key,) if key in book.rules else book.keys(key)
    if not keys:
        raise ValueError(f"There is no rule called {key}. `qorgan law show` lists them all.")
    regime = book.regime(day)
    rows = [_row(book.value(one, day), regime.id if regime else None) for one in keys]
    if as_json:
        out(rows[0] if key in book.rules else rows)
        return
    from rich.console import Console

    console = Console()
    console.print(f"{day}: {regime.id if regime else 'no regime on record'}", highlight=False)
    for row in rows:
        value = "not on record" if row["value"] is None else f"{row['value']} {row['unit']}"
        place = f"{row['act']} {row['article']}; {row['confidence']}; {row['standing']}"
        console.print(f"[bold]{row['key']}[/bold]  {value}  ({place})", highlight=False)


@app.command("life")
@under(Process.STAFF)
def life(
    never: Annotated[bool, typer.Option("--never", help="Only those never reported on.")] = False,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Show acts, what they oblige someone to do, the money by year, and what was reported of it."""
    from django.conf import settings

    from qorgan.base import clock
    from qorgan.law import queries

    today = queries.country_day(clock.now())
    found = queries.law_in_life(today=today)
    told = queries.told(found, language=settings.LANGUAGE_CODE, today=today, show="never" if never else "all")
    if as_json:
        out(told)
        return
    from rich.console import Console

    console = Console()
    say = told["tally"]
    console.print(f"{today}: {say['whole']} whole and {say['part']} in part of {say['due']} due", highlight=False)
    for act in told["acts"]:
        console.print(f"[bold]{act['name']}[/bold]", highlight=False)
        for one in act["requirements"]:
            console.print(f"  {one['what']} ({one['place']})", highlight=False)
            for year in one["years"]:
                money = "not on record" if year["promised"] is None else f"{year['promised']} tenge"
                console.print(f"    {year['year']}: {year['reported']}; money promised: {money}", highlight=False)


def _row(answer: "Answer", regime: str | None) -> dict[str, Any]:
    """An answer as plain values. What the law is only said to hold is shown with its standing, and decides nothing."""
    found = answer.provision
    return {
        "key": answer.key,
        "on": answer.on.isoformat(),
        "standing": str(answer.standing),
        "decides": answer.decides,
        "value": found.value if found else None,
        "unit": str(found.unit) if found else None,
        "act": found.act if found else None,
        "article": found.article if found else None,
        "confidence": str(found.confidence) if found else None,
        "source": found.source if found else None,
        "regime": regime,
    }
