"""Keeping organisations, staff and mandates."""

from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from qorgan.agencies import access
from qorgan.agencies.models import Agency, Mandate, Staff
from qorgan.base import country, ids, journal
from qorgan.base.scope import Actor


@transaction.atomic
def load_country(*, by: Actor, now: datetime) -> int:
    """Bring the agencies of the country's folder into the table; how many there are. Again changes nothing."""
    access.check_may(by, access.KEEP)
    rows = country.rows("agencies/agencies.csv")
    for row in rows:
        Agency.objects.update_or_create(
            code=row["code"],
            defaults={"kind": row["kind"], "territory_id": int(row["territory"]), "names": _languages(row, "name_")},
        )
    journal.write(kind="agencies.country.loaded", thing="country", thing_id=country.code(), by=by, now=now)
    return len(rows)


def _languages(row: dict[str, Any], prefix: str) -> dict[str, str]:
    return {key.removeprefix(prefix): value for key, value in row.items() if key.startswith(prefix) and value}


@transaction.atomic
def load_demo_staff(*, password: str, by: Actor, now: datetime) -> int:
    """Bring the invented staff of the country's demonstration in, each with one mandate; how many there are."""
    access.check_may(by, access.KEEP)
    rows = country.rows("demo/staff.csv")
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    hashed = make_password(password)  # slow on purpose; the invented staff share one password, and so its hash
    for row in rows:
        staff, _made = Staff.objects.get_or_create(
            login=row["login"],
            defaults={
                "password": hashed,
                "names": _languages(row, "name_"),
                "ranks": _languages(row, "rank_"),
                "language": row.get("language", ""),
            },
        )
        Mandate.objects.get_or_create(
            staff=staff,
            agency=agencies[row["agency"]],
            role=row["role"],
            territory_id=int(row["territory"]),
            defaults={"id": ids.new(), "purpose": row["purpose"], "valid_from": now},
        )
    journal.write(kind="agencies.demo_staff.loaded", thing="country", thing_id=country.code(), by=by, now=now)
    return len(rows)
