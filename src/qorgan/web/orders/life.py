"""The rest of an order's page: what may still be done with it, its clocks with their provisions, what changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qorgan.agencies import queries as agencies
from qorgan.base.scope import Actor
from qorgan.law import queries as law
from qorgan.orders import access, queries
from qorgan.orders.queries import ClockView, Force, OrderView
from qorgan.orders.terms import BINDING, AppealResult, Appellant, Body, Mark, Prohibition, State
from qorgan.web.drawing import Tone
from qorgan.web.provisions import Cited, cited


@dataclass(frozen=True)
class ClockRow:
    """A clock as a row: its state in tone, its provision, and what it showed with the name of whoever set it anew."""

    view: ClockView
    tone: Tone
    provision: Cited
    history: list[tuple[Any, str]]


@dataclass(frozen=True)
class Change:
    """What was changed by a decision, or complained of, in words."""

    at: datetime
    what: str | Promise
    body: str | Promise
    why: str


def whole(view: OrderView, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """What the page shows beside the panel."""
    rows = _rows(view, now)
    return {
        "clocks": rows,
        "changes": _changes(view),
        "beside": queries.beside(view.order),
        "more": _may(view, actor, now),
    }


def _rows(view: OrderView, now: datetime) -> list[ClockRow]:
    held = [one for one in queries.clocks(view.order) if one.name != "verify_provision"]
    names = agencies.staff_names(
        [shown.by for one in held for shown in one.history if shown.by], language=get_language() or ""
    )
    book = law.book()
    return [
        ClockRow(
            one,
            _tone(one, now),
            cited(book, one.key, on=one.basis.on),
            [(shown, names.get(shown.by, "") if shown.by else "") for shown in one.history],
        )
        for one in held
        if one.at or one.done_at or not one.is_dropped
    ]


def _tone(one: ClockView, now: datetime) -> Tone:
    if one.done_at:
        return Tone.DONE
    if one.at is None or one.is_dropped or one.name == "ends_at":
        return Tone.PLAN
    return Tone.LATE if one.at < now else Tone.DUE


def _changes(view: OrderView) -> list[Change]:
    found = []
    for held in queries.variations(view.order):
        one = held.variation
        forbidden = one.after.get("prohibitions")
        kept = ", ".join(str(Prohibition(each).label) for each in forbidden) if forbidden else ""
        what = str(_("Varied; it forbids now: %(what)s")) % {"what": kept} if kept else _("Its term was made longer")
        found.append(Change(one.decided_at, what, Body(one.body).label, held.why))
    for told in queries.appeals(view.order):
        filed = told.appeal
        said = {"who": Appellant(filed.filed_by).label, "result": AppealResult(filed.result).label}
        what = str(_("Complaint (%(who)s): %(result)s")) % said
        found.append(Change(filed.decided_at or filed.filed_at, what, Body(filed.body).label, told.why))
    return sorted(found, key=lambda one: one.at)


def _may(view: OrderView, actor: Actor, now: datetime) -> list[tuple[str | Promise, str]]:
    """What this role may still do with the order, seldom as it is, the commonest first."""
    order, force = view.order, view.force(now)
    stands = order.state in BINDING and force is not Force.ENDED
    signed, pending = order.issued_at is not None, Mark.APPEALED in view.marks
    known: list[tuple[bool, str, str | Promise, str]] = [
        (order.state == State.SERVED, access.CORRECT, _("Correct when it was handed over"), "correct"),
        (stands, access.VARY, _("Vary the order"), "vary"),
        (signed and not pending, access.APPEAL, _("Write down a complaint"), "appeal"),
        (pending, access.APPEAL, _("Write down what became of the complaint"), "outcome"),
        (order.state == State.DRAFT or stands, access.CANCEL, _("Cancel the order"), "cancel"),
        (signed and order.state != State.ANNULLED, access.CANCEL, _("Annul the order"), "annul"),
    ]
    return [
        (words, reverse(f"orders:{name}", args=[order.id]))
        for holds, permission, words, name in known
        if holds and actor.can(permission)
    ]
