"""Reading contacts."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from qorgan.base.keys import blind, vault
from qorgan.duties import queries as due
from qorgan.duties.queries import Label
from qorgan.duties.terms import Kind as DutyKind
from qorgan.reports.models import Alarm, Contact, Draft, NumberBlock
from qorgan.reports.terms.contacts import Disposition


@dataclass(frozen=True)
class DraftView:
    """What was told so far, opened; version 0 where nothing was."""

    said: dict[str, str]
    version: int
    saved_at: datetime | None
    saved_by: UUID | None


def find(contact_id: UUID) -> Contact | None:
    """The contact if it lies in sight."""
    return Contact.objects.filter(pk=contact_id).first()


def open_of(staff_id: UUID) -> QuerySet[Contact]:
    """The contacts in sight that one took and has not ended, the newest first."""
    return Contact.objects.filter(taken_by=staff_id, ended_at__isnull=True).order_by("-rang_at", "id")


def last_said_by(staff_id: UUID) -> Contact | None:
    """The contact in sight that one said last what it is."""
    return Contact.objects.filter(disposed_by=staff_id).order_by("-disposed_at").first()


def newest() -> QuerySet[Contact]:
    """The contacts in sight, the newest first."""
    return Contact.objects.order_by("-rang_at", "-id")


def number(held: Contact, *, as_given: bool = False) -> str:
    """The number of a contact, opened: as E.164 says it where it can, or as it was given; empty where withheld."""
    vault.unlock(held.number, held.raw_number)
    raw = vault.read(held.raw_number, at="reports.contact.raw_number", gone="")
    return raw if as_given else vault.read(held.number, at="reports.contact.number", gone="") or raw


def numbers(held: Iterable[Contact]) -> dict[UUID, str]:
    """The numbers of many contacts, with one question to the key store."""
    rows = list(held)
    vault.unlock(*(envelope for one in rows for envelope in (one.number, one.raw_number)))
    return {one.id: number(one) for one in rows}


def draft_of(contact_id: UUID) -> DraftView:
    """What was told so far."""
    held = Draft.objects.filter(pk=contact_id).first()
    if held is None:
        return DraftView({}, 0, None, None)
    text = vault.read(held.said, at="reports.draft.said", gone="")
    return DraftView(json.loads(text) if text else {}, held.version, held.saved_at, held.saved_by)


def silent_before(held: Contact, *, since: datetime) -> list[Contact]:
    """Earlier silent contacts from the same number since a moment; none where the number was withheld."""
    if held.number_index is None:
        return []
    same = Contact.objects.filter(number_index=held.number_index, disposition=Disposition.SILENT)
    return list(same.filter(disposed_at__gte=since).exclude(pk=held.pk).order_by("disposed_at"))


def earlier(held: Contact) -> QuerySet[Contact]:
    """Other contacts in sight from the same number, the newest first."""
    if held.number_index is None:
        return Contact.objects.none()
    return Contact.objects.filter(number_index=held.number_index).exclude(pk=held.pk).order_by("-rang_at")


def has_open_check(contact_ids: Iterable[UUID]) -> bool:
    """Whether the welfare of one of these callers is still to be checked."""
    return due.open_of(DutyKind.CHECK_WELFARE).filter(thing_id__in=list(contact_ids)).exists()


def checks_laid(contact_id: UUID) -> int:
    """How many checks of welfare were laid about a contact, dropped ones too."""
    return due.of_things([contact_id]).filter(kind=DutyKind.CHECK_WELFARE).count()


def ended_without_report(*, before: datetime) -> QuerySet[Contact]:
    """Contacts that ended before a moment and became no report."""
    return Contact.objects.filter(report__isnull=True, ended_at__lt=before)


def with_numbers(*, before: datetime) -> QuerySet[Contact]:
    """Contacts from before a moment that became no report and still hold a number, without those of an alarm."""
    told = Alarm.objects.filter(taken_back_at__isnull=True).values("contact_id")
    held = Contact.objects.filter(report__isnull=True, rang_at__lt=before).exclude(pk__in=told)
    return held.exclude(raw_number=b"", number=b"", number_index__isnull=True)


def alarm_of(contact_id: UUID) -> Alarm | None:
    """The alarm that stands about a contact: not one that was taken back."""
    return Alarm.objects.filter(contact_id=contact_id, taken_back_at__isnull=True).order_by("-told_at").first()


def alarms(contact_id: UUID) -> int:
    """How many alarms were raised about a contact, taken back or not."""
    return Alarm.objects.filter(contact_id=contact_id).count()


def alarm_words(alarm: Alarm) -> str:
    """What 102 was told."""
    return vault.read(alarm.words, at="reports.alarm.words")


def block_of(text: str, *, line: str, now: datetime) -> NumberBlock | None:
    """The block that keeps a number from a line at a moment."""
    index = blind.phone(text)
    if index is None:
        return None
    stands = NumberBlock.objects.filter(number_index=index, line=line, until__gt=now, lifted_at__isnull=True)
    return stands.order_by("-until").first()


def for_duties(ids: Iterable[UUID]) -> dict[UUID, Label]:
    """Words for the duties about contacts: when it rang; the number stands on its page."""
    held = Contact.objects.filter(pk__in=set(ids))
    return {
        one.id: Label("", str(Disposition(one.disposition).label) if one.disposition else "", "", None) for one in held
    }
