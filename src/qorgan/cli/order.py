"""`qorgan order`: one protective order as the law sees it now."""

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from qorgan.base.processes import Process
from qorgan.cli.acting import as_staff
from qorgan.cli.start import out, under

if TYPE_CHECKING:
    from qorgan.orders.queries import OrderView

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
    """Show an order: its state, its clock, its checks. Names are not printed."""
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
        shown = _shown(queries.opened_orders([order])[0], zone=places.zone(order.territory_id), now=clock.now())
    if as_json:
        out(shown)
        return
    console = Console()
    for key, value in shown.items():
        if key != "checks":
            console.print(f"{key:10} {value or ''}", highlight=False)
    for check in shown["checks"]:
        console.print(f"  check {check['step']}: {check['state']}, due {check['due_at']}", highlight=False)


def _shown(view: "OrderView", *, zone: tzinfo, now: datetime) -> dict[str, Any]:
    def local(moment: datetime | None) -> str | None:
        return moment.astimezone(zone).isoformat(timespec="minutes") if moment else None

    order = view.order
    return {
        "number": order.number,
        "case": order.case.number,
        "state": order.state,
        "force": view.force(now).value,
        "regime": order.regime,
        "issued_at": local(order.issued_at),
        "served_at": local(order.served_at),
        "ends_at": local(order.ends_at),
        "checks": [
            {
                "step": check.step,
                "due_at": local(check.due_at),
                "state": check.state(now),
                "finding": check.finding,
            }
            for check in view.checks
        ],
    }
