"""Today's duties, as an inspector relies on them."""

from datetime import UTC, datetime, timedelta

import pytest

from qorgan.base import clock
from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor, beside
from qorgan.duties import actions, queries
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind
from tests import factories
from tests.web.pages import an_hour_ago, signed_in


def _laid(owner: Actor, *, due_at: datetime | None, kind: Kind = Kind.COPY_TO_PROSECUTOR) -> Duty:
    order = factories.issued(by=owner, now=an_hour_ago())
    laid = actions.Laid(kind=kind, provision="orders.copy_to_prosecutor", since=an_hour_ago(), due_at=due_at, step=9)
    return actions.lay(
        laid=[laid],
        thing="order",
        thing_id=order.id,
        case_id=order.case_id,
        **beside(order),
        agency_id=order.agency_id,
        by=owner,
        now=an_hour_ago(),
    )[0]


def test_an_overdue_duty_comes_before_one_of_today_and_says_how_late_it_is(owner: Actor) -> None:
    moment = datetime.now(UTC)
    factories.report(by=owner, now=moment - timedelta(hours=30))
    factories.report(by=owner, now=moment - timedelta(hours=23))
    with clock.frozen(moment):
        page = signed_in("inspector").get("/").content.decode()
    assert page.index("Overdue") < page.index("no term") if "no term" in page else "Overdue" in page
    assert "7\u00a0h 0\u00a0min ago" in page


def test_the_page_names_the_provision_beside_the_term(owner: Actor) -> None:
    factories.report(by=owner, now=an_hour_ago() - timedelta(hours=30))
    assert "CPC, Art. 185" in signed_in("inspector").get("/").content.decode()


def test_a_duty_without_a_term_on_record_says_so_and_carries_the_tag(owner: Actor) -> None:
    factories.issued(by=owner, now=an_hour_ago())
    page = signed_in("inspector").get("/").content.decode()
    assert "No term on record" in page
    assert "to be verified" in page


def test_the_first_nine_duties_have_digits_that_lead_to_their_forms(owner: Actor) -> None:
    order = factories.issued(by=owner, now=an_hour_ago())
    page = signed_in("inspector").get("/").content.decode()
    assert f'href="/orders/{order.id}/serve/" data-key="1"' in page


def test_an_empty_day_says_what_to_do_next(owner: Actor) -> None:
    page = signed_in("inspector").get("/").content.decode()
    assert "Nothing is due today" in page
    assert "/duties/tomorrow/" in page


def test_the_calendar_holds_terms_and_no_name(owner: Actor) -> None:
    order = factories.served(by=owner, now=an_hour_ago())
    answer = signed_in("inspector").get("/duties/calendar.ics")
    text = answer.content.decode().replace("\r\n ", "")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert text.count("BEGIN:VEVENT") == 4
    assert order.case.number not in text
    assert "Сәрсенбаев" not in text
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    assert JournalEntry.objects.filter(kind="web.calendar.exported").exists()


def test_a_long_list_goes_on_from_where_the_part_ended(owner: Actor, django_assert_max_num_queries: object) -> None:
    then = datetime.now(UTC) - timedelta(days=3)
    order = factories.issued(by=owner, now=an_hour_ago())
    laid = [
        actions.Laid(
            kind=Kind.WARN_OF_END,
            provision="orders.term",
            since=then - timedelta(days=1),
            due_at=then + timedelta(minutes=minute),
            step=minute,
        )
        for minute in range(70)
    ]
    actions.lay(
        laid=laid,
        thing="order",
        thing_id=order.id,
        case_id=order.case_id,
        **beside(order),
        agency_id=order.agency_id,
        by=owner,
        now=then,
    )
    browser = signed_in("inspector")
    first = browser.get("/duties/late/")
    second = browser.get(f"/duties/late/{first.context['part'].older}")
    seen = [row.duty.step for row in [*first.context["rows"], *second.context["rows"]]]
    assert seen == list(range(70))
    again = browser.get(f"/duties/late/{second.context['part'].newer}")
    assert [row.duty.step for row in again.context["rows"]] == list(range(50))


@pytest.mark.parametrize("edge", ["x", "2026-01-01~x", "~", "2026-01-01T00:00:00~1"])
def test_an_edge_that_nobody_made_shows_the_first_part(owner: Actor, edge: str) -> None:
    factories.report(by=owner, now=datetime.now(UTC) - timedelta(hours=30))
    assert len(signed_in("inspector").get("/duties/late/", {"after": edge}).context["rows"]) == 1


def test_tomorrow_is_the_next_day_of_the_place(owner: Actor) -> None:
    _laid(owner, due_at=datetime.now(UTC) + timedelta(hours=24))
    page = signed_in("inspector").get("/duties/tomorrow/")
    assert [row.duty.kind for row in page.context["rows"]] == [Kind.COPY_TO_PROSECUTOR]


def test_a_section_of_another_name_is_not_found(owner: Actor) -> None:
    assert signed_in("inspector").get("/duties/yesterday/").status_code == 404


def test_a_duty_done_outside_is_marked_with_the_reason_of_its_lateness(owner: Actor) -> None:
    duty = _laid(owner, due_at=datetime.now(UTC) - timedelta(minutes=5))
    browser = signed_in("inspector")
    assert browser.post(f"/duties/{duty.id}/", {}).status_code == 422
    assert browser.post(f"/duties/{duty.id}/", {"late_why": "почта кешікті"}).status_code == 303
    duty.refresh_from_db()
    assert (duty.done_at is not None, queries.late_why(duty)) == (True, "почта кешікті")


def test_a_duty_done_twice_says_that_someone_was_first(owner: Actor) -> None:
    duty = _laid(owner, due_at=datetime.now(UTC) + timedelta(minutes=5))
    browser = signed_in("inspector")
    assert browser.post(f"/duties/{duty.id}/", {}).status_code == 303
    again = browser.post(f"/duties/{duty.id}/", {})
    assert again.status_code == 422
    assert "This has already been done." in again.content.decode()


def test_a_duty_that_has_its_own_form_is_not_done_here(owner: Actor) -> None:
    order = factories.issued(by=owner, now=an_hour_ago())
    duty = Duty.objects.get(thing_id=order.id, kind=Kind.SERVE_ORDER)
    assert signed_in("inspector").post(f"/duties/{duty.id}/", {}).status_code == 403
    assert Duty.objects.get(pk=duty.id).done_at is None


def test_the_oversight_sees_terms_of_orders_and_no_report(owner: Actor, excluded: Actor) -> None:
    factories.report(by=owner, now=an_hour_ago() - timedelta(hours=30))
    page = signed_in("prosecutor").get("/duties/late/").content.decode()
    assert "not open to your mandate" in page
    assert "Әбдірахманова" not in page


def test_a_long_day_counts_all_and_folds_what_comes_after_the_first(owner: Actor) -> None:
    factories.issued(by=owner, now=an_hour_ago())
    for hours in range(30, 35):
        factories.report(by=owner, now=datetime.now(UTC) - timedelta(hours=hours))
    page = signed_in("inspector").get("/").content.decode()
    open_rows, _summary, folded = page.partition("<summary>2 more</summary>")
    assert open_rows.count('<tr class="is-late">') == 3
    assert folded.partition("</details>")[0].count('<tr class="is-late">') == 2
    assert '<a href="#late">Overdue 5</a>' in page
