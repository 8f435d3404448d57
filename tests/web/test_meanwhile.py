"""A page that was overtaken: one sentence says who and when, both texts are shown, nothing typed is lost."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor
from qorgan.cases import queries as case_queries
from qorgan.cases.models import Account, CasePerson
from qorgan.cases.terms import Role
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind
from qorgan.orders import actions as orders
from qorgan.orders.models import Check, Order
from qorgan.orders.terms import Finding, Prohibition, State
from qorgan.reports.models import Report
from tests import factories
from tests.web.pages import an_hour_ago, signed_in

HERS, HIS = "жеке сөйлестім, тыныш", "көршісімен сөйлестім"


def _seen(browser: Client, address: str) -> str:
    """The version that the form of a page carries, as the page itself writes it."""
    page = browser.get(address)
    version = page.context["form"]["seen"].value()
    assert f'name="seen" value="{version}"' in page.content.decode()
    return str(version)


def test_a_check_entered_by_two_keeps_the_first_and_shows_both(owner: Actor, colleague: Actor) -> None:
    order = factories.served(by=owner, now=datetime.now(UTC) - timedelta(days=8))
    browser, address = signed_in("inspector"), f"/orders/{order.id}/check/1/"
    seen = _seen(browser, address)
    found = {"finding": Finding.BREACH, "breached": (Prohibition.CONTACT,), "note": HIS}
    orders.check(order=order, step=1, **found, by=colleague, now=datetime.now(UTC))  # type: ignore[arg-type]  # by name
    typed = {"finding": "no_breach", "note": HERS, "seen": seen}
    answer = browser.post(address, typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert f"While you had this open, {colleague.name} changed it" in page or "Ospankulov" in page
    for words in (HERS, HIS, "a breach was found", "no breach seen"):
        assert words in page
    assert [(one.finding, one.checked_by) for one in Check.objects.all()] == [("breach", colleague.staff_id)]
    assert JournalEntry.objects.filter(detail__code="changed_meanwhile", detail__status=409).exists()
    assert HERS not in str([entry.detail for entry in JournalEntry.objects.all()])
    assert answer.context["form"]["seen"].value() == str(Order.objects.get().version)


def test_sent_again_after_it_was_told_the_same_words_go_in(owner: Actor, colleague: Actor) -> None:
    order = factories.served(by=owner, now=datetime.now(UTC) - timedelta(days=15))
    browser, address = signed_in("inspector"), f"/orders/{order.id}/check/2/"
    typed = {"finding": "no_breach", "note": HERS, "seen": _seen(browser, address)}
    orders.check(order=order, step=1, finding=Finding.NO_BREACH, note="", by=colleague, now=datetime.now(UTC))
    told = browser.post(address, typed)
    assert told.status_code == 409
    assert browser.post(address, typed | {"seen": told.context["form"]["seen"].value()}).status_code == 303
    assert Check.objects.count() == 2


@pytest.mark.parametrize("act", ["issue", "serve", "cancel"])
def test_an_act_on_an_order_cancelled_meanwhile_is_refused(owner: Actor, colleague: Actor, act: str) -> None:
    make = factories.draft if act == "issue" else factories.issued
    order = make(by=owner, now=an_hour_ago())
    browser, address = signed_in("inspector"), f"/orders/{order.id}/{act}/"
    local = f"{datetime.now(UTC) + timedelta(hours=5):%d.%m.%Y %H:%M}"
    typed = {"served_at": local, "receipt": "signed", "why": "прокурор, № 8", "seen": _seen(browser, address)}
    orders.cancel(order=order, why="прокурор, № 7", by=colleague, now=datetime.now(UTC))
    answer = browser.post(address, typed)
    assert answer.status_code == 409
    assert "nothing of yours was written" in answer.content.decode()
    assert Order.objects.get().state == State.CANCELLED
    if act == "cancel":
        page = answer.content.decode()
        assert "№ 7" in page
        assert "№ 8" in page


def test_a_second_draft_shows_the_first_beside_it(owner: Actor, colleague: Actor) -> None:
    case = factories.case(by=owner, now=an_hour_ago())
    browser, address = signed_in("inspector"), f"/orders/draft/{case.id}/"
    parts = {role: str(person.id) for role, person in case_queries.persons(case)}
    typed = {
        "addressee": parts[Role.OFFENDER],
        "protected": [parts[Role.VICTIM]],
        "circumstances": "Менің сөзім.",
        "prohibitions": ["contact"],
        "seen": _seen(browser, address),
    }
    factories.draft(by=colleague, now=an_hour_ago(), held=case)
    answer = browser.post(address, typed)
    page = answer.content.decode()
    assert (answer.status_code, Order.objects.count()) == (409, 1)
    assert "Менің сөзім." in page
    assert factories.WORDS in page


def test_accounts_and_people_of_two_stand_side_by_side_once_both_know(owner: Actor) -> None:
    case = factories.case(by=owner, now=an_hour_ago())
    first, second = signed_in("inspector"), signed_in("head")
    at = f"{datetime.now(UTC) + timedelta(hours=5):%d.%m.%Y %H:%M}"
    for address, typed, other, model in (
        ("account", {"words": HERS}, {"words": HIS}, Account),
        ("person", {"written": "Сәрсенбай Аяла"}, {"written": "Сәрсенбай Айсұлу"}, CasePerson),
    ):
        common = {"speaker": "witness", "source": "қоңырау", "said_at": at, "role": "child", "sex": "unknown"}
        place = f"/cases/{case.id}/{address}/"
        seen = {"seen": _seen(first, place)}
        before = model.objects.count()  # type: ignore[attr-defined]  # one of two models
        assert second.post(place, common | other | seen).status_code == 303
        told = first.post(place, common | typed | seen)
        assert told.status_code == 409
        for words in (*typed.values(), *other.values()):
            assert words in told.content.decode()
        again = common | typed | {"seen": told.context["form"]["seen"].value()}
        assert first.post(place, again).status_code == 303
        assert model.objects.count() == before + 2  # type: ignore[attr-defined]  # as above


def test_a_case_is_not_closed_over_words_its_closer_has_not_read(owner: Actor) -> None:
    case = factories.case(by=owner, now=an_hour_ago())
    first, second = signed_in("inspector"), signed_in("head")
    seen = _seen(first, f"/cases/{case.id}/close/")
    at = f"{datetime.now(UTC) + timedelta(hours=5):%d.%m.%Y %H:%M}"
    said = {"speaker": "witness", "source": "қоңырау", "said_at": at, "words": HIS}
    assert second.post(f"/cases/{case.id}/account/", said).status_code == 303
    assert first.post(f"/cases/{case.id}/close/", {"sure": "on", "seen": seen}).status_code == 409


def test_a_report_taken_up_meanwhile_is_neither_written_off_nor_opened_twice(owner: Actor) -> None:
    report = factories.report(by=owner, now=an_hour_ago())
    first, second = signed_in("inspector"), signed_in("head")
    shown = first.get(f"/reports/{report.id}/").content.decode()
    assert f'name="seen" value="{report.version}"' in shown
    seen = {"seen": _seen(first, f"/reports/{report.id}/write-off/")}
    assert second.post(f"/reports/{report.id}/open-case/", seen).status_code == 303
    answers = [
        first.post(f"/reports/{report.id}/write-off/", seen | {"read": "on", "reason": "no_signs"}),
        first.post(f"/reports/{report.id}/open-case/", seen),
    ]
    for answer in answers:
        assert answer.status_code == 409
        assert "While you had this open" in answer.content.decode()
    assert Report.objects.get().state == "taken_up"


def test_who_was_first_in_another_window_is_oneself(owner: Actor) -> None:
    order = factories.draft(by=owner, now=an_hour_ago())
    browser, address = signed_in("inspector"), f"/orders/{order.id}/issue/"
    seen = _seen(browser, address)
    assert browser.post(address, {"seen": seen}).status_code == 303
    answer = browser.post(address, {"seen": seen})
    assert answer.status_code == 409
    assert "You changed this yourself in another window" in answer.content.decode()


def test_a_late_reason_typed_by_two_is_kept_once_and_shown_twice(owner: Actor) -> None:
    order = factories.issued(by=owner, now=an_hour_ago())
    duty = Duty.objects.get(thing_id=order.id, kind=Kind.VERIFY_PROVISION)
    Duty.objects.filter(pk=duty.pk).update(due_at=an_hour_ago())
    first, second, address = signed_in("inspector"), signed_in("head"), f"/duties/{duty.id}/"
    seen = {"seen": _seen(first, address)}
    assert second.post(address, seen | {"late_why": HIS}).status_code == 303
    told = first.post(address, seen | {"late_why": HERS})
    assert told.status_code == 409
    assert HERS in told.content.decode()
    assert HIS in told.content.decode()


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "١"])
def test_a_version_that_no_page_wrote_compares_nothing(owner: Actor, version: str) -> None:
    order = factories.draft(by=owner, now=an_hour_ago())
    assert signed_in("inspector").post(f"/orders/{order.id}/issue/", {"seen": version}).status_code == 303
