"""The register of a district: filters, numbers, the course of a case."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from qorgan.base.scope import Actor
from qorgan.offences import actions, queries
from qorgan.offences.models import Offence
from qorgan.offences.queries import Filter
from qorgan.offences.terms import Ground, Register, State
from tests import factories
from tests.architecture.guards.queries import count

ZONE = ZoneInfo("Asia/Almaty")


@pytest.fixture
def three(owner: Actor, now: datetime) -> list[Offence]:
    """A battery today, a household offence a week ago, a rape in court a month ago."""
    week, month = now - timedelta(days=7), now - timedelta(days=31)
    rape = factories.offence(by=owner, now=month, article="120", register_no="267910031000777")
    quarrel = factories.offence(by=owner, now=week, code="KoAP", article="73")
    battery = factories.offence(by=owner, now=now)
    return [battery, quarrel, actions.send_to_court(offence=rape, by=owner, now=now)]


def _found(wanted: Filter) -> list[Offence]:
    return list(queries.register_of(wanted, zone=ZONE))


def test_the_register_is_filtered_by_register_state_article_and_period(three: list[Offence], now: datetime) -> None:
    battery, quarrel, rape = three
    today = now.astimezone(ZONE).date()
    assert _found(Filter()) == [battery, quarrel, rape]
    assert _found(Filter(register=Register.ADMINISTRATIVE)) == [quarrel]
    assert _found(Filter(state=State.IN_COURT)) == [rape]
    assert _found(Filter(articles=("CC 120", "KoAP 73"))) == [quarrel, rape]
    assert _found(Filter(articles=("nonsense",))) == []
    assert _found(Filter(first=today - timedelta(days=7), last=today - timedelta(days=1))) == [quarrel]
    assert _found(Filter(last=date(2020, 1, 1))) == []


def test_an_offence_is_found_by_our_number_and_by_that_of_the_register(three: list[Offence]) -> None:
    rape = three[2]
    assert queries.by_number(f" {rape.number} ") == rape
    assert queries.by_number("267910031000777") == rape
    assert queries.by_number("") is None


def test_many_offences_are_opened_with_one_question(three: list[Offence], owner: Actor, now: datetime) -> None:
    one = count(lambda: queries.opened(three[:1]))
    assert count(lambda: queries.opened(three)) == one == 1


def test_the_course_of_a_case_tells_its_offences(owner: Actor, now: datetime) -> None:
    case = factories.case(by=owner, now=now)
    held = factories.offence(by=owner, now=now, case=case)
    actions.terminate(offence=held, ground=Ground.RECONCILED, by=owner, now=now + timedelta(days=1))
    factories.offence(by=owner, now=now)
    lines = queries.timeline(queries.for_cases([case.id]))
    assert [(line.kind, line.detail["number"]) for line in lines] == [
        ("offence_registered", held.number),
        ("offence_terminated", held.number),
    ]
    assert queries.for_duties([held.id])[held.id].case_number == case.number
