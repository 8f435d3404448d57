"""Entering a value of the law from a document, and withdrawing it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from qorgan.base import journal
from qorgan.base.journal.read import check_seen
from qorgan.base.scope import Actor
from qorgan.law import access, queries, rules
from qorgan.law.engine.book import Provision, Value
from qorgan.law.engine.marks import Unit
from qorgan.law.models import EnteredValue


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
