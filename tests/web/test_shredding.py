"""Destroying on the pages: asked, confirmed by another, proven; and every page of what is left still opens."""

import json
from datetime import datetime

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from qorgan.agencies import queries as agencies
from qorgan.base.scope import Actor, acting
from qorgan.cases.models import Case, CaseReport
from qorgan.duties.models import Duty
from qorgan.orders.models import Order
from qorgan.shredding import queries
from qorgan.shredding.models import Destruction, LegalHold
from qorgan.shredding.terms import State
from tests import factories
from tests.conftest import actor
from tests.courts import made as courts
from tests.shredding import made
from tests.web.pages import an_hour_ago, signed_in


@pytest.fixture
def case(owner: Actor) -> Case:
    """A case at its end."""
    return made.closed(by=owner, now=an_hour_ago())


def _typed(what: object, **changes: str) -> dict[str, str]:
    return {"what": str(what), "ground": "court", "paper": made.PAPER, "reason": made.REASON} | changes


def test_the_head_asks_and_the_prosecutor_confirms(case: Case) -> None:
    head, prosecutor = signed_in("head"), signed_in("prosecutor")
    assert f"/shredding/case/{case.id}/" in head.get(f"/cases/{case.id}/").content.decode()
    person = made.victim(case)
    asked = head.post(f"/shredding/case/{case.id}/", _typed(person.id))
    assert asked.status_code == 303
    place = asked.headers["Location"]
    shown = head.get(place).content.decode()
    assert made.PAPER in shown
    assert made.REASON in shown
    assert "confirm/" not in shown
    assert head.post(f"{place}confirm/", {"sure": "on", "seen": "1"}).status_code == 403
    assert "confirm/" in prosecutor.get(place).content.decode()
    assert prosecutor.post(f"{place}confirm/", {"seen": "1"}).status_code == 422
    assert prosecutor.post(f"{place}confirm/", {"sure": "on", "seen": "9"}).status_code == 409
    assert prosecutor.post(f"{place}confirm/", {"sure": "on", "seen": "1"}).status_code == 303
    held = Destruction.objects.get()
    assert held.state == State.CONFIRMED
    assert ProcrastinateJob.objects.filter(
        task_name="shredding.destroy", args={"destruction_id": str(held.id)}
    ).exists()
    assert prosecutor.get(f"{place}certificate.pdf").status_code == 404
    made.carried_out(held, system=agencies.system("tests"), now=an_hour_ago())
    assert head.get(f"{place}certificate.pdf").content[:5] == b"%PDF-"
    signed = json.loads(head.get(f"{place}certificate/").content)
    assert signed["certificate"]["number"] == case.number
    after = head.get(place).content.decode()
    assert made.REASON not in after
    assert factories.WOMAN.written not in after


def test_a_refusal_keeps_what_was_typed(case: Case) -> None:
    answer = signed_in("head").post(f"/shredding/case/{case.id}/", _typed(case.id, paper=""))
    assert answer.status_code == 422
    assert made.REASON in answer.content.decode()
    assert "paper" in answer.context["form"].errors
    answer = signed_in("head").post(f"/shredding/case/{case.id}/", _typed(case.id, ground="term"))
    assert "ground" in answer.context["form"].errors
    assert not Destruction.objects.exists()


def test_an_open_case_is_not_offered_and_says_what_holds_it(owner: Actor, now: datetime) -> None:
    held = factories.case(by=owner, now=an_hour_ago())
    head = signed_in("head")
    assert "/shredding/case/" not in head.get(f"/cases/{held.id}/").content.decode()
    page = head.get(f"/shredding/case/{held.id}/")
    assert "the case is open" in page.content.decode()
    assert head.post(f"/shredding/case/{held.id}/", _typed(held.id)).status_code == 422


def test_it_may_be_declined(case: Case) -> None:
    head, prosecutor = signed_in("head"), signed_in("prosecutor")
    place = head.post(f"/shredding/case/{case.id}/", _typed(case.id)).headers["Location"]
    assert prosecutor.post(f"{place}decline/", {"seen": "1"}).status_code == 303
    assert Destruction.objects.get().state == State.DECLINED
    assert prosecutor.post(f"{place}decline/", {"seen": "2"}).status_code == 422


@pytest.mark.parametrize("login", ["rudny", "desk", "inspector", "admin", "clerk"])
def test_others_are_told_nothing(case: Case, login: str) -> None:
    place = signed_in("head").post(f"/shredding/case/{case.id}/", _typed(case.id)).headers["Location"]
    browser = signed_in(login)
    status = 403 if login != "rudny" else 404
    for path in (place, f"{place}certificate/", f"{place}certificate.pdf"):
        assert browser.get(path).status_code in (403, 404)
    assert browser.post(f"{place}confirm/", {"sure": "on", "seen": "1"}).status_code == 403
    assert browser.get(f"/shredding/case/{case.id}/").status_code in (403, status)


def test_every_page_still_opens_after_everything_was_destroyed(case: Case, owner: Actor) -> None:
    report = CaseReport.objects.get(case=case).report
    order = Order.objects.get(case=case)
    duties = [duty.id for duty in Duty.objects.all()]
    head, prosecutor, system = actor("head"), actor("prosecutor"), agencies.system("tests")
    for record in queries.records_of(case):
        made.destroyed(record, asks=head, confirms=prosecutor, system=system, now=an_hour_ago())
    pages = [f"/cases/{case.id}/", f"/reports/{report.id}/", f"/orders/{order.id}/", "/cases/", "/reports/", "/orders/"]
    pages += ["/", "/offences/", "/courts/", "/shredding/"]
    pages += [f"/duties/{duty}/" for duty in duties]
    browser = signed_in("head")
    words = (*factories.WOMAN.written.split(), *factories.MAN.written.split(), "қолын бұраған", "Тұран")
    for page in pages:
        answer = browser.get(page)
        assert answer.status_code == 200, page
        assert not [word for word in words if word in answer.content.decode()], page
    shown = browser.get(f"/cases/{case.id}/").content.decode()
    assert "(destroyed)" in shown
    assert "This was destroyed and can no longer be read." in shown
    with acting(owner):
        printed = browser.get(f"/orders/{order.id}/paper.pdf")
        assert printed.status_code == 200
        assert printed.content[:5] == b"%PDF-"


def test_an_office_forbids_it_the_pages_say_so_and_it_allows_it_again(case: Case) -> None:
    head, prosecutor, place = signed_in("head"), signed_in("prosecutor"), f"/shredding/forbidden/{case.id}/"
    assert place in prosecutor.get(f"/cases/{case.id}/").content.decode()
    asked = head.post(f"/shredding/case/{case.id}/", _typed(case.id)).headers["Location"]
    assert prosecutor.post(place, {"reason": " ", "until": "31.12.2020 10:00"}).status_code == 422
    assert "lies in the past" in prosecutor.post(place, {"reason": "сот", "until": "31.12.2020 10:00"}).content.decode()
    assert prosecutor.post(place, {"reason": "Апелляция № 3-114"}).status_code == 303
    shown = head.get(asked).content.decode()
    assert "an office has forbidden to destroy it" in shown
    assert "Апелляция № 3-114" in shown
    refused = prosecutor.post(f"{asked}confirm/", {"sure": "on", "seen": "1"})
    assert refused.status_code == 422
    assert "Nothing is destroyed yet: an office has forbidden to destroy it." in refused.content.decode()
    held = LegalHold.objects.get()
    lift = f"/shredding/forbidden/{held.id}/allow/"
    assert lift in prosecutor.get(place).content.decode()
    assert lift not in head.get(place).content.decode()
    assert head.post(lift, {"why": "қажет емес", "seen": "1"}).status_code == 422
    assert prosecutor.post(lift, {"why": "қажет емес", "seen": "9"}).status_code == 409
    assert prosecutor.post(lift, {"why": "қажет емес", "seen": "1"}).status_code == 303
    assert prosecutor.post(f"{asked}confirm/", {"sure": "on", "seen": "1"}).status_code == 303


def test_a_court_forbids_it_from_its_own_page_and_reads_nothing_of_the_case(owner: Actor) -> None:
    sent = courts.sent(by=owner, now=an_hour_ago())
    clerk, place = signed_in("clerk"), f"/shredding/forbidden/{sent.case_id}/"
    assert place in clerk.get(f"/courts/{sent.id}/").content.decode()
    shown = clerk.get(place).content.decode()
    assert factories.WOMAN.written not in shown
    assert f"/cases/{sent.case_id}/" not in shown
    assert clerk.post(place, {"reason": "Іс сотта қаралуда"}).status_code == 303
    assert clerk.get(f"/cases/{sent.case_id}/").status_code == 403


def test_who_is_to_confirm_finds_it_on_the_first_page_and_in_the_list(case: Case) -> None:
    head, prosecutor = signed_in("head"), signed_in("prosecutor")
    assert "waits for your office" not in prosecutor.get("/").content.decode()
    asked = head.post(f"/shredding/case/{case.id}/", _typed(case.id)).headers["Location"]
    for page in ("/", "/duties/no-term/"):
        shown = prosecutor.get(page).content.decode()
        assert f'href="{asked}"' in shown, page
        assert case.number in shown, page
    assert prosecutor.post(f"{asked}decline/", {"seen": "1"}).status_code == 303
    assert "waits for your office" not in prosecutor.get("/").content.decode()
