"""What was said and found, on its pages and on paper: side by side, each with its source, none first by rank."""

import io
from datetime import datetime, timedelta
from html import unescape
from uuid import UUID

import pypdf
import pytest

from qorgan.agencies.models import Admission
from qorgan.base.scope import Actor
from qorgan.cases import actions, queries, rules
from qorgan.cases.models import Account, Case, Contradiction, Finding, Review
from qorgan.cases.terms import Outcome, Role, Through
from qorgan.places import queries as places
from tests import factories
from tests.cases import disputed, shared
from tests.web.pages import an_hour_ago, signed_in


@pytest.fixture
def case(owner: Actor) -> Case:
    return factories.case(by=owner, now=an_hour_ago())


def _moment(case: Case, at: datetime) -> str:
    return f"{at.astimezone(places.zone(case.territory_id)):%d.%m.%Y %H:%M}"


def _finding(case: Case, **changes: object) -> dict[str, object]:
    now = an_hour_ago()
    return {
        "discipline": "forensic_medical",
        "institution": "Сот сараптамалары орталығы",
        "expert": "сот-медициналық сарапшы",
        "number": "112/26",
        "asked_at": _moment(case, now - timedelta(hours=5)),
        "given_at": _moment(case, now - timedelta(hours=1)),
        "examined": [f"person:{shared.person(case).id}"],
        "examined_words": "Баспалдақ\nКиім",
        "said_death_cause": "fall",
        "words_death_cause": disputed.FOUND_WORDS,
        "seen": str(queries.said_stands(case)),
        **changes,
    }


def test_an_account_is_written_down_with_who_through_whom_and_question_by_question(case: Case) -> None:
    typed = {
        "speaker": "relative",
        "person": str(shared.person(case).id),
        "through": "interpreter",
        "said_at": _moment(case, an_hour_ago()),
        "source": "түсініктеме",
        "words": "  Ұрған!  ",
        "said_death_cause": "blow",
        "words_where": "аулада",
        "seen": str(queries.stands(case).accounts),
    }
    answer = signed_in("inspector").post(f"/cases/{case.id}/account/", typed)
    assert answer.status_code == 303
    view = max(queries.accounts(case), key=lambda one: one.id)
    assert (view.words, view.through, len(view.stated)) == ("  Ұрған!  ", Through.INTERPRETER, 2)
    assert view.person_id == shared.person(case).id


def test_an_account_of_tomorrow_is_refused_at_its_field_and_nothing_typed_is_lost(case: Case) -> None:
    typed = {
        "speaker": "victim",
        "said_at": _moment(case, an_hour_ago() + timedelta(days=2)),
        "source": "хат",
        "words": "Ертең айтамын",
        "words_where": "аулада",
    }
    answer = signed_in("inspector").post(f"/cases/{case.id}/account/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "What was not said yet cannot be written down" in page
    assert "Ертең айтамын" in page
    assert "аулада" in page
    assert Account.objects.filter(case=case).count() == 1


def test_a_finding_is_written_down_and_stands_on_the_page_with_what_it_examined(case: Case) -> None:
    browser = signed_in("inspector")
    answer = browser.post(f"/cases/{case.id}/finding/", _finding(case))
    assert answer.status_code == 303, answer.content.decode()
    page = browser.get(f"/cases/{case.id}/said/").content.decode()
    for text in ("Сот сараптамалары орталығы", "Баспалдақ", "Киім", "112/26", factories.WOMAN.written):
        assert text in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"examined": [], "examined_words": ""}, "a finding that examined nothing is none"),
        ({"said_death_cause": "", "words_death_cause": ""}, "at least one answer"),
    ],
)
def test_a_finding_without_ground_is_refused_in_one_sentence(
    case: Case, changes: dict[str, object], sentence: str
) -> None:
    answer = signed_in("inspector").post(f"/cases/{case.id}/finding/", _finding(case, **changes))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Finding.objects.exists()


def test_what_differs_is_proposed_marked_by_a_person_and_withdrawn_with_a_reason(owner: Actor, case: Case) -> None:
    one, other = (made(case, by=owner, now=an_hour_ago()) for made in (disputed.account, disputed.finding))
    browser = signed_in("inspector")
    assert (
        "Whether they contradict each other, a person says." in browser.get(f"/cases/{case.id}/said/").content.decode()
    )
    typed = {"topic": "death_cause", "one": f"account:{one.id}", "other": f"finding:{other.id}"}
    same = browser.post(f"/cases/{case.id}/contradiction/", {**typed, "other": typed["one"]})
    assert same.status_code == 422
    assert browser.post(f"/cases/{case.id}/contradiction/", typed).status_code == 303
    held = Contradiction.objects.get()
    assert "listed and not resolved" in browser.get(f"/cases/{case.id}/").content.decode()
    address = f"/cases/{case.id}/contradiction/{held.id}/"
    assert browser.post(address, {"why": " ", "seen": "1"}).status_code == 422
    assert browser.post(address, {"why": "екі басқа күн", "seen": "1"}).status_code == 303
    assert "екі басқа күн" in browser.get(f"/cases/{case.id}/said/").content.decode()


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_paper_prints_both_sides_with_their_sources_in_columns_of_the_same_kind(
    owner: Actor, case: Case, language: str
) -> None:
    disputed.contradiction(case, by=owner, now=an_hour_ago())
    answer = signed_in("inspector").get(f"/cases/{case.id}/said/{language}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    text = " ".join(
        " ".join((page.extract_text() or "").split()) for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages
    )
    for said in ("түсініктеме № 14", "112/26", "сот-медициналық сарапшы", "біреу ұрған"):
        assert said in text, text


@pytest.mark.parametrize(("login", "status"), [("rudny", 404), ("prosecutor", 403), ("head", 200)])
def test_what_was_said_opens_to_whom_accounts_are_open(owner: Actor, case: Case, login: str, status: int) -> None:
    disputed.contradiction(case, by=owner, now=an_hour_ago())
    browser = signed_in(login)
    for address in ("said/", "said/kk.pdf"):
        assert browser.get(f"/cases/{case.id}/{address}").status_code == status


def test_the_family_asks_the_ombudsman_answers_and_the_case_shows_it(owner: Actor, case: Case) -> None:
    mother = disputed.mother(case, by=owner, now=an_hour_ago())
    inspector, ombudsman = signed_in("inspector"), signed_in("ombudsman")
    form = inspector.get(f"/cases/{case.id}/review/").content.decode()
    assert str(mother.id) in form
    assert str(shared.person(case, Role.OFFENDER).id) not in form, "he is not offered as one who asks"
    typed = {
        "asker": str(mother.id),
        "kin": "parent",
        "asked_at": _moment(case, an_hour_ago()),
        "words": "Қайта қаралсын",
    }
    assert inspector.post(f"/cases/{case.id}/review/", typed).status_code == 303
    review = Review.objects.get()
    assert review.number in ombudsman.get("/cases/reviews/").content.decode()
    page = ombudsman.get(f"/cases/reviews/{review.id}/").content.decode()
    assert "Қайта қаралсын" not in page
    assert "article not on record" in page
    due = {"due_at": _moment(case, an_hour_ago() + timedelta(days=20)), "why": "заңда жоқ", "seen": "1"}
    assert ombudsman.post(f"/cases/reviews/{review.id}/term/", due).status_code == 303
    reply = {"outcome": "partly", "answer": "Екінші сараптама сұралсын.", "seen": "2"}
    early = ombudsman.post(f"/cases/reviews/{review.id}/answer/", reply)
    assert (early.status_code, str(rules.FileNotTaken.text) in unescape(early.content.decode())) == (422, True)
    assert "Екінші сараптама сұралсын." in early.content.decode(), "nothing of what was typed is lost"
    assert ombudsman.post(f"/referrals/{review.referral_id}/accept/", {"seen": "1"}).status_code == 303
    unread = ombudsman.post(f"/cases/reviews/{review.id}/answer/", reply)
    assert (unread.status_code, str(rules.FileNotRead.text) in unescape(unread.content.decode())) == (422, True)
    way = Admission.objects.get(basis=review.referral_id)
    assert ombudsman.post(f"/entrusted/{way.id}/enter/").status_code == 303
    assert ombudsman.get(f"/cases/{case.id}/").status_code == 200
    ombudsman.post("/entrusted/leave/")
    assert "Қайта қаралсын" in ombudsman.get(f"/cases/reviews/{review.id}/").content.decode()
    empty = {**reply, "answer": " "}
    assert ombudsman.post(f"/cases/reviews/{review.id}/answer/", empty).status_code == 422
    assert ombudsman.post(f"/cases/reviews/{review.id}/answer/", reply).status_code == 303
    assert "Екінші сараптама сұралсын." in inspector.get(f"/cases/reviews/{review.id}/").content.decode()
    assert str(Outcome.PARTLY.label).encode() in inspector.get(f"/cases/{case.id}/").content


def test_whoever_may_be_complained_of_by_now_is_marked_as_told_nothing(owner: Actor, case: Case) -> None:
    review = disputed.review(case, by=owner, now=an_hour_ago())
    actions.add_person(case=case, named=disputed.MOTHER, role=Role.OFFENDER, by=owner, now=an_hour_ago())
    page = signed_in("inspector").get(f"/cases/reviews/{review.id}/").content.decode()
    assert "he is told nothing of this" in page


def test_a_review_that_never_was_is_not_found(case: Case) -> None:
    never = UUID(int=11)
    for login in ("inspector", "ombudsman", "rudny"):
        assert signed_in(login).get(f"/cases/reviews/{never}/").status_code == 404


def test_the_prosecutor_writes_a_request_down_and_reads_no_account(owner: Actor, case: Case) -> None:
    review = disputed.review(case, by=owner, now=an_hour_ago())
    browser = signed_in("prosecutor")
    page = browser.get(f"/cases/{case.id}/").content.decode()
    assert f"/cases/{case.id}/review/" in page
    assert f"/cases/reviews/{review.id}/" in page
    assert f"/cases/{case.id}/said/" not in page
    assert browser.get(f"/cases/{case.id}/review/").status_code == 200


def test_inside_the_file_the_ombudsman_reads_what_was_said_and_leads_nothing(owner: Actor, case: Case) -> None:
    disputed.contradiction(case, by=owner, now=an_hour_ago())
    review = disputed.review(case, by=owner, now=an_hour_ago())
    browser = signed_in("ombudsman")
    browser.post(f"/referrals/{review.referral_id}/accept/", {"seen": "1"})
    way = Admission.objects.get(basis=review.referral_id)
    browser.post(f"/entrusted/{way.id}/enter/")
    page = browser.get(f"/cases/{case.id}/said/").content.decode()
    assert disputed.MOTHERS_WORDS in page
    assert f"/cases/{case.id}/finding/" not in page
    assert browser.post(f"/cases/{case.id}/finding/", {}).status_code in (403, 404)
    assert browser.get(f"/cases/{case.id}/said/kk.pdf").status_code == 200


def test_nobody_of_the_case_is_shown_a_way_to_take_the_file_back(owner: Actor, case: Case) -> None:
    review = disputed.review(case, by=owner, now=an_hour_ago())
    browser = signed_in("inspector")
    assert "/take-back/" not in browser.get(f"/referrals/{review.referral_id}/").content.decode()
    told = browser.post(f"/referrals/{review.referral_id}/take-back/", {"seen": "1"})
    assert told.status_code == 403
