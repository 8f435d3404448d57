"""`qorgan channel`: machines that hand reports in, and their keys."""

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from qorgan.base.processes import Process
from qorgan.cli.acting import NoSuchStaff, as_staff
from qorgan.cli.start import out, under

app = typer.Typer(help="Channels of machines and their keys.", no_args_is_help=True)

AsAdministrator = Annotated[str, typer.Option("--as", help="The administrator who does it.")]
Channel = Annotated[UUID, typer.Argument(help="The channel's id, as `qorgan channel list` shows it.")]


@app.command("open")
@under(Process.STAFF)
def open_(
    login: Annotated[str, typer.Argument(help="Whose mandate the channel acts in.")],
    by_login: AsAdministrator,
    label: Annotated[str, typer.Option(help="What the channel is called.")] = "duty desk",
    most: Annotated[int, typer.Option(min=1, max=60_000, help="Calls answered within a minute.")] = 600,
) -> None:
    """Open a channel for the API and print its key, which is shown only now."""
    from qorgan.agencies import actions, queries
    from qorgan.agencies.models import Staff
    from qorgan.base import clock

    now = clock.now()
    with as_staff(by_login) as by:
        staff = Staff.objects.filter(login=login).first()
        mandate = queries.mandates_of(staff, now=now).first() if staff else None
        if mandate is None:
            raise NoSuchStaff(login=login)
        _channel, token = actions.open_channel(mandate=mandate, label=label, most=most, by=by, now=now)
    typer.echo(token)


@app.command("rotate")
@under(Process.STAFF)
def rotate(channel: Channel, by_login: AsAdministrator) -> None:
    """Give a channel another key and print it, only now; the one before works for some days more."""
    from qorgan.agencies import actions
    from qorgan.base import clock

    with as_staff(by_login) as by:
        _channel, token = actions.rotate_channel(channel_id=channel, by=by, now=clock.now())
    typer.echo(token)


@app.command("sign")
@under(Process.STAFF)
def sign(
    channel: Channel,
    by_login: AsAdministrator,
    pem: Annotated[
        Path | None, typer.Argument(exists=True, dir_okay=False, help="The public key; none: it signs no more.")
    ] = None,
) -> None:
    """Take the public key (PEM, Ed25519) that a channel signs its calls with; without one, take it back."""
    from qorgan.agencies import actions
    from qorgan.base import clock

    text = pem.read_text(encoding="ascii", errors="replace") if pem else ""
    with as_staff(by_login) as by:
        actions.keep_signing_key(channel_id=channel, pem=text, by=by, now=clock.now())


@app.command("close")
@under(Process.STAFF)
def close(channel: Channel, by_login: AsAdministrator) -> None:
    """Close a channel: none of its keys opens anything from now on."""
    from qorgan.agencies import actions
    from qorgan.base import clock

    with as_staff(by_login) as by:
        actions.close_channel(channel_id=channel, by=by, now=clock.now())


@app.command("list")
@under(Process.STAFF)
def list_(by_login: AsAdministrator, as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """The channels within an administrator's reach, with the last day of each key; never a key."""
    from rich.console import Console
    from rich.table import Table

    from qorgan.agencies import access, queries

    with as_staff(by_login) as by:
        access.check_may(by, access.KEEP)
        rows = [
            {
                "id": str(one.id),
                "label": one.label,
                "login": one.mandate.staff.login,
                "closed": one.closed_at is not None,
                "keys_end": sorted(f"{key.expires_at:%Y-%m-%d %H:%M}" for key in one.keys.all()),
            }
            for one in queries.channels(by=by)
        ]
    if as_json:
        out(rows)
        return
    table = Table("id", "label", "login", "closed", "keys end (UTC)")
    for row in rows:
        *plain, ends = row.values()
        table.add_row(*map(str, plain), ", ".join(ends))  # type: ignore[arg-type]  # the last one is a list
    Console().print(table)
