"""Reports on pages: written down, found, decided, imported."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor
from qorgan.cases import queries as cases
from qorgan.people.actions import Named
from qorgan.reports import actions, queries
from qorgan.reports.models import Report
from qorgan.reports.terms import State
from tests import factories
from tests.web.pages import an_hour_ago, signed_in

TYPED = {
    "token": "one-sending",
    "channel": "150",
    "registered_at": "20.11.2026 14:30",
    "address": "Шымкент қ., Тұран м/а",
    "narrative": "Күйеуі қолын бұраған.",
    "victim": "Әбдірахманова Гүлсезім",
    "phone": "+7 701 000 00 41",
    "iin": "",
    "suspect": "Сәрсенбаев Нұрлыбек",
    "serving": "no",
}


def _typed() -> dict[str, str]:
    return TYPED | {"registered_at": f"{datetime.now(UTC) + timedelta(hours=4):%d.%m.%Y %H:%M}"}


def test_a_report_is_kept_as_it_was_told_on_the_clock_of_the_place(owner: Actor) -> None:
    answer = signed_in("inspector").post("/reports/new/", _typed())
    view = queries.opened_reports(Report.objects.all())[0]
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/reports/{view.id}/")
    assert view.narrative == TYPED["narrative"]
    assert abs(view.registered_at - (datetime.now(UTC) - timedelta(hours=1))) < timedelta(minutes=2)


def test_a_double_click_makes_one_report(owner: Actor) -> None:
    browser, typed = signed_in("inspector"), _typed()
    first, second = browser.post("/reports/new/", typed), browser.post("/reports/new/", typed)
    assert first.headers["Location"] == second.headers["Location"]
    assert Report.objects.count() == 1


def test_each_form_opened_is_a_sending_of_its_own(owner: Actor) -> None:
    browser = signed_in("inspector")
    tokens = {
        re.search(r'name="token" value="([^"]+)"', browser.get("/reports/new/").content.decode()).group(1)  # type: ignore[union-attr]  # it is there
        for _time in range(2)
    }
    assert len(tokens) == 2


def test_a_refusal_stands_at_its_field_and_nothing_typed_is_lost(owner: Actor) -> None:
    typed = _typed() | {"narrative": "", "address": "", "victim": "", "phone": "", "iin": ""}
    answer = signed_in("inspector").post("/reports/new/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Write at least what happened, or where, or to whom." in page
    assert TYPED["suspect"] in page
    assert JournalEntry.objects.filter(kind="web.request.refused", detail__code="reports.nothing_said").exists()
    assert Report.objects.count() == 0


@pytest.mark.parametrize("moment", ["", "кеше", "31.02.2026 10:00", "20.11.2026", "01.01.2999 10:00"])
def test_a_moment_that_cannot_be_is_asked_for_again(owner: Actor, moment: str) -> None:
    answer = signed_in("inspector").post("/reports/new/", TYPED | {"registered_at": moment})
    assert answer.status_code == 422
    assert "registered_at" in answer.context["form"].errors


def test_a_report_found_by_its_whole_number_is_opened_and_the_search_is_journaled(owner: Actor) -> None:
    report = factories.report(by=owner, now=an_hour_ago())
    browser = signed_in("inspector")
    assert browser.get("/reports/", {"number": f" {report.kui_no} "}).headers["Location"] == f"/reports/{report.id}/"
    assert browser.get("/reports/", {"number": report.number[:-1]}).status_code == 200
    found = JournalEntry.objects.filter(kind="web.report.searched").order_by("id").values_list("detail", flat=True)
    assert list(found) == [{"found": True}, {"found": False}]


def test_the_list_is_filtered_by_decision(owner: Actor) -> None:
    factories.case(by=owner, now=an_hour_ago())
    waiting = factories.report(by=owner, now=an_hour_ago())
    page = signed_in("inspector").get("/reports/", {"state": "registered"})
    assert [row["view"].id for row in page.context["rows"]] == [waiting.id]


def test_every_look_at_a_report_is_in_the_journal(owner: Actor) -> None:
    report = factories.report(by=owner, now=an_hour_ago())
    signed_in("inspector").get(f"/reports/{report.id}/")
    entry = JournalEntry.objects.get(kind="web.report.seen", thing_id=str(report.id))
    assert entry.staff_id == owner.staff_id


def test_address_telephone_and_iin_are_whole_only_for_a_reason_that_is_kept(owner: Actor) -> None:
    report = factories.report(by=owner, now=an_hour_ago())
    browser = signed_in("inspector")
    plain = browser.get(f"/reports/{report.id}/").content.decode()
    assert not [said for said in ("5-үй", "000 00 01", "900101400404") if said in plain]
    whole = browser.post(f"/reports/{report.id}/whole/", {"why": "patrol"}).content.decode()
    assert "5-үй" in whole
    assert "900101400404" in whole
    assert JournalEntry.objects.filter(thing_id=str(report.id), detail__whole="patrol").count() == 1
    assert browser.post(f"/reports/{report.id}/whole/", {"why": "curious"}).status_code == 302


def test_a_broken_iin_is_said_beside_the_person_and_hinders_nothing(owner: Actor) -> None:
    report = factories.report(by=owner, now=an_hour_ago(), victim=Named(written="Оңғарбаева", iin="900101400401"))
    assert "does not fit the others" in signed_in("inspector").get(f"/reports/{report.id}/").content.decode()


def test_a_possible_repeat_leads_to_the_other_report(owner: Actor) -> None:
    first = factories.report(by=owner, now=an_hour_ago())
    second = factories.report(by=owner, now=an_hour_ago())
    actions.mark_possible_repeats(report_id=second.id, by=owner, now=an_hour_ago())
    page = signed_in("inspector").get(f"/reports/{second.id}/").content.decode()
    assert "May tell of the same event" in page
    assert first.number in page


def test_a_case_is_opened_from_the_report_with_one_press(owner: Actor) -> None:
    report = factories.report(by=owner, now=an_hour_ago())
    browser = signed_in("inspector")
    answer = browser.post(f"/reports/{report.id}/open-case/")
    case = cases.case_of_report(report.id)
    assert case is not None
    assert answer.headers["Location"] == f"/cases/{case.id}/"
    assert browser.post(f"/reports/{report.id}/open-case/").status_code == 409


def test_a_report_is_written_off_only_after_it_was_confirmed(owner: Actor) -> None:
    report = factories.report(by=owner, now=an_hour_ago())
    browser = signed_in("inspector")
    assert browser.post(f"/reports/{report.id}/write-off/", {}).status_code == 422
    assert Report.objects.get(pk=report.id).state == State.REGISTERED
    assert browser.post(f"/reports/{report.id}/write-off/", {"read": "on", "reason": "no_signs"}).status_code == 303
    assert Report.objects.get(pk=report.id).state == State.WRITTEN_OFF
    assert browser.post(f"/reports/{report.id}/write-off/", {"read": "on", "reason": "no_signs"}).status_code == 422


DESK = """КҮИ №;Тіркелген күні;Хабарлама мазмұны;Мекенжайы;Жәбірленуші
267510000000001;18.11.2026 10:00;Күйеуі ұрған;Шымкент;Әбдірахманова Гүлсезім
267510000000002;31.02.2026 10:00;Күйеуі ұрған;Шымкент;Оңғарбаева Қарлығаш
"""


@pytest.mark.django_db(transaction=True)
def test_a_desk_file_is_imported_row_by_row_and_its_refused_rows_come_back(owner: Actor, settings: object) -> None:
    browser = signed_in("inspector")
    answer = browser.post("/reports/import/", {"file": SimpleUploadedFile("desk.csv", DESK.encode())})
    result = answer.context["result"]
    assert (answer.status_code, result.accepted + result.flagged, result.refused) == (200, 1, 1), result.sentence
    back = browser.get(f"/reports/import/{answer.context['kept']}/refused.csv")
    assert "267510000000002" in back.content.decode("utf-8-sig")
    assert "267510000000001" not in back.content.decode("utf-8-sig")
    assert signed_in("head").get(f"/reports/import/{answer.context['kept']}/refused.csv").status_code == 404
    assert signed_in("desk").get(f"/reports/import/{answer.context['kept']}/refused.csv").status_code == 404
    again = browser.post("/reports/import/", {"file": SimpleUploadedFile("desk.csv", DESK.encode())})
    assert (again.context["result"].added, again.context["result"].repeats) == (0, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a table", b"\x00" * 100])
def test_a_file_that_is_no_register_is_refused_with_one_sentence(owner: Actor, content: bytes) -> None:
    answer = signed_in("inspector").post("/reports/import/", {"file": SimpleUploadedFile("x.csv", content)})
    assert answer.status_code == 422
    assert "Nothing was imported." in answer.content.decode()
