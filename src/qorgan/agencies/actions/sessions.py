"""Ending sessions. A row that is gone lets nobody in from the next request on."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from qorgan.agencies.models import Session
from qorgan.base import journal
from qorgan.base.errors import NotFound
from qorgan.base.scope import Actor


@transaction.atomic
def end_session(*, handle: UUID, by: Actor, now: datetime) -> None:
    """End one session of one's own. Raises NotFound, also for a session of someone else.

    No permission of its own: it is one's own session, and the page has asked who one is anew.
    """
    gone, _by_table = Session.objects.filter(handle=handle, staff_id=by.staff).delete()
    if not gone:
        raise NotFound
    journal.write(kind="agencies.session.ended", thing="staff", thing_id=by.staff, by=by, now=now)


@transaction.atomic
def end_other_sessions(*, keep: str, by: Actor, now: datetime) -> int:
    """End all sessions of one's own but the one whose row is `keep`; how many there were.

    No permission of its own: they are one's own sessions, and the page has asked who one is anew.
    """
    gone, _by_table = Session.objects.filter(staff_id=by.staff).exclude(session_key=keep).delete()
    detail = {"sessions": gone}
    journal.write(kind="agencies.session.others_ended", thing="staff", thing_id=by.staff, by=by, now=now, detail=detail)
    return gone


@transaction.atomic
def forget_expired_sessions(*, by: Actor, now: datetime) -> int:
    """Remove the sessions whose time has passed; how many there were.

    No permission of its own: they let nobody in any more.
    """
    gone, _by_table = Session.objects.filter(expire_date__lt=now).delete()
    if gone:
        journal.write(kind="agencies.session.expired", by=by, now=now, detail={"sessions": gone})
    return gone


def mark_seen(*, session_key: str, by: Actor, now: datetime) -> None:
    """Keep when a session was last seen.

    No permission of its own: it is one's own session. Not in the journal: what was done there is.
    """
    Session.objects.filter(session_key=session_key).update(seen_at=now)
