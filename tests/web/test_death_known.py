"""What each agency knew before a child died: one dated table of all in the reader's sight, and nothing beyond it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from qorgan.agencies import actions as agencies
from qorgan.agencies.terms import SealGround
from qorgan.base.scope import Actor, acting, beside
from qorgan.cases import actions
from qorgan.cases.models import Case
from qorgan.cases.terms import Role
from qorgan.missing import actions as missing
from qorgan.missing.models import Alarm
from qorgan.orders import actions as orders
from qorgan.people import actions as people
from qorgan.people.models import Person
from qorgan.web.cases import known
from tests import factories
from tests.architecture.guards.queries import count
from tests.cases import shared
from tests.conftest import actor
from tests.missing import made as sought
from tests.risk import made as assessed
from tests.web.pages import an_hour_ago, signed_in

CHILD = "Сәрсенбай Тоғжан Нұрлыбекқызы"


def page(client: Client, case: Case) -> str:
    answer = client.get(f"/cases/{case.id}/death/")
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def died(owner: Actor, *, now: datetime) -> tuple[Case, Alarm]:
    """A missing child found dead: the case of the death, and the alarm that led to it; the review has begun."""
    alarm = sought.alarm(by=owner, now=now)
    ended = missing.found_dead(alarm=alarm, end=missing.End(place="өзен", words="табылды"), by=owner, now=now)
    case = Case.objects.get(pk=ended.death_case_id)
    with acting(head := actor("head")):
        actions.begin_death_review(case=case, by=head, now=now)
    return case, alarm


def earlier(owner: Actor, *, now: datetime) -> tuple[Case, Person]:
    """An earlier case of the family: a child, answers about danger, an offence, an order."""
    order = orders.issue(order=factories.draft(by=owner, now=now), by=owner, now=now)
    case = Case.objects.get(pk=order.case_id)
    young = shared.child(case, by=owner, now=now)
    factories.offence(by=owner, now=now, case=case)
    assessed.assessed("children", by=owner, now=now, case=case)
    return case, young


def hold(case: Case, other: Person, *, by: Actor, now: datetime) -> None:
    """Say that whoever died is the child of an earlier case."""
    dead = shared.person(case)
    people.hold_same(person_id=dead.id, other_id=other.id, why="бір бала", by=by, now=now)


@pytest.fixture
def then(owner: Actor) -> datetime:
    return an_hour_ago()


def test_an_earlier_case_of_the_missing_child_is_in_the_table(owner: Actor, then: datetime) -> None:
    case, alarm = died(owner, now=then)
    text = page(signed_in("head"), case)
    assert alarm.case.number in text
    assert f"/missing/{alarm.id}/" in text


def test_everything_of_an_earlier_case_of_the_child_is_told_with_links(owner: Actor, then: datetime) -> None:
    case, _alarm = died(owner, now=then)
    old, young = earlier(owner, now=then - timedelta(minutes=9))
    client = signed_in("head")
    assert old.number not in page(client, case)
    hold(case, young, by=owner, now=then)
    text = page(client, case)
    for part in (old.number, "/orders/", "/offences/", "/risk/", f"{old.number}/1"):
        assert part in text, part


def test_cases_of_who_was_complained_of_beside_the_child_are_told_too(owner: Actor, then: datetime) -> None:
    case, _alarm = died(owner, now=then)
    _old, young = earlier(owner, now=then - timedelta(minutes=9))
    hold(case, young, by=owner, now=then)
    him = shared.person(_old, Role.OFFENDER)
    other = factories.case(by=owner, now=then)
    people.hold_same(
        person_id=him.id, other_id=shared.person(other, Role.OFFENDER).id, why="бір адам", by=owner, now=then
    )
    assert other.number in page(signed_in("head"), case)


def test_a_record_that_is_sealed_is_as_if_it_were_not(owner: Actor, then: datetime) -> None:
    case, _alarm = died(owner, now=then)
    old, young = earlier(owner, now=then - timedelta(minutes=9))
    hold(case, young, by=owner, now=then)
    client = signed_in("head")
    before = page(client, case)
    agencies.seal(**beside(old), ground=SealGround.DECIDED, by=owner, now=then)
    after = page(client, case)
    assert old.number in before
    assert old.number not in after
    assert after.count("<tr>") < before.count("<tr>")


@pytest.mark.parametrize(("login", "status"), [("inspector", 403), ("rudny", 403), ("desk", 403), ("abaihead", 404)])
def test_who_may_not_review_or_serves_elsewhere_reads_nothing(
    owner: Actor, then: datetime, login: str, status: int
) -> None:
    case, _alarm = died(owner, now=then)
    assert signed_in(login).get(f"/cases/{case.id}/death/").status_code == status


def test_every_other_case_that_is_shown_of_is_looked_at_in_the_journal(owner: Actor, then: datetime) -> None:
    from qorgan.base.journal import read

    case, alarm = died(owner, now=then)
    page(signed_in("head"), case)
    looks = read.looks(kind="web.case.seen", thing="case", thing_id=alarm.case_id, since=then)
    assert looks == {actor("head").staff: 1}


def test_as_many_questions_are_asked_whatever_is_on_record(owner: Actor, then: datetime) -> None:
    case, _alarm = died(owner, now=then)
    _old, young = earlier(owner, now=then - timedelta(minutes=9))
    hold(case, young, by=owner, now=then)
    client = signed_in("head")
    page(client, case)
    before = count(lambda: page(client, case))
    for _each in range(2):
        _older, again = earlier(owner, now=then - timedelta(minutes=5))
        people.hold_same(person_id=young.id, other_id=again.id, why="бір бала", by=owner, now=then)
    after = count(lambda: page(client, case))
    assert _older.number in page(client, case)
    assert after == before


@pytest.mark.parametrize("form", ["whole", "public"])
def test_the_report_prints_it_in_both_forms(owner: Actor, then: datetime, form: str) -> None:
    case, _alarm = died(owner, now=then)
    _old, young = earlier(owner, now=then - timedelta(minutes=9))
    hold(case, young, by=owner, now=then)
    answer = signed_in("head").get(f"/cases/{case.id}/death/{form}-kk.pdf")
    assert answer.content.startswith(b"%PDF")


def test_a_long_name_keeps_its_last_words_in_the_picture() -> None:
    name = "Шымкент қаласы Полиция департаментінің Еңбекші аудандық полиция басқармасы"
    at = an_hour_ago()
    drawn = known.picture([known.Known(at, "Іс ашылды", name)], now=at, zone=UTC)
    assert "… Еңбекші аудандық полиция басқармасы" in drawn
    assert name not in drawn
