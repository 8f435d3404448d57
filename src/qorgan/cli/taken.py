"""Calls of the demonstration, as the call-taker of line 150 takes them: silence twice, a question, a child's voice."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from qorgan.cli.acting import as_staff

ANSWERED, SPOKE = timedelta(seconds=14), timedelta(minutes=4)


def take(*, told: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Take the calls of the story, each once; those of which someone tells become reports. What was made, to be told.

    A second run takes none: each has a name of its own.
    """
    from uuid import NAMESPACE_URL, uuid5

    from django.db import transaction

    from qorgan.reports.models import Contact

    with as_staff("calltaker") as taker, transaction.atomic():
        for number, one in enumerate(told["one"]):
            name = uuid5(NAMESPACE_URL, f"demo:{taker.agency}:{number}")
            if not Contact.objects.filter(pk=name).exists():
                _taken(one, name, by=taker, now=now - timedelta(minutes=one["minutes_ago"]))
        made = Contact.objects.filter(taken_by=taker.staff)
        return {"contacts": {"taken": made.count(), "reports": made.filter(report__isnull=False).count(), "at": now}}


def _taken(one: dict[str, Any], name: Any, *, by: Any, now: datetime) -> None:
    from qorgan.base.keys import blind
    from qorgan.messages.terms import SafeContact, Voice
    from qorgan.people.actions import Named
    from qorgan.reports import actions
    from qorgan.reports.terms import Channel, Serving
    from qorgan.reports.terms.contacts import Disposition

    line = Channel.TRUST_LINE_150
    reached = actions.Reached(name, line, now - ANSWERED, number=one["number"], answered_at=now)
    actions.begin(reached=reached, by=by, now=now)
    actions.dispose(contact_id=name, disposition=Disposition(one["said"]), by=by, now=now)
    if "narrative" not in one:
        return
    phone = blind.telephone(one["number"]) or one["number"]
    safe = SafeContact(Voice.CALL, phone, one["code_word"], verified_at=now + SPOKE, answers=one["answers"])
    signal = actions.Signal(
        submission="",
        channel=line,
        registered_at=now,
        narrative=one["narrative"],
        address=one["address"],
        victim=Named(written=one["victim"], phone=one["number"]),
        serving=Serving.NO,
    )
    told = replace(signal, safe=safe)
    actions.complete(contact_id=name, told=told, topics=one["topics"], by=by, now=now + SPOKE)
