"""Contacts of a line: one key each, taken back within seconds; silence is never a prank."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from uuid import UUID

import pytest

from qorgan.base import clock, ids
from qorgan.base.errors import ChangedMeanwhile, NotAllowed, NotFound
from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor, acting
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind
from qorgan.messages.terms import SafeContact, Voice
from qorgan.people import actions as people
from qorgan.people.actions import Named
from qorgan.people.models import Contact as SafelyReached
from qorgan.reports import actions
from qorgan.reports.actions import Reached
from qorgan.reports.models import Contact, Draft, NumberBlock, Report
from qorgan.reports.queries import contacts as queries
from qorgan.reports.rules import contacts as rules
from qorgan.reports.terms import Channel, Serving
from qorgan.reports.terms.contacts import BlockReason, Consent, Despite, Disposition
from tests import factories
from tests.conftest import actor

NUMBER = "8 (701) 000-00-41"
TOLD = {"narrative": factories.WORDS, "written": "Нұрғалиева Айгер"}
SECOND = timedelta(seconds=1)


@pytest.fixture
def taker(db: None) -> Actor:
    """The call-taker of line 150."""
    return actor("calltaker")


def rung(*, by: Actor, now: datetime, number: str = NUMBER, contact_id: UUID | None = None) -> Contact:
    reached = Reached(contact_id=contact_id or ids.new(), line=Channel.TRUST_LINE_150, rang_at=now, number=number)
    return actions.begin(reached=reached, by=by, now=now)


def closed(disposition: Disposition, *, by: Actor, now: datetime, number: str = NUMBER) -> Contact:
    held = rung(by=by, now=now, number=number)
    return actions.dispose(contact_id=held.id, disposition=disposition, by=by, now=now, seen=held.version)


def saved(held: Contact, *, by: Actor, now: datetime, seen: int = 0, serving: Serving = Serving.NO) -> Draft:
    return actions.save_draft(
        contact_id=held.id, said=TOLD, serving=serving, consent=Consent.NOT_ASKED, by=by, now=now, seen=seen
    )


def checks() -> list[Duty]:
    return list(Duty.objects.filter(kind=Kind.CHECK_WELFARE, dropped_at=None))


def test_the_number_is_found_again_and_kept_as_it_was_given(taker: Actor, now: datetime) -> None:
    with acting(taker):
        held = rung(by=taker, now=now)
        assert queries.number(held) == "+77010000041"
        assert queries.number(held, as_given=True) == NUMBER
        again = rung(by=taker, now=now + SECOND, number="+7 701 000 00 41")
        assert list(queries.earlier(again)) == [held]


def test_a_contact_sent_twice_is_one(taker: Actor, now: datetime) -> None:
    with acting(taker):
        held = rung(by=taker, now=now)
        assert rung(by=taker, now=now, contact_id=held.id).id == held.id
        assert Contact.objects.count() == 1


@pytest.mark.parametrize("disposition", list(Disposition))
def test_each_key_says_what_it_is_and_is_taken_back_within_seconds(
    taker: Actor, now: datetime, disposition: Disposition
) -> None:
    with acting(taker):
        held = closed(disposition, by=taker, now=now)
        assert (held.ended_at is not None) is disposition.closes
        back = actions.undo(contact_id=held.id, by=taker, now=now + 5 * SECOND)
        assert (back.disposition, back.ended_at, back.disposed_at) == ("", None, None)


def test_after_the_seconds_it_stands(taker: Actor, now: datetime) -> None:
    with acting(taker):
        held = closed(Disposition.WRONG_NUMBER, by=taker, now=now)
        with pytest.raises(rules.TooLateToUndo):
            actions.undo(contact_id=held.id, by=taker, now=now + 8 * SECOND)
        with pytest.raises(rules.ContactOver):
            actions.dispose(contact_id=held.id, disposition=Disposition.PRANK, by=taker, now=now + 9 * SECOND)


def test_nobody_takes_back_what_someone_else_said(taker: Actor, now: datetime) -> None:
    with acting(taker):
        held = closed(Disposition.TEST, by=taker, now=now)
        other = Actor(**{**vars(taker), "staff_id": ids.new()})
        with pytest.raises(rules.TakenByAnother):
            actions.undo(contact_id=held.id, by=other, now=now + SECOND)


def test_a_second_silent_call_within_a_day_has_her_welfare_checked_once(taker: Actor, now: datetime) -> None:
    with acting(taker):
        closed(Disposition.SILENT, by=taker, now=now)
        assert checks() == []
        second = closed(Disposition.SILENT, by=taker, now=now + timedelta(hours=23))
        closed(Disposition.SILENT, by=taker, now=now + timedelta(hours=24))
        (duty,) = checks()
        assert (duty.thing_id, duty.to_verify, duty.agency_id) == (second.id, True, taker.agency_id)
        assert duty.due_at == now + timedelta(hours=24)


def test_two_silent_calls_a_day_apart_or_from_two_numbers_lay_nothing(taker: Actor, now: datetime) -> None:
    with acting(taker):
        closed(Disposition.SILENT, by=taker, now=now)
        closed(Disposition.SILENT, by=taker, now=now + timedelta(hours=24, seconds=1))
        closed(Disposition.SILENT, by=taker, now=now, number="8 701 000 00 42")
        closed(Disposition.SILENT, by=taker, now=now, number="")
        closed(Disposition.SILENT, by=taker, now=now, number="")
        assert checks() == []


def test_taken_back_the_check_is_dropped_and_silent_again_it_is_laid_again(taker: Actor, now: datetime) -> None:
    with acting(taker):
        closed(Disposition.SILENT, by=taker, now=now)
        held = closed(Disposition.SILENT, by=taker, now=now + SECOND)
        actions.undo(contact_id=held.id, by=taker, now=now + 2 * SECOND)
        assert checks() == []
        actions.dispose(contact_id=held.id, disposition=Disposition.SILENT, by=taker, now=now + 3 * SECOND)
        assert [duty.thing_id for duty in checks()] == [held.id]


@pytest.mark.parametrize("reason", list(BlockReason))
@pytest.mark.parametrize("disposition", [Disposition.SILENT, Disposition.WRONG_NUMBER, Disposition.SELF])
def test_no_number_is_blocked_for_silence(
    taker: Actor, now: datetime, disposition: Disposition, reason: BlockReason
) -> None:
    with acting(taker):
        held = closed(disposition, by=taker, now=now)
        with pytest.raises(rules.NotBlockedForSilence):
            actions.block_number(contact_id=held.id, reason=reason, until=now + timedelta(hours=2), by=taker, now=now)


def test_a_block_has_a_reason_and_an_end_and_is_lifted(taker: Actor, now: datetime) -> None:
    with acting(taker):
        held = closed(Disposition.ABUSIVE, by=taker, now=now)
        for until in (now, now + timedelta(days=8)):
            with pytest.raises(rules.BlockWithoutEnd):
                actions.block_number(contact_id=held.id, reason=BlockReason.ABUSIVE, until=until, by=taker, now=now)
        until = now + timedelta(hours=2)
        made = actions.block_number(contact_id=held.id, reason=BlockReason.ABUSIVE, until=until, by=taker, now=now)

        def stands(at: datetime, line: str = Channel.TRUST_LINE_150) -> NumberBlock | None:
            return queries.block_of("+77010000041", line=line, now=at)

        assert stands(now + timedelta(hours=1)) == made
        assert stands(until) is None
        assert stands(now, Channel.CONTACT_CENTRE_111) is None
        actions.let_number_through(block_id=made.id, by=taker, now=now)
        assert stands(now) is None


def test_of_two_who_write_one_draft_the_second_is_told_and_nothing_is_lost(taker: Actor, now: datetime) -> None:
    with acting(taker):
        held = rung(by=taker, now=now)
        assert saved(held, by=taker, now=now).version == 1
        other = Actor(**{**vars(taker), "staff_id": actor("duty").staff_id})
        with pytest.raises(ChangedMeanwhile):
            saved(held, by=other, now=now + SECOND)
        assert queries.draft_of(held.id).said == TOLD


def test_a_draft_says_no_word_in_the_database(taker: Actor, now: datetime) -> None:
    with acting(taker):
        held = rung(by=taker, now=now)
        saved(held, by=taker, now=now)
        assert factories.WORDS.encode() not in bytes(Draft.objects.get().said)


def test_a_pasted_megabyte_is_refused_and_what_was_saved_stays(taker: Actor, now: datetime) -> None:
    with acting(taker):
        held = rung(by=taker, now=now)
        saved(held, by=taker, now=now)
        with pytest.raises(rules.TooMuchText):
            actions.save_draft(
                contact_id=held.id,
                said={"narrative": "а" * 1_000_000},
                serving=Serving.NO,
                consent=Consent.NOT_ASKED,
                by=taker,
                now=now,
                seen=1,
            )
        assert queries.draft_of(held.id).said == TOLD


def test_a_yes_shuts_the_contact_to_all_others_before_there_is_a_report(taker: Actor, now: datetime) -> None:
    with clock.frozen(now), acting(taker):
        held = rung(by=taker, now=now)
        saved(held, by=taker, now=now, serving=Serving.POLICE)
        assert saved(held, by=taker, now=now, seen=1, serving=Serving.POLICE).version == 2
    with clock.frozen(now), acting(actor("duty")):
        assert queries.find(held.id) is None
        assert queries.draft_of(held.id).version == 0


def told(**changes: object) -> actions.Signal:
    return factories.signal(at=datetime.fromisoformat("2026-11-20T09:30:00+00:00"), suspect=Named(), **changes)


@pytest.mark.parametrize("serving", [Serving.NO, Serving.POLICE])
def test_a_contact_becomes_one_report_of_its_own_thread(taker: Actor, now: datetime, serving: Serving) -> None:
    with clock.frozen(now), acting(taker):
        held = closed(Disposition.SELF, by=taker, now=now)
        saved(held, by=taker, now=now, serving=serving)
        signal, topics = told(serving=serving), ["violence/physical"]
        first = actions.complete(contact_id=held.id, told=signal, topics=topics, by=taker, now=now, seen=held.version)
        again = actions.complete(contact_id=held.id, told=signal, topics=topics, by=taker, now=now, seen=held.version)
        assert (first.is_new, again.is_new, again.report.id) == (True, False, held.id)
        kept = Contact.objects.get()
        assert (kept.report_id, kept.thread_id, first.report.thread_id) == (held.id, held.id, held.id)
        assert (kept.topics, kept.topic_tree, first.report.channel) == (topics, "2026-1", Channel.TRUST_LINE_150)
        assert queries.draft_of(held.id).said == TOLD
        assert JournalEntry.objects.filter(kind="reports.contact.completed", thing_id=str(held.id)).count() == 1


def test_what_is_not_said_or_not_known_becomes_no_report(taker: Actor, now: datetime) -> None:
    with acting(taker):
        held = rung(by=taker, now=now)
        with pytest.raises(rules.NotYetSaid):
            actions.complete(contact_id=held.id, told=told(), topics=[], by=taker, now=now)
        actions.dispose(contact_id=held.id, disposition=Disposition.ANOTHER, by=taker, now=now)
        with pytest.raises(rules.UnknownTopic):
            actions.complete(contact_id=held.id, told=told(), topics=["violence/magic"], by=taker, now=now)
        silent = closed(Disposition.SILENT, by=taker, now=now)
        with pytest.raises(rules.ContactOver):
            actions.complete(contact_id=silent.id, told=told(), topics=[], by=taker, now=now)
        assert Report.objects.count() == 0


def raised(held: Contact, *, by: Actor, now: datetime, **changes: object) -> object:
    asked = {"serving": Serving.NO, "consent": Consent.AGREED, "despite": None} | changes
    return actions.raise_alarm(contact_id=held.id, words="Шымкент, әйел, екі бала", by=by, now=now, **asked)  # type: ignore[arg-type]  # the changes name arguments of it


def test_102_is_told_with_her_answer_and_taken_back_within_seconds(taker: Actor, now: datetime) -> None:
    with acting(taker):
        held = rung(by=taker, now=now)
        first = raised(held, by=taker, now=now)
        assert raised(held, by=taker, now=now + SECOND) == first
        (duty,) = Duty.objects.filter(kind=Kind.TELL_102, dropped_at=None)
        assert duty.due_at == now + timedelta(minutes=5)
        actions.take_alarm_back(contact_id=held.id, by=taker, now=now + 4 * SECOND)
        assert not Duty.objects.filter(kind=Kind.TELL_102, dropped_at=None).exists()
        raised(held, by=taker, now=now + 10 * SECOND)
        with pytest.raises(rules.TooLateToUndo):
            actions.take_alarm_back(contact_id=held.id, by=taker, now=now + 30 * SECOND)
        assert Duty.objects.filter(kind=Kind.TELL_102, dropped_at=None).count() == 1


def test_102_is_not_told_before_both_questions_nor_against_her_word_without_a_reason(
    taker: Actor, now: datetime
) -> None:
    with acting(taker):
        held = rung(by=taker, now=now)
        with pytest.raises(rules.AskWhetherHeServes):
            raised(held, by=taker, now=now, serving=Serving.NOT_ASKED)
        with pytest.raises(rules.AskHerFirst):
            raised(held, by=taker, now=now, consent=Consent.NOT_ASKED)
        with pytest.raises(rules.SheDidNotAgree):
            raised(held, by=taker, now=now, consent=Consent.REFUSED)
        raised(held, by=taker, now=now, consent=Consent.REFUSED, despite=Despite.CHILD)
        assert queries.alarms(held.id) == 1


def test_drafts_of_what_became_no_report_are_emptied_after_a_day(taker: Actor, now: datetime) -> None:
    with acting(taker):
        ended, kept = rung(by=taker, now=now), rung(by=taker, now=now)
        for held in (ended, kept):
            saved(held, by=taker, now=now)
        actions.dispose(contact_id=ended.id, disposition=Disposition.PRANK, by=taker, now=now)
        assert actions.empty_drafts(by=taker, now=now + timedelta(hours=23)) == 0
        assert actions.empty_drafts(by=taker, now=now + timedelta(hours=25)) == 1
        assert (queries.draft_of(ended.id).said, queries.draft_of(kept.id).said) == ({}, TOLD)


def test_only_a_call_taker_takes_calls_and_only_of_her_own_line(
    taker: Actor, owner: Actor, stranger: Actor, excluded: Actor, now: datetime
) -> None:
    with acting(taker):
        held = rung(by=taker, now=now)
    for who in (owner, stranger, excluded):
        with acting(who):
            assert queries.find(held.id) is None
            with pytest.raises(NotAllowed):
                actions.dispose(contact_id=held.id, disposition=Disposition.TEST, by=who, now=now)
    with acting(taker), pytest.raises(NotFound):
        actions.undo(contact_id=ids.new(), by=taker, now=now)


def test_how_she_may_be_reached_is_kept_with_her_report_also_where_she_named_nobody(
    taker: Actor, owner: Actor, now: datetime
) -> None:
    safe = SafeContact(Voice.CALL, "+77010000041", "алма", time(18), time(21), verified_at=now, answers="тек өзі")
    with clock.frozen(now), acting(taker):
        held = closed(Disposition.SELF, by=taker, now=now)
        signal = replace(told(victim=Named()), safe=safe)
        report = actions.complete(contact_id=held.id, told=signal, topics=[], by=taker, now=now).report
        (kept,) = SafelyReached.objects.all()
        assert people.safe_contact(held=kept) == safe
        assert (kept.thread_id, kept.verified_by) == (report.thread_id, taker.staff_id)
