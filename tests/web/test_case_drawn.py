"""A case drawn: its course in lanes, its live clocks as bars; and where an order stands among its states."""

import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta
from typing import Any

from qorgan.base.scope import Actor
from qorgan.orders.terms import TRANSITIONS, State
from qorgan.web import timeline
from qorgan.web.timeline import Ends, Lane, Point
from tests import factories
from tests.architecture.guards.queries import count as queries_asked
from tests.risk import made
from tests.web.pages import an_hour_ago, signed_in

NOON = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ENDS = Ends("20.11.2026", "27.11.2026", "now")


def _clock(now: datetime) -> ET.Element:
    drawn = timeline.clock(start=NOON, due=NOON + 7 * DAY, now=now, ends=ENDS, title="Check", told="left")
    return ET.fromstring(drawn)


def test_a_clock_that_ran_out_is_hatched_and_one_that_runs_is_not() -> None:
    runs, late = (ET.tostring(_clock(NOON + days * DAY)).decode() for days in (2, 9))
    assert "var(--late)" not in runs
    assert late.count('stroke="var(--late)"') > 2
    assert _clock(NOON).get("role") == "img"


def test_the_bar_is_full_up_to_now_and_never_past_its_due_moment() -> None:
    def full(now: datetime) -> float:
        return next(float(one.get("width", 0)) for one in _clock(now).iter("rect") if one.get("fill") == "var(--lake)")

    assert full(NOON) == 0
    assert 0 < full(NOON + 2 * DAY) < full(NOON + 5 * DAY)
    whole = next(float(one.get("width", 0)) for one in _clock(NOON + 20 * DAY).iter("rect"))
    assert full(NOON + 20 * DAY) == whole


def test_a_course_leaves_out_lanes_without_a_moment_and_tells_states_by_shape() -> None:
    lanes = [
        Lane("Orders", (Point(NOON, "done"), Point(NOON + DAY, "late"), Point(NOON + 9 * DAY, "plan"))),
        Lane("Courts", ()),
    ]
    drawn = timeline.course(lanes, now=NOON + 2 * DAY, ends=ENDS, title="Course", told="one; two")
    root = ET.fromstring(drawn)
    assert [one.text for one in root.iter("text")] == ["Orders", *vars(ENDS).values()]
    assert len(list(root.iter("circle"))) == 2  # the diamond of what was missed is no circle
    assert root.findtext("desc") == "one; two"


def test_a_course_of_one_moment_is_drawn() -> None:
    lanes = [Lane("Case", (Point(NOON, "done"),))]
    assert ET.fromstring(timeline.course(lanes, now=NOON, ends=ENDS, title="Course", told="")) is not None


def _page(order: Any) -> Any:
    return signed_in("inspector").get(f"/cases/{order.case_id}/")


def test_the_case_page_draws_its_course_and_says_it_in_words(owner: Actor) -> None:
    page = _page(factories.served(by=owner, now=datetime.now(UTC) - timedelta(days=8)))
    root = ET.fromstring(page.context["picture"])
    points = len(list(root.iter("circle"))) + str(page.context["picture"]).count('fill="var(--late)"')
    assert points == len(page.context["course"])
    told = root.findtext("desc") or ""
    assert told.startswith("First report, 102")
    assert "was not made" in told


def test_the_case_page_draws_each_live_clock_with_its_provision_the_longest_past_first(owner: Actor) -> None:
    page = _page(factories.served(by=owner, now=datetime.now(UTC) - timedelta(days=8)))
    clocks = page.context["clocks"]
    assert [one.tone for one in clocks] == ["late", "due", "due"]
    assert clocks[0].left.startswith("ran out:")
    assert all("245-VIII" in one.provision for one in clocks)
    assert page.content.decode().count("ran out:") >= 1


def test_a_grave_result_is_a_clock_until_it_is_no_longer_to_be_relied_on(owner: Actor) -> None:
    grave = made.assessed("choked", by=owner, now=an_hour_ago())
    clocks = signed_in("inspector").get(f"/cases/{grave.case_id}/").context["clocks"]
    assert [(one.tone, one.due) for one in clocks] == [("due", grave.expires_at)]
    assert "triage" in clocks[0].provision


def test_a_case_whose_order_binds_nobody_has_no_clock(owner: Actor) -> None:
    assert _page(factories.draft(by=owner, now=an_hour_ago())).context["clocks"] == []


def test_the_drawings_ask_nothing(owner: Actor) -> None:
    """Two orders with their checks and clocks ask as much as the panels that they are drawn from."""
    from qorgan.law import queries as law
    from qorgan.web.cases import drawn

    order = factories.served(by=owner, now=an_hour_ago())
    panels = _page(order).context["panels"]
    book, now = law.book(), datetime.now(UTC)
    zone = panels[0].zone
    assert queries_asked(lambda: drawn.clocks(panels, (), book=book, now=now, zone=zone)) == 0


def test_the_order_page_shows_where_the_order_stands(owner: Actor) -> None:
    order = factories.served(by=owner, now=an_hour_ago())
    page = signed_in("inspector").get(f"/orders/{order.id}/")
    ways = page.context["standing"].ways
    assert [one.is_now for one in ways] == [state is State.SERVED for state in State]
    assert [len(one.after) for one in ways] == [len(TRANSITIONS[state]) for state in State]
    assert "<title>Where the order stands: served</title>" in page.content.decode()
