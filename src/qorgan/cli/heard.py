"""What comes in at the web door in the demonstration: told by the door, taken in by the worker, answered by staff.

Three hidden commands, each under the process whose work it is: none of the three could do that of another.
"""

import hashlib
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qorgan.base import country
from qorgan.base.processes import Process
from qorgan.cli.acting import as_staff
from qorgan.cli.start import out, under

if TYPE_CHECKING:
    from uuid import UUID

app = typer.Typer(hidden=True, no_args_is_help=True)


def _sending() -> bytes:
    """The name of the one sending of this country's demonstration: sent again, it is the same report."""
    return hashlib.sha256(b"demo\0" + str(country.folder().name).encode()).digest()[:24]


def _told() -> dict[str, Any]:
    found: dict[str, Any] = country.toml("demo/desk.toml").get("door", {})
    return found


@app.command("tell")
@under(Process.DOOR)
def tell() -> None:
    """Hand in what a woman tells on her telephone; her code."""
    from django.db import transaction

    from qorgan.base import clock
    from qorgan.base.scope import Actor
    from qorgan.reports import actions
    from qorgan.reports.terms import Serving

    said = _told()
    reach = actions.Reach(**said["reach"])
    told = actions.Told(
        said["language"], said["narrative"], said["place"], serving=Serving.NO, is_own=True, reach=reach
    )
    with transaction.atomic():
        code = actions.hand_in(told=told, sending=_sending(), by=Actor(name="door"), now=clock.now())
    out({"code": code})


@app.command("take-in")
@under(Process.WORKER)
def take_in() -> None:
    """Take in what waits at the web door; the numbers of the reports it became."""
    from qorgan.agencies import queries as agencies
    from qorgan.base import clock
    from qorgan.base.scope import acting
    from qorgan.reports import access, actions
    from qorgan.reports.queries import door

    system = agencies.system("demo.take_in", access.ACCEPT)
    with acting(system):
        made = [actions.take_in(arrival_id=one, by=system, now=clock.now()) for one in door.waiting()]
    out({"taken_in": [one.report.number for one in made if one is not None]})


@app.command("answer")
@under(Process.STAFF)
def answer() -> None:
    """Answer her in words that only her code opens; the number of her report."""
    from django.db import transaction

    from qorgan.base import clock
    from qorgan.reports import actions
    from qorgan.reports.models import Report
    from qorgan.reports.queries import door

    said = _told()
    with as_staff(said["answered_by"]) as by:
        with transaction.atomic():
            report = Report.objects.get(submission=actions.submission_of(f"door\0{_arrival()}"))
            answered = bool(door.replies(report.id))
        if not answered:
            actions.answer(report_id=report.id, words=said["answer"], by=by, now=clock.now())
        out({"number": report.number, "at": report.received_at, "path": f"reports/{report.id}/"})


def _arrival() -> "UUID":
    from qorgan.reports.actions.door import arrival_id

    return arrival_id(_sending())


@app.command("read")
@under(Process.DOOR)
def read(code: Annotated[str, typer.Argument()]) -> None:
    """What her code opens."""
    from django.db import transaction

    from qorgan.base import clock
    from qorgan.reports.queries import door

    with transaction.atomic():
        standing = door.standing(code=code, word="", now=clock.now())
    out({"answer": [one.words for one in standing.told] if standing else []})
