"""`qorgan staff`: who may sign in."""

from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console
from rich.table import Table

from qorgan.base.processes import Process
from qorgan.cli.acting import as_staff
from qorgan.cli.start import out, under

app = typer.Typer(help="Staff and their mandates.", no_args_is_help=True)

Login = Annotated[str, typer.Argument(help="By what the person signs in.")]
AsAdministrator = Annotated[str, typer.Option("--as", help="The administrator who does it.")]


@app.command("list")
@under(Process.STAFF)
def list_(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Who has a mandate now: login, role, agency, territory."""
    from qorgan.agencies.models import Mandate

    rows = [
        {"login": one.staff.login, "role": one.role, "agency": one.agency.code, "territory": one.territory_id}
        for one in Mandate.objects.select_related("staff", "agency").order_by("staff__login")
    ]
    if as_json:
        out(rows)
        return
    table = Table("login", "role", "agency", "territory")
    for row in rows:
        table.add_row(*(str(value) for value in row.values()))
    Console().print(table)


@app.command("disable")
@under(Process.STAFF)
def disable(login: Login, by_login: AsAdministrator) -> None:
    """Shut a person out: every session of hers ends at once."""
    from qorgan.agencies import actions
    from qorgan.base import clock

    with as_staff(by_login) as by:
        actions.disable(staff_id=_known(login), by=by, now=clock.now())


@app.command("enable")
@under(Process.STAFF)
def enable(login: Login, by_login: AsAdministrator) -> None:
    """Let a person come in again, by what she came in with before."""
    from qorgan.agencies import actions
    from qorgan.base import clock

    with as_staff(by_login) as by:
        actions.enable(staff_id=_known(login), by=by, now=clock.now())


@app.command("invite")
@under(Process.STAFF)
def invite(login: Login, by_login: AsAdministrator) -> None:
    """Make a one-time code for a person who has not come in yet, and print it, only now."""
    from qorgan.agencies import actions
    from qorgan.base import clock

    with as_staff(by_login) as by:
        invitation, code = actions.invite(staff_id=_known(login), by=by, now=clock.now())
    typer.echo(
        f"Open /invitation/ of the staff pages before {invitation.expires_at:%Y-%m-%d %H:%M} UTC, once.", err=True
    )
    typer.echo(code)


def _known(login: str) -> UUID:
    """The id of a person by login. Raises NotFound."""
    from qorgan.agencies.models import Staff
    from qorgan.base.errors import NotFound

    found = Staff.objects.filter(login=login).first()
    if found is None:
        raise NotFound
    return found.id
