"""Statements of the demonstration: brought by staff, two of them published, checked again when a release has come."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from qorgan.base import country
from qorgan.cli.acting import as_staff

if TYPE_CHECKING:
    from qorgan.claims.models import Statement

_FILE = "demo/statements.toml"
_BEFORE = timedelta(minutes=30)  # a release is told of after somebody has said something


def state(*, now: datetime) -> dict[str, Any]:
    """Bring what the country's demonstration tells, once; the first of them, as a step of the thread."""
    if not (country.folder() / _FILE).is_file():
        return {}
    made = [_brought(told, now=now - _BEFORE) for told in country.toml(_FILE)["statement"]]
    first = made[0]
    number = f"{first.brought_at:%Y-%m-%d}/{len(made)}"
    return {"statement": {"number": number, "at": first.brought_at, "path": f"statements/{first.pk}/"}}


def _brought(told: dict[str, Any], *, now: datetime) -> "Statement":
    from django.db import transaction

    from qorgan.claims import actions, queries

    text = told["text"].format(year=now.year)
    said = actions.Said(text=text, **{name: told[name] for name in ("language", "speaker", "relay", "address")})
    with as_staff(told["by"]) as by, transaction.atomic():
        held = queries.statements().filter(text=text).first()
        if held is not None:
            return held
        held = actions.bring(said=said, by=by, now=now)
    if told["published"]:
        with as_staff("checker") as by:
            actions.publish(statement=held, by=by, now=now)
    return held
