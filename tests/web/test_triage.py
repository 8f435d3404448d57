"""How a report ends, on pages: one page for the ways, and the prosecutor's page of write-offs."""

import pytest

from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor, acting
from qorgan.reports import actions
from qorgan.reports.models import Report
from qorgan.reports.terms import State
from qorgan.reports.terms.outcomes import Reason
from tests import factories
from tests.conftest import actor
from tests.web.pages import an_hour_ago, signed_in

WHY = "Көршіден жауап алынбаған."


def written_off(by: Actor) -> Report:
    """A report written off an hour ago."""
    report = factories.report(by=by, now=an_hour_ago())
    wanted = State.WRITTEN_OFF
    return actions.decide(
        report_id=report.id, state=wanted, reason=Reason.CIVIL, why="Мүлік дауы.", by=by, now=an_hour_ago()
    )


def test_one_page_shows_what_was_said_its_clock_and_every_way(owner: Actor) -> None:
    report = factories.report(by=owner, now=an_hour_ago())
    page = signed_in("inspector").get(f"/reports/{report.id}/triage/").content.decode()
    assert factories.WORDS in page
    for step in ("open-case", "forward", "join", "write-off"):
        assert f'action="/reports/{report.id}/{step}/"' in page
    assert f'href="/offences/report/{report.id}/"' in page
    assert [f'data-key="{digit}"' in page for digit in range(1, 6)] == [True] * 5


def test_duty_to_decide_leads_to_that_page(owner: Actor) -> None:
    report = factories.report(by=owner, now=an_hour_ago())
    browser = signed_in("inspector")
    pages = "".join(browser.get(address).content.decode() for address in ("/", "/duties/tomorrow/"))
    assert f'href="/reports/{report.id}/triage/"' in pages


@pytest.mark.parametrize(
    ("step", "typed"),
    [
        ("write-off", {"read": "on"}),
        ("forward", {"reason": "place"}),
        ("join", {"number": "жоқ", "reason": "same_event"}),
        ("join", {"number": "", "reason": "same_event"}),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(owner: Actor, step: str, typed: dict[str, str]) -> None:
    report = factories.report(by=owner, now=an_hour_ago())
    answer = signed_in("inspector").post(f"/reports/{report.id}/{step}/", typed | {"why": WHY})
    assert answer.status_code == 422
    assert WHY in answer.content.decode()
    assert Report.objects.get().state == State.REGISTERED


def test_forwarded_from_the_page_and_answered_on_it(owner: Actor) -> None:
    report, other = factories.report(by=owner, now=an_hour_ago()), actor("rudny")
    typed = {"agency": str(other.agency), "reason": "place", "seen": str(report.version)}
    here, there = signed_in("inspector"), signed_in("rudny")
    assert there.get(f"/reports/{report.id}/triage/").status_code == 404
    assert here.post(f"/reports/{report.id}/forward/", typed).status_code == 303
    assert here.get(f"/reports/{report.id}/").status_code == 404
    assert f"/reports/{report.id}/triage/" in there.get("/").content.decode()
    page = there.get(f"/reports/{report.id}/triage/").content.decode()
    assert f'action="/reports/{report.id}/accept/"' in page
    assert there.post(f"/reports/{report.id}/send-back/", {"why": ""}).status_code == 422
    assert there.post(f"/reports/{report.id}/send-back/", {"why": WHY}).status_code == 303
    assert WHY in here.get(f"/reports/{report.id}/").content.decode()
    assert here.post(f"/reports/{report.id}/forward/", typed | {"seen": ""}).status_code == 303
    assert there.post(f"/reports/{report.id}/accept/").status_code == 303
    with acting(other):
        assert Report.objects.get().agency_id == other.agency


def test_taken_back_with_a_reason_and_seen_in_the_history(owner: Actor) -> None:
    report, browser = written_off(owner), signed_in("inspector")
    address = f"/reports/{report.id}/take-back/"
    assert browser.post(address, {"why": "  "}).status_code == 422
    assert browser.post(address, {"why": WHY, "seen": str(report.version)}).status_code == 303
    page = browser.get(f"/reports/{report.id}/").content.decode()
    assert WHY in page
    assert "Мүлік дауы." in page
    assert browser.post(address, {"why": WHY, "seen": str(report.version)}).status_code == 409


def test_prosecutor_sees_the_rate_opens_a_write_off_and_cancels_it(owner: Actor) -> None:
    report, browser = written_off(owner), signed_in("prosecutor", language="kk")
    factories.case(by=owner, now=an_hour_ago())
    for address in ("/", "/courts/write-offs/"):
        page = browser.get(address).content.decode()
        assert "50,0" in page
        assert "азаматтық сотта қаралатын дау" in page
    page = browser.get(f"/courts/write-offs/{report.id}/").content.decode()
    assert "Мүлік дауы." in page
    assert "Әбдірахманова" not in page
    seen = JournalEntry.objects.filter(kind="web.report.seen", thing_id=str(report.id)).latest("id")
    assert seen.detail["for"] == "oversight"
    assert browser.post(f"/courts/write-offs/{report.id}/", {"why": ""}).status_code == 422
    assert browser.post(f"/courts/write-offs/{report.id}/", {"why": WHY}).status_code == 303
    assert browser.get(f"/courts/write-offs/{report.id}/").status_code == 404
    assert WHY in signed_in("inspector").get(f"/reports/{report.id}/triage/").content.decode()


def test_write_offs_of_elsewhere_are_not_there_and_others_may_not_look(owner: Actor) -> None:
    report = written_off(owner)
    assert signed_in("inspector").get("/courts/write-offs/").status_code == 403
    assert signed_in("inspector").get(f"/courts/write-offs/{report.id}/").status_code == 403
    waiting = factories.report(by=owner, now=an_hour_ago())
    browser = signed_in("prosecutor")
    assert browser.get(f"/courts/write-offs/{waiting.id}/").status_code == 404
    assert browser.get("/courts/write-offs/?agency=x").status_code == 404
    assert browser.get(f"/courts/write-offs/?agency={report.id}").status_code == 404
    assert report.number in browser.get(f"/courts/write-offs/?agency={owner.agency}").content.decode()
