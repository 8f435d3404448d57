"""A desk at work, in a process of its own that may be killed at any moment.

For each number it takes a report in, opens its case, drafts, issues and serves an order: five commits, each told in a
line of JSON once it stands. Whatever stands already from an earlier life is told as such and not done again. A server
that goes away is asked again, as a sender does that got no answer.
"""

import json
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qorgan.base.scope import Actor
    from qorgan.cases.models import Case
    from qorgan.orders.models import Order
    from qorgan.reports.models import Report

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
PATIENCE = 30.0  # seconds for one number


def kui(number: int) -> str:
    """The number in the book of records."""
    return f"2675100{number:08d}"


def tell(**told: object) -> None:
    """One line in one write: a process killed on its way has told it or has not."""
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def _say(number: int, what: str, record: object, *, is_new: bool) -> None:
    tell(number=number, what=what, id=str(record), is_new=is_new)


def _report(number: int, by: "Actor") -> "Report":
    from django.db import transaction

    from qorgan.reports import actions, jobs
    from tests import factories

    with transaction.atomic():
        accepted = actions.accept(signal=factories.signal(at=NOW, kui_no=kui(number)), by=by, now=NOW)
        if accepted.is_new:
            jobs.look_for_repeats.defer(report_id=str(accepted.report.id))
    _say(number, "report", accepted.report.id, is_new=accepted.is_new)
    return accepted.report


def _case(number: int, report: "Report", by: "Actor") -> "Case":
    from django.db import transaction

    from qorgan.cases import actions, queries

    with transaction.atomic():
        held = queries.case_of_report(report.id)
    case = held or actions.open_from_report(report=report, by=by, now=NOW)
    _say(number, "case", case.id, is_new=held is None)
    return case


def _order(number: int, case: "Case", by: "Actor") -> "Order":
    from django.db import transaction

    from qorgan.orders.models import Order
    from tests import factories

    with transaction.atomic():
        held = Order.objects.filter(case=case).first()
    if held is None:
        with transaction.atomic():
            held = factories.draft(by=by, now=NOW, held=case)
        _say(number, "draft", held.id, is_new=True)
    return held


def _served(number: int, order: "Order", by: "Actor") -> None:
    from qorgan.orders import actions
    from qorgan.orders.terms import Receipt, State

    if order.state == State.DRAFT:
        order = actions.issue(order=order, by=by, now=NOW)
        _say(number, "issued", order.id, is_new=True)
    waiting = order.state == State.ISSUED
    if waiting:
        order = actions.serve(order=order, service=actions.Service(at=NOW, receipt=Receipt.SIGNED), by=by, now=NOW)
    _say(number, "served", order.id, is_new=waiting)


def _live(number: int, by: "Actor") -> None:
    _served(number, _order(number, _case(number, _report(number, by), by), by), by)


def _tries() -> Iterator[None]:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        yield
        time.sleep(0.02)
    raise SystemExit("no answer")


def work(first: int, last: int) -> None:
    """Live through the numbers."""
    from django.db import InterfaceError, InternalError, OperationalError, connection

    from qorgan.base.keys.store import KeyStoreAway
    from qorgan.base.scope import acting
    from tests.conftest import actor

    by: Actor | None = None
    for number in range(first, last + 1):
        for _try in _tries():
            try:
                by = by or actor("inspector")
                with acting(by):
                    _live(number, by)
                break
            except (OperationalError, InterfaceError, InternalError, KeyStoreAway) as failure:
                tell(number=number, what="away", id=type(failure).__name__)
                connection.close()
