"""Pages of the law on record. Everybody with a mandate may read them; a value is entered by those who may."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from qorgan.base import clock
from qorgan.base.errors import NotFound
from qorgan.law import access, actions
from qorgan.law import queries as law
from qorgan.law.engine.book import LawBook, Provision, Rule
from qorgan.law.engine.marks import Standing
from qorgan.law.models import EnteredValue
from qorgan.law.terms import label
from qorgan.places import queries as places
from qorgan.web import acts
from qorgan.web.access import staff_page
from qorgan.web.law import rows
from qorgan.web.law.forms import ValueForm, WithdrawForm, mark_of
from qorgan.web.law.keepers import keepers
from qorgan.web.provisions import act_name, regime_words
from qorgan.web.request import StaffRequest

_OPEN = frozenset({Standing.TO_VERIFY, Standing.VERIFY_FIRST, Standing.NOT_ON_RECORD})
_SHOWN: dict[str, tuple[str | Promise, frozenset[Standing]]] = {
    "open": (_("Not settled"), _OPEN),
    "verify": (_("To be verified"), frozenset({Standing.TO_VERIFY, Standing.VERIFY_FIRST})),
    "silent": (_("Not on record"), frozenset({Standing.NOT_ON_RECORD})),
    "entered": (_("Entered here"), frozenset(Standing)),
    "all": (_("All rules"), frozenset(Standing)),
}


def _day(request: StaffRequest, name: str = "on") -> date:
    """The day that the address names, else today in the reader's place."""
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return clock.now().astimezone(places.zone(request.mandate.territory_id)).date()


@require_safe
@staff_page()
def index(request: StaffRequest) -> HttpResponse:
    """Rules on a day: those to be verified or not on record, or all; found by their words."""
    day, book = _day(request), law.book()
    asked = request.GET.get("show", "")
    show = asked if asked in _SHOWN else "open"
    text = " ".join(request.GET.get("words", "")[:80].casefold().split())
    found = [row for row in rows.rule_rows(book, _keys(book, show, day), on=day) if _matches(row, text)]
    regime = book.regime(day)
    words = {
        "rows": found,
        "day": day,
        "show": show,
        "shown": [(name, title) for name, (title, _standings) in _SHOWN.items()],
        "text": text,
        "regime": regime_words(book, regime.id if regime else ""),
    }
    return render(request, "law/index.html", words)


def _keys(book: LawBook, show: str, day: date) -> list[str]:
    if show == "entered":
        return sorted(book.entered)
    standings = _SHOWN[show][1]
    return [key for key in book.keys("") if book.value(key, day).standing in standings]


def _matches(row: rows.RuleRow, text: str) -> bool:
    return text in f"{row.name} {row.key} {row.said.place}".casefold()


def _found(key: str) -> tuple[LawBook, Rule]:
    """The book and the rule of a key. Raises NotFound."""
    book = law.book()
    if key not in book.rules:
        raise NotFound
    return book, book.rule(key)


def _about(request: StaffRequest, book: LawBook, rule: Rule, day: date) -> dict[str, Any]:
    """What every page of a rule shows."""
    language = get_language() or ""
    bound = [law.words(one.names, language=language) for one in book.obligations if one.rule == rule.key]
    return {
        "rule": rule,
        "name": rows.name_of(rule),
        "unit": label(rule.unit),
        "judged_by": label(rule.judged_by),
        "bound": bound,
        "day": day,
        "said": rows.answered(book.value(rule.key, day)),
        "may_enter": access.may_enter(request.actor),
    }


@require_safe
@staff_page()
def rule(request: StaffRequest, key: str) -> HttpResponse:
    """One rule: its answer on a day, all that is on record over time, all that was entered, and by whom."""
    book, held = _found(key)
    words = _about(request, book, held, _day(request)) | {
        "provisions": [rows.said(one) for one in held.provisions],
        "entered": rows.entered(law.entered(key)),
        "keepers": keepers(request.mandate.territory_id, now=clock.now()),
    }
    return render(request, "law/rule.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.ENTER)
def enter(request: StaffRequest, key: str) -> HttpResponse:
    """Enter a value: first it is shown what it changes, then, sent once more unchanged, it is kept."""
    book, held = _found(key)
    named = sorted(((act, act_name(act)) for act in book.acts), key=lambda one: one[1])
    form = ValueForm(acts.sent(request), rule=held, acts=named, first=_day(request, "from"))
    proposed = None
    if request.method == "POST" and form.is_valid():
        proposed = acts.attempt(request, form, lambda: law.proposed(**form.proposal()))
        if proposed and request.POST.get("shown") == mark_of(proposed) and _kept(request, form):
            told = _(
                "The value is kept. It decides from now on; clocks under it are counted anew and keep what they showed."
            )
            return acts.done(request, told, reverse("law:rule", args=[key]))
    words = _about(request, book, held, _day(request)) | {"form": form, "steps": _steps(form, proposed)}
    words["shown"] = mark_of(proposed) if words["steps"] and proposed else ""
    return render(request, "law/enter.html", words, status=acts.status_of(form))


def _steps(form: ValueForm, proposed: Provision | None) -> list[rows.Step]:
    return rows.steps(law.effect(proposed)) if proposed and not form.errors else []


def _kept(request: StaffRequest, form: ValueForm) -> EnteredValue | None:
    typed = form.proposal()
    citation = actions.Citation(**{name: typed.pop(name) for name in ("document", "act", "article", "note")})

    def act() -> EnteredValue:
        return actions.enter_value(**typed, citation=citation, by=request.actor, now=clock.now())

    return acts.attempt(request, form, act)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.ENTER)
def withdraw(request: StaffRequest, key: str, value_id: UUID) -> HttpResponse:
    """Take an entered value back, with the reason; what it changes is shown first."""
    book, held = _found(key)
    row = law.find_entered(value_id)
    if row is None or row.key != key:
        raise NotFound
    form = WithdrawForm(acts.sent(request), seen=0)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]

        def act() -> EnteredValue:
            return actions.withdraw_value(
                entered=row, reason=reason, by=request.actor, now=clock.now(), seen=form.version
            )

        def theirs() -> dict[str, object]:
            again = law.find_entered(value_id)
            return {"reason": again.withdrawn_reason} if again else {}

        if acts.attempt(request, form, act, theirs=theirs):
            return acts.done(
                request, _("The value is withdrawn; clocks under it are counted anew."), reverse("law:rule", args=[key])
            )
    standing = law.provision_of(row)
    steps = rows.steps(law.effect(standing)) if standing in book.entered.get(key, ()) else []
    words = _about(request, book, held, _day(request)) | {"form": form, "steps": steps, "value": rows.said(standing)}
    return render(request, "law/withdraw.html", words, status=acts.status_of(form))
