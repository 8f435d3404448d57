"""`qorgan order`: one protective order as the law sees it now."""

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from qorgan.base.processes import Process
from qorgan.cli.acting import as_staff
from qorgan.cli.start import out, under

if TYPE_CHECKING:
    from qorgan.orders.queries import BreachView, ClockView, OrderView

app = typer.Typer(help="Protective orders.", no_args_is_help=True)


@app.callback()
def _room() -> None:
    """Keeps `show` a word of its own."""


@app.command("show")
@under(Process.STAFF)
def show(
    number: Annotated[str, typer.Argument(help="The number of the order.")],
    login: Annotated[str, typer.Option("--as", help="Login of the person who asks.")] = "inspector",
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Show an order: its state, its checks, every clock with provision, value and history. Names are not printed."""
    from django.db import transaction

    from qorgan.base import clock
    from qorgan.base.errors import NotFound
    from qorgan.orders import access, queries
    from qorgan.places import queries as places

    with as_staff(login) as actor, transaction.atomic():
        access.check_may(actor, access.SEE)
        order = queries.by_number(number)
        if order is None:
            raise NotFound
        view, zone = queries.opened_orders([order])[0], places.zone(order.territory_id)
        shown = _shown(view, queries.clocks(order), zone=zone, now=clock.now())
    if as_json:
        out(shown)
        return
    _tell(shown)


def _tell(shown: dict[str, Any]) -> None:
    console = Console()
    for key, value in shown.items():
        if key not in ("checks", "clocks", "breaches"):
            said = ", ".join(value) if isinstance(value, list) else value
            console.print(f"{key:10} {said or ''}", highlight=False)
    for check in shown["checks"]:
        console.print(f"  check {check['step']}: {check['state']}, due {check['due_at']}", highlight=False)
    for one in shown["breaches"]:
        followed = ", ".join(each["kind"] for each in one["followed"]) or "nothing yet"
        console.print(f"  breach {one['number']}: {one['noticed_at']}, {followed}", highlight=False)
    for one in shown["clocks"]:
        verify = ", to be verified" if one["to_verify"] else ""
        step = f" {one['step']}" if one["step"] else ""
        console.print(f"  {one['clock']}{step}: {one['at'] or 'no term'} ({one['provision']}{verify})", highlight=False)
        for change in one["history"]:
            told = (
                f"    until {change['at']}: {change['was']}; {change['cause']}: {change['why'] or change['document']}"
            )
            console.print(told, highlight=False)


def _local(moment: datetime | None, zone: tzinfo) -> str | None:
    return moment.astimezone(zone).isoformat(timespec="minutes") if moment else None


def _clock(view: "ClockView", zone: tzinfo) -> dict[str, Any]:
    """One clock as plain values: which provision of which act, its value on its day, how sure, and what it showed."""
    basis, held = view.basis, view.basis.provision
    return {
        "clock": view.name,
        "step": view.step,
        "rule": view.key,
        "on": basis.on.isoformat(),
        "provision": f"{held.act} Art. {held.article}".strip() if held and held.article else held.act if held else "",
        "act": held.act if held else None,
        "article": held.article if held else None,
        "value": basis.value,
        "unit": str(held.unit) if held else None,
        "confidence": str(held.confidence) if held else None,
        "standing": str(basis.standing),
        "to_verify": view.to_verify,
        "since": _local(view.since, zone),
        "at": _local(view.at, zone),
        "done_at": _local(view.done_at, zone),
        "dropped": view.is_dropped,
        "history": [
            {
                "was": _local(one.was, zone),
                "became": _local(one.became, zone),
                "cause": one.cause.value,
                "why": one.why,
                "document": one.document,
                "at": _local(one.at, zone),
                "by": str(one.by) if one.by else None,
            }
            for one in view.history
        ],
    }


def _shown(view: "OrderView", clocks: "list[ClockView]", *, zone: tzinfo, now: datetime) -> dict[str, Any]:
    def local(moment: datetime | None) -> str | None:
        return _local(moment, zone)

    order = view.order
    return {
        "number": order.number,
        "case": order.case.number,
        "state": order.state,
        "force": view.force(now).value,
        "marks": sorted(view.marks),
        "regime": order.regime,
        "issued_at": local(order.issued_at),
        "served_at": local(order.served_at),
        "ends_at": local(order.ends_at),
        "cancelled_at": local(order.cancelled_at),
        "annulled_at": local(order.annulled_at),
        "checks": [
            {
                "step": check.step,
                "due_at": local(check.due_at),
                "state": check.state(now),
                "finding": check.finding,
            }
            for check in view.checks
        ],
        "clocks": [_clock(one, zone) for one in clocks],
        "breaches": [_breach(one, zone) for one in view.breaches],
    }


def _breach(view: "BreachView", zone: tzinfo) -> dict[str, Any]:
    """A breach, what the police wrote of what followed, and the clock of each by its provision."""
    held = view.breach
    return {
        "number": held.number,
        "noticed": view.noticed.value,
        "noticed_at": _local(held.noticed_at, zone),
        "breached_at": _local(held.breached_at, zone),
        "breached": [one.value for one in view.prohibitions],
        "report": held.report.number if held.report else None,
        "same_as": held.same_as.number if held.same_as else None,
        "counts": view.counts,
        "followed": [
            {
                "kind": one.kind.value,
                "at": _local(one.outcome.happened_at, zone),
                "rule": one.outcome.provision,
                "due_at": _local(one.outcome.due_at, zone),
                "to_verify": one.outcome.to_verify,
                "offence": one.outcome.offence.number if one.outcome.offence else None,
            }
            for one in view.outcomes
        ],
    }
