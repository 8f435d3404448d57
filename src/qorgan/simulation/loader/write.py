"""Rows into tables: one statement for a table, under the scope of the one who acts."""

import json
from collections.abc import Sequence
from functools import cache
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.db.models import AutoField, BigAutoField, JSONField

from qorgan.agencies.models import Admission, Block, Opening
from qorgan.cases.models import (
    Account,
    Answer,
    Case,
    CasePerson,
    CaseReport,
    Consent,
    ConsentWord,
    Contradiction,
    DeathEntry,
    DeathReview,
    Examined,
    Finding,
    Incident,
    Night,
    Parenthood,
    Recommendation,
    Referral,
    Review,
    Telling,
)
from qorgan.courts.models import Appeal, CourtCase, Decision, Hearing, RequirementsBreach
from qorgan.duties.models import ClockChange, Duty
from qorgan.missing.models import Alarm, Bulletin, Search, Unnamed
from qorgan.offences.models import Correction, Offence, OffencePerson
from qorgan.orders.models import Appeal as Complaint
from qorgan.orders.models import Breach, BreachOutcome, Check, Order, Protected, Variation
from qorgan.people.models import Person
from qorgan.reports.models import Contact, Report, ReportPerson, TakenBack
from qorgan.risk.models import Alleged, Assessment, Kept, Lowering, Measure
from qorgan.simulation.loader.rows import Entry, Rows

# What others point to comes first.
_CONTESTED = (Breach, BreachOutcome, Variation, Complaint)
TABLES: tuple[type[models.Model], ...] = (
    *(Person, Report, ReportPerson, Case, CaseReport, CasePerson, Account, Incident),
    *(
        Offence,
        OffencePerson,
        Correction,
        Order,
        Protected,
        Check,
        *_CONTESTED,
        CourtCase,
        Hearing,
        Decision,
        Appeal,
        Duty,
    ),
    *(Consent, ConsentWord, Referral, Admission, Block, Opening, Contact),
    *(Alarm, Bulletin, Search, Unnamed, Kept, Assessment, Alleged, Measure, Lowering, TakenBack),
    *(Finding, Answer, Examined, Contradiction, Review, ClockChange, RequirementsBreach),
    *(Parenthood, Telling, Night, DeathReview, DeathEntry, Recommendation),
)
_JOURNAL = """
    copy base_journalentry (at, kind, thing, thing_id, staff_id, mandate_id, process, detail) from stdin
"""


def write(rows: Rows) -> int:
    """Write all rows of a batch inside the transaction that is open; how many."""
    unknown = set(rows.records) - set(TABLES)
    assert not unknown, f"no place in the order of tables: {unknown}"
    for table in TABLES:
        held = rows.records.get(table)
        if held:
            _insert(table, held)
    _journal(rows.journal)
    return sum(map(len, rows.records.values())) + len(rows.journal)


@cache
def _shape(table: type[models.Model], numbered: bool) -> tuple[str, Any, tuple[int, ...]]:
    """The statement for a table, what reads a record's columns, and which of them are JSON.

    Ids that the database counts are left to it unless the records bring their own (`numbered`).
    """
    fields: list[models.Field[Any, Any]] = [
        field for field in table._meta.concrete_fields if numbered or not isinstance(field, AutoField | BigAutoField)
    ]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column or field.attname) for field in fields)
    names = [f"c{index}" for index in range(len(fields))]
    casts = [_array_of(field) for field in fields]
    arrays = ", ".join(f"%s::{cast}[]" for cast in casts)
    chosen = ", ".join(
        f"{name}::jsonb" if isinstance(field, JSONField) else name for name, field in zip(names, fields, strict=True)
    )
    # unnest keeps the order of its arrays, and so do ids counted by the database
    statement = (
        f"insert into {quote(table._meta.db_table)} ({columns})"
        f" select {chosen} from unnest({arrays}) as rows({', '.join(names)})"
    )
    jsons = tuple(index for index, field in enumerate(fields) if isinstance(field, JSONField))
    return statement, attrgetter(*(field.attname for field in fields)), jsons


def _array_of(field: "models.Field[Any, Any]") -> str:
    """The type of the array that brings a column: JSON comes as text."""
    if isinstance(field, JSONField):
        return "text"
    target = field
    while isinstance(target, models.ForeignKey):
        target = target.target_field
    return (target.rel_db_type(connection) or "text").partition("(")[0]


def _insert(table: type[models.Model], records: Sequence[models.Model]) -> None:
    statement, read, jsons = _shape(table, records[0].pk is not None)
    columns: list[list[Any]] = [list(column) for column in zip(*map(read, records), strict=True)]
    for index in jsons:
        columns[index] = [None if value is None else json.dumps(value) for value in columns[index]]
    with connection.cursor() as cursor:
        cursor.execute(statement, columns)


def _journal(entries: Sequence[Entry]) -> None:
    process = settings.PROCESS
    with connection.cursor() as cursor, cursor.copy(_JOURNAL) as copy:
        for at, kind, thing, thing_id, staff, mandate, detail in entries:
            copy.write_row((at, kind, thing, thing_id, staff, mandate, process, json.dumps(detail)))
