"""Entering a value of the law, or a report of implementation, from a document, and withdrawing it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from qorgan.base import journal
from qorgan.base.journal.read import check_seen
from qorgan.base.scope import Actor
from qorgan.law import access, queries, rules
from qorgan.law.engine.book import Provision, Value
from qorgan.law.engine.marks import Unit
from qorgan.law.models import AwaitedReport, EnteredValue, ImplementationReport

REPORT = "implementation_report"


@dataclass(frozen=True, kw_only=True)
class Citation:
    """Where an entered value was read: the document and its number, and the act and article it quotes."""

    document: str
    act: str = ""
    article: str = ""
    note: str = ""


@transaction.atomic
def enter_value(
    *,
    key: str,
    value: Value,
    valid_from: date,
    citation: Citation,
    by: Actor,
    now: datetime,
    valid_until: date | None = None,
    unit: Unit | None = None,
) -> EnteredValue:
    """Enter what a document says of a rule, for a span of days (`valid_until` is the last; None: until further notice).

    Raises NotAllowed, RuleUnknown, ValueDoesNotFit, SpanIsBackwards, DocumentIsMissing, AnotherValueStands.
    """
    access.check_may_enter(by)
    proposed = queries.proposed(
        key=key,
        value=value,
        unit=unit,
        valid_from=valid_from,
        valid_until=valid_until,
        act=citation.act,
        article=citation.article,
        document=citation.document,
        note=citation.note,
    )
    entered = _row(proposed, first=valid_from, by=by, now=now)
    _insert(entered)
    detail = {"key": key, "value": entered.value, "unit": entered.unit, "from": valid_from.isoformat()}
    journal.write(kind="law.value.entered", thing="entered_value", thing_id=entered.id, by=by, now=now, detail=detail)
    return entered


@transaction.atomic
def withdraw_value(
    *, entered: EnteredValue, reason: str, by: Actor, now: datetime, seen: int | None = None
) -> EnteredValue:
    """Withdraw an entered value, with the reason: the country's own data stand again for its days.

    `seen`: 0, where it was shown as standing. Raises NotAllowed, ReasonIsMissing, ValueAlreadyWithdrawn,
    ChangedMeanwhile.
    """
    access.check_may_enter(by)
    if not reason.strip():
        raise rules.ReasonIsMissing
    row = EnteredValue.objects.select_for_update().get(id=entered.id)
    stands = int(row.withdrawn_at is not None)
    check_seen(seen, stands=stands, thing="entered_value", thing_id=row.id, kinds=("law.value.",))
    if row.withdrawn_at is not None:
        raise rules.ValueAlreadyWithdrawn
    row.withdrawn_at, row.withdrawn_by_id, row.withdrawn_reason = now, by.staff_id, reason.strip()
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    detail = {"key": row.key, "reason": row.withdrawn_reason}
    journal.write(kind="law.value.withdrawn", thing="entered_value", thing_id=row.id, by=by, now=now, detail=detail)
    return row


@transaction.atomic
def enter_report(*, key: str, told: rules.Report, by: Actor, now: datetime) -> ImplementationReport:
    """Enter what a document reports on a requirement of an act.

    Raises NotAllowed, RequirementUnknown, and what `rules.check_can_be_reported` raises; ReportStandsAlready.
    """
    access.check_may_report(by)
    held = queries.requirement(key)
    rules.check_can_be_reported(
        held, told, place=queries.place_of(held, queries.book()), today=queries.country_day(now)
    )
    row = ImplementationReport(
        key=key,
        reported_by=told.reported_by.strip(),
        reported_on=told.reported_on,
        first_day=told.first_day,
        last_day=told.last_day,
        done=told.done.strip(),
        spent=told.spent,
        is_part=told.is_part,
        document=told.document.strip(),
        address=told.address.strip(),
        entered_at=now,
        entered_by_id=by.staff,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as clash:
        if "implementation_report_once" in str(clash):
            raise rules.ReportStandsAlready from clash
        raise
    detail = {"key": key, "first": row.first_day.isoformat(), "last": row.last_day.isoformat(), "spent": row.spent}
    journal.write(kind="law.report.entered", thing=REPORT, thing_id=row.id, by=by, now=now, detail=detail)
    note_awaited(by=by, now=now)
    return row


@transaction.atomic
def withdraw_report(
    *, report: ImplementationReport, reason: str, by: Actor, now: datetime, seen: int | None = None
) -> ImplementationReport:
    """Withdraw a report that was entered, with the reason: it counts no longer, and stays to be read.

    `seen`: 0, where it was shown as standing. Raises NotAllowed, WhyWithdrawnIsMissing, ReportAlreadyWithdrawn,
    ChangedMeanwhile.
    """
    access.check_may_report(by)
    if not reason.strip():
        raise rules.WhyWithdrawnIsMissing
    row = ImplementationReport.objects.select_for_update().get(id=report.id)
    stands = int(row.withdrawn_at is not None)
    check_seen(seen, stands=stands, thing=REPORT, thing_id=row.id, kinds=("law.report.",))
    if row.withdrawn_at is not None:
        raise rules.ReportAlreadyWithdrawn
    row.withdrawn_at, row.withdrawn_by_id, row.withdrawn_reason = now, by.staff, reason.strip()
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    detail = {"key": row.key, "reason": row.withdrawn_reason}
    journal.write(kind="law.report.withdrawn", thing=REPORT, thing_id=row.id, by=by, now=now, detail=detail)
    note_awaited(by=by, now=now)
    return row


@transaction.atomic
def note_awaited(*, by: Actor, now: datetime) -> int:
    """Write down which years' reports have fallen due and what is on record of each; how many were news.

    No permission of its own: it says what the calendar, the country's data and the reports say already.
    """
    known = {(row.key, row.year): row for row in AwaitedReport.objects.select_for_update().order_by("key", "year")}
    news = 0
    for key, year in queries.fallen_due(queries.country_day(now)):
        row = known.get((key, year.year))
        if row is not None and row.reported == year.reported:
            continue
        news += 1
        if row is None:
            due = queries.end_of_country_day(year.due_on)
            row, _new = AwaitedReport.objects.get_or_create(
                key=key, year=year.year, defaults={"due_at": due, "reported": year.reported, "noted_at": now}
            )
        else:
            row.reported, row.version, row.noted_at = year.reported, row.version + 1, now
            row.save(update_fields=["reported", "version", "noted_at"])
        detail = {"key": key, "year": year.year, "reported": str(year.reported)}
        journal.write(kind="law.awaited.noted", thing="awaited_report", thing_id=row.id, by=by, now=now, detail=detail)
    return news


def _row(proposed: Provision, *, first: date, by: Actor, now: datetime) -> EnteredValue:
    return EnteredValue(
        key=proposed.key,
        value=list(proposed.value) if isinstance(proposed.value, tuple) else proposed.value,
        unit=proposed.unit.value,
        valid_from=first,
        valid_until=proposed.valid_until,
        act=proposed.act,
        article=proposed.article,
        document=proposed.source,
        note=proposed.note,
        entered_at=now,
        entered_by_id=by.staff_id,
    )


def _insert(entered: EnteredValue) -> None:
    try:
        with transaction.atomic():
            entered.save(force_insert=True)
    except IntegrityError as clash:
        # Two people entering at once: the exclusion constraint lets one of them through.
        if "entered_value_one_a_day" in str(clash):
            raise rules.AnotherValueStands(key=entered.key) from clash
        raise
