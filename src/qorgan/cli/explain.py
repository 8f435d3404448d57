"""`qorgan access`: whether a person sees a record, and why or why not."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from qorgan.base.errors import Refused
from qorgan.base.processes import Process
from qorgan.cli.acting import as_staff
from qorgan.cli.start import out, under

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from qorgan.agencies.models import Mandate
    from qorgan.cases.models import Case
    from qorgan.reports.models import Report

app = typer.Typer(help="Who can see what, and why.", no_args_is_help=True)


class NobodyCalled(Refused):
    """There is no such person of staff."""

    text = "There is nobody called %(login)s."


class NoSuchNumber(Refused):
    """There is no such record."""

    text = "There is no report and no case of number %(number)s."


@app.callback()
def _room() -> None:
    """Keeps `explain` a word of its own."""


@app.command("explain")
@under(Process.STAFF)
def explain(
    user: Annotated[str, typer.Argument(help="Login of the person.")],
    number: Annotated[str, typer.Argument(help="The number of a report or a case.")],
    login: Annotated[str, typer.Option("--as", help="Login of the administrator who asks.")] = "admin",
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Say of each mandate of a person whether a record is in sight, and why or why not; of the record nothing."""
    from django.db import transaction

    from qorgan.agencies import access, queries
    from qorgan.agencies.models import Staff
    from qorgan.base import clock, journal

    with as_staff(login) as by, transaction.atomic():
        access.check_may(by, access.KEEP)
        staff = Staff.objects.filter(login=user).first()
        if staff is None:
            raise NobodyCalled(login=user)
        place, permission = _found(number)
        now = clock.now()
        answers = queries.explain(staff, permission, **place, now=now)
        detail = {"staff": str(staff.id)}
        thread = place["thread_id"]
        journal.write(kind="cli.access.explained", by=by, now=now, thing="thread", thing_id=thread, detail=detail)
        told = []
        for mandate, answer in answers:
            way = answer is queries.Answer.ADMITTED
            told.append(
                {
                    "role": mandate.role if mandate else "",
                    "agency": mandate.agency.code if mandate else "",
                    "sees": answer.sees,
                    "why": answer.value,
                    **(_way(mandate, permission, thread_id=thread, now=now) if way else {}),
                }
            )
    if as_json:
        out(told)
    else:
        _tell(told)


def _tell(told: list[dict[str, Any]]) -> None:
    for one in told:
        words = f"{'sees' if one['sees'] else 'does not see'}  {one['why']:10} {one['role']} {one['agency']}"
        if "ground" in one:
            words += f"  {one['ground']} {one['by']} until {one['until'] or 'it is ended'}"
        typer.echo(words)


def _way(mandate: "Mandate | None", permission: str, *, thread_id: "UUID", now: "datetime") -> dict[str, str]:
    """By what a mandate was let into a file, by which referral, and until when."""
    from qorgan.agencies import queries
    from qorgan.base.scope import acting
    from qorgan.cases import queries as cases

    found = queries.let_in_by(permission, mandate=mandate, thread_id=thread_id, now=now) if mandate else None
    if found is None:
        return {}
    with acting(queries.system("access.explain")):
        referral = cases.find_referral(found.basis) if found.basis else None
    until = found.until.isoformat(timespec="minutes") if found.until else ""
    return {"ground": found.ground, "by": referral.number if referral else "", "until": until}


def _found(number: str) -> tuple[dict[str, Any], str]:
    """Where a record lies, and the permission that shows it. Raises NoSuchNumber."""
    from qorgan.agencies import queries as agencies
    from qorgan.base.scope import acting, beside
    from qorgan.cases import access as case_access
    from qorgan.cases import queries as cases
    from qorgan.reports import access as report_access
    from qorgan.reports import queries as reports

    with acting(agencies.system("access.explain")):
        held: Case | Report | None = cases.by_number(number)
        permission = case_access.SEE
        if held is None:
            held, permission = reports.by_number(number), report_access.SEE
        if held is None:
            raise NoSuchNumber(number=number)
        return beside(held), permission
