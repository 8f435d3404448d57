"""The public page: proposed by one person, approved by another, under an address that does not last."""

import json
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from qorgan.base import country, ids, journal
from qorgan.base.errors import NotFound
from qorgan.base.journal.read import check_seen
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.duties import actions as duties
from qorgan.duties.terms import Kind as DutyKind
from qorgan.law import queries as law
from qorgan.missing import access, queries, rules
from qorgan.missing.actions import held
from qorgan.missing.models import Alarm, Notice, Poster
from qorgan.missing.terms import Posted, Words
from qorgan.places import queries as places

APPROVAL, LASTS = "missing.notice_approval", "missing.notice_lasts"


@transaction.atomic
def propose(*, alarm: Alarm, words: Words, by: Actor, now: datetime, seen: int | None = None) -> Notice:
    """Propose the words of a public page; nobody reads them there before a second person has approved them.

    Raises NeverNamed, WrongState, NoWords, WordsTooLong, NoticeStands, ChangedMeanwhile.
    """
    access.check_may(by, access.PROPOSE)
    found = held.locked(alarm, seen=seen)
    rules.check_may_name(marked=queries.is_never_named(found), state=found.state)
    rules.check_words(words, languages=country.toml("country.toml")["languages"])
    _end_expired(found, by=by, now=now)
    if _open(found).exists():
        raise rules.NoticeStands
    notice = Notice(
        id=ids.new(),
        alarm=found,
        **beside(found),
        words=vault.seal(found.key_id, json.dumps(words.texts, ensure_ascii=False), at="missing.notice.words"),
        proposed_at=now,
        proposed_by=by.staff,
    )
    notice.save(force_insert=True)
    term = law.deadline(APPROVAL, start=now, zone=places.zone(found.territory_id))
    duties.lay(
        laid=[duties.Laid(DutyKind.APPROVE_NOTICE, APPROVAL, since=now, due_at=term.due_at, to_verify=term.to_verify)],
        thing="notice",
        thing_id=notice.id,
        case_id=found.case_id,
        **beside(found),
        agency_id=found.agency_id,
        key_id=found.key_id,
        by=by,
        now=now,
    )
    _write("proposed", notice, by=by, now=now)
    return notice


@transaction.atomic
def approve(*, notice: Notice, by: Actor, now: datetime, seen: int | None = None) -> Notice:
    """Let the page stand, as a second person, for the hours on record, at a new address.

    Raises SamePerson, NeverNamed, WrongState, NoticeDecided, ChangedMeanwhile.
    """
    access.check_may(by, access.APPROVE)
    found = _locked(notice, seen=seen)
    rules.check_waits(found.state)
    rules.check_second(proposed_by=found.proposed_by, by=by.staff)
    rules.check_may_name(marked=queries.is_never_named(found.alarm), state=found.alarm.state)
    hours = law.value(LASTS, on=now.astimezone(places.zone(found.territory_id)).date()).number()
    found.state, found.token, found.until = Posted.STANDS, secrets.token_urlsafe(24), now + timedelta(hours=hours)
    _decided(found, "state", "token", "until", by=by, now=now)
    Poster.objects.create(
        digest=queries.digest_of(found.token),
        notice_id=found.id,
        words=queries.view_of(found).words.texts,
        until=found.until,
    )
    _write("approved", found, by=by, now=now)
    return found


@transaction.atomic
def decline(*, notice: Notice, by: Actor, now: datetime, seen: int | None = None) -> Notice:
    """Say no to the words, as whoever may approve them. Raises NoticeDecided, ChangedMeanwhile."""
    access.check_may(by, access.APPROVE)
    found = _locked(notice, seen=seen)
    rules.check_waits(found.state)
    found.state = Posted.DECLINED
    _decided(found, "state", by=by, now=now)
    _write("declined", found, by=by, now=now)
    return found


@transaction.atomic
def take_down(*, notice: Notice, by: Actor, now: datetime, seen: int | None = None) -> Notice:
    """Take the page down, or the proposal back: its words are gone with this commit. Raises NoticeDecided."""
    access.check_may(by, access.PROPOSE)
    found = _locked(notice, seen=seen)
    if found.state not in (Posted.PROPOSED, Posted.STANDS):
        raise rules.NoticeDecided(state=Posted(found.state).label)
    _down(found, why="decided", by=by, now=now)
    return found


def end_all(*, alarm: Alarm, why: str, by: Actor, now: datetime) -> None:
    """Take down what stands or waits about the child: the end of the search, or the mark, has asked for it."""
    for notice in _open(alarm).select_for_update():
        _down(notice, why=why, by=by, now=now)


@transaction.atomic
def expire(*, by: Actor, now: datetime) -> int:
    """Empty the pages whose hours are over; how many. No permission of its own: the clock has run out already."""
    late = Notice.objects.select_for_update(skip_locked=True).filter(state=Posted.STANDS, until__lte=now)
    held_now = list(late)
    for notice in held_now:
        _down(notice, why="expired", by=by, now=now)
    return len(held_now)


def _end_expired(alarm: Alarm, *, by: Actor, now: datetime) -> None:
    """What ran out and no job has emptied yet hinders nobody."""
    for notice in _open(alarm).filter(until__lte=now).select_for_update():
        _down(notice, why="expired", by=by, now=now)


def _open(alarm: Alarm) -> QuerySet[Notice]:
    return Notice.objects.filter(alarm=alarm, state__in=(Posted.PROPOSED, Posted.STANDS))


def _locked(notice: Notice, *, seen: int | None) -> Notice:
    """The page with its alarm, both held. Raises NotFound, ChangedMeanwhile."""
    alarm = held.locked(notice.alarm)
    found = Notice.objects.select_for_update().filter(pk=notice.pk).first()
    if found is None:
        raise NotFound
    check_seen(seen, stands=found.version, thing="notice", thing_id=found.id, kinds=("missing.notice.",))
    found.alarm = alarm
    return found


def _decided(notice: Notice, *fields: str, by: Actor, now: datetime) -> None:
    notice.decided_at, notice.decided_by = now, by.staff
    notice.version += 1
    notice.save(update_fields=[*fields, "decided_at", "decided_by", "version"])
    duties.done(thing_id=notice.id, kind=DutyKind.APPROVE_NOTICE, by=by, now=now)


def _down(notice: Notice, *, why: str, by: Actor, now: datetime) -> None:
    Poster.objects.filter(notice_id=notice.id).update(words={}, gone_at=now)
    notice.state, notice.token, notice.down_at, notice.down_why = Posted.TAKEN_DOWN, "", now, why
    notice.version += 1
    notice.save(update_fields=["state", "token", "down_at", "down_why", "version"])
    duties.drop(thing_id=notice.id, why=why, by=by, now=now)
    _write("taken_down", notice, by=by, now=now, why=why)


def _write(act: str, notice: Notice, *, by: Actor, now: datetime, **detail: object) -> None:
    said = {"alarm": str(notice.alarm_id), "version": notice.version, **detail}
    journal.write(kind=f"missing.notice.{act}", thing="notice", thing_id=notice.id, by=by, now=now, detail=said)
