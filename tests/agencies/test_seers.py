"""Who could open a record now and why: told as the policies of the database have it."""

from datetime import datetime, timedelta

import pytest

from qorgan.agencies import actions, queries
from qorgan.agencies.models import Admission, Mandate, Staff
from qorgan.agencies.queries import Answer
from qorgan.agencies.terms import AdmissionGround, BlockGround, Purpose, SealGround
from qorgan.base.scope import Actor, acting, beside
from qorgan.cases import access
from qorgan.cases.models import Case
from tests import factories
from tests.conftest import actor

EVERYONE = ("inspector", "head", "cityhead", "duty", "prosecutor", "desk", "rudny", "abai", "admin", "clerk")


@pytest.fixture
def case(owner: Actor, now: datetime) -> Case:
    return factories.case(by=owner, now=now)


def told(case: Case, *, now: datetime) -> set[str]:
    """The logins of those who are said to see the case."""
    found = queries.seers(access.SEE, thread_id=case.thread_id, territory_id=case.territory_id, now=now)
    return {seer.mandate.staff.login for seer in found}


def sees(login: str, case: Case, *, now: datetime) -> bool:
    """Whether the database shows the case to a person, in the mandate or in an entrusted file."""
    who = actor(login)
    mandate = Mandate.objects.get(pk=who.mandate_id)
    ways = [who, *(queries.entered(mandate, one) for one in queries.admissions_of(mandate, now=now))]
    for way in ways:
        with acting(way):
            if way.can(access.SEE) and Case.objects.filter(pk=case.pk).exists():
                return True
    return False


def _plain(case: Case, by: Actor, now: datetime) -> None:
    """Nothing but the case."""


def _blocked(case: Case, by: Actor, now: datetime) -> None:
    actions.block(staff_id=actor("head").staff, **beside(case), ground=BlockGround.KIN, by=by, now=now)


def _sealed(case: Case, by: Actor, now: datetime) -> None:
    actions.seal(**beside(case), ground=SealGround.ARMY, by=by, now=now)


def _routed(case: Case, by: Actor, now: datetime) -> None:
    _sealed(case, by, now)
    _admit(case, by, now, agency_id=actor("abai").agency)


def _referred(case: Case, by: Actor, now: datetime) -> None:
    _admit(case, by, now, staff_id=actor("rudny").staff, until=now + timedelta(days=3000))


def _ended(case: Case, by: Actor, now: datetime) -> None:
    given = _admit(case, by, now, staff_id=actor("rudny").staff)
    actions.end(admission_id=given.id, by=by, now=now)


def _admit(case: Case, by: Actor, now: datetime, **whom: object) -> Admission:
    said = {"until": None} | whom
    place = beside(case)
    return actions.admit(**place, ground=AdmissionGround.REFERRAL, purpose=Purpose.CHILDREN, by=by, now=now, **said)


@pytest.mark.parametrize("happened", [_plain, _blocked, _sealed, _routed, _referred, _ended])
def test_those_who_are_told_are_those_whom_the_database_shows_it_to(
    owner: Actor, case: Case, now: datetime, happened: object
) -> None:
    happened(case, owner, now)  # type: ignore[operator]  # one of the above
    assert {login for login in EVERYONE if sees(login, case, now=now)} == told(case, now=now) & set(EVERYONE)
    for login in EVERYONE:
        staff = Staff.objects.get(login=login)
        answers = queries.explain(staff, access.SEE, **beside(case), now=now)
        assert any(answer.sees for _mandate, answer in answers) == sees(login, case, now=now)


def test_why_someone_sees_it_or_not_is_told(owner: Actor, case: Case, now: datetime) -> None:
    def why(login: str) -> Answer:
        return queries.explain(Staff.objects.get(login=login), access.SEE, **beside(case), now=now)[0][1]

    assert (why("inspector"), why("rudny"), why("admin")) == (Answer.MANDATE, Answer.ELSEWHERE, Answer.ROLE)
    _blocked(case, owner, now)
    assert why("head") is Answer.BLOCKED
    _routed(case, owner, now)
    assert (why("inspector"), why("abai"), why("head")) == (Answer.SEALED, Answer.ADMITTED, Answer.BLOCKED)
    Staff.objects.filter(login="rudny").update(is_active=False)
    assert why("rudny") is Answer.NO_MANDATE


def test_ground_and_end_of_an_admission_are_told(owner: Actor, case: Case, now: datetime) -> None:
    _referred(case, owner, now)
    found = queries.seers(access.SEE, thread_id=case.thread_id, territory_id=case.territory_id, now=now)
    guest = next(seer for seer in found if seer.mandate.staff.login == "rudny")
    assert (guest.ground, guest.until) == (AdmissionGround.REFERRAL, now + timedelta(days=3000))
    assert next(seer for seer in found if seer.mandate.staff.login == "inspector").ground is None
