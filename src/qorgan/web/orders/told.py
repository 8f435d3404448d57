"""Breaches in words: what was breached, by what it is known, and what followed, of police and courts alike."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qorgan.agencies import queries as agencies
from qorgan.base.scope import Actor
from qorgan.courts import access as court_access
from qorgan.courts import queries as courts
from qorgan.courts.terms import DecisionKind
from qorgan.law import queries as law
from qorgan.offences import access as offence_access
from qorgan.orders import access, queries
from qorgan.orders.queries import BreachView, Force, OrderView
from qorgan.places import queries as places
from qorgan.reports.models import Report
from qorgan.web.provisions import Cited, cited

ARTICLE = "orders.breach_article"


@dataclass(frozen=True)
class After:
    """One thing that followed a breach, as a row: what, when, by which provision, by when."""

    what: str | Promise
    at: datetime
    provision: Cited | None = None
    due_at: datetime | None = None
    to_verify: bool = False
    why: str = ""
    url: str = ""
    number: str = ""


@dataclass(frozen=True)
class Row:
    """A breach in words. `after`: what followed, of police and courts alike, in turn; empty: nothing yet."""

    view: BreachView
    what: str
    article: Cited
    after: list[After]
    by: str
    tone: str
    word: str | Promise


def rows(view: OrderView, *, actor: Actor) -> list[Row]:
    """The breaches of an order with what followed each: the same number of questions however many there are."""
    held = view.breaches
    if not held:
        return []
    book, zone = law.book(), places.zone(view.order.territory_id)
    names = agencies.staff_names([one.breach.written_by for one in held], language=get_language() or "")
    sent = _in_court([one.breach.id for one in held]) if actor.can(court_access.SEE) else {}
    return [
        Row(
            view=one,
            what="; ".join(str(each.label) for each in one.prohibitions),
            article=cited(book, ARTICLE, on=one.moment.astimezone(zone).date()),
            after=_after(one, sent.get(one.breach.id, []), zone=zone, actor=actor),
            by=names.get(one.breach.written_by, ""),
            tone="late" if one.counts and not one.outcomes and not sent.get(one.breach.id) else "plan",
            word=_word(one),
        )
        for one in held
    ]


def _word(view: BreachView) -> str | Promise:
    if view.breach.same_as is not None:
        return str(_("told again, one with breach %(n)s")) % {"n": view.breach.same_as.number}
    if view.is_refuted:
        return _("not confirmed")
    return _("breach") if view.counts else _("outside the life of the order")


def _in_court(breaches: list[UUID]) -> dict[UUID, list[After]]:
    """What courts have of breaches: materials sent, and each decision once."""
    found: dict[UUID, list[After]] = {}
    for court_case, decisions in courts.of_breaches(breaches):
        assert court_case.breach_id is not None, "it was found by its breach"
        url = reverse("courts:court_case", args=[court_case.id])
        about = found.setdefault(court_case.breach_id, [])
        about.append(After(_("Materials sent to court"), court_case.sent_at, url=url, number=court_case.number))
        about += [After(DecisionKind(one.kind).label, one.decided_at, url=url, number=one.number) for one in decisions]
    return found


def _after(view: BreachView, in_court: list[After], *, zone: tzinfo, actor: Actor) -> list[After]:
    book, sees = law.book(), actor.can(offence_access.SEE)
    found = [
        After(
            one.kind.label,
            one.outcome.happened_at,
            cited(book, one.outcome.provision, on=one.outcome.happened_at.astimezone(zone).date()),
            one.outcome.due_at,
            one.outcome.to_verify,
            one.why,
            reverse("offences:offence", args=[one.outcome.offence.id]) if one.outcome.offence and sees else "",
            one.outcome.offence.number if one.outcome.offence else "",
        )
        for one in view.outcomes
    ]
    return sorted(found + in_court, key=lambda one: one.at)


def of_report(report: Report, *, actor: Actor) -> dict[str, Any]:
    """What a page of a report shows: the orders that it tells a breach of, and whether it may be tied to one."""
    return {
        "breaches": queries.of_reports([report.id]) if actor.can(access.SEE) else [],
        "may_breach": actor.can(access.CHECK),
    }


def may_note(view: OrderView, *, actor: Actor, now: datetime) -> bool:
    """Whether a breach may be noted now: also after the end or a cancellation, of what happened before them."""
    served = view.order.served_at is not None
    return served and view.force(now) is not Force.ANNULLED and actor.can(access.CHECK)
