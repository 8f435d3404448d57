"""Attacks by someone who works here: with a login, a mandate and a reason of his own."""

from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qorgan.agencies import actions as agencies
from qorgan.agencies import queries as staff
from qorgan.agencies.models import Block, Mandate, Staff
from qorgan.agencies.rules import OwnAccount
from qorgan.agencies.terms import ROLES, AdmissionGround, BlockGround, Purpose
from qorgan.base import clock
from qorgan.base.errors import NotAllowed
from qorgan.base.models import JournalEntry
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting, beside
from qorgan.cases.models import Case
from qorgan.cli.acting import NoSuchStaff, as_staff
from qorgan.orders.models import Order
from qorgan.reports import actions as reports
from qorgan.reports import jobs
from qorgan.reports.models import Report
from tests import factories
from tests.conftest import actor
from tests.roles import as_process
from tests.web.pages import an_hour_ago, proven, signed_in

SURNAME = factories.WOMAN.written.split()[0]
LISTS = (
    "/",
    "/duties/late/",
    "/duties/no-term/",
    "/duties/calendar.ics",
    "/reports/",
    "/cases/",
    "/offences/",
    "/orders/",
)


def block(who: Actor, row: object, *, by: Actor, now: datetime) -> Block:
    """Shut the thread of a row to someone."""
    return agencies.block(staff_id=who.staff, **beside(row), ground=BlockGround.KIN, by=by, now=now)[0]


def refused() -> list[dict[str, object]]:
    """What the journal says of requests that were refused."""
    rows = JournalEntry.objects.filter(kind="web.request.refused").order_by("id")
    return [row.detail for row in rows]


@pytest.fixture
def order(owner: Actor) -> Order:
    """A served order of a case, told by the inspector of the district."""
    return factories.served(by=owner, now=an_hour_ago())


def test_an_officer_looks_for_his_wife(owner: Actor, colleague: Actor, order: Order) -> None:
    report, case = Report.objects.get(), Case.objects.get()
    husband = actor("juvenile")
    block(husband, order, by=colleague, now=an_hour_ago())
    browser = signed_in("juvenile")
    for path in LISTS:
        page = browser.get(path).content.decode()
        assert SURNAME not in page and case.number not in page and order.number not in page, path
    for path, number in (("/reports/", report.kui_no), ("/cases/", case.number), ("/orders/", order.number)):
        assert browser.get(path, {"number": number}).status_code == 200  # a list with nothing found, no redirect
    for path in (f"/cases/{case.id}/", f"/reports/{report.id}/", f"/orders/{order.id}/paper.pdf"):
        assert browser.get(path).status_code == 404
    searched = JournalEntry.objects.filter(kind__endswith=".searched", staff_id=husband.staff_id)
    assert [row.detail for row in searched] == [{"found": False}] * 3


def test_a_clerk_exports_the_whole_district(owner: Actor, order: Order) -> None:
    clerk = signed_in("clerk")
    for path in (
        "/duties/calendar.ics",
        "/reports/",
        "/cases/",
        "/offences/",
        "/orders/",
        f"/orders/{order.id}/paper.pdf",
    ):
        assert clerk.get(path).status_code == 403, path
    assert {one["code"] for one in refused()} == {"not_allowed"}
    assert len(refused()) == 6


def test_an_inspector_takes_the_calendar_home(owner: Actor, order: Order) -> None:
    words = signed_in("inspector").get("/duties/calendar.ics").content.decode()
    assert "BEGIN:VEVENT" in words
    assert SURNAME not in words and factories.WORDS not in words and "Шымкент қ." not in words
    taken = JournalEntry.objects.get(kind="web.calendar.exported")
    assert taken.staff_id == owner.staff_id


def test_numbers_are_tried_one_after_another(owner: Actor, order: Order) -> None:
    numbers = {"reports": Report.objects.get().number, "cases": Case.objects.get().number, "orders": order.number}
    stranger = signed_in("rudny")
    for area, number in numbers.items():
        stem, last = number.rsplit("-", 1)
        for step in range(-3, 4):
            answer = stranger.get(f"/{area}/", {"number": f"{stem}-{int(last) + step:06d}"})
            assert answer.status_code == 200 and answer.context["rows"] == [], area
    found = JournalEntry.objects.filter(kind__endswith=".searched").values_list("detail__found", flat=True)
    assert list(found) == [False] * 21


def test_small_ids_inside_an_address_are_counted_up(owner: Actor, now: datetime) -> None:
    mine, other = (factories.offence(by=owner, now=now) for _each in range(2))
    theirs = other.persons.order_by("id")[0].pk
    browser = signed_in("inspector")
    for number in range(theirs - 5, theirs + 5):
        answer = browser.get(f"/offences/{mine.id}/person/{number}/")
        assert (answer.status_code == 200) is mine.persons.filter(pk=number).exists(), number


def test_one_man_in_two_files_leads_from_one_to_the_other(owner: Actor, colleague: Actor, now: datetime) -> None:
    """A merged person: the same phone and address in two reports; shut out of one, one learns nothing in the other."""
    hidden, shown = factories.report(by=owner, now=now), factories.report(by=owner, now=now)
    reports.mark_possible_repeats(report_id=shown.id, by=owner, now=now)
    block(owner, hidden, by=colleague, now=now)
    page = signed_in("inspector").get(f"/reports/{shown.id}/").content.decode()
    assert hidden.number not in page and str(hidden.id) not in page
    assert hidden.number in signed_in("head").get(f"/reports/{shown.id}/").content.decode()


def test_her_number_leads_from_one_file_to_the_other(owner: Actor, colleague: Actor, now: datetime) -> None:
    """A merged person: the same IIN in two reports; who is shut out of one finds her by it in the other alone."""
    hidden, shown = factories.report(by=owner, now=now), factories.report(by=owner, now=now)
    block(owner, hidden, by=colleague, now=now)
    found = {}
    for login in ("inspector", "head"):
        for number in (factories.WOMAN.iin, factories.WOMAN.phone):
            page = signed_in(login).post("/people/", {"number": number}).content.decode()
            found[login, number] = [one.number in page for one in (shown, hidden)]
            assert str(hidden.id) not in page or login == "head"
    assert set(map(tuple, found.values())) == {(True, False), (True, True)}
    assert [seen for (login, _number), seen in found.items() if login == "inspector"] == [[True, False]] * 2


def test_destroying_her_in_one_file_reaches_into_another(owner: Actor, now: datetime) -> None:
    """A merged person: what is destroyed by way of one case are the keys of that case's own row of her."""
    from qorgan.shredding import queries as shredding

    mine, other = factories.case(by=owner, now=now), factories.case(by=owner, now=now)
    keys = [set().union(*map(shredding.keys_of, shredding.records_of(case))) for case in (mine, other)]
    assert all(keys)
    assert keys[0].isdisjoint(keys[1])


def test_an_order_is_drafted_against_a_person_of_another_file(owner: Actor, now: datetime) -> None:
    from qorgan.cases import queries as cases

    mine, other = factories.case(by=owner, now=now), factories.case(by=owner, now=now)
    theirs = [str(person.id) for _role, person in cases.persons(other)]
    typed = {"addressee": theirs[1], "protected": [theirs[0]], "circumstances": "x", "prohibitions": ["alcohol"]}
    answer = signed_in("inspector").post(f"/orders/draft/{mine.id}/", typed)
    assert answer.status_code == 422
    assert {"addressee", "protected"} <= set(answer.context["form"].errors)


@pytest.fixture
def guest(owner: Actor, order: Order) -> tuple[Client, object]:
    """An inspector of another region, inside the case."""
    given = agencies.admit(
        **beside(order),
        ground=AdmissionGround.REFERRAL,
        purpose=Purpose.CHILDREN,
        until=None,
        staff_id=actor("rudny").staff,
        by=owner,
        now=an_hour_ago(),
    )
    browser = signed_in("rudny")
    assert browser.post(f"/entrusted/{given.id}/enter/").status_code == 303
    return browser, given.id


def test_a_file_that_was_shared_and_taken_back_is_read_on(
    owner: Actor, order: Order, guest: tuple[Client, object]
) -> None:
    browser, admission = guest
    pages = (f"/cases/{order.case_id}/", f"/orders/{order.id}/", f"/orders/{order.id}/paper.pdf")
    assert {browser.get(path).status_code for path in pages} == {200}
    agencies.end(admission_id=admission, by=owner, now=clock.now())  # type: ignore[arg-type]  # the id of the fixture
    assert {browser.get(path).status_code for path in pages} == {404}
    assert browser.post(f"/orders/{order.id}/cancel/", {"why": "x", "seen": ""}).status_code == 404


def test_from_one_shared_file_the_rest_of_the_district_is_reached(
    owner: Actor, order: Order, guest: tuple[Client, object]
) -> None:
    browser, _admission = guest
    beside_it = factories.served(by=owner, now=an_hour_ago())
    for path in (f"/cases/{beside_it.case_id}/", f"/orders/{beside_it.id}/", f"/courts/send/order/{beside_it.id}/"):
        assert browser.get(path).status_code == 404
    assert beside_it.number not in browser.get("/orders/").content.decode()
    assert browser.get("/reports/new/").status_code == 403


def test_a_mandate_of_another_person_is_put_into_the_session(owner: Actor) -> None:
    browser = signed_in("desk")
    session = browser.session
    session["mandate"] = str(actor("head").mandate_id)
    session.save()
    page = browser.get("/").content.decode()
    assert "Duty desk officer" in page and "Head of unit" not in page
    assert browser.post("/mandate/", {"mandate": str(actor("head").mandate_id)}).status_code == 404


def test_a_right_is_used_after_the_mandate_ended_in_an_open_session(owner: Actor, order: Order) -> None:
    browser = signed_in("inspector")
    assert browser.get(f"/cases/{order.case_id}/").status_code == 200
    with as_process(Process.MIGRATOR):
        Mandate.objects.filter(staff__login="inspector").update(valid_until=clock.now() - timedelta(seconds=1))
    assert browser.get(f"/cases/{order.case_id}/").status_code == 403
    assert browser.post(f"/orders/{order.id}/cancel/", {"why": "x"}).status_code == 403


def test_someone_dismissed_goes_on_in_an_open_session(owner: Actor, order: Order) -> None:
    browser = signed_in("inspector")
    with as_process(Process.MIGRATOR):
        Staff.objects.filter(login="inspector").update(is_active=False)
    answer = browser.get(f"/cases/{order.case_id}/")
    assert answer.headers["Location"].startswith("/sign-in/")


def test_a_job_is_started_with_yesterdays_mandate(owner: Actor, colleague: Actor, now: datetime) -> None:
    """A job carries an id and no right; what it writes is read again by the rights of whoever reads it."""
    hidden, shown = factories.report(by=owner, now=now), factories.report(by=owner, now=now)
    jobs.look_for_repeats.defer(report_id=str(shown.id))
    from procrastinate.contrib.django.models import ProcrastinateJob

    (job,) = ProcrastinateJob.objects.filter(task_name="reports.look_for_repeats")
    assert set(job.args) == {"report_id"}
    block(owner, hidden, by=colleague, now=now)
    jobs.look_for_repeats(**job.args)
    assert hidden.number not in signed_in("inspector").get(f"/reports/{shown.id}/").content.decode()


def test_a_command_is_given_as_someone_whose_mandate_ended(owner: Actor) -> None:
    with as_process(Process.MIGRATOR):
        Mandate.objects.filter(staff__login="inspector").update(valid_until=clock.now() - timedelta(seconds=1))
    with pytest.raises(NoSuchStaff), as_staff("inspector"):
        pytest.fail("acted in a mandate that ended")
    assert JournalEntry.objects.filter(kind="cli.command.refused").exists()


def test_someone_lifts_the_block_on_himself(owner: Actor, colleague: Actor, order: Order) -> None:
    from qorgan.base.errors import NotFound

    made = block(owner, order, by=colleague, now=an_hour_ago())
    with pytest.raises(NotFound), transaction.atomic():
        agencies.lift(block_id=made.id, why="a mistake", by=owner, now=clock.now())
    assert not Case.objects.filter(pk=order.case_id).exists()


def test_the_number_of_questions_tells_what_is_hidden(owner: Actor, colleague: Actor, order: Order) -> None:
    """What is shut, and what never was, cost the same questions to the database; the clock is asked by `make soak`."""
    block(actor("juvenile"), order, by=colleague, now=an_hour_ago())
    browser, never = signed_in("juvenile"), "01930000-0000-7000-8000-00000000000f"
    asked = []
    with clock.frozen(clock.now()):  # a session is marked as seen once a minute
        browser.get(f"/cases/{never}/")
        for path in (f"/cases/{order.case_id}/", f"/cases/{never}/", f"/orders/{order.id}/", f"/orders/{never}/"):
            with CaptureQueriesContext(connection) as questions:
                assert browser.get(path).status_code == 404
            asked.append(len(questions))
    assert asked[0] == asked[1] and asked[2] == asked[3]


def test_another_territory_is_written_into_a_form(owner: Actor) -> None:
    """Mass assignment: fields that no form has are not read."""
    extra = {"territory": "3905", "territory_id": "3905", "agency_id": str(actor("rudny").agency), "state": "taken_up"}
    extra |= {"number": "SYN-1", "received_by": str(actor("head").staff), "thread_id": str(actor("head").staff)}
    typed = {"token": "t" * 24, "channel": "102", "serving": "no", "registered_at": "", "narrative": "сөз"}
    from tests.web.test_reports import _typed

    signed_in("inspector").post("/reports/new/", {**_typed(), **{k: v for k, v in extra.items() if k not in typed}})
    made = Report.objects.get()
    assert (made.territory_id, made.agency_id, made.state) == (7903, owner.agency, "registered")
    assert made.received_by == owner.staff_id and made.thread_id == made.id and made.number != "SYN-1"


def test_an_offence_is_registered_in_a_place_that_is_not_ones_own(owner: Actor) -> None:
    from qorgan.offences.models import Offence
    from tests.web.test_offences import _typed

    signed_in("inspector").post("/offences/new/", _typed(territory="3905"))
    with acting(actor("duty")):
        assert not Offence.objects.filter(territory_id=3905).exists()


@pytest.mark.parametrize("login", ["inspector", "admin"])
def test_staff_gives_itself_a_role(owner: Actor, login: str) -> None:
    mine = Mandate.objects.get(staff__login=login)
    role = {"agency": mine.agency_id, "role": "unit_head", "territory": mine.territory_id, "purpose": mine.purpose}
    browser = proven(login)
    browser.post(f"/staff/people/{login}/mandate/", role | {"valid_from": "20.11.2026 00:00"})
    assert list(staff.mandates_of(mine.staff, now=clock.now())) == [mine]
    keeper = actor("admin") if login == "admin" else owner
    with pytest.raises((NotAllowed, OwnAccount)), transaction.atomic():
        agencies.give_mandate(
            staff_id=mine.staff_id,
            agency=mine.agency,
            role=ROLES["unit_head"],
            territory_id=mine.territory_id,
            purpose=Purpose.CHILDREN,
            valid_from=clock.now(),
            valid_until=None,
            by=keeper,
            now=clock.now(),
        )
