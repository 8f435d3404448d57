"""Sealed reports and entrusted files on the pages: asked before a name, routed, entered, left."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from qorgan.agencies import actions as agencies
from qorgan.agencies.models import Admission, Seal
from qorgan.agencies.terms import AdmissionGround, BlockGround, Purpose
from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor, acting, beside
from qorgan.reports import actions
from qorgan.reports.models import Report
from qorgan.reports.terms import Serving
from tests import factories
from tests.conftest import actor
from tests.web.pages import signed_in
from tests.web.test_reports import _typed


@pytest.fixture
def sealed(owner: Actor, now: datetime) -> Report:
    """A report against a man who serves in the police, written down an hour and more ago."""
    return factories.report(by=owner, now=now - timedelta(hours=3), serving=Serving.POLICE)


def routed(browser: Client, report: Report, login: str) -> object:
    path = f"/reports/{report.id}/route/"
    return browser.post(path, {"agency": str(actor(login).agency), "seen": str(report.version)})


def test_a_name_is_not_taken_before_she_was_asked_and_nothing_typed_is_lost(owner: Actor) -> None:
    answer = signed_in("inspector").post("/reports/new/", _typed() | {"serving": "not_asked"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "serving" in answer.context["form"].errors
    assert "Әбдірахманова Гүлсезім" in page
    assert not Report.objects.exists()


def test_without_a_name_the_question_may_wait(owner: Actor) -> None:
    empty = {"serving": "not_asked", "victim": "", "phone": "", "iin": "", "suspect": ""}
    assert signed_in("inspector").post("/reports/new/", _typed() | empty).status_code == 303


def test_she_does_not_know_is_an_answer(owner: Actor) -> None:
    signed_in("inspector").post("/reports/new/", _typed() | {"serving": "unknown"})
    assert Report.objects.get().serving == Serving.UNKNOWN
    assert not Seal.objects.exists()


def test_yes_seals_it_and_only_its_author_still_reads_the_page(owner: Actor) -> None:
    answer = signed_in("inspector").post("/reports/new/", _typed() | {"serving": "police"})
    place = answer.headers["Location"]
    page = signed_in("inspector").get(place)
    assert page.status_code == 200
    assert page.context["sealed"]
    assert not page.context["may_triage"]
    opened = signed_in("inspector").post(f"{place}open-case/", {"seen": "1"})
    assert opened.status_code == 404
    for login in ("head", "cityhead", "desk", "rudny"):
        assert signed_in(login).get(place).status_code == 404


def test_a_sealed_report_stands_in_no_list_of_its_district(owner: Actor, sealed: Report) -> None:
    for login in ("inspector", "head", "desk"):
        browser = signed_in(login)
        assert sealed.number not in browser.get("/reports/").content.decode()
        found = browser.get(f"/reports/?number={sealed.number}")
        assert found.status_code == 200
        assert browser.get("/duties/no-term/").context["rows"] == []


def test_a_prosecutor_sees_that_it_waits_and_says_who_takes_it_on(owner: Actor, sealed: Report) -> None:
    browser = signed_in("prosecutor")
    day = browser.get("/")
    assert day.context["counts"]["sealed"] == 1
    assert f"/reports/{sealed.id}/route/" in day.content.decode()
    page = browser.get(f"/reports/{sealed.id}/route/").content.decode()
    assert factories.WORDS not in page
    assert str(actor("inspector").agency) not in page
    assert routed(browser, sealed, "abai").status_code == 303  # type: ignore[attr-defined]  # a response
    assert browser.get("/").context["counts"]["sealed"] == 0


def test_routing_to_his_own_unit_is_refused_on_the_page_too(owner: Actor, sealed: Report) -> None:
    answer = routed(signed_in("prosecutor"), sealed, "inspector")
    assert answer.status_code == 422  # type: ignore[attr-defined]  # a response
    assert not Admission.objects.filter(agency_id=owner.agency).exists()


def test_two_who_route_at_once_are_told(owner: Actor, sealed: Report) -> None:
    browser = signed_in("prosecutor")
    routed(browser, sealed, "abai")
    assert routed(browser, sealed, "rudny").status_code == 409  # type: ignore[attr-defined]  # a response


@pytest.mark.parametrize("login", ["inspector", "head", "cityhead", "rudny", "statistician", "clerk"])
def test_who_may_not_route_is_refused_or_finds_nothing(owner: Actor, sealed: Report, login: str) -> None:
    assert signed_in(login).get(f"/reports/{sealed.id}/route/").status_code in (403, 404)


def test_the_office_that_takes_it_on_enters_the_file_sees_nothing_else_and_leaves_it(
    owner: Actor, sealed: Report, now: datetime
) -> None:
    routed(signed_in("prosecutor"), sealed, "abai")
    abai = actor("abai")
    with acting(abai):
        own = factories.report(by=abai, now=now, address="")
    browser = signed_in("abai")
    assert browser.get(f"/reports/{sealed.id}/").status_code == 404
    entrusted = Admission.objects.get(agency_id=abai.agency)
    assert f"/entrusted/{entrusted.id}/enter/" in browser.get("/entrusted/").content.decode()
    entered = browser.post(f"/entrusted/{entrusted.id}/enter/")
    assert entered.headers["Location"] == f"/reports/{sealed.id}/"
    assert factories.WORDS in browser.get(f"/reports/{sealed.id}/").content.decode()
    assert browser.get(f"/reports/{own.id}/").status_code == 404
    opened = browser.post(f"/reports/{sealed.id}/open-case/", {"seen": str(sealed.version + 1)})
    assert opened.status_code == 303
    assert browser.get(opened.headers["Location"]).status_code == 200
    browser.post("/entrusted/leave/")
    assert browser.get(f"/reports/{sealed.id}/").status_code == 404
    assert browser.get(f"/reports/{own.id}/").status_code == 200
    kinds = set(JournalEntry.objects.values_list("kind", flat=True))
    assert {"reports.report.routed", "web.thread.seen", "agencies.thread.sealed"} <= kinds


def test_an_admission_that_was_withdrawn_ends_on_the_next_page(owner: Actor, sealed: Report, now: datetime) -> None:
    given = agencies.admit(
        **beside(sealed),
        ground=AdmissionGround.REFERRAL,
        purpose=Purpose.CHILDREN,
        until=None,
        staff_id=actor("rudny").staff,
        by=owner,
        now=now,
    )
    browser = signed_in("rudny")
    browser.post(f"/entrusted/{given.id}/enter/")
    assert browser.get(f"/reports/{sealed.id}/").status_code == 200
    agencies.end(admission_id=given.id, by=owner, now=now)
    assert browser.get(f"/reports/{sealed.id}/").status_code == 404
    assert browser.post(f"/entrusted/{given.id}/enter/").status_code == 404


def test_nobody_enters_what_was_entrusted_to_another(owner: Actor, sealed: Report) -> None:
    routed(signed_in("prosecutor"), sealed, "abai")
    entrusted = Admission.objects.get(agency_id=actor("abai").agency)
    for login in ("rudny", "inspector", "statistician"):
        assert signed_in(login).post(f"/entrusted/{entrusted.id}/enter/").status_code == 404


def test_inside_a_file_no_new_report_is_begun(owner: Actor, sealed: Report) -> None:
    routed(signed_in("prosecutor"), sealed, "abai")
    browser = signed_in("abai")
    browser.post(f"/entrusted/{Admission.objects.get(agency_id=actor('abai').agency).id}/enter/")
    assert browser.get("/reports/new/").status_code == 403
    assert browser.post("/offences/new/", {}).status_code in (200, 403, 404, 422)


def test_without_any_file_the_page_says_so(owner: Actor) -> None:
    page = signed_in("rudny").get("/entrusted/")
    assert page.status_code == 200
    assert page.context["rows"] == []


def test_a_note_names_no_report_that_is_out_of_sight(owner: Actor, colleague: Actor, now: datetime) -> None:
    hidden, shown = factories.report(by=owner, now=now), factories.report(by=owner, now=now)
    actions.mark_possible_repeats(report_id=shown.id, by=owner, now=now)
    assert hidden.number in signed_in("inspector").get(f"/reports/{shown.id}/").content.decode()
    agencies.block(staff_id=owner.staff, **beside(hidden), ground=BlockGround.KIN, by=colleague, now=now)
    assert hidden.number not in signed_in("inspector").get(f"/reports/{shown.id}/").content.decode()
    assert hidden.number in signed_in("head").get(f"/reports/{shown.id}/").content.decode()
