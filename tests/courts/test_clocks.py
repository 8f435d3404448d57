"""Terms of courts: none is counted while none is on record; one that a deployment enters decides at once."""

from datetime import date, datetime, timedelta

import pytest

from qorgan.base.scope import Actor, acting
from qorgan.courts import actions, rules
from qorgan.courts.terms import Kind, Party
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind as DutyKind
from qorgan.law.actions import Citation, enter_value
from qorgan.law.engine.marks import Standing, Unit
from qorgan.law.readers.country import read_book
from tests.conftest import actor
from tests.courts import made

TERM, APPEAL = "courts.term_special_requirements", "courts.appeal_special_requirements"
PAPER = Citation(document="Letter of the Supreme Court No. 3 of 1 June 2026", article="54")
DAY = timedelta(days=1)


@pytest.fixture
def clerk(db: None) -> Actor:
    return made.clerk()


def enter(key: str, value: int, *, now: datetime) -> None:
    """What an administrator enters from a document."""
    enter_value(
        key=key, value=value, valid_from=date(2026, 6, 1), citation=PAPER, by=actor("admin"), now=now, unit=Unit.DAYS
    )


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("country", ["kz", "zz"])
def test_every_term_that_courts_ask_for_is_a_rule_of_the_country(
    country: str, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QORGAN_COUNTRY", country)
    book = read_book()
    for key in (f"courts.term_{kind}", f"courts.appeal_{kind}", "courts.arrest_max", "penalties.public_works"):
        assert book.rule(key).names


def test_of_kazakhstan_no_term_of_courts_is_on_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QORGAN_COUNTRY", "kz")
    book = read_book()
    for kind in Kind:
        for key in (f"courts.term_{kind}", f"courts.appeal_{kind}"):
            assert book.value(key, date(2026, 11, 20)).standing is Standing.NOT_ON_RECORD


def test_an_entered_term_becomes_a_duty_of_the_court_and_the_first_decision_does_it(
    owner: Actor, clerk: Actor, now: datetime
) -> None:
    enter(TERM, 15, now=now)
    held = made.sent(by=owner, now=now)
    duty = Duty.objects.get(thing_id=held.id)
    assert (duty.kind, duty.agency_id, duty.provision) == (DutyKind.DECIDE_COURT_CASE, clerk.agency_id, TERM)
    assert duty.due_at == now + 15 * DAY
    with acting(clerk):
        actions.decide(court_case=held, ruling=made.ruling(at=now), by=clerk, now=now)
        duty.refresh_from_db()
    assert (duty.done_at, duty.done_by) == (now, clerk.staff_id)


def test_returned_materials_leave_the_court_no_duty(owner: Actor, clerk: Actor, now: datetime) -> None:
    enter(TERM, 15, now=now)
    held = made.sent(by=owner, now=now)
    with acting(clerk):
        actions.return_material(court_case=held, why="Қолы жоқ.", by=clerk, now=now)
        assert Duty.objects.get(thing_id=held.id).dropped_at == now


def test_an_entered_term_of_appeal_closes_the_appeal_and_holds_entry_into_force_back(
    owner: Actor, clerk: Actor, now: datetime
) -> None:
    enter(APPEAL, 10, now=now)
    decision = made.decided(by=owner, now=now)
    assert decision.appealable_until == now + 10 * DAY
    with acting(clerk):
        early, late = now + 9 * DAY, now + 11 * DAY
        with pytest.raises(rules.StillAppealable):
            actions.enter_into_force(decision=decision, at=early, by=clerk, now=late)
        with pytest.raises(rules.AppealTooLate):
            actions.appeal(decision=decision, filed_by=Party.OFFENDER, at=late, by=clerk, now=late)
        assert actions.enter_into_force(decision=decision, at=now + 10 * DAY, by=clerk, now=late).in_force_at


def test_an_appeal_filed_in_time_may_be_written_down_later(owner: Actor, clerk: Actor, now: datetime) -> None:
    enter(APPEAL, 10, now=now)
    decision = made.decided(by=owner, now=now)
    with acting(clerk):
        made_ = actions.appeal(
            decision=decision, filed_by=Party.OFFENDER, at=now + 9 * DAY, by=clerk, now=now + 12 * DAY
        )
    assert made_.filed_at == now + 9 * DAY
