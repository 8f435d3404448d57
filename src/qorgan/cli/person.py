"""`qorgan person`: who in one's sight may be meant by a name."""

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qorgan.base.errors import Refused
from qorgan.base.processes import Process
from qorgan.cli.acting import as_staff
from qorgan.cli.start import out, under

if TYPE_CHECKING:
    from qorgan.people.engine.tokens import Born

app = typer.Typer(help="Persons in the records.", no_args_is_help=True)

_DATE = re.compile(r"(\d{4})(?:-(\d{2})-(\d{2}))?")


class NoSuchDate(Refused):
    """A birth date is a year or a whole day."""

    text = "A date of birth is written 1990 or 1990-12-31; %(said)s is neither."


@app.command("search")
@under(Process.STAFF)
def search(
    text: Annotated[str, typer.Argument(help="A name as it was heard or typed; or an IIN, or a telephone.")],
    login: Annotated[str, typer.Option("--as", help="Login of the person of staff who asks.")],
    dob: Annotated[str, typer.Option("--dob", help="Date of birth (1990-12-31), or its year (1990).")] = "",
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Say who in one's sight may be meant, how likely, and why; where namesakes are alike, what to ask for."""
    from django.db import transaction

    from qorgan.base import clock, journal
    from qorgan.base.keys import blind
    from qorgan.people import access, queries

    born = _born(dob)
    kind = "iin" if blind.iin(text) else "phone" if blind.phone(text) else ""
    with as_staff(login) as by, transaction.atomic():
        access.check_may(by, access.SEE)
        iin, phone = (text if kind == one else "" for one in ("iin", "phone"))
        told = queries.known("" if kind else text, born=born, iin=iin, phone=phone)
        detail = {"by": kind or "name", "found": len(told.matches)}
        journal.write(kind="cli.person.searched", by=by, now=clock.now(), thing="person", detail=detail)
        if kind:
            _tell_elsewhere(text, kind, mandate_id=str(by.mandate_id))
    rows = [
        {"id": str(match.view.id), "rank": match.rank, "confident": match.confident, "why": [str(w) for w in match.why]}
        for match in told.matches
    ]
    if as_json:
        out(rows)
    else:
        _tell(told)


@app.command("match")
@under(Process.WORKER)
def match(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Compare all persons with all others and propose who may be one, in memory only; the worker does this at night."""
    from rich.console import Console

    from qorgan.agencies import queries as agencies
    from qorgan.base import clock
    from qorgan.people import jobs

    console = Console(stderr=True, quiet=as_json)
    with console.status("") as status:
        told = jobs.compare_all(
            by=agencies.system("cli.person.match"),
            now=clock.now(),
            read=lambda count: status.update(f"{count} persons read"),
        )
    if as_json:
        out(vars(told))
    else:
        typer.echo(f"{told.persons} persons compared, {told.proposed} pairs proposed for the first time")


def _tell_elsewhere(number: str, kind: str, *, mandate_id: str) -> None:
    """Laid whatever was found, as the page does."""
    from qorgan.base.keys import blind
    from qorgan.cases import jobs

    index = blind.iin(number) if kind == "iin" else blind.phone(number)
    assert index is not None
    jobs.tell_elsewhere.defer(index=index.hex(), number=kind, mandate_id=mandate_id)


def _tell(told: Any) -> None:
    from qorgan.people.terms import ASKS, WHY

    for match in told.matches:
        sure = "*" if match.confident else " "
        typer.echo(f"{match.rank:>3}{sure} {match.view.name}  ({', '.join(str(WHY[why]) for why in match.why)})")
    if told.asks:
        typer.echo(str(ASKS[told.asks]))


def _born(said: str) -> "Born | None":
    """A birth date as it was typed. Raises NoSuchDate."""
    from datetime import date

    from qorgan.people.engine.tokens import Born

    if not said.strip():
        return None
    found = _DATE.fullmatch(said.strip())
    if found is None:
        raise NoSuchDate(said=said)
    year, month, day = (int(part or 0) for part in found.groups())
    if not (month or day):
        return Born(year)
    try:
        date(year, month, day)
    except ValueError as failure:
        raise NoSuchDate(said=said) from failure
    return Born(year, month, day)
