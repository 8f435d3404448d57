"""Where a child sleeps, a suspect in uniform, the review of a death: on pages, as each of the cast finds them."""

from datetime import timedelta

import pytest

from qorgan.agencies.terms import Kind
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions, queries
from qorgan.cases.models import Case, DeathReview, Night, Recommendation, Referral
from qorgan.cases.terms import Parent, Role, Standing
from qorgan.people.models import Person
from tests import factories
from tests.cases import shared
from tests.conftest import actor
from tests.web.pages import an_hour_ago, signed_in
from tests.web.test_sharing import _entered


@pytest.fixture
def case(owner: Actor) -> Case:
    return factories.served(by=owner, now=an_hour_ago()).case


@pytest.fixture
def child(owner: Actor, case: Case) -> Person:
    return shared.child(case, by=owner, now=an_hour_ago())


def _parent(case: Case, child: Person, **changes: str) -> dict[str, str]:
    him = str(shared.person(case, Role.OFFENDER).id)
    said = {"child": str(child.id), "offender": him, "word": "may_be", "why": ""}
    return said | {"seen": str(queries.nights_stand(case))} | changes


def _night(case: Case, child: Person, **changes: str) -> dict[str, str]:
    until = an_hour_ago() + timedelta(days=2)
    said = {"child": str(child.id), "stays": "shelter", "keeper": "", "whom": "", "why": "Үйде қауіпті"}
    said |= {"since": f"{an_hour_ago():%d.%m.%Y} 08:00", "until": f"{until:%d.%m.%Y} 18:00"}
    return said | {"seen": str(queries.nights_stand(case))} | changes


def test_whose_child_it_is_stands_on_the_case_and_the_authority_knows_it_in_that_second(
    owner: Actor, case: Case, child: Person
) -> None:
    browser = signed_in("inspector")
    assert "nobody has said yet whether he is a parent" in browser.get(f"/cases/{case.id}/").content.decode()
    assert browser.post(f"/cases/{case.id}/night/parent/", _parent(case, child)).status_code == 303
    page = browser.get(f"/cases/{case.id}/").content.decode()
    assert "The guardianship authority was told first:" in page
    assert "No decision holds for:" in page
    assert "no decision" not in signed_in("guardian").get("/referrals/").content.decode().casefold()


def test_a_no_without_a_reason_is_refused_at_its_field_and_nothing_is_lost(
    owner: Actor, case: Case, child: Person
) -> None:
    answer = signed_in("inspector").post(f"/cases/{case.id}/night/parent/", _parent(case, child, word="is_not"))
    assert answer.status_code == 422
    assert "article not on record" in answer.content.decode()
    assert f'value="{child.id}" selected' in answer.content.decode()


def test_the_authority_decides_in_the_file_and_whoever_leads_the_case_reads_it(
    owner: Actor, case: Case, child: Person
) -> None:
    him = shared.person(case, Role.OFFENDER).id
    actions.say_parent(
        case=case, child_id=child.id, offender_id=him, word=Parent.IS, why="", by=owner, now=an_hour_ago()
    )
    shared.answered(Referral.objects.get(), "guardian", now=an_hour_ago())
    typed = _night(case, child)
    browser = _entered("guardian")
    refused = browser.post(f"/cases/{case.id}/night/", typed | {"stays": "relatives", "whom": factories.MAN.written})
    assert refused.status_code == 422
    assert "The child cannot stay with someone" in refused.content.decode()
    assert browser.post(f"/cases/{case.id}/night/", typed).status_code == 303
    assert Night.objects.get().decided_by == actor("guardian").staff
    page = signed_in("inspector").get(f"/cases/{case.id}/").content.decode()
    assert "in a shelter or centre" in page
    assert "a person decided" in page


@pytest.mark.parametrize(
    ("login", "status"), [("inspector", 200), ("head", 200), ("rudny", 404), ("prosecutor", 403), ("guardian", 404)]
)
def test_the_same_page_for_owner_colleague_stranger_excluded_and_who_was_not_let_in(
    owner: Actor, case: Case, child: Person, login: str, status: int
) -> None:
    assert signed_in(login).get(f"/cases/{case.id}/night/").status_code == status


def test_the_authority_is_told_by_hand_on_a_page_once(owner: Actor, case: Case, child: Person) -> None:
    browser, typed = signed_in("inspector"), {"office": "Т. Сейітова", "why": "Базада жоқ"}
    typed |= {"seen": str(queries.nights_stand(case))}
    assert browser.post(f"/cases/{case.id}/night/told/", typed).status_code == 303
    typed |= {"seen": str(queries.nights_stand(case))}
    again = browser.post(f"/cases/{case.id}/night/told/", typed)
    assert again.status_code == 422
    assert "was told of this case before" in again.content.decode()


def test_a_suspect_in_uniform_is_routed_from_the_case(owner: Actor, case: Case) -> None:
    browser = signed_in("inspector")
    page = browser.get(f"/cases/{case.id}/military/").content.decode()
    assert "the investigation goes to military police" in page
    office = actions.military_offices(case)[0]
    typed = {"offender": str(shared.person(case, Role.OFFENDER).id), "agency": str(office.id), "why": "Гарнизонда"}
    typed |= {"seen": str(queries.sharing_stands(case))}
    assert browser.post(f"/cases/{case.id}/military/", typed).status_code == 303
    assert Referral.objects.get().standing == Standing.PROPOSED
    assert "a suspect in uniform" in browser.get(f"/cases/{case.id}/").content.decode()


def _reviewed(case: Case) -> DeathReview:
    with acting(head := actor("head")):
        return actions.begin_death_review(case=case, by=head, now=an_hour_ago())


def _enter(case: Case, **typed: str) -> dict[str, str]:
    with acting(actor("head")):
        seen = queries.death_stands(queries.death_review_of(case))
    return {"act": "enter", "kind": "finding", "agency": "", "words": "", "seen": str(seen)} | typed


def test_a_review_is_begun_entered_recommended_and_answered_on_pages(owner: Actor, case: Case) -> None:
    head, address = signed_in("head"), f"/cases/{case.id}/death/"
    assert "Begin the review" in head.get(address).content.decode()
    assert head.post(address, {"seen": "0"}).status_code == 303
    assert head.post(address, _enter(case, kind="chair", words="Жанұзақова Мәдина")).status_code == 303
    blamed = head.post(address, _enter(case, words="Ол кінәлі"))
    assert blamed.status_code == 422
    assert "A review blames nobody" in blamed.content.decode()
    assert "Ол кінәлі" in blamed.content.decode()
    assert head.post(address, _enter(case, words="Хабар кеш оқылды")).status_code == 303
    to = str(actor("centre").agency)
    advised = _enter(case, words="Түнде де оқу керек.") | {"act": "recommend", "agency": to}
    assert head.post(address, advised).status_code == 303
    made = Recommendation.objects.get()
    centre = signed_in("centre")
    assert "Түнде де оқу керек." in centre.get("/cases/recommendations/").content.decode()
    page = f"/cases/recommendations/{made.id}/"
    assert centre.post(page, {"reply": "refused", "why": "", "seen": "1"}).status_code == 422
    assert centre.post(page, {"reply": "accepted", "why": "", "seen": "1"}).status_code == 303
    assert "accepted" in head.get(address).content.decode()
    assert head.post(address, _enter(case) | {"act": "close"}).status_code == 303


@pytest.mark.parametrize("form", ["whole", "public"])
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_report_is_printed_in_both_languages_and_both_forms(
    owner: Actor, case: Case, form: str, language: str
) -> None:
    _reviewed(case)
    answer = signed_in("head").get(f"/cases/{case.id}/death/{form}-{language}.pdf")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize(("login", "status"), [("inspector", 403), ("rudny", 403), ("prosecutor", 403), ("head", 200)])
def test_who_does_not_keep_reviews_finds_none(owner: Actor, case: Case, login: str, status: int) -> None:
    _reviewed(case)
    assert signed_in(login).get(f"/cases/{case.id}/death/").status_code == status


def test_a_suspect_who_does_not_serve_is_routed_back_on_a_page(owner: Actor, case: Case) -> None:
    browser, address = signed_in("inspector"), f"/cases/{case.id}/military/back/"
    seen = str(queries.sharing_stands(case))
    assert browser.post(address, {"why": "Азаматтық адам", "seen": seen}).status_code == 422
    typed = {"offender": str(shared.person(case, Role.OFFENDER).id), "why": "Гарнизонда", "seen": seen}
    typed |= {"agency": str(actions.military_offices(case)[0].id)}
    typed |= {"watcher": str(actions.military_offices(case, kind=Kind.MILITARY_PROSECUTOR)[0].id)}
    assert browser.post(f"/cases/{case.id}/military/", typed).status_code == 303
    assert Referral.objects.count() == 2
    assert address in browser.get(f"/cases/{case.id}/").content.decode()
    seen = str(queries.sharing_stands(case))
    assert browser.post(address, {"why": "", "seen": seen}).status_code == 422
    assert browser.post(address, {"why": "Азаматтық адам", "seen": seen}).status_code == 303
    assert {one.standing for one in Referral.objects.all()} == {Standing.WITHDRAWN}


def test_a_ministry_answers_by_letter_and_until_then_the_list_shows_it(owner: Actor, case: Case) -> None:
    _reviewed(case)
    head, address = signed_in("head"), f"/cases/{case.id}/death/"
    advised = _enter(case, words="Ереже керек.") | {"act": "recommend", "agency": "", "body": "Білім министрлігі"}
    assert head.post(address, advised).status_code == 303
    made = Recommendation.objects.get()
    listed = head.get("/cases/recommendations/unanswered/").content.decode()
    assert "Білім министрлігі" in listed
    assert made.number in listed
    page = f"/cases/recommendations/{made.id}/"
    answer = {"reply": "accepted", "why": "", "seen": "1"}
    refused = head.post(page, answer | {"letter": "хат"})
    assert refused.status_code == 422
    assert "хат" in refused.content.decode()
    assert head.post(page, answer | {"letter": "№ 12, 21.11.2026"}).status_code == 303
    assert "№ 12, 21.11.2026" in head.get(page).content.decode()
    assert made.number not in head.get("/cases/recommendations/unanswered/").content.decode()


@pytest.mark.parametrize(("login", "status"), [("inspector", 403), ("centre", 403), ("head", 200), ("abaihead", 200)])
def test_the_list_of_the_unanswered_is_of_ones_own_reviews(owner: Actor, case: Case, login: str, status: int) -> None:
    review = _reviewed(case)
    with acting(head := actor("head")):
        what = {"review": review, "body": "Білім министрлігі", "words": "Ереже керек."}
        actions.recommend(**what, by=head, now=an_hour_ago())  # type: ignore[arg-type]  # told by name
    answer = signed_in(login).get("/cases/recommendations/unanswered/")
    assert answer.status_code == status
    assert ("Білім министрлігі" in answer.content.decode()) is (login == "head")
