"""Consent and sharing on the pages: asked, referred, accepted, read in part, withdrawn; the sheet for her."""

import io
from datetime import datetime, timedelta

import pypdf
import pytest
from django.test import Client

from qorgan.agencies.models import Admission
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions, queries
from qorgan.cases.models import Case, Consent, Referral
from qorgan.cases.terms import Role, Standing
from tests import factories
from tests.cases import shared
from tests.conftest import actor
from tests.web.pages import an_hour_ago, signed_in


@pytest.fixture
def case(owner: Actor) -> Case:
    return factories.served(by=owner, now=an_hour_ago()).case


@pytest.fixture
def referral(owner: Actor, case: Case) -> Referral:
    return shared.referred(case, by=owner, now=an_hour_ago())


def _asked(case: Case, **changes: object) -> dict[str, object]:
    until = an_hour_ago() + timedelta(days=30)
    return {
        "person": str(shared.person(case).id),
        "aim": "refuge",
        "to": f"agency:{actor('centre').agency}",
        "sections": ["case", "persons"],
        "until": f"{until:%d.%m.%Y} 18:00",
        "answer": "yes",
        "giver": "herself",
        "how": "in_person",
        "language": "kk",
        "seen": str(queries.sharing_stands(case)),
        **changes,
    }


def _offered(case: Case, **changes: object) -> dict[str, object]:
    until = an_hour_ago() + timedelta(days=20)
    return {
        "agency": str(actor("centre").agency),
        "aim": "refuge",
        "sections": ["case", "persons"],
        "until": f"{until:%d.%m.%Y} 18:00",
        "urgency": "now",
        "ground": "consent",
        "note": "Екі баласы бар",
        "seen": str(queries.sharing_stands(case)),
        **changes,
    }


def _entered(login: str) -> Client:
    browser = signed_in(login)
    way = Admission.objects.filter(agency_id=actor(login).agency, ended_at=None).latest("since")
    browser.post(f"/entrusted/{way.id}/enter/")
    return browser


def test_she_is_asked_and_what_she_said_stands_on_the_case(owner: Actor, case: Case) -> None:
    browser = signed_in("inspector")
    assert "Not known is not yes" in browser.get(f"/cases/{case.id}/").content.decode()
    answer = browser.post(f"/cases/{case.id}/consent/", _asked(case))
    assert answer.status_code == 303
    page = browser.get(f"/cases/{case.id}/").content.decode()
    assert f"/cases/{case.id}/consent/{Consent.objects.get().id}/withdraw/" in page


def test_a_yes_without_an_end_is_refused_at_its_field_and_nothing_is_lost(owner: Actor, case: Case) -> None:
    answer = signed_in("inspector").post(f"/cases/{case.id}/consent/", _asked(case, until=""))
    assert answer.status_code == 422
    assert "until" in answer.context["form"].errors
    assert not Consent.objects.exists()


def test_without_consent_nothing_is_referred_and_the_page_leads_to_asking(owner: Actor, case: Case) -> None:
    answer = signed_in("inspector").post(f"/cases/{case.id}/refer/", _offered(case))
    assert answer.status_code == 422
    assert "sections" in answer.context["form"].errors
    assert f"/cases/{case.id}/consent/" in answer.content.decode()


def test_on_another_ground_it_is_marked_with_its_provision_or_that_none_is_on_record(owner: Actor, case: Case) -> None:
    browser = signed_in("inspector")
    assert browser.post(f"/cases/{case.id}/refer/", _offered(case, ground="child_in_danger")).status_code == 303
    page = browser.get(f"/cases/{case.id}/").content.decode()
    assert "danger to the life or health of a child" in page
    assert "article not on record" in page


def test_the_inbox_shows_a_card_without_a_name_until_it_is_accepted(
    owner: Actor, case: Case, referral: Referral
) -> None:
    browser = signed_in("centre")
    place = f"/referrals/{referral.id}/"
    assert place in browser.get("/referrals/").content.decode()
    card = browser.get(place)
    assert card.status_code == 200
    for word in ("Әбдірахманова", "Сәрсенбаев", "Екі баласы", factories.WORDS):
        assert word not in card.content.decode()
    assert browser.get(f"/cases/{case.id}/").status_code == 404
    accepted = browser.post(f"{place}accept/", {"seen": str(referral.version)})
    assert accepted.status_code == 303
    assert browser.get(f"/cases/{case.id}/").status_code == 404  # not entered yet
    assert "/enter/" in browser.get(place).content.decode()


def test_inside_only_what_was_granted_is_read(owner: Actor, case: Case, referral: Referral) -> None:
    shared.answered(referral, "centre", now=an_hour_ago())
    browser = _entered("centre")
    page = browser.get(f"/cases/{case.id}/").content.decode()
    assert "Әбдірахманова" in page
    assert factories.WORDS not in page
    assert "What she agreed to" not in page
    assert f"/referrals/{referral.id}/" in page
    assert "Екі баласы" in browser.get(f"/referrals/{referral.id}/").content.decode()
    assert browser.get("/orders/").status_code == 404
    assert browser.get("/reports/").status_code == 404
    for path in ("consent/", "refer/", "transfer/", "looks/", f"sheet/{shared.person(case).id}/kk.pdf"):
        assert browser.get(f"/cases/{case.id}/{path}").status_code in (403, 404)


def test_without_the_people_no_name_stands_on_the_page_or_in_the_list(owner: Actor, case: Case) -> None:
    now = an_hour_ago()
    shared.consent(case, by=owner, now=now)
    made = actions.refer(case=case, part=shared.part(now=now, sections=()), by=owner, now=now)
    shared.answered(made, "centre", now=now)
    browser = _entered("centre")
    for place in (f"/cases/{case.id}/", "/cases/"):
        page = browser.get(place)
        assert page.status_code == 200
        assert "Әбдірахманова" not in page.content.decode()
        assert "Сәрсенбаев" not in page.content.decode()


def test_after_withdrawal_the_next_page_is_not_found_and_the_agency_is_told(
    owner: Actor, case: Case, referral: Referral
) -> None:
    shared.answered(referral, "centre", now=an_hour_ago())
    reader = _entered("centre")
    assert reader.get(f"/cases/{case.id}/").status_code == 200
    browser = signed_in("inspector")
    place = f"/cases/{case.id}/consent/{referral.consent_id}/withdraw/"
    asked = browser.get(place).content.decode()
    assert referral.number in asked
    assert "cannot be taken back" in asked
    done = browser.post(place, {"sure": "on", "seen": str(queries.sharing_stands(case))})
    assert done.status_code == 303
    assert reader.get(f"/cases/{case.id}/").status_code == 404
    told = signed_in("centre").get(f"/referrals/{referral.id}/").content.decode()
    assert f"/referrals/{referral.id}/stopped/" in told
    held = Referral.objects.get(pk=referral.id)
    confirmed = signed_in("centre").post(f"/referrals/{referral.id}/stopped/", {"seen": str(held.version)})
    assert confirmed.status_code == 303
    assert "confirmed that nothing is used or kept" in browser.get(f"/cases/{case.id}/").content.decode()


def test_a_declined_offer_says_why_to_whoever_made_it(owner: Actor, case: Case, referral: Referral) -> None:
    browser = signed_in("centre")
    assert browser.post(f"/referrals/{referral.id}/decline/", {"seen": "1"}).status_code == 422
    answer = browser.post(f"/referrals/{referral.id}/decline/", {"seen": "1", "why": "no_place"})
    assert answer.status_code == 303
    assert "No place or nobody free now" in signed_in("inspector").get(f"/referrals/{referral.id}/").content.decode()


def test_two_of_one_agency_who_answer_at_once_are_told(owner: Actor, case: Case, referral: Referral) -> None:
    browser = signed_in("centre")
    browser.post(f"/referrals/{referral.id}/accept/", {"seen": "1"})
    again = browser.post(f"/referrals/{referral.id}/accept/", {"seen": "1"})
    assert again.status_code == 409


@pytest.mark.parametrize("login", ["rudny", "guardian", "abai", "desk"])
def test_for_others_the_card_is_not_there(owner: Actor, case: Case, referral: Referral, login: str) -> None:
    browser = signed_in(login)
    expected = 200 if login == "desk" else 404  # the desk of the same place sees the case anyway
    assert browser.get(f"/referrals/{referral.id}/").status_code == expected
    for act in ("accept", "decline", "stopped"):
        answer = browser.post(f"/referrals/{referral.id}/{act}/", {"seen": "1", "why": "no_place"})
        assert answer.status_code in (403, 404)
    referral.refresh_from_db()
    assert referral.standing == Standing.PROPOSED


@pytest.mark.parametrize("login", ["prosecutor", "desk", "rudny", "statistician", "centre", "clerk", "admin"])
def test_who_leads_no_case_shares_nothing_of_it(owner: Actor, case: Case, login: str) -> None:
    browser = signed_in(login)
    for path in ("consent/", "refer/", "transfer/", "speaker/"):
        assert browser.get(f"/cases/{case.id}/{path}").status_code in (403, 404)


def test_a_transferred_case_is_the_other_offices_and_not_found_here(owner: Actor, case: Case) -> None:
    made = shared.transfer(case, by=actor("head"), now=an_hour_ago())
    browser = signed_in("abai")
    assert f"/referrals/{made.id}/" in browser.get("/").content.decode()  # a duty of today, or without a term
    assert browser.get(f"/cases/{case.id}/").status_code == 404
    accepted = browser.post(f"/referrals/{made.id}/accept/", {"seen": str(made.version)})
    assert accepted.headers["Location"] == f"/cases/{case.id}/"
    page = browser.get(f"/cases/{case.id}/").content.decode()
    assert factories.WORDS in page
    for login in ("inspector", "head", "desk"):
        assert signed_in(login).get(f"/cases/{case.id}/").status_code == 404
    line = signed_in("inspector").get(f"/referrals/{made.id}/")
    assert line.status_code == 200
    assert "Әбдірахманова" not in line.content.decode()


def test_a_representative_complained_of_is_shown_without_rights(owner: Actor, case: Case) -> None:
    with acting(owner):
        child = shared.child(case, by=owner, now=an_hour_ago())
    browser = signed_in("inspector")
    said = {
        "person": str(child.id),
        "speaker": str(shared.person(case, Role.OFFENDER).id),
        "bond": "parent",
        "evidence": "туу туралы куәлік № 1",
        "valid_from": "01.01.2020",
    }
    assert browser.post(f"/cases/{case.id}/speaker/", said).status_code == 303
    page = browser.get(f"/cases/{case.id}/").content.decode()
    assert "Has no rights here, is told nothing" in page
    assert "Guardianship authority of Shymkent" in page


def test_who_opened_it_is_told_with_names_on_the_page(owner: Actor, case: Case) -> None:
    signed_in("head").get(f"/cases/{case.id}/")
    page = signed_in("inspector").get(f"/cases/{case.id}/looks/")
    assert page.status_code == 200
    assert "Ospankulov" in page.content.decode()
    assert signed_in("rudny").get(f"/cases/{case.id}/looks/").status_code == 404


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_sheet_says_in_her_language_what_is_shared_and_names_nobody(
    owner: Actor, case: Case, referral: Referral, language: str
) -> None:
    shared.answered(referral, "centre", now=an_hour_ago())
    _entered("centre").get(f"/cases/{case.id}/")
    browser = signed_in("inspector")
    answer = browser.get(f"/cases/{case.id}/sheet/{shared.person(case).id}/{language}.pdf")
    assert answer.status_code == 200
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    title = {"kk": "Ісіңізді кім көре алады", "ru": "Кто может видеть ваше дело", "en": "Who can see your file"}
    centre = {"kk": "дағдарыс орталығы", "ru": "Кризисный центр", "en": "Crisis centre"}
    assert title[language] in text
    assert text.count(centre[language]) >= 3
    for name in ("Есімханов", "Есимханов", "Esimkhanov", "Жүсіпова", "Әбдірахманова", "Сәрсенбаев", factories.PLACE):
        assert name not in text


def test_no_sheet_is_made_for_the_one_complained_of(owner: Actor, case: Case) -> None:
    him = shared.person(case, Role.OFFENDER)
    assert signed_in("inspector").get(f"/cases/{case.id}/sheet/{him.id}/kk.pdf").status_code == 404


def test_moments_of_the_past_are_no_end(owner: Actor, case: Case) -> None:
    yesterday = f"{datetime.now(tz=an_hour_ago().tzinfo) - timedelta(days=1):%d.%m.%Y} 10:00"
    assert signed_in("inspector").post(f"/cases/{case.id}/consent/", _asked(case, until=yesterday)).status_code == 422
