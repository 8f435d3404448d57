"""What is shared of a case, on its page and in forms of their own: consent, referral, transfer, who speaks for whom."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from qorgan.agencies import queries as agencies
from qorgan.agencies.terms import Kind
from qorgan.base import clock
from qorgan.base.errors import NotAllowed, NotFound
from qorgan.cases import access, actions, queries
from qorgan.cases.models import Case
from qorgan.cases.terms import Aim, Role, State
from qorgan.law.engine.book import LawBook
from qorgan.people.queries import PersonView
from qorgan.places import queries as places
from qorgan.reports import access as report_access
from qorgan.web import acts, looks
from qorgan.web.access import staff_page
from qorgan.web.cases.sharing_forms import (
    TO_AGENCY,
    TO_KIND,
    ConsentForm,
    DoubtForm,
    ReferForm,
    SpeakerForm,
    TransferForm,
    WithdrawForm,
    first_answer,
)
from qorgan.web.cases.sight import at_home, seers
from qorgan.web.forms import SeenForm
from qorgan.web.referrals.cards import cards
from qorgan.web.request import StaffRequest

T = TypeVar("T")


def section(
    request: StaffRequest, case: Case, *, people: list[tuple[Role, PersonView]], book: LawBook, now: datetime
) -> dict[str, Any]:
    """What the case page says of it: consents, what was offered to whom, who speaks for whom; and what may be done."""
    if not at_home(request):
        return {"sharing": None, "seers": None}
    may_see = request.actor.can(access.SEE_PERSONS)
    is_open = case.state == State.OPEN
    sealed = agencies.is_sealed(case.thread_id)
    today = now.astimezone(places.zone(case.territory_id)).date()
    language = get_language() or ""
    referrals = queries.referrals_of(case)
    consents = queries.consents(case, now=now, known=[view for _role, view in people]) if may_see else []
    names = {one.id: one.name(language) for one in agencies.of_kinds(sorted(_kinds()))} if consents else {}
    return {
        "seers": seers(case, now=now, language=language, sealed=sealed),
        "sharing": {
            "consents": [(one, _to_whom(one, names)) for one in consents],
            "referrals": cards(referrals, now=now, book=book),
            "speakers": [(one, one.may(on=today)) for one in queries.representations(case)] if may_see else [],
            "sheets": [(view.id, view.name) for role, view in people if role in (Role.VICTIM, Role.CHILD)],
            "languages": settings.LANGUAGES,
            "stands": queries.sharing_stands(case, referrals=referrals),
            "may_ask": is_open and request.actor.can(access.CONSENT),
            "may_withdraw": request.actor.can(access.CONSENT),
            "in_uniform": is_open and any(one.is_military for one in referrals),
            "may_refer": is_open and request.actor.can(access.REFER),
            "may_transfer": is_open and request.actor.can(report_access.ROUTE if sealed else access.TRANSFER),
            "may_name": is_open and request.actor.can(access.LEAD),
        },
    }


def _kinds() -> frozenset[Kind]:
    return Aim.NAMED.offices


def _to_whom(one: queries.ConsentView, names: dict[UUID, str]) -> str:
    if one.held.agency_id is not None:
        return names.get(one.held.agency_id, "")
    return Kind(one.held.agency_kind).label


def _fetched(request: StaffRequest, case_id: UUID) -> Case:
    """The case in sight, by more than a referral. Raises NotFound."""
    found = queries.find(case_id)
    if found is None or not at_home(request):
        raise NotFound
    return found


def _people(case: Case, *, but: tuple[Role, ...] = ()) -> list[tuple[str, str]]:
    return [(str(view.id), f"{view.name}, {role.label}") for role, view in queries.persons(case) if role not in but]


def _agencies(case: Case) -> list[tuple[str, str]]:
    """Agencies that help, those of the same place and above it first."""
    above, language = agencies.chain(case.territory_id), get_language() or ""
    found = [one for one in agencies.of_kinds(sorted(_kinds())) if one.id != case.agency_id]
    return [(str(one.id), one.name(language)) for one in sorted(found, key=lambda one: one.territory_id not in above)]


def _done_or_shown(
    request: StaffRequest,
    case: Case,
    form: SeenForm,
    act: Callable[[], T],
    *,
    told: Callable[[T], str | Promise],
    template: str,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        result = acts.attempt(request, form, act)
        if result is not None:
            return acts.done(request, told(result), f"{reverse('cases:case', args=[case.id])}#sharing")
    looks.note(request, thing="case", thing_id=case.id)
    words = {"form": form, "case": case, "zone": places.zone(case.territory_id), "now": clock.now(), **(more or {})}
    return render(request, template, words, status=acts.status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.CONSENT)
def consent(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Write down what she was asked, and what she said."""
    case, now = _fetched(request, case_id), clock.now()
    offices = [(f"{TO_AGENCY}{id}", name) for id, name in _agencies(case)]
    kinds = [(f"{TO_KIND}{one.value}", one.label) for one in sorted(_kinds())]
    form = ConsentForm(
        acts.sent(request),
        seen=queries.sharing_stands(case),
        zone=places.zone(case.territory_id),
        initial=first_answer(now),
        person=_people(case, but=(Role.OFFENDER, Role.REPRESENTATIVE)),
        speaker=[("", "–"), *((str(one.speaker.id), one.speaker.name) for one in queries.representations(case))],
        to=[*offices, *kinds],
        language=list(settings.LANGUAGES),
    )

    def act() -> object:
        said_yes = form.cleaned_data["answer"] == "yes"
        return actions.keep_consent(
            case=case, asked=form.asked(), said_yes=said_yes, by=request.actor, now=now, seen=form.version
        )

    told = _("What she said is kept.")
    return _done_or_shown(request, case, form, act, told=lambda _made: told, template="cases/consent.html")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.CONSENT)
def withdraw(request: StaffRequest, case_id: UUID, consent_id: UUID) -> HttpResponse:
    """She takes a consent back: what ends, who is told, and what cannot be taken back, said before it is done."""
    case, now = _fetched(request, case_id), clock.now()
    held = queries.find_consent(case, consent_id, now=now)
    if held is None:
        raise NotFound
    form = WithdrawForm(acts.sent(request), seen=queries.sharing_stands(case))

    def act() -> actions.Withdrawal:
        return actions.withdraw(case=case, consent_id=consent_id, by=request.actor, now=now, seen=form.version)

    def told(done: actions.Withdrawal) -> str:
        words = _("Withdrawn. Closed: %(ended)s, offers taken back: %(revoked)s, agencies told to stop: %(told)s.")
        return str(words) % {"ended": done.ended, "revoked": done.revoked, "told": done.told}

    found = cards(queries.referrals_of(case), now=now)
    more = {
        "consent": held,
        "standing": [one for one in found if one.held.consent_id == consent_id],
        "others": [
            one for one in found if one.held.consent_id is None and one.held.answered_at and not one.held.over_at
        ],
    }
    return _done_or_shown(request, case, form, act, told=told, template="cases/withdraw.html", more=more)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.REFER)
def refer(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Offer a part of the file to another agency."""
    case, now = _fetched(request, case_id), clock.now()
    form = ReferForm(
        acts.sent(request),
        seen=queries.sharing_stands(case),
        zone=places.zone(case.territory_id),
        initial={"sections": ["case"], "ground": "consent"},
        agency=_agencies(case),
    )

    def act() -> object:
        return actions.refer(case=case, part=form.part(), by=request.actor, now=now, seen=form.version)

    more = {"consents": [one for one in queries.consents(case, now=now) if one.stands]}
    told = _("Offered. The other agency sees a card without a name until it accepts.")
    return _done_or_shown(request, case, form, act, told=lambda _made: told, template="cases/refer.html", more=more)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.SEE)
def transfer(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Offer the whole case to another office."""
    case, now = _fetched(request, case_id), clock.now()
    sealed = agencies.is_sealed(case.thread_id)
    if not request.actor.can(report_access.ROUTE if sealed else access.TRANSFER):
        raise NotAllowed
    language = get_language() or ""
    form = TransferForm(
        acts.sent(request),
        seen=queries.sharing_stands(case),
        agency=[(str(one.id), one.name(language)) for one in actions.takers(case)],
    )

    def act() -> object:
        return actions.transfer(case=case, whole=form.whole(), by=request.actor, now=now, seen=form.version)

    told = _("Offered. You answer for the case until the other office accepts.")
    more = {"sealed": sealed}
    return _done_or_shown(request, case, form, act, told=lambda _made: told, template="cases/transfer.html", more=more)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.LEAD)
def speaker(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Write down who speaks for a person of the case."""
    case, now = _fetched(request, case_id), clock.now()
    form = SpeakerForm(
        acts.sent(request),
        seen=queries.sharing_stands(case),
        person=_people(case, but=(Role.OFFENDER,)),
        speaker=_people(case),
    )

    def act() -> object:
        return actions.represent(case=case, document=form.document(), by=request.actor, now=now)

    told = _("Written down. Whether he may speak, stands beside his name.")
    return _done_or_shown(request, case, form, act, told=lambda _made: told, template="cases/speaker.html")


@require_POST
@staff_page(permission=access.LEAD)
def doubt(request: StaffRequest, case_id: UUID, representation_id: UUID) -> HttpResponse:
    """Mark that a representative may be the one complained of."""
    case, form = _fetched(request, case_id), DoubtForm(request.POST)
    actions.doubt(case=case, representation_id=representation_id, by=request.actor, now=clock.now(), seen=form.version)
    told = _("From now on he is told nothing and decides nothing here.")
    return acts.done(request, told, f"{reverse('cases:case', args=[case.id])}#sharing")


@require_POST
@staff_page(permission=access.LEAD)
def clear_doubt(request: StaffRequest, case_id: UUID, representation_id: UUID) -> HttpResponse:
    """Take the mark away, as a second person."""
    case, form = _fetched(request, case_id), DoubtForm(request.POST)
    actions.clear_doubt(
        case=case, representation_id=representation_id, by=request.actor, now=clock.now(), seen=form.version
    )
    return acts.done(request, _("The mark is taken away."), f"{reverse('cases:case', args=[case.id])}#sharing")


@require_POST
@staff_page(permission=access.LEAD)
def end_speaker(request: StaffRequest, case_id: UUID, representation_id: UUID) -> HttpResponse:
    """He speaks for her no more."""
    case, form = _fetched(request, case_id), DoubtForm(request.POST)
    actions.end_representation(
        case=case, representation_id=representation_id, by=request.actor, now=clock.now(), seen=form.version
    )
    return acts.done(request, _("He speaks for her no more."), f"{reverse('cases:case', args=[case.id])}#sharing")
