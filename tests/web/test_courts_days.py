"""A clerk's day and a prosecutor's day."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor, acting
from qorgan.courts import actions
from qorgan.courts.models import Hearing
from qorgan.courts.terms import Party
from tests import factories
from tests.architecture.guards.queries import count
from tests.courts import made
from tests.web.pages import an_hour_ago, signed_in

DAY = timedelta(days=1)


def rows(page: object) -> dict[str, int]:
    """How many rows each section of the clerk's day has."""
    return {section["name"]: len(section["rows"]) for section in page.context["sections"]}  # type: ignore[attr-defined]  # an answer


def test_a_clerk_begins_with_what_waits_in_the_court(owner: Actor) -> None:
    made.sent(by=owner, now=an_hour_ago())
    made.scheduled(by=owner, now=an_hour_ago(), at=datetime.now(UTC) + timedelta(seconds=1))
    made.decided(by=owner, now=an_hour_ago())
    appealed = made.decided(by=owner, now=an_hour_ago())
    with acting(made.clerk()):
        at = an_hour_ago()
        actions.appeal(decision=appealed, filed_by=Party.VICTIM, at=at, by=made.clerk(), now=at)
    page = signed_in("clerk").get("/")
    assert rows(page) == {"today": 1, "no-date": 1, "force": 1, "appeals": 1}
    text = page.content.decode()
    assert "Сәрсенбаев" in text
    assert 'data-key="1"' in text


def test_a_hearing_of_yesterday_without_an_outcome_comes_first_and_is_late(owner: Actor) -> None:
    made.scheduled(by=owner, now=an_hour_ago(), at=datetime.now(UTC) + DAY)
    with acting(made.clerk()):
        Hearing.objects.update(at=datetime.now(UTC) - 2 * DAY)
    page = signed_in("clerk").get("/")
    assert rows(page) == {"unwritten": 1}
    assert page.context["sections"][0]["rows"][0].tone == "late"


def test_the_week_ahead_counts_hearings_by_the_days_of_the_place(owner: Actor) -> None:
    made.scheduled(by=owner, now=an_hour_ago(), at=datetime.now(UTC) + 2 * DAY)
    week = signed_in("clerk").get("/").context["week"]
    assert len(week) == 7
    assert [one.count for one in week] == [0, 0, 1, 0, 0, 0, 0]


def test_a_clerk_sees_nothing_of_another_court(owner: Actor) -> None:
    order = factories.served(by=owner, now=an_hour_ago())
    juvenile = made.court("shymkent-juvenile-court")
    actions.send(material=made.material(order, court_id=juvenile.id), by=owner, now=an_hour_ago())
    page = signed_in("clerk").get("/")
    assert rows(page) == {}
    assert "Nothing waits for the court today" in page.content.decode()


def test_a_prosecutor_sees_which_clocks_ran_out_and_who_let_them(owner: Actor) -> None:
    then = datetime.now(UTC) - 9 * DAY
    factories.served(by=owner, now=then)
    factories.report(by=owner, now=datetime.now(UTC) - 3 * DAY)
    browser = signed_in("prosecutor")
    page = browser.get("/")
    (reports, report_rows), (_orders, order_rows) = page.context["tables"]
    assert "Reports without a decision" in str(reports)
    assert [(row["count"], row["is_report"]) for row in report_rows] == [(1, True)]
    assert [row["count"] for row in order_rows] == [1]
    listed = browser.get(order_rows[0]["url"])
    assert [row.duty.kind for row in listed.context["rows"]] == ["check_order"]
    assert JournalEntry.objects.filter(kind="web.duty.listed", detail__list="late").count() == 1


def test_a_prosecutor_sees_court_cases_undecided_and_decisions_not_in_force(owner: Actor) -> None:
    waiting = made.sent(by=owner, now=datetime.now(UTC) - 40 * DAY)
    decision = made.decided(by=owner, now=an_hour_ago())
    page = signed_in("prosecutor").get("/")
    assert [row["court_case"].id for row in page.context["undecided"]] == [waiting.id]
    assert [row["decision"].id for row in page.context["waiting"]] == [decision.id]
    assert page.context["counts"] == {
        "late": page.context["counts"]["late"],
        "undecided": 1,
        "waiting": 1,
        "sealed": 0,
    } | {"destroying": 0}


def test_a_prosecutor_sees_offences_terminated_with_their_grounds(owner: Actor) -> None:
    from qorgan.offences import actions as offences
    from qorgan.offences.terms import Ground

    offence = factories.offence(by=owner, now=an_hour_ago())
    offences.terminate(offence=offence, ground=Ground.RECONCILED, by=owner, now=an_hour_ago())
    page = signed_in("prosecutor").get("/")
    assert [row["offence"].id for row in page.context["terminated"]["rows"]] == [offence.id]
    assert "the parties were reconciled: 1" in page.content.decode()


def test_the_prosecutors_day_offers_no_act(owner: Actor) -> None:
    made.decided(by=owner, now=an_hour_ago())
    page = signed_in("prosecutor").get("/").content.decode()
    main = page[page.index("<main") : page.index("</main")]
    assert 'method="post"' not in main


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("login", ["clerk", "prosecutor"])
def test_an_empty_day_opens_in_every_language(owner: Actor, login: str, language: str) -> None:
    assert signed_in(login, language=language).get("/").status_code == 200


def _decided(*, by: Actor, now: datetime) -> None:
    made.decided(by=by, now=now)


def _sent(*, by: Actor, now: datetime) -> None:
    made.sent(by=by, now=now)


@pytest.mark.parametrize(
    ("login", "address", "make", "most"),
    [
        ("clerk", "/", _sent, 30),
        ("clerk", "/", _decided, 30),
        ("clerk", "/courts/", _sent, 20),
        ("prosecutor", "/", _sent, 34),
        ("prosecutor", "/", _decided, 34),
    ],
)
def test_a_day_asks_the_same_of_one_row_and_of_twenty(
    owner: Actor, login: str, address: str, make: Callable[..., None], most: int
) -> None:
    browser = signed_in(login)
    make(by=owner, now=an_hour_ago())
    browser.get(address)  # places and law are read once per process
    one = count(lambda: browser.get(address))
    for _row in range(19):
        make(by=owner, now=an_hour_ago())
    twenty = count(lambda: browser.get(address))
    assert one == twenty <= most
