"""Reviews, emergencies and declarations on the pages."""

import re
from datetime import datetime

import pytest
from django.test import Client

from qorgan.agencies import actions as agencies
from qorgan.agencies import queries as offices
from qorgan.agencies.models import Block, Odd, Opening, Staff
from qorgan.agencies.terms import Relation
from qorgan.base.scope import Actor, acting
from qorgan.cases.models import Case
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind
from qorgan.people.actions import Named
from qorgan.reports.models import Report
from qorgan.reports.terms import Serving
from tests import factories
from tests.conftest import PASSWORD, actor
from tests.web import pages

WIFE = Named(written="Есімханова Сая Болатқызы", iin="880202400404")


def signed_in(login: str) -> Client:
    return pages.signed_in(login, language="kk")


def proven(login: str) -> Client:
    return pages.proven(login, language="kk")


@pytest.fixture
def blocked(owner: Actor, now: datetime) -> Report:
    """A report about the inspector's wife, taken in by the desk."""
    staff = Staff.objects.get(pk=owner.staff)
    agencies.declare(staff=staff, relation=Relation.SPOUSE, name="", iin=WIFE.iin, phone="", by=owner, now=now)
    desk = actor("desk")
    with acting(desk):
        return factories.report(by=desk, now=now, victim=WIFE)


def reviewer() -> Client:
    with acting(offices.system("test")):
        held = Duty.objects.get(kind__in=(Kind.REVIEW_BLOCK, Kind.REVIEW_OPENING))
    login = next(one for one in ("abaihead", "prosecutor", "head") if actor(one).agency == held.agency_id)
    return signed_in(login)


def test_reviewer_elsewhere_finds_the_block_in_todays_duties_and_in_the_list(blocked: Report) -> None:
    block = Block.objects.get()
    browser = reviewer()
    assert f"/reviews/blocks/{block.id}/" in browser.get("/").content.decode()
    page = browser.get("/reviews/").content.decode()
    assert "Есімханов Ернұр" in page
    assert blocked.number in page


def test_reviewer_sees_what_was_compared_and_lifts_it(blocked: Report) -> None:
    block, browser = Block.objects.get(), reviewer()
    page = browser.get(f"/reviews/blocks/{block.id}/").content.decode()
    assert "Есімханова Сая Болатқызы" in page
    assert "ЖСН бірдей" in page
    assert "880202400404" not in page
    assert browser.get(f"/reports/{blocked.id}/").status_code == 404
    answer = browser.post(f"/reviews/blocks/{block.id}/", {"answer": "lift", "why": "Басқа адам"})
    assert answer.headers["Location"] == "/reviews/"
    assert signed_in("inspector").get(f"/reports/{blocked.id}/").status_code == 200
    assert browser.get(f"/reviews/blocks/{block.id}/").status_code == 404


def test_a_decision_without_a_reason_comes_back_with_what_was_chosen(blocked: Report) -> None:
    answer = reviewer().post(f"/reviews/blocks/{Block.objects.get().id}/", {"answer": "lift", "why": " "})
    assert answer.status_code == 422
    assert answer.context["form"]["answer"].value() == "lift"


@pytest.mark.parametrize(
    ("login", "status"), [("inspector", 403), ("head", 404), ("cityhead", 404), ("rudny", 403), ("calltaker", 403)]
)
def test_nobody_else_reads_or_decides_the_review(blocked: Report, login: str, status: int) -> None:
    path = f"/reviews/blocks/{Block.objects.get().id}/"
    browser = signed_in(login)
    assert browser.get(path).status_code == status
    assert browser.post(path, {"answer": "lift", "why": "Керек"}).status_code == status


def test_blocked_person_finds_no_trace_of_the_record_anywhere(blocked: Report) -> None:
    browser = signed_in("inspector")
    assert browser.get(f"/reports/?number={blocked.number}").status_code == 200
    assert browser.get(f"/reports/{blocked.id}/").status_code == 404
    for path in ("/", "/reports/", "/cases/", "/entrusted/", "/kin/"):
        assert str(blocked.id) not in browser.get(path).content.decode()


@pytest.fixture
def case(owner: Actor, now: datetime) -> Case:
    return factories.case(by=owner, now=now)


TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
URGENT = {"reason": "call", "why": "Ол қазір осында"}


def test_record_of_another_region_opens_in_an_emergency_and_stands_among_the_entrusted(case: Case) -> None:
    browser = proven("rudny")
    answer = browser.post("/urgent/", URGENT | {"number": case.number}, follow=True)
    opening = Opening.objects.get()
    assert str(opening.admission_id) in answer.content.decode()
    page = browser.post(f"/entrusted/{opening.admission_id}/enter/", follow=True)
    assert page.status_code == 200
    assert case.number in page.content.decode()


def test_a_number_that_opens_nothing_is_answered_alike_whatever_it_is(
    blocked: Report, owner: Actor, now: datetime
) -> None:
    sealed = factories.report(by=actor("desk"), now=now, serving=Serving.POLICE)
    browser = proven("inspector")
    said = set()
    for number in (blocked.number, sealed.number, "26-SHY-9999999"):
        answer = browser.post("/urgent/", URGENT | {"number": number})
        said.add((answer.status_code, TOKEN.sub("", answer.content.decode()).replace(number, "N")))
    assert len(said) == 1


def test_those_who_lead_the_record_read_who_opened_it_and_why_and_note_it(case: Case, colleague: Actor) -> None:
    proven("rudny").post("/urgent/", URGENT | {"number": case.number})
    opening = Opening.objects.get()
    browser = signed_in("head")
    page = browser.get(f"/reviews/openings/{opening.id}/").content.decode()
    assert "Мироненко" in page
    assert "Ол қазір осында" in page
    assert browser.post(f"/reviews/openings/{opening.id}/", {"answer": "yes", "why": "x"}).status_code == 403
    with acting(colleague):
        duty = Duty.objects.get(kind=Kind.SEE_OPENING)
    assert browser.post(f"/duties/{duty.id}/", {"seen": "0"}).status_code == 303


def test_reviewer_of_an_emergency_says_whether_it_was_right(case: Case) -> None:
    proven("rudny").post("/urgent/", URGENT | {"number": case.number})
    opening, browser = Opening.objects.get(), reviewer()
    assert browser.post(f"/reviews/openings/{opening.id}/", {"answer": "no", "why": "Негізсіз"}).status_code == 303
    opening.refresh_from_db()
    assert opening.was_right is False
    assert signed_in("rudny").get("/entrusted/").content.decode().count("/enter/") == 0


def test_a_wrong_form_keeps_what_was_typed(case: Case) -> None:
    answer = proven("rudny").post("/urgent/", {"number": case.number, "why": "Ол осында"})
    assert answer.status_code == 422
    assert answer.context["form"]["why"].value() == "Ол осында"


def test_a_person_declares_herself_and_reads_her_own_list_masked_and_nobody_elses(owner: Actor) -> None:
    browser = signed_in("inspector")
    sent = {"relation": "spouse", "name": "Есімханова Сая", "iin": "880202400404", "phone": "+7 702 111 22 33"}
    assert browser.post("/kin/", sent).status_code == 303
    page = browser.get("/kin/").content.decode()
    assert "Есімханова Сая" in page
    assert "880202400404" not in page
    assert "Есімханова" not in signed_in("head").get("/kin/").content.decode()
    (row,) = browser.get("/kin/").context["rows"]
    assert signed_in("head").post(f"/kin/{row['id']}/end/").status_code == 404
    assert browser.post(f"/kin/{row['id']}/end/").status_code == 303
    assert browser.get("/kin/").context["rows"] == []


def test_a_declaration_with_a_faulty_number_says_so_beside_it(owner: Actor) -> None:
    answer = signed_in("inspector").post("/kin/", {"relation": "spouse", "iin": "123"})
    assert answer.status_code == 422
    assert "iin" in answer.context["form"].errors


def test_unusual_looking_is_judged_in_words_by_someone_it_is_not_about(owner: Actor, now: datetime) -> None:
    head = Staff.objects.get(login="head")
    from qorgan.base.processes import Process
    from tests.roles import as_process

    with as_process(Process.WORKER):
        odd = Odd.objects.create(
            staff=head, territory_id=7903, reason="many", day=now.date(), count=120, usual=20, found_at=now
        )
    assert str(odd.id) not in signed_in("head").get("/reviews/").content.decode()
    browser = signed_in("prosecutor")
    assert str(odd.id) in browser.get("/reviews/").content.decode()
    assert browser.post(f"/reviews/looks/{odd.id}/", {"why": "Жылдық есеп жасаған"}).status_code == 303
    assert str(odd.id) not in browser.get("/reviews/").content.decode()
    assert "Жылдық есеп жасаған" in browser.get(f"/reviews/looks/{odd.id}/").content.decode()


def test_an_emergency_and_letting_in_ask_who_it_is_once_more_and_lose_nothing(case: Case) -> None:
    browser = signed_in("rudny")
    asked = browser.post("/urgent/", URGENT | {"number": case.number})
    assert (asked.status_code, Opening.objects.count()) == (303, 0)
    assert asked.headers["Location"].startswith("/account/confirm/")
    browser.post(asked.headers["Location"], {"password": PASSWORD})
    page = browser.get("/urgent/").content.decode()
    assert case.number in page
    assert URGENT["why"] in page
