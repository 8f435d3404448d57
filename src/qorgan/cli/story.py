"""The thread of the demonstration, as staff live it: a report is taken up, an order issued, served, checked.

A hidden command: it runs under the staff process, with the rights and the key of staff and nothing else.
"""

import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qorgan.base import country
from qorgan.base.processes import Process
from qorgan.cli import (
    apart,
    assessed,
    contested,
    disputed,
    ended,
    followed,
    guarded,
    install,
    reviewed,
    shared,
    slept,
    sought,
    stated,
    taken,
)
from qorgan.cli.acting import as_staff
from qorgan.cli.start import failures, out, under

if TYPE_CHECKING:
    from qorgan.base.scope import Actor
    from qorgan.orders.models import Order
    from qorgan.reports.models import Report

app = typer.Typer(hidden=True, no_args_is_help=True)

COUNTS = ("accepted", "flagged", "refused", "added", "repeats")


@app.command("begin")
def begin(password: Annotated[str, typer.Option()]) -> None:
    """Make the place ready and load the invented staff of the demonstration."""
    with failures():
        install.everything(say=lambda _step: None)
        _load_staff(password)


@app.command("staff")
@under(Process.MIGRATOR)
def staff(password: Annotated[str, typer.Option()]) -> None:
    """Load the invented staff of the demonstration."""
    _load_staff(password)


def _load_staff(password: str) -> None:
    from qorgan.agencies import access, actions
    from qorgan.base import clock
    from qorgan.base.scope import Actor

    system = Actor(name="demo", role="system", permissions=frozenset({access.KEEP}))
    actions.load_demo_staff(password=password, by=system, now=clock.now() - timedelta(days=400))


@app.command("live")
@under(Process.STAFF)
def live(file: Annotated[Path, typer.Argument()], named: Annotated[str, typer.Argument()]) -> None:
    """Let staff work through the register: most reports lead to an order, one is followed by name."""
    from django.db import transaction

    from qorgan.base import clock
    from qorgan.reports import actions as reports
    from qorgan.reports.models import Report

    now = clock.now()
    about = country.toml("demo/desk.toml")
    with as_staff("duty") as duty:
        imported = reports.import_file(path=file, by=duty, now=now)
        with transaction.atomic():
            waiting = list(Report.objects.filter(received_at=now).exclude(kui_no=named).order_by("registered_at"))
        left = []
        for report in waiting:
            chance = random.Random(report.kui_no)  # the same report fares the same on every run
            if report.decided_at is None and chance.randrange(100) < about["order_percent"]:
                _lead(report, duty, now=now, chance=chance)
            elif report.decided_at is None:
                left.append(report)
        given = ended.end(left, duty, told=about["ended"], now=now) if "ended" in about else {}
    thread = followed.follow(kui_no=named, story=about["thread"], now=now)
    followed.send_more(now=now)
    if "sealed" in about:
        followed.seal_one(told=about["sealed"], now=now)
    given |= _beside(thread, about, now=now)
    counts = imported.as_dict()
    out({"import": {key: counts[key] for key in COUNTS}, **followed.steps(thread), **given})


def _beside(thread: followed.Thread, about: dict[str, Any], *, now: datetime) -> dict[str, Any]:
    """What the country's story tells beside the thread; the addresses and numbers of it."""
    given: dict[str, Any] = {}
    if "contested" in about:
        given |= contested.contest(thread.order, told=about["contested"], now=now)
    given |= shared.share(thread.order.case, told=about["shared"], now=now) if "shared" in about else {}
    if "calls" in about:
        given |= taken.take(told=about["calls"], now=now)
    if "guarded" in about:
        given |= guarded.guard(thread.order.case, told=about["guarded"], now=now)
    if "assessed" in about:
        given |= assessed.assess(thread.order.case, told=about["assessed"], now=now)
    if "night" in about:
        given |= slept.sleep(about["night"], now=now)
    if "missing" in about:
        given |= sought.seek(about["missing"], now=now)
    if "reviewed" in about:
        given |= reviewed.review(about["reviewed"], now=now)
    if "uniform" in about:
        given |= reviewed.route(about["uniform"], now=now)
    if "disputed" in about:
        given |= disputed.dispute(about["disputed"], now=now)
    return given


@app.command("escalated")
@under(Process.WORKER)
def escalated() -> None:
    """Tell the offices above what is late, as the worker does each minute."""
    out(reviewed.escalated())


@app.command("figures")
@under(Process.STAFF)
def figures() -> None:
    """Compute a figure of this year, let the statistician draw up its release, and a second person publish it.

    Statements that were brought before it are checked again with it.
    """
    from qorgan.base import clock
    from qorgan.cli import release
    from qorgan.releases import actions, queries
    from qorgan.releases.terms import State

    year = f"{clock.now():%Y}"
    found = apart.asked("indicator", "value", "orders_issued", "--period", year, "--json")
    brought = stated.state(now=clock.now())
    with as_staff("statistician") as by:
        made = release.built(year, by=by, reason="new records")
    with as_staff("checker") as by:
        if queries.life(made).state is State.DRAFT:
            actions.check(release=made, by=by, now=clock.now())
        if queries.life(made).state is State.CHECKED:
            actions.publish(release=made, by=by, now=clock.now())
    if brought:
        apart.run("claim", "check-again")
    out(
        {
            **brought,
            "figure": {"number": found["code"], "value": found["value"], "period": year, "at": found["as_of"]},
            "release": {"number": made.number, "digest": made.digest, "at": made.built_at},
        }
    )


@app.command("count")
@under(Process.STAFF)
def count(run: Annotated[str, typer.Argument(help="How the numbers of the reports begin.")] = "") -> None:
    """Say which reports of a run are in the tables, where one is named, and how many jobs wait."""
    from django.db import transaction
    from procrastinate.contrib.django.models import ProcrastinateJob

    from qorgan.reports.models import Report

    with as_staff("duty"), transaction.atomic():
        sent = Report.objects.filter(kui_no__startswith=f"{run}-") if run else Report.objects.none()
        kept = list(sent.values_list("id", "kui_no"))
        ended = ProcrastinateJob.objects.filter(status__in=("succeeded", "failed", "cancelled", "aborted"))
        waiting = ProcrastinateJob.objects.filter(queue_name="default").exclude(pk__in=ended.values("pk")).count()
    out({"ids": [str(one) for one, _mark in kept], "marks": [mark for _one, mark in kept], "jobs_waiting": waiting})


@app.command("seal")
@under(Process.WORKER)
def seal() -> None:
    """Seal the journal, and go along the chain."""
    from django.conf import settings
    from django.db import transaction

    from qorgan.base import clock, signing
    from qorgan.base.journal import export
    from qorgan.base.journal import seal as sealer

    signer = signing.signer(demo=settings.DEMO)
    while sealer.seal(now=clock.now(), signer=signer):
        pass
    with transaction.atomic():
        out(export.verify())


def _lead(report: "Report", by: "Actor", *, now: datetime, chance: random.Random) -> None:
    """One of many: everything happens some hours after the report, never after `now`."""
    from django.db import transaction

    from qorgan.orders import actions as orders
    from qorgan.orders import queries
    from qorgan.orders.terms import Finding, Prohibition, Receipt

    opened = min(report.registered_at + timedelta(minutes=chance.randrange(30, 1200)), now)
    issued = min(opened + timedelta(minutes=chance.randrange(20, 600)), now)
    served = issued + timedelta(minutes=chance.randrange(20, 900))
    with transaction.atomic():
        order = _issued(report, by, opened=opened, issued=issued, words="")
        if order is None or served > now:
            return
        refused = chance.randrange(9) == 0
        service = orders.Service(
            at=served,
            receipt=Receipt.REFUSED if refused else Receipt.SIGNED,
            witness=by.name if refused else "",
        )
        order = orders.serve(order=order, service=service, by=by, now=served)
        plan = [check.step for check in queries.opened_orders([order])[0].checks]
        for step in plan:
            done = served + timedelta(days=7 * step, hours=-chance.randrange(1, 30))
            if done < now and chance.randrange(10):
                found = Finding.BREACH if chance.randrange(12) == 0 else Finding.NO_BREACH
                breached = (Prohibition.CONTACT,) if found is Finding.BREACH else ()
                orders.check(order=order, step=step, finding=found, note="", breached=breached, by=by, now=done)


def _issued(report: "Report", by: "Actor", *, opened: datetime, issued: datetime, words: str) -> "Order | None":
    from qorgan.cases import actions as cases
    from qorgan.cases import queries as case_queries
    from qorgan.cases.terms import Role
    from qorgan.orders import actions as orders

    case = cases.open_from_report(report=report, by=by, now=opened)
    parts = {role: person.id for role, person in case_queries.persons(case)}
    if not {Role.OFFENDER, Role.VICTIM} <= parts.keys():
        return None
    text = words or case_queries.accounts(case)[0].words
    written = orders.Draft(parts[Role.OFFENDER], (parts[Role.VICTIM],), text)
    order = orders.draft(case=case, draft=written, by=by, now=opened)
    return orders.issue(order=order, by=by, now=issued)
