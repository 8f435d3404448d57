"""Search without stalking: within sight only; a match elsewhere is told to those who lead it, never to the searcher."""

from datetime import datetime, timedelta

import pytest

from qorgan.agencies import actions as agencies
from qorgan.agencies import queries as offices
from qorgan.agencies.models import Mandate
from qorgan.agencies.terms import BlockGround
from qorgan.base.keys import blind
from qorgan.base.models import JournalEntry
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting, beside
from qorgan.cases import actions
from qorgan.cases.models import Case
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind
from qorgan.people.models import Sought
from tests import factories
from tests.roles import as_process
from tests.web import pages

HER_IIN, HER_PHONE = "900101400404", "+7 701 000 00 01"


@pytest.fixture
def case(owner: Actor, now: datetime) -> Case:
    return factories.case(by=owner, now=now)


def told(who: Actor, number: str, *, now: datetime) -> int:
    kind, index = ("iin", blind.iin(number)) if len(number) == 12 else ("phone", blind.phone(number))
    assert index is not None
    system = offices.system("test")
    with acting(system), as_process(Process.WORKER):
        searcher = Mandate.objects.select_related("staff", "agency", "territory").get(pk=who.mandate_id)
        return actions.tell_elsewhere(index=index, number=kind, searcher=searcher, by=system, now=now)


@pytest.mark.parametrize("number", [HER_IIN, "8 701 000-00-01"])
def test_search_from_another_region_is_told_to_those_who_lead_the_case(
    case: Case, owner: Actor, stranger: Actor, now: datetime, number: str
) -> None:
    assert told(stranger, number, now=now) == 1
    with acting(owner):
        duty = Duty.objects.get(kind=Kind.FOUND_ELSEWHERE)
        sought = Sought.objects.get()
    assert (duty.agency_id, duty.case_id, duty.due_at) == (case.agency_id, case.pk, now + timedelta(hours=24))
    assert (sought.staff_id, sought.thread_id) == (stranger.staff, case.thread_id)
    with acting(stranger):
        assert not Duty.objects.exists()
        assert not Sought.objects.exists()


def test_what_lies_in_ones_own_sight_is_told_to_nobody(case: Case, owner: Actor, now: datetime) -> None:
    assert told(owner, HER_IIN, now=now) == 0


def test_officer_who_is_shut_out_and_seeks_his_wife_is_told_of_to_those_who_lead_her_case(
    case: Case, owner: Actor, colleague: Actor, now: datetime
) -> None:
    agencies.block(staff_id=owner.staff, **beside(case), ground=BlockGround.KIN, by=colleague, now=now)
    assert told(owner, HER_IIN, now=now) == 1
    with acting(colleague):
        assert Sought.objects.get().staff_id == owner.staff
    with acting(owner):
        assert not Sought.objects.exists()


def test_the_same_search_again_within_a_day_tells_nothing_new(case: Case, stranger: Actor, now: datetime) -> None:
    assert [told(stranger, HER_IIN, now=now + timedelta(hours=hours)) for hours in (0, 5, 25)] == [1, 0, 1]


def test_nobody_of_that_number_tells_nobody(case: Case, stranger: Actor, now: datetime) -> None:
    assert told(stranger, "910101400404", now=now) == 0


def test_the_page_answers_alike_whether_there_is_one_elsewhere_or_none(case: Case, stranger: Actor) -> None:
    browser = pages.signed_in("rudny")
    said = set()
    for number in (HER_IIN, "910101400404"):
        answer = browser.post("/people/", {"number": number})
        assert answer.context["found"] == []
        said.add((answer.status_code, len(answer.content.decode().replace(number, ""))))
    assert len(said) == 1
    rows = JournalEntry.objects.filter(kind="web.person.searched").order_by("id")
    assert [row.detail for row in rows] == [{"by": "iin", "found": 0}] * 2
    assert HER_IIN not in str([row.detail for row in rows])


def test_who_sees_the_record_finds_it_masked_and_with_its_number(case: Case) -> None:
    page = pages.signed_in("head").post("/people/", {"number": HER_PHONE}).content.decode()
    assert case.number in page
    assert "Әбдірахманова Гүлсезім" in page
    assert HER_IIN not in page


def test_no_role_without_people_searches(case: Case) -> None:
    for login in ("calltaker", "clerk", "prosecutor", "statistician", "admin"):
        assert pages.signed_in(login).post("/people/", {"number": HER_IIN}).status_code == 403


@pytest.mark.parametrize("number", ["", "123", "Әбдірахманова", "9" * 41])
def test_what_is_no_number_is_said_in_one_sentence_and_kept(case: Case, number: str) -> None:
    answer = pages.signed_in("head").post("/people/", {"number": number})
    assert answer.status_code == 422
    assert answer.context["form"]["number"].value() == number
    assert len(answer.context["form"].errors["number"]) == 1


def test_page_of_who_sought_is_for_those_who_see_the_record(case: Case, stranger: Actor, now: datetime) -> None:
    told(stranger, HER_IIN, now=now)
    with acting(offices.system("test")):
        path = f"/people/sought/{Sought.objects.get().pk}/"
    page = pages.signed_in("head", language="kk").get(path).content.decode()
    assert "Мироненко" in page
    assert case.number in page
    assert pages.signed_in("rudny").get(path).status_code == 404
