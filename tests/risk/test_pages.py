"""Danger on pages: the question before the questions, the result with its reasons, the second person."""

from datetime import timedelta
from functools import partial

import pytest
from django.test import Client

from qorgan.base.scope import Actor, acting
from qorgan.risk import queries
from qorgan.risk.models import Assessment, Lowering
from qorgan.risk.terms import Decision
from tests import factories
from tests.architecture.guards.queries import count as queries_asked
from tests.risk import made
from tests.web.pages import an_hour_ago, signed_in


def _asked(client: Client, address: str, **typed: str) -> str:
    answer = client.post(address, {"safe": "yes", "step": "items", "seen": "0", **typed})
    assert answer.status_code == 303, answer.content.decode()[:3000]
    return str(answer.headers["Location"])


def test_the_first_question_is_whether_it_is_safe_and_yes_leads_to_the_others(owner: Actor) -> None:
    case = factories.case(by=owner, now=an_hour_ago())
    inspector, address = signed_in("inspector"), f"/risk/case/{case.id}/kz.triage/"
    first = inspector.get(address).content.decode()
    assert "Is it safe to ask now?" in first
    assert "q_choked" not in first
    assert inspector.post(address, {"seen": "0"}).status_code == 422
    second = inspector.post(address, {"seen": "0", "safe": "yes", "his_place": "жұмыста"}).content.decode()
    assert "q_choked" in second
    assert "жұмыста" in second
    assert Assessment.objects.count() == 0
    page = inspector.get(_asked(inspector, address, his_place="жұмыста", q_choked="yes")).content.decode()
    for word in ("Danger now", "not validated", "жұмыста", "Offer a doctor", "Has he choked you"):
        assert word in page
    assert "Danger now" in inspector.get(f"/cases/{case.id}/").content.decode()


def test_not_now_is_kept_at_once(owner: Actor) -> None:
    case = factories.case(by=owner, now=an_hour_ago())
    inspector = signed_in("inspector")
    sent = inspector.post(f"/risk/case/{case.id}/kz.triage/", {"seen": "0", "safe": "no"})
    page = inspector.get(sent.headers["Location"]).content.decode()
    assert "It was not safe to ask" in page
    assert "Find out how she is in a safe way" in page


def test_a_judgement_without_its_reason_loses_nothing_that_was_typed(owner: Actor) -> None:
    case = factories.case(by=owner, now=an_hour_ago())
    typed = {"safe": "yes", "step": "items", "seen": "0", "q_worse": "refused", "judged": "grave"}
    answer = signed_in("inspector").post(f"/risk/case/{case.id}/kz.triage/", typed)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["why"])
    assert answer.context["form"]["q_worse"].value() == "refused"


def test_two_who_assess_at_once_are_shown_that(owner: Actor) -> None:
    case = factories.case(by=owner, now=an_hour_ago())
    made.assessed(by=owner, now=an_hour_ago(), case=case)
    typed = {"safe": "yes", "step": "items", "seen": "0", "q_worse": "yes"}
    assert signed_in("inspector").post(f"/risk/case/{case.id}/kz.triage/", typed).status_code == 409


def test_a_second_person_lowers_on_a_page_and_the_first_does_not(owner: Actor) -> None:
    held = made.assessed("choked", by=owner, now=an_hour_ago())
    inspector, head = signed_in("inspector"), signed_in("head")
    sent = inspector.post(f"/risk/{held.id}/lower/", {"seen": "0", "to": "raised", "why": "ол шетелде"})
    assert sent.status_code == 303
    lowering = Lowering.objects.get()
    address = f"/risk/lowerings/{lowering.id}/"
    assert "Someone else decides" in inspector.get(address).content.decode()
    assert inspector.post(address, {"seen": "1", "decision": "agree"}).status_code == 403
    assert address in head.get("/").content.decode()
    assert head.post(address, {"seen": "1", "decision": "agree"}).status_code == 303
    lowering.refresh_from_db()
    assert lowering.decision == Decision.AGREED
    page = inspector.get(f"/risk/case/{held.case_id}/").content.decode()
    assert "lowered from “Danger now” by two people" in page


def test_what_happened_since_stands_beside_the_result(owner: Actor) -> None:
    case, at = factories.case(by=owner, now=an_hour_ago()), an_hour_ago()
    made.assessed(by=owner, now=at, case=case)
    assert "Since then:" not in signed_in("inspector").get(f"/cases/{case.id}/").content.decode()
    factories.offence(by=owner, now=at + timedelta(minutes=30), case=case)
    assert "Since then: Offence" in signed_in("inspector").get(f"/cases/{case.id}/").content.decode()


def test_the_official_criteria_say_that_their_text_is_not_supplied_and_cannot_be_asked(owner: Actor) -> None:
    case = factories.case(by=owner, now=an_hour_ago())
    inspector = signed_in("inspector")
    page = inspector.get("/risk/instruments/kz.ill_treatment/").content.decode()
    assert "text not supplied" in page
    assert "no scale of danger" in page
    assert f"/risk/case/{case.id}/kz.ill_treatment/" not in inspector.get(f"/risk/case/{case.id}/").content.decode()
    asked = {"safe": "yes", "step": "items", "seen": "0"}
    assert inspector.post(f"/risk/case/{case.id}/kz.ill_treatment/", asked).status_code == 422
    assert not Assessment.objects.exists()


def test_rules_of_an_instrument_are_read_in_words(owner: Actor) -> None:
    page = signed_in("inspector").get("/risk/instruments/kz.triage/").content.decode()
    for words in ("any of these:", "yes to at least 1 of 4", "at least 2 of 4 not answered", "one yes is grave"):
        assert words in page


@pytest.mark.parametrize("address", ["", "again/", "lower/"])
def test_for_a_stranger_no_page_of_an_assessment_exists(owner: Actor, address: str) -> None:
    held = made.assessed("choked", by=owner, now=an_hour_ago())
    assert signed_in("rudny").get(f"/risk/{held.id}/{address}").status_code == 404
    assert signed_in("rudny").get(f"/risk/case/{held.case_id}/").status_code == 404


def test_history_keeps_every_assessment(owner: Actor) -> None:
    case = factories.case(by=owner, now=an_hour_ago())
    first = made.assessed("choked", by=owner, now=an_hour_ago(), case=case)
    made.assessed(by=owner, now=an_hour_ago(), case=case)
    inspector = signed_in("inspector")
    page = inspector.get(f"/risk/case/{case.id}/").content.decode()
    assert page.count('<tr class="is-') == 2
    assert "This is history." in inspector.get(f"/risk/{first.id}/").content.decode()
    with acting(owner):
        assert len(queries.for_cases([case.id])) == 2


def test_history_asks_the_same_of_one_assessment_and_of_six(owner: Actor) -> None:
    case = factories.case(by=owner, now=an_hour_ago())
    inspector, counts = signed_in("inspector"), []
    for rows in (1, 5):
        for _row in range(rows):
            made.assessed("choked", by=owner, now=an_hour_ago(), case=case)
        inspector.get(f"/risk/case/{case.id}/")  # places and law are read once per process
        counts.append(queries_asked(partial(inspector.get, f"/risk/case/{case.id}/")))
    assert counts[0] == counts[1] <= 24


@pytest.mark.parametrize(
    ("language", "licence"),
    [
        ("kk", "Бағдарламаның өзінің лицензиясы"),
        ("ru", "Как у самой программы"),
        ("en", "As the program itself"),
    ],
)
def test_the_licence_of_the_own_triage_is_said_in_the_language_of_the_page(
    owner: Actor, language: str, licence: str
) -> None:
    page = signed_in("inspector", language=language).get("/risk/instruments/kz.triage/").content.decode()
    assert licence in page
    assert ("As the program itself" in page) is (language == "en")
    assert ("Own work of Qorgan" in page) is (language == "en")
