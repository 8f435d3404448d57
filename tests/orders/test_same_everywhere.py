"""An order of every regime tells the same clocks to a script, on its page and on its paper."""

import io
import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pypdf
import pytest

from qorgan.base import clock
from qorgan.base.scope import Actor
from qorgan.cli import order as command
from qorgan.orders import queries
from qorgan.orders.models import Order
from tests import factories
from tests.web.pages import signed_in

ALMATY = ZoneInfo("Asia/Almaty")
# When it was handed over, the regime, when it ends by the clocks of the place, on which days it is checked.
SERVED = [
    ("2013-12-20T10:00", "R0", "2013-12-30T10:00+06:00", ()),
    ("2016-02-01T23:30", "R1", "2016-03-02T23:30+06:00", ()),
    ("2017-07-03T00:10", "R2", "2017-08-02T00:10+06:00", ()),
    ("2019-07-23T10:15", "R3", "2019-08-22T10:15+06:00", ()),
    ("2024-02-29T22:30", "R4", "2024-03-30T21:30+05:00", ()),
    ("2024-12-02T09:00", "R5", "2025-01-01T09:00+05:00", ()),
    ("2026-03-01T23:59", "R6", "2026-03-31T23:59+05:00", ()),
    ("2026-03-02T00:05", "R7", "2026-04-01T00:05+05:00", ("2026-03-09", "2026-03-16", "2026-03-23", "2026-03-30")),
]


def _told(order: Order) -> dict[str, list[tuple[object, ...]]]:
    """By clock: rule, provision, value, moment, whether it is to be verified."""
    view = queries.opened_orders([order])[0]
    shown = command._shown(view, queries.clocks(order), zone=ALMATY, now=clock.now())
    told: dict[str, list[tuple[object, ...]]] = {}
    for one in shown["clocks"]:
        said = (one["rule"], one["provision"], one["value"], one["at"], one["to_verify"])
        told.setdefault(one["clock"], []).append(said)
    return told


@pytest.mark.parametrize(("at", "regime", "ends_at", "checks"), SERVED, ids=[one[1] for one in SERVED])
def test_script_page_and_paper_tell_the_same(
    owner: Actor, at: str, regime: str, ends_at: str, checks: tuple[str, ...]
) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=ALMATY)
    order = factories.served(by=owner, now=moment)
    assert order.regime == regime
    told = _told(order)
    act = "245-VIII Art. 60" if regime == "R7" else "214-IV Art. 20"
    assert told["ends_at"] == [("orders.term", act, 10 if regime == "R0" else 30, ends_at, True)]
    days = tuple(str(one[3])[:10] for one in told.get("check_order", []))
    assert days == checks
    assert all(one[:3] == ("orders.check_interval", act, 7) and one[4] for one in told.get("check_order", []))
    assert told["serve_order"] == [("orders.service_under_signature", "", True, None, False)]
    assert told["copy_to_prosecutor"] == [("orders.copy_to_prosecutor", "", None, None, True)]

    browser = signed_in("inspector")
    page = browser.get(f"/orders/{order.id}/")
    shown: dict[str, list[tuple[object, ...]]] = {}
    for row in page.context["clocks"]:
        at_there = row.view.at.astimezone(ALMATY).isoformat(timespec="minutes") if row.view.at else None
        said = (row.view.key, None, row.view.basis.value, at_there, row.view.to_verify)
        shown.setdefault(row.view.name, []).append(said)
    del told["verify_provision"]  # a duty to find the text: on the page of duties
    assert {name: [(one[0], None, *one[2:]) for one in each] for name, each in told.items()} == shown

    printed = pypdf.PdfReader(io.BytesIO(browser.get(f"/orders/{order.id}/paper.pdf").content))
    words = " ".join(" ".join(page.extract_text() for page in printed.pages).split())
    end = datetime.fromisoformat(ends_at)
    assert f"{end:%d.%m.%Y}" in words and f"{end:%H:%M}" in words
    assert (f"{10 if regime == 'R0' else 30} тәулік" in words) and ("245-VIII" in words) is (regime == "R7")
    assert [day for day in checks if not re.search(rf"\b0?{int(day[8:])}[ .]", words)] == []
    assert ".." not in words
