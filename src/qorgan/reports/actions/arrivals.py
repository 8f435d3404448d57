"""What came in at the web door becomes a report, and whoever made it is answered."""

import json
from dataclasses import replace
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from qorgan.base import ids, journal
from qorgan.base.errors import NotFound, Refused
from qorgan.base.keys import blind, vault
from qorgan.base.scope import Actor, beside
from qorgan.messages.terms import SafeContact, Voice
from qorgan.people.actions import Named
from qorgan.places import queries as places
from qorgan.reports import access
from qorgan.reports.actions.accept import Accepted, Signal, accept
from qorgan.reports.actions.deciding import nearest_national, nearest_police
from qorgan.reports.actions.door import CONTENT
from qorgan.reports.engine import door as engine
from qorgan.reports.models import Answers, Arrival, Receipt, Reply, Report, WayBack
from qorgan.reports.queries import door as queries
from qorgan.reports.rules import door as rules
from qorgan.reports.terms import Channel, Serving


class NobodyTakesIn(Refused):
    """The country's data name no office that reads what comes in at the web door."""

    text = _("No office is on record that would read what comes in at the web door.")


@transaction.atomic
def take_in(*, arrival_id: UUID, by: Actor, now: datetime) -> Accepted | None:
    """Take one arrival in as a report, as received; None where it was taken in before, or another is at it.

    Raises NobodyTakesIn and what `accept` raises: it then waits, unharmed, and is tried again.
    """
    held = Arrival.objects.select_for_update(skip_locked=True).filter(pk=arrival_id, taken_at__isnull=True).first()
    if held is None:
        return None
    told: dict[str, Any] = json.loads(engine.opened(settings.DOOR_OPENS, bytes(held.content), at=CONTENT))
    accepted = accept(signal=_signal(told, held), by=_reader(told, by=by, now=now), now=now)
    report = accepted.report
    WayBack.objects.get_or_create(pk=report.id, defaults={**beside(report), "receipt": bytes(held.receipt)})
    held.content, held.taken_at, held.refused = b"", now, ""
    held.save(update_fields=["content", "taken_at", "refused"])
    return accepted


def _signal(told: dict[str, Any], held: Arrival) -> Signal:
    lines = "\n".join(told["lines"])
    is_own, reach = told.get("is_own", False), told.get("reach", {})
    teller = Named(phone=reach.get("phone", ""))
    return Signal(
        submission=f"door\0{held.id}",
        channel=Channel.WEB_CHILD if told["is_child"] else Channel.WEB,
        registered_at=held.arrived_at,
        received_at=held.arrived_at,
        narrative="\n\n".join(part for part in (told["narrative"], lines) if part),
        address=_address(told),
        suspect=Named(written=told["suspect"]),
        victim=teller if is_own else Named(),
        reporter=Named() if is_own else teller,
        safe=_safe(reach, said_at=held.arrived_at) if is_own else None,
        serving=Serving(told["serving"]),
        notes=({"code": "child_at_the_door"},) if told["is_child"] else (),
    )


def _safe(reach: dict[str, Any], *, said_at: datetime) -> SafeContact:
    """How she may be called, as she wrote it herself; without a number only she gets in touch."""
    if not reach["phone"].strip():
        return SafeContact(channel=Voice.SHE, address="", verified_at=said_at)
    opens, closes = reach["opens"], reach["closes"]
    whole_day = opens is None and closes is None
    return SafeContact(
        channel=Voice.CALL,
        address=blind.telephone(reach["phone"]) or " ".join(reach["phone"].split()),
        code_word=reach["code_word"],
        hours_from=None if whole_day else time((opens or 0) % 24),
        hours_until=None if whole_day else time((closes or 0) % 24),
        voicemail=reach["voicemail"],
        verified_at=said_at,
        answers=reach["answers"],
    )


def _address(told: dict[str, Any]) -> str:
    region = places.name(told["region"], language=told["language"]) if told["region"] else ""
    return ", ".join(part for part in (region, told["place"].strip()) if part)


def _reader(told: dict[str, Any], *, by: Actor, now: datetime) -> Actor:
    """The system, acting for the office that reads it: the nearest police of the place, else the ministry."""
    found = places.recognise(_address(told), on=now.date()) if _address(told) else None
    place = found.pk if found else told["region"]
    office = nearest_police(place) if place else None
    office = office or nearest_national(by.territories[0])
    if office is None:
        raise NobodyTakesIn
    return replace(by, agency_id=office.id, territory_id=office.territory_id)


@transaction.atomic
def answer(*, report_id: UUID, words: str, by: Actor, now: datetime) -> Reply:
    """Tell her something, to be read when she comes back with her code; the words stay with the report too.

    Raises NotAllowed, NotFound, EmptyReply, CodeGone.
    """
    access.check_may(by, access.DECIDE)
    rules.check_reply(words)
    report = Report.objects.filter(pk=report_id).first()
    way = WayBack.objects.filter(pk=report_id).first()
    if report is None or way is None:
        raise NotFound
    held = Receipt.objects.select_for_update().filter(digest=bytes(way.receipt), until__gt=now).first()
    if held is None:
        raise rules.CodeGone
    made = Reply(
        id=ids.new(),
        report=report,
        **beside(report),
        words=vault.seal(report.key_id, words, at=queries.REPLY),
        replied_at=now,
        replied_by=by.staff,
    )
    made.save(force_insert=True)
    said = [{"at": one.replied_at.isoformat(), "words": text} for one, text in queries.replies(report.id)]
    held.told = engine.seal(bytes(held.public), json.dumps(said, ensure_ascii=False).encode(), at=queries.TOLD)
    held.told_at = now
    held.save(update_fields=["told", "told_at"])
    journal.write(kind="reports.report.answered", thing="report", thing_id=report.id, by=by, now=now)
    return made


@transaction.atomic
def sweep_door(*, by: Actor, now: datetime) -> int:
    """Forget codes that ran out, answers that were not finished, and names of sendings long taken in; how many rows.

    No permission of its own: their time is over; a job asks it.
    """
    gone = Receipt.objects.filter(until__lte=now).delete()[0]
    gone += Answers.objects.filter(until__lte=now).delete()[0]
    gone += Arrival.objects.filter(taken_at__lte=now - rules.EMPTIED_KEPT).delete()[0]
    if gone:
        journal.write(kind="reports.door.swept", by=by, now=now, detail={"count": gone})
    return gone
