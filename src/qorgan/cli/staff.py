"""`qorgan staff`: who may sign in, and channels that hand reports in."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from qorgan.base.processes import Process
from qorgan.cli.start import out, under

app = typer.Typer(help="Staff, mandates and channels.", no_args_is_help=True)


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


@app.command("channel")
@under(Process.MIGRATOR)
def channel(
    login: Annotated[str, typer.Argument(help="Whose mandate the channel acts in.")],
    label: Annotated[str, typer.Option(help="What the channel is called.")] = "duty desk",
) -> None:
    """Open a channel for the API and print its token, which is shown only now."""
    from qorgan.agencies import access, actions, queries
    from qorgan.agencies.models import Staff
    from qorgan.base import clock
    from qorgan.base.scope import Actor
    from qorgan.cli.acting import NoSuchStaff

    now = clock.now()
    staff = Staff.objects.filter(login=login).first()
    mandate = queries.mandates_of(staff, now=now).first() if staff else None
    if mandate is None:
        raise NoSuchStaff(login=login)
    system = Actor(name="command line", role="system", permissions=frozenset({access.KEEP}))
    _channel, token = actions.open_channel(mandate=mandate, label=label, by=system, now=now)
    typer.echo(token)
