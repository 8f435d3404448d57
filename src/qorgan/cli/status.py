"""`qorgan status`: what runs, what waits."""

from datetime import datetime, timedelta
from typing import Annotated

import typer

from qorgan.base import clock, deployment, postgres
from qorgan.base.backups.standing import Standing, standing
from qorgan.base.processes import Process
from qorgan.cli.start import begin, failures, out, sentence_of


def status(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Show where this place's data live, what runs, whether the journal is sealed in time, how old the backups are."""
    now = clock.now()
    with failures():
        shown: dict[str, object] = {
            "home": str(deployment.home()),
            "embedded": deployment.embedded(),
            "demo": deployment.is_demo(),
        }
        runs, backups = True, standing(deployment.home()) if deployment.embedded() else {}
        if deployment.embedded():
            held = postgres.status(deployment.home())
            shown["servers"] = str(held)
            runs = held.running
        keys: list[dict[str, str]] = []
        if runs:  # to ask must not start them
            shown["journal"] = _journal()
            keys = _keys(now)
    if as_json:
        out(shown | {"keys": keys, "backups": {name: _as_dict(one, now) for name, one in backups.items()}})
        return
    for key, value in shown.items():
        typer.echo(f"{key:9} {value}")
    for ending in keys:
        typer.echo(f"{'key':9} {ending['label']} ({ending['channel']}): {ending['says']}")
    for name, one in backups.items():
        typer.echo(f"{'backups':9} {name}: {_told(one, now)}")
    if deployment.embedded() and not backups:
        typer.echo(f"{'backups':9} never begun: see `qorgan backup take --help`")


def _as_dict(one: Standing, now: datetime) -> dict[str, object]:
    age = one.age(now)
    return vars(one) | {"age_seconds": round(age.total_seconds()) if age is not None else None}


def _told(one: Standing, now: datetime) -> str:
    age = one.age(now)
    if age is None:
        return "no whole backup is there"
    archived = f", WAL archived until {one.archived_at:%Y-%m-%d %H:%M:%S %Z}" if one.archived_at else ""
    return f"last whole backup {_long(age)} ago{archived}"


def _long(age: timedelta) -> str:
    """A length of time in the unit in which it is felt."""
    minutes = round(age.total_seconds() / 60)
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} hours" if minutes < 48 * 60 else f"{age.days} days"


def _journal() -> str:
    try:
        begin(Process.WORKER)
        from qorgan.base.journal import seal

        lag = seal.lag(now=clock.now())
    except Exception as failure:
        sentence = sentence_of(failure)  # a place whose database is away has a status too
        if sentence is None:
            raise
        return sentence
    return lag.alarm or f"sealed, {lag.seconds:.0f} seconds behind"


def _keys(now: datetime) -> list[dict[str, str]]:
    """The channels that must be given another key within two weeks; none where the database does not answer."""
    try:
        from qorgan.agencies import queries

        found = queries.keys_that_expire(now=now)
    except Exception as failure:
        if sentence_of(failure) is None:
            raise
        return []
    return [
        {
            "channel": str(channel.id),
            "label": channel.label,
            "expires_at": ends.isoformat(),
            "says": f"its key ends on {ends:%Y-%m-%d}" if ends > now else f"its key ended on {ends:%Y-%m-%d}",
        }
        for channel, ends in found
    ]
