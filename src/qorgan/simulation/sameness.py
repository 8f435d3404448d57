"""All that a place holds, in words free of keys, nonces, ids and seals: what proves loader and actions equal.

Runs as staff with the whole country in sight, because it opens what is sealed: for made-up places only.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from qorgan.agencies import queries as agencies
from qorgan.agencies.models import Agency, Mandate, Staff
from qorgan.base.db.rights import grants_of, our_models
from qorgan.base.errors import Refused
from qorgan.base.fields import SealedField
from qorgan.base.keys import vault
from qorgan.base.models import JournalEntry
from qorgan.base.processes import Process
from qorgan.base.scope import acting
from qorgan.cases.models import CasePerson
from qorgan.offences.models import OffencePerson
from qorgan.people.models import NameMark
from qorgan.reports.actions import submission_of
from qorgan.reports.models import Report, ReportPerson
from qorgan.simulation.loader.write import TABLES

_LEFT_OUT = frozenset(
    {"key_id", "content_hash", "xid", "written_at", "names_scheme"}
)  # keys, digests under them, the clock
_NUMBERED = ("number",)


class RealRecords(Refused):
    """What people told is not printed."""

    text = _("This place holds real records; its content is not written out.")


Line = tuple[str, str]  # the table, and a row of it in words


def lines() -> Iterator[Line]:
    """Every row that a simulation makes, as a line: the journal in its order, the tables sorted. Raises RealRecords."""
    if not settings.DEMO:
        raise RealRecords
    with acting(agencies.system("simulation")), transaction.atomic():
        names = _Names()
        for table in TABLES:
            rows = sorted(str(_words(row, names)) for row in _rows(table))
            yield from ((table._meta.label, row) for row in rows)
        for entry in JournalEntry.objects.exclude(kind__startswith="simulation.").order_by("id").iterator():
            if entry.staff_id is not None:
                yield "journal", str(_words(entry, names))
        for table in our_models():
            if table not in TABLES and _counted(table):
                yield table._meta.label, f"{table._default_manager.count()} rows"


def _counted(table: type[models.Model]) -> bool:
    """Tables that neither way may touch: their rows are counted. Names of loaded persons are marked by night."""
    return (
        table is not NameMark
        and table._meta.app_label not in ("base", "facts", "releases")
        and "S" in grants_of(table).get(Process.STAFF, "")
    )


def _rows(table: type[models.Model]) -> Iterator[models.Model]:
    """The rows of a table, a few at a time with their keys opened in one question."""
    sealed = [field.attname for field in table._meta.concrete_fields if isinstance(field, SealedField)]
    held: list[models.Model] = []
    for row in table._default_manager.order_by("pk").iterator(chunk_size=1000):
        held.append(row)
        if len(held) == 1000:
            yield from _opened(held, sealed)
            held = []
    yield from _opened(held, sealed)


def _opened(rows: list[models.Model], sealed: list[str]) -> list[models.Model]:
    vault.unlock(*(getattr(row, name) for row in rows for name in sealed))
    return rows


def _words(row: models.Model, names: "_Names") -> dict[str, Any]:
    """A row by its columns, with names for ids and texts for envelopes."""
    found = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.attname in _LEFT_OUT or (field.primary_key and not field.is_relation):
            continue
        if isinstance(field, SealedField):
            at = f"{row._meta.app_label}.{_snake(type(row).__name__)}.{field.attname}"
            value = vault.open(value, at=at)
        found[field.attname] = names.said(field.attname, value)
    if isinstance(row, Report) and bytes(row.submission) == submission_of(f"contact\0{row.pk}"):
        found["submission"] = "that of its contact"  # a digest over an id
    return found


def _sealed(field: "models.Field[Any, Any]") -> bool:
    """Whether it holds what someone said, as the number of a telephone, and no number of a record."""
    return isinstance(field, SealedField)


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


class _Names:
    """What each id is called: by number, by part, by login."""

    def __init__(self) -> None:
        self._by_id: dict[UUID, str] = {}
        self._persons: dict[int, str] = {}
        for staff in Staff.objects.all():
            self._by_id[staff.id] = staff.login
        for agency in Agency.objects.all():
            self._by_id[agency.id] = agency.code
        for mandate in Mandate.objects.select_related("staff"):
            self._by_id[mandate.id] = f"mandate of {mandate.staff.login}"
        for table in TABLES:
            if any(field.attname in _NUMBERED and not _sealed(field) for field in table._meta.concrete_fields):
                self._by_id.update(table._default_manager.values_list("pk", "number"))
        self._name_persons()

    def _name_persons(self) -> None:
        for part in CasePerson.objects.select_related("case").order_by("id"):
            self._by_id.setdefault(part.person_id, f"{part.role} of {part.case.number}")
        for reported in ReportPerson.objects.select_related("report").order_by("id"):
            self._by_id[reported.person_id] = f"{reported.role} of {reported.report.number}"
        seen: dict[UUID, int] = {}
        for person in OffencePerson.objects.order_by("id"):
            at = seen[person.offence_id] = seen.get(person.offence_id, 0) + 1
            self._persons[person.pk] = f"person {at} of {self._by_id[person.offence_id]}"

    def said(self, name: str, value: Any) -> Any:
        """A value without ids."""
        if isinstance(value, dict):
            return {key: self.said(key, one) for key, one in sorted(value.items())}
        if isinstance(value, list):
            return [self.said(name, one) for one in value]
        if isinstance(value, UUID):
            return self._by_id.get(value, "an id of its own")
        if isinstance(value, int) and name in ("person", "person_id"):
            return self._persons[value]
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, memoryview | bytes):
            return bytes(value).hex()
        return value.isoformat() if isinstance(value, datetime) else value

    def _text(self, value: str) -> str:
        try:
            return self._by_id.get(UUID(value), "an id of its own") if len(value) == 36 else value
        except ValueError:
            return value
