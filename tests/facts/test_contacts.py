"""Contacts, calls and complaints are counted apart: what each was, how soon it was answered, what became of it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from qorgan.base import clock, ids
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.duties import actions as duties
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind
from qorgan.facts.collect import trace
from qorgan.facts.collect.where import NOWHERE
from qorgan.facts.queries import Selection
from qorgan.facts.terms import FactKind
from qorgan.indicators import queries as figures
from qorgan.indicators.engine.periods import parse
from qorgan.people.actions import Named
from qorgan.reports import actions
from qorgan.reports.actions import Reached
from qorgan.reports.models import Contact
from qorgan.reports.terms import Channel
from qorgan.reports.terms.contacts import Disposition, Way
from tests import factories
from tests.conftest import actor
from tests.facts.test_collect import collect_all, facts
from tests.roles import as_process

HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
NUMBER = "+7 701 000 00 41"


@pytest.fixture
def taker(db: None) -> Actor:
    """The call-taker of line 150."""
    return actor("calltaker")


def rung(
    said: Disposition, *, by: Actor, now: datetime, way: Way = Way.TELEPHONE, rang: timedelta = timedelta(0)
) -> Contact:
    reached = Reached(ids.new(), Channel.TRUST_LINE_150, now - rang, way=way, number=NUMBER, answered_at=now)
    actions.begin(reached=reached, by=by, now=now)
    return actions.dispose(contact_id=reached.contact_id, disposition=said, by=by, now=now)


def completed(contact_id: UUID, *topics: str, by: Actor, now: datetime) -> None:
    told = factories.signal(at=now, suspect=Named())
    actions.complete(contact_id=contact_id, told=replace(told, kui_no=""), topics=topics, by=by, now=now)


def share(code: str) -> tuple[int | None, int | None]:
    with as_process(Process.STATISTICS):
        found = figures.value(code, period=parse("2026-11"))
    return found.numerator, found.denominator


def test_a_silent_call_is_a_contact_of_the_country_and_no_prank(taker: Actor, now: datetime) -> None:
    with acting(taker):
        rung(Disposition.SILENT, by=taker, now=now, rang=18 * SECOND)
    collect_all(now)
    (told,) = facts(FactKind.CONTACT_TAKEN)
    assert (told.code, told.on, told.region, told.root) == ("silent", date(2026, 11, 20), NOWHERE, None)
    assert (told.hours, told.traits, told.stage) == (Decimal("0.005"), "|150|telephone|", None)
    assert (share("contacts_silent")[0], share("contacts_not_meant")[0]) == (1, 0)


def test_what_was_taken_back_within_seconds_counts_as_what_it_was_said_to_be_then(taker: Actor, now: datetime) -> None:
    with acting(taker):
        held = rung(Disposition.PRANK, by=taker, now=now)
    collect_all(now)
    with acting(taker):
        actions.undo(contact_id=held.id, by=taker, now=now + 3 * SECOND)
    collect_all(now + MINUTE)
    assert share("contacts_taken")[0] == 0
    with acting(taker):
        actions.dispose(contact_id=held.id, disposition=Disposition.SILENT, by=taker, now=now + 4 * SECOND)
    collect_all(now + 2 * MINUTE)
    assert (share("contacts_taken")[0], share("contacts_silent")[0]) == (1, 1)


def test_calls_contacts_and_complaints_have_denominators_of_their_own(taker: Actor, now: datetime) -> None:
    with clock.frozen(now), acting(taker):
        for way, topic in ((Way.TELEPHONE, "violence/child"), (Way.CHAT, "family/custody")):
            completed(rung(Disposition.ANOTHER, by=taker, now=now, way=way).id, topic, by=taker, now=now + MINUTE)
        for said in (Disposition.WRONG_NUMBER, Disposition.INFORMATION, Disposition.SELF):
            rung(said, by=taker, now=now)
    collect_all(now + HOUR)
    assert share("contacts_taken") == (5, None)
    assert share("calls_taken") == (4, None)
    assert share("contacts_reported_share") == (2, 5)
    assert share("contacts_child_rights_share") == (2, 5)
    assert share("calls_child_harm_share") == (1, 4)
    assert [share(f"contacts_{kind}")[0] for kind in ("heard", "information", "not_meant")] == [3, 1, 1]


def test_the_time_to_the_answer_is_measured_only_where_the_exchange_told_when_it_rang(
    taker: Actor, now: datetime
) -> None:
    with acting(taker):
        for rang in (0, 0, 90):
            rung(Disposition.TEST, by=taker, now=now, rang=rang * SECOND)
    collect_all(now)
    assert share("minutes_to_answer_median") == (3, 1)
    with as_process(Process.STATISTICS):
        assert figures.value("minutes_to_answer_median", period=parse("2026-11")).value == Decimal("1.5")


@pytest.mark.parametrize(("minutes", "in_time"), [(50, 1), (61, 0)])
def test_a_check_of_welfare_counts_where_it_was_done_within_its_clock(
    taker: Actor, now: datetime, minutes: int, in_time: int
) -> None:
    with acting(taker):
        rung(Disposition.SILENT, by=taker, now=now)
        second = rung(Disposition.SILENT, by=taker, now=now + HOUR)
    collect_all(now + HOUR)
    assert share("silent_checked_in_time_share") == (0, 1)
    with acting(taker):
        duty = Duty.objects.get(thing_id=second.id, kind=Kind.CHECK_WELFARE)
        duties.finish(duty=duty, by=taker, now=now + HOUR + minutes * MINUTE)
    moment = collect_all(now + 3 * HOUR).as_of
    assert share("silent_checked_in_time_share") == (in_time, 1)
    assert moment is not None
    with as_process(Process.COLLECTOR):
        for kind in (FactKind.WELFARE_CHECK_LAID, FactKind.WELFARE_CHECK_DONE):
            selection = Selection(kind, date(2026, 11, 1), date(2026, 11, 30), moment)
            assert trace.records_behind(selection) == [second.id]
