"""Protective orders on pages, from draft to end, and on paper."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client

from qorgan.base import clock, signing
from qorgan.base.models import JournalEntry
from qorgan.base.paper import signed
from qorgan.base.scope import Actor
from qorgan.cases import actions as cases
from qorgan.cases import queries as case_queries
from qorgan.cases.terms import Role
from qorgan.orders import queries
from qorgan.orders.models import Order
from qorgan.orders.terms import Finding, State
from qorgan.people.actions import Named
from tests import factories
from tests.web.pages import an_hour_ago, signed_in


def _local(at: datetime) -> str:
    return f"{at + timedelta(hours=5):%d.%m.%Y %H:%M}"


def test_a_draft_is_filled_beforehand_from_the_case(owner: Actor) -> None:
    case = factories.case(by=owner, now=an_hour_ago())
    form = signed_in("inspector").get(f"/orders/draft/{case.id}/").context["form"]
    parts = {role: person.id for role, person in case_queries.persons(case)}
    assert form.initial["addressee"] == parts[Role.OFFENDER]
    assert form.initial["protected"] == [parts[Role.VICTIM]]
    assert form.initial["circumstances"] == factories.WORDS


def test_an_order_goes_from_draft_to_a_running_term_by_its_pages(owner: Actor) -> None:
    case = factories.case(by=owner, now=an_hour_ago())
    child = Named(written="Сәрсенбай Аяла Нұрлыбекқызы")
    cases.add_person(case=case, named=child, role=Role.CHILD, by=owner, now=an_hour_ago())
    browser = signed_in("inspector")
    parts = {role: str(person.id) for role, person in case_queries.persons(case)}
    typed = {
        "addressee": parts[Role.OFFENDER],
        "protected": [parts[Role.VICTIM], parts[Role.CHILD]],
        "circumstances": "Қолын бұраған.",
        "prohibitions": ["violence", "contact"],
    }
    drafted = browser.post(f"/orders/draft/{case.id}/", typed)
    address = drafted.headers["Location"]
    assert browser.post(f"{address}issue/").headers["Location"] == address
    served = browser.post(f"{address}serve/", {"served_at": _local(datetime.now(UTC)), "receipt": "signed"})
    assert served.status_code == 303
    order = Order.objects.get()
    assert order.state == State.SERVED
    page = browser.get(address)
    assert page.context["panel"].force is queries.Force.IN_FORCE
    assert "One order protects 2 persons and counts as one." in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"addressee": ""}, "addressee"), ({"protected": []}, "protected"), ({"circumstances": " "}, "circumstances")],
)
def test_a_draft_that_lacks_something_says_so_at_its_field(
    owner: Actor, changes: dict[str, object], field: str
) -> None:
    case = factories.case(by=owner, now=an_hour_ago())
    parts = {role: str(person.id) for role, person in case_queries.persons(case)}
    typed = {
        "addressee": parts[Role.OFFENDER],
        "protected": [parts[Role.VICTIM]],
        "circumstances": "Қолын бұраған.",
        "prohibitions": ["contact"],
    }
    answer = signed_in("inspector").post(f"/orders/draft/{case.id}/", typed | changes)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Order.objects.count() == 0


def test_a_refusal_to_sign_asks_for_its_witness_and_keeps_what_was_typed(owner: Actor) -> None:
    order = factories.issued(by=owner, now=an_hour_ago())
    typed = {"served_at": _local(datetime.now(UTC)), "receipt": "refused", "reason": "«Ештеңе істеген жоқпын»"}
    browser = signed_in("inspector")
    refused = browser.post(f"/orders/{order.id}/serve/", typed)
    assert list(refused.context["form"].errors) == ["witness"]
    assert "Ештеңе істеген жоқпын" in refused.content.decode()
    assert browser.post(f"/orders/{order.id}/serve/", typed | {"witness": "Оспанова М. Е."}).status_code == 303


def test_an_order_can_be_served_in_the_minute_of_its_issue(owner: Actor) -> None:
    moment = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(seconds=30)
    order = factories.issued(by=owner, now=moment)
    typed = {"served_at": _local(moment), "receipt": "signed"}
    assert signed_in("inspector").post(f"/orders/{order.id}/serve/", typed).status_code == 303
    assert Order.objects.get().served_at == moment


def test_an_order_is_not_served_before_its_issue_or_tomorrow(owner: Actor) -> None:
    order = factories.issued(by=owner, now=an_hour_ago())
    for moment in (datetime.now(UTC) - timedelta(hours=2), datetime.now(UTC) + timedelta(days=1)):
        typed = {"served_at": _local(moment), "receipt": "signed"}
        answer = signed_in("inspector").post(f"/orders/{order.id}/serve/", typed)
        assert list(answer.context["form"].errors) == ["served_at"]


def test_a_check_is_entered_once(owner: Actor) -> None:
    order = factories.served(by=owner, now=datetime.now(UTC) - timedelta(days=8))
    browser, typed = signed_in("inspector"), {"finding": "no_breach", "note": "жеке сөйлестім"}
    assert browser.get(f"/orders/{order.id}/check/1/").context["state"] == "late"
    assert browser.post(f"/orders/{order.id}/check/1/", typed).status_code == 303
    again = browser.post(f"/orders/{order.id}/check/1/", typed)
    assert again.status_code == 422
    assert "жеке сөйлестім" in again.content.decode()
    assert queries.opened_orders([order])[0].checks[0].finding is Finding.NO_BREACH
    assert browser.get(f"/orders/{order.id}/check/9/").status_code == 404


def test_an_order_is_cancelled_by_a_decision_that_is_named(owner: Actor) -> None:
    order = factories.served(by=owner, now=an_hour_ago())
    browser = signed_in("inspector")
    assert browser.post(f"/orders/{order.id}/cancel/", {"why": ""}).status_code == 422
    assert browser.post(f"/orders/{order.id}/cancel/", {"why": "прокурор, 20.11.2026, № 7"}).status_code == 303
    assert Order.objects.get().state == State.CANCELLED


def test_the_list_tells_orders_by_their_clocks(owner: Actor) -> None:
    running = factories.served(by=owner, now=an_hour_ago())
    over = factories.served(by=owner, now=datetime.now(UTC) - timedelta(days=31))
    browser = signed_in("inspector")
    for force, expected in (("in_force", running), ("ended", over)):
        rows = browser.get("/orders/", {"force": force}).context["rows"]
        assert [row["order"].id for row in rows] == [expected.id]


def test_an_order_of_2024_says_that_no_checks_are_on_record(owner: Actor) -> None:
    order = factories.served(by=owner, now=datetime(2024, 5, 10, 6, 0, tzinfo=UTC))
    assert "no interval of checks is on record" in signed_in("inspector").get(f"/orders/{order.id}/").content.decode()


@pytest.mark.parametrize("make", [factories.draft, factories.issued, factories.served])
def test_the_paper_is_a_pdf_shown_in_the_browser_and_the_look_is_kept(owner: Actor, make: object) -> None:
    order: Order = make(by=owner, now=an_hour_ago())  # type: ignore[operator]  # one of the factories
    answer = signed_in("inspector").get(f"/orders/{order.id}/paper.pdf")
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert JournalEntry.objects.filter(kind="web.order.seen", detail__as="paper").count() == 1


def test_the_paper_of_the_same_order_is_the_same_file(owner: Actor) -> None:
    order = factories.served(by=owner, now=an_hour_ago())
    browser = signed_in("inspector")
    one, other = (browser.get(f"/orders/{order.id}/paper.pdf").content for _ in range(2))
    printed = one.partition(b"%%EOF")[0]
    assert other.startswith(printed), "the signatures that follow were made at two moments"
    trusted = signing.paper_certificates(demo=settings.DEMO)
    verdicts = {signed.verify(file, trusted=trusted, now=clock.now()).finding for file in (one, other)}
    assert verdicts == ({signed.Finding.VALID} if settings.DEMO else {signed.Finding.NOT_SIGNED})


def test_the_paper_says_nothing_of_where_she_is(owner: Actor) -> None:
    from qorgan.web.orders.papers import compose

    hour = an_hour_ago().replace(microsecond=0)  # so that no digit of a moment looks like one of a number
    order = factories.served(by=owner, now=hour)
    paper = str(compose(queries.opened_orders([order])[0], now=hour))
    assert "Гүлсезім" in paper
    assert "5-үй" not in paper
    assert "701" not in paper


def test_what_was_done_is_done_once_though_it_was_sent_twice(owner: Actor, client: Client) -> None:
    order = factories.draft(by=owner, now=an_hour_ago())
    browser = signed_in("inspector")
    assert browser.post(f"/orders/{order.id}/issue/").status_code == 303
    assert browser.post(f"/orders/{order.id}/issue/").status_code == 422
    assert JournalEntry.objects.filter(kind="orders.order.issued").count() == 1
