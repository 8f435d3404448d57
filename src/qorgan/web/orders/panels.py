"""An order as a panel: state, clock with its marks, what it forbids, what can be done next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qorgan.base import words as written
from qorgan.base.scope import Actor
from qorgan.law.engine.book import LawBook
from qorgan.orders import access
from qorgan.orders.models import Order
from qorgan.orders.queries import CheckView, Force, OrderView
from qorgan.orders.terms import Mark as Happened
from qorgan.orders.terms import Prohibition, Receipt, State
from qorgan.places import queries as places
from qorgan.web import persons
from qorgan.web.drawing import Mark, Tone
from qorgan.web.provisions import Cited, cited

TERM, CHECKS = "orders.term", "orders.check_interval"
TONES = {
    Force.NOT_YET: "due",
    Force.IN_FORCE: "done",
    Force.ENDED: "plan",
    Force.CANCELLED: "plan",
    Force.ANNULLED: "plan",
}


@dataclass(frozen=True)
class Act:
    """A button: its words and where it leads."""

    words: str
    url: str


@dataclass(frozen=True)
class Panel:
    """An order in words. `acts`: what this role may do next, the likeliest first."""

    view: OrderView
    force: Force
    tone: str
    word: str
    left: str
    passed: str
    receipt: str | Promise
    marks: list[Mark]
    term: str
    provision: Cited
    start: Cited
    no_checks: bool
    prohibitions: list[str | Promise]
    protected: list[str]
    acts: list[Act]
    zone: ZoneInfo
    marks_said: list[str]


def panels(views: Iterable[OrderView], *, book: LawBook, actor: Actor, now: datetime) -> list[Panel]:
    """Panels of orders; no question is asked of the database."""
    return [panel(view, book=book, actor=actor, now=now) for view in views]


def panel(view: OrderView, *, book: LawBook, actor: Actor, now: datetime) -> Panel:
    """The panel of an order at a moment."""
    order, force = view.order, view.force(now)
    zone = places.zone(order.territory_id)
    day = (order.served_at or order.issued_at or now).astimezone(zone).date()
    term = book.value(TERM, day)
    return Panel(
        view=view,
        force=force,
        tone=TONES[force],
        word=word(order, force),
        left=written.left(order.ends_at - now, get_language() or "")
        if order.ends_at and force is Force.IN_FORCE
        else "",
        passed=_passed(order, now),
        receipt=Receipt(order.receipt).label if order.receipt else "",
        marks=[_mark(check, order, zone, now) for check in view.checks if check.due_at],
        term=_("%(n)s × 24 hours") % {"n": term.number()} if term.decides else _("no term on record"),
        provision=cited(book, TERM, on=day),
        start=cited(book, "orders.start_of_term", on=day),
        no_checks=order.state == State.SERVED and not view.checks,
        prohibitions=[Prohibition(one).label for one in order.prohibitions],
        protected=[persons.short(person) for person in view.protected],
        acts=_acts(view, force, actor),
        zone=zone,
        marks_said=[str(mark.label) for mark in Happened if mark in view.marks],
    )


def word(order: Order, force: Force) -> str:
    """Where the order stands, in words."""
    if force is Force.NOT_YET:
        return str(State(order.state).label)
    words = {Force.IN_FORCE: _("in force"), Force.ENDED: _("ended"), Force.CANCELLED: _("cancelled")}
    return words.get(force) or _("annulled")


def _passed(order: Order, now: datetime) -> str:
    """The bar in words, for those who do not see it."""
    if order.served_at is None or order.ends_at is None:
        return ""
    gone = max(min(now, order.ends_at) - order.served_at, timedelta())
    return _("%(gone)s of %(whole)s have passed") % {
        "gone": written.duration(gone, get_language() or ""),
        "whole": written.duration(order.ends_at - order.served_at, get_language() or ""),
    }


def _mark(check: CheckView, order: Order, zone: ZoneInfo, now: datetime) -> Mark:
    assert check.due_at is not None and order.served_at is not None  # a check is planned by service
    tone = {"done": Tone.DONE, "late": Tone.LATE, "plan": Tone.PLAN}[check.state(now)]
    language, at = get_language() or "", check.done_at or check.due_at
    day = written.day_month(at.astimezone(zone).date(), language)
    late = tone is Tone.LATE
    note = _("%(day)s, not made") % {"day": day} if late else f"{day}, {written.time_of_day(at, zone, language)}"
    return Mark(check.due_at, day_words(check, order), tone, note)


def day_words(check: CheckView, order: Order) -> str:
    """`day 14`; the number of the check where it has no moment."""
    if check.due_at is None or order.served_at is None:
        return _("check %(n)s") % {"n": check.step}
    return _("day %(n)s") % {"n": (check.due_at - order.served_at).days}


def next_check(view: OrderView) -> CheckView | None:
    """The first check that is not made yet."""
    return next((check for check in view.checks if check.done_at is None), None)


def _acts(view: OrderView, force: Force, actor: Actor) -> list[Act]:
    order, found = view.order, []
    if order.state == State.DRAFT and actor.can(access.ISSUE):
        found.append(Act(_("Issue the order"), reverse("orders:issue", args=[order.id])))
    if order.state == State.ISSUED and actor.can(access.SERVE):
        found.append(Act(_("Serve the order"), reverse("orders:serve", args=[order.id])))
    waiting = next_check(view)
    if force is Force.IN_FORCE and waiting and actor.can(access.CHECK):
        words = _("Enter the check, %(day)s") % {"day": day_words(waiting, order)}
        found.append(Act(words, reverse("orders:check", args=[order.id, waiting.step])))
    return found
