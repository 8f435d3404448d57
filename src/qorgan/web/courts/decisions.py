"""Pages of decisions: written down, appealed, in force."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from qorgan.base import clock
from qorgan.base.errors import NotFound
from qorgan.courts import access, actions, queries
from qorgan.courts.models import Appeal, CourtCase, Decision, RequirementsBreach
from qorgan.courts.terms import ADMITS, AppealResult, DecisionKind, Kind, Party, Prohibition
from qorgan.law import queries as law
from qorgan.law.engine.book import LawBook
from qorgan.offences import access as offence_access
from qorgan.offences import queries as offences
from qorgan.offences.models import Offence
from qorgan.places import queries as places
from qorgan.reports import queries as reports
from qorgan.reports.rules import NoSuchReport
from qorgan.web import acts
from qorgan.web.access import staff_page
from qorgan.web.courts.forms import AppealForm, AppealOutcomeForm, BreachForm, DecisionForm, ForceForm, MeasureForm
from qorgan.web.courts.views import beside, fetched, form_page, led_on
from qorgan.web.provisions import cited
from qorgan.web.request import StaffRequest

_LIMITS: dict[DecisionKind, dict[str, tuple[str, str]]] = {
    DecisionKind.SPECIAL_REQUIREMENTS: {
        "months": ("courts.requirements_min", "courts.requirements_max"),
        "visits": ("courts.visits_min", "courts.visits_max"),
        "eviction_days": ("", "courts.eviction_max"),
    },
    DecisionKind.ARREST: {"days": ("", "courts.arrest_max")},
    DecisionKind.PUBLIC_WORKS: {"hours": ("", "courts.public_works_max")},
    DecisionKind.PSYCHOLOGICAL_HELP: {"months": ("", "courts.psychological_help_max")},
}


def _limits(book: LawBook, kind: DecisionKind, on: date) -> dict[str, str]:
    """Under each field what the law of a day allows, with its article; or that no limit is on record."""
    found = {}
    for name, (least, most) in _LIMITS.get(kind, {}).items():
        lowest, highest = book.value(least, on) if least else None, book.value(most, on)
        if not highest.decides:
            found[name] = gettext("no limit is on record")
            continue
        first = lowest.number() if lowest is not None and lowest.decides else 1
        words = gettext("from %(least)s to %(most)s; %(provision)s")
        found[name] = words % {"least": first, "most": highest.number(), "provision": cited(book, most, on=on).words}
    return found


def _narrow(form: MeasureForm, kind: DecisionKind, held: CourtCase) -> None:
    """Only the fields of the kind, with the limits of today's law."""
    book, on = law.book(), clock.now().astimezone(places.zone(held.territory_id)).date()
    listed = book.value("courts.requirements_prohibitions", on).value
    if isinstance(listed, tuple) and book.value(actions.EVICTION, on).value is not False:
        listed = (*listed, Prohibition.LIVING_TOGETHER.value)
    form.keep_of(kind, limits=_limits(book, kind, on), listed=listed if isinstance(listed, tuple) else None)
    if "eviction_days" in form.fields:
        cause = gettext("only where living together is forbidden, in an exceptional case; %(provision)s; %(limit)s")
        limit, stands = form.fields["eviction_days"].help_text, cited(book, actions.EVICTION, on=on).words
        form.fields["eviction_days"].help_text = cause % {"provision": stands, "limit": limit}


@require_safe
@staff_page(permission=access.DECIDE)
def kinds(request: StaffRequest, court_case_id: UUID) -> HttpResponse:
    """What the court decided: the kinds in which this court case can end."""
    view = fetched(court_case_id)
    admitted = ADMITS[Kind(view.court_case.kind)]
    offered = [(str(number), one) for number, one in enumerate((one for one in DecisionKind if one in admitted), 1)]
    return render(request, "courts/kinds.html", {**beside(request, view), "kinds": offered})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.DECIDE)
def decide(request: StaffRequest, court_case_id: UUID, kind: str) -> HttpResponse:
    """Write down a decision of a kind."""
    view, now = fetched(court_case_id), clock.now()
    held = view.court_case
    if kind not in {one.value for one in ADMITS[Kind(held.kind)]}:
        raise NotFound
    wanted, zone = DecisionKind(kind), places.zone(held.territory_id)
    form = DecisionForm(acts.sent(request), zone=zone, now=now, floor=held.sent_at, seen=held.version)
    _narrow(form, wanted, held)
    form.ask_for(wanted)
    if request.method == "POST" and form.is_valid():

        def act() -> Decision:
            note = form.cleaned_data["note"]
            ruling = actions.Ruling(kind=wanted, at=form.moment(), measure=form.measure(), note=note)
            return actions.decide(court_case=held, ruling=ruling, by=request.actor, now=now, seen=form.version)

        if acts.attempt(request, form, act):
            return led_on(request, view, _("The decision in court case %(number)s is written."))
    title = gettext("Decision: %(what)s") % {"what": wanted.label}
    return form_page(request, view, form, title, _("Write the decision"), decided=True)


def _decision(decision_id: UUID) -> Decision:
    found = queries.decision(decision_id)
    if found is None:
        raise NotFound
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.APPEAL)
def appeal(request: StaffRequest, decision_id: UUID) -> HttpResponse:
    """Write down an appeal about a decision."""
    found, now = _decision(decision_id), clock.now()
    view, zone = fetched(found.court_case_id), places.zone(found.territory_id)
    version = view.court_case.version
    form = AppealForm(acts.sent(request), zone=zone, now=now, floor=found.decided_at, seen=version)
    if request.method == "POST" and form.is_valid():

        def act() -> Appeal:
            party, at = Party(form.cleaned_data["filed_by"]), form.moment()
            return actions.appeal(decision=found, filed_by=party, at=at, by=request.actor, now=now, seen=form.version)

        if acts.attempt(request, form, act):
            return led_on(request, view, _("The appeal in court case %(number)s is written."))
    title = gettext("Appeal about decision %(number)s") % {"number": found.number}
    return form_page(request, view, form, title, _("Write the appeal"))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.APPEAL)
def outcome(request: StaffRequest, appeal_id: UUID) -> HttpResponse:
    """Write down what the higher court said of an appeal."""
    found, now = queries.appeal(appeal_id), clock.now()
    if found is None:
        raise NotFound
    decision, zone = found.decision, places.zone(found.territory_id)
    view = fetched(decision.court_case_id)
    carried = ("months", "visits", "prohibitions", "eviction_days", "days", "hours")
    stands = {name: getattr(decision, name) for name in carried}
    stands["conviction"] = {True: "yes", False: "no"}.get(decision.conviction, "")  # type: ignore[arg-type]  # None too
    stands["imprisonment_months"] = decision.imprisonment_months
    version = view.court_case.version
    form = AppealOutcomeForm(acts.sent(request), zone=zone, now=now, floor=found.filed_at, seen=version, initial=stands)
    _narrow(form, DecisionKind(decision.kind), view.court_case)
    form.order_fields(["result", "at"])
    if request.method == "POST" and form.is_valid():

        def act() -> Appeal:
            result = AppealResult(form.cleaned_data["result"])
            measure = form.measure() if result is AppealResult.VARIED else None
            return actions.decide_appeal(
                appeal=found,
                result=result,
                at=form.moment(),
                measure=measure,
                by=request.actor,
                now=now,
                seen=form.version,
            )

        if acts.attempt(request, form, act):
            return led_on(request, view, _("The outcome of the appeal in court case %(number)s is written."))
    title = gettext("Outcome of the appeal about decision %(number)s") % {"number": decision.number}
    return form_page(request, view, form, title, _("Write the outcome"), varied=True)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.DECIDE)
def force(request: StaffRequest, decision_id: UUID) -> HttpResponse:
    """Write down when a decision entered into force."""
    found, now = _decision(decision_id), clock.now()
    view, zone = fetched(found.court_case_id), places.zone(found.territory_id)
    ends = [one.decided_at for one in found.appeals.all() if one.decided_at]
    floor = max([found.decided_at, *ends])
    over = found.appealable_until if not ends and found.appealable_until and found.appealable_until <= now else now
    form = ForceForm(acts.sent(request), zone=zone, now=over, floor=floor, seen=view.court_case.version)
    if request.method == "POST" and form.is_valid():

        def act() -> Decision:
            return actions.enter_into_force(
                decision=found, at=form.moment(), by=request.actor, now=now, seen=form.version
            )

        if acts.attempt(request, form, act):
            return led_on(request, view, _("The decision in court case %(number)s is in force."))
    title = gettext("Entry into force of decision %(number)s") % {"number": found.number}
    return form_page(request, view, form, title, _("Write the entry into force"), waits=found)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.SEND)
def breach(request: StaffRequest, decision_id: UUID) -> HttpResponse:
    """Note a breach of the special requirements that a decision lays."""
    found = queries.decision(decision_id)
    if found is None:
        raise NotFound
    view, now = fetched(found.court_case_id), clock.now()
    held = view.court_case
    zone = places.zone(held.territory_id)
    known = list(offences.of_cases([held.case_id])) if held.case_id and request.actor.can(offence_access.SEE) else []
    form = BreachForm(
        acts.sent(request), required=found.prohibitions, offences=known, zone=zone, now=now, seen=held.version
    )
    if request.method == "POST" and form.is_valid():

        def act() -> RequirementsBreach:
            told = _breached(form, known)
            return actions.note_breach(decision=found, told=told, by=request.actor, now=now, seen=form.version)

        if acts.attempt(request, form, act):
            return led_on(request, view, _("The breach is noted in court case %(number)s."))
    return form_page(request, view, form, _("These requirements were breached"), _("Note the breach"))


def _breached(form: BreachForm, known: list[Offence]) -> actions.Breached:
    """What was chosen and typed. Raises NoSuchReport."""
    said = form.cleaned_data
    report = reports.by_number(said["report"]) if said["report"].strip() else None
    if said["report"].strip() and report is None:
        raise NoSuchReport
    return actions.Breached(
        noticed_at=said["noticed_at"],
        prohibitions=tuple(Prohibition(one) for one in said["prohibitions"]),
        breached_at=said["breached_at"],
        report=report,
        offence=next((one for one in known if str(one.id) == said["offence"]), None),
        note=said["note"],
    )
