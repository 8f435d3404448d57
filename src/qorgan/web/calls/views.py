"""Pages of calls."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from qorgan.agencies.terms import Kind as Office
from qorgan.base import clock, ids
from qorgan.base.db.away import is_away
from qorgan.base.errors import ChangedMeanwhile, NotFound, Refused
from qorgan.places import queries as places
from qorgan.reports import access, actions
from qorgan.reports.actions import Reached
from qorgan.reports.models import Contact, Draft
from qorgan.reports.queries import contacts as queries
from qorgan.reports.terms import Channel
from qorgan.reports.terms.contacts import BlockReason, Disposition
from qorgan.web import acts, looks, meanwhile
from qorgan.web.access import staff_page
from qorgan.web.calls import screen, sheets
from qorgan.web.calls.forms import LINES, BlockForm, CallForm, DisposeForm, TakeForm
from qorgan.web.paging import part
from qorgan.web.request import StaffRequest


def fetched(request: StaffRequest, contact_id: UUID) -> Contact:
    """The contact in sight; one whose page was opened while the database was away begins here. Raises NotFound."""
    found = queries.find(contact_id) or _begun_away(request, contact_id)
    if found is None:
        raise NotFound
    return found


def _begun_away(request: StaffRequest, contact_id: UUID) -> Contact | None:
    """What was kept of it may still be on its way in from the disk: it then finds the contact here."""
    by, now = request.actor, clock.now()
    sheet = sheets.read(request.POST.get("sheet", ""), contact_id=contact_id, staff=str(by.staff))
    if sheet is None:
        return None
    line = LINES.get(Office(request.mandate.agency.kind), Channel.OTHER)
    reached = Reached(contact_id, line, rang_at=sheet.rang, number=sheet.number, answered_at=sheet.rang)
    made = actions.begin(reached=reached, by=by, now=now)
    return actions.dispose(contact_id=made.id, disposition=sheet.what, by=by, now=now) if sheet.what else made


@require_safe
@staff_page(permission=access.TAKE)
def index(request: StaffRequest) -> HttpResponse:
    """The next call, those not ended yet, and the last ones."""
    form = TakeForm(contact_id=ids.new())
    now = clock.now()
    listed = part(request, queries.newest())
    looks.listed(request, thing="contact", rows=len(listed.rows))
    last = queries.last_said_by(request.actor.staff)
    words = {
        "form": form,
        "part": listed,
        "rows": screen.lines(listed.rows),
        "open": screen.lines(list(queries.open_of(request.actor.staff)[:9])),
        "last": last,
        "last_said": Disposition(last.disposition).label if last and last.disposition else "",
        "undo": screen.undoable(last, now=now),
        "zone": places.zone(request.mandate.territory_id),
    }
    return render(request, "calls/index.html", words)


@require_POST
@staff_page(permission=access.TAKE)
def take(request: StaffRequest) -> HttpResponse:
    """Take a call: from here on it is a contact."""
    now = clock.now()
    form = TakeForm(request.POST)
    if not form.is_valid():
        return acts.SeeOther(reverse("calls:index"))
    said = form.cleaned_data
    line = LINES.get(Office(request.mandate.agency.kind), Channel.OTHER)
    reached = Reached(contact_id=said["contact_id"], line=line, rang_at=now, number=said["number"])
    return acts.SeeOther(_page(actions.begin(reached=reached, by=request.actor, now=now).id))


def _page(contact_id: UUID) -> str:
    return reverse("calls:contact", args=[contact_id])


@require_safe
@staff_page(permission=access.TAKE)
def contact(request: StaffRequest, contact_id: UUID) -> HttpResponse:
    """The call screen: what it is by one key, what is told, 102."""
    held = fetched(request, contact_id)
    looks.note(request, thing="contact", thing_id=held.id)
    return screen.shown(request, held, _fresh(held))


def _fresh(held: Contact) -> CallForm:
    draft = queries.draft_of(held.id)
    return CallForm(seen=draft.version, said=draft.said, focus=bool(held.disposition))


@require_POST
@staff_page(permission=access.TAKE)
def number(request: StaffRequest, contact_id: UUID) -> HttpResponse:
    """The same with the number as it was given; that it was shown is written down."""
    held = fetched(request, contact_id)
    looks.note(request, thing="contact", thing_id=held.id, detail={"whole": "contact"})
    return screen.shown(request, held, _fresh(held), whole=True)


def keep(request: StaffRequest, held: Contact, form: CallForm) -> Draft:
    """Keep what the screen holds. Raises what `actions.save_draft` raises."""
    serving, consent = form.asked
    return actions.save_draft(
        contact_id=held.id,
        said=form.typed(),
        serving=serving,
        consent=consent,
        by=request.actor,
        now=clock.now(),
        seen=form.version or 0,
    )


@require_POST
@staff_page(permission=access.TAKE)
def draft(request: StaffRequest, contact_id: UUID) -> HttpResponse:
    """Keep what is told so far; asked for by the screen with every pause, or by Enter."""
    held = fetched(request, contact_id)
    form = CallForm(request.POST)
    if not request.htmx:
        form.is_valid()
        kept = acts.attempt(request, form, lambda: keep(request, held, form), theirs=lambda: _theirs(held))
        return acts.SeeOther(_page(held.id)) if kept else screen.shown(request, held, form)
    words: dict[str, object] = {"zone": places.zone(held.territory_id)}
    try:
        saved = keep(request, held, form)
    except ChangedMeanwhile as error:
        return render(request, "calls/_saved.html", words | {"wrong": meanwhile.sentence(request, error)})
    except Refused as error:
        if is_away(error):
            raise
        return render(request, "calls/_saved.html", words | {"wrong": str(error)})
    return render(request, "calls/_saved.html", words | {"saved_at": saved.saved_at, "version": saved.version})


def _theirs(held: Contact) -> dict[str, object]:
    said = queries.draft_of(held.id).said
    return {name: said.get(name, "") for name in ("narrative", "written", "address", "children")}


@require_POST
@staff_page(permission=access.TAKE)
def dispose(request: StaffRequest, contact_id: UUID) -> HttpResponse:
    """Say by one key what the contact is; what was typed is kept first."""
    held = fetched(request, contact_id)
    form, said = CallForm(request.POST), DisposeForm(request.POST)
    form.is_valid()
    if not said.is_valid():
        return screen.shown(request, held, form)
    what = Disposition(said.cleaned_data["disposition"])

    def act() -> Contact:
        if form.typed():
            keep(request, held, form)
        return actions.dispose(contact_id=held.id, disposition=what, by=request.actor, now=clock.now())

    done = acts.attempt(request, form, act, theirs=lambda: _theirs(held))
    if done is None:
        return screen.shown(request, held, form)
    return acts.SeeOther(reverse("calls:index") if what.closes else _page(held.id))


@require_POST
@staff_page(permission=access.TAKE)
def undo(request: StaffRequest, contact_id: UUID) -> HttpResponse:
    """Take back, within five seconds, what was said of a contact."""
    held = actions.undo(contact_id=fetched(request, contact_id).id, by=request.actor, now=clock.now())
    return acts.done(request, _("Taken back; the contact goes on."), _page(held.id))


@require_POST
@staff_page(permission=access.TAKE)
def complete(request: StaffRequest, contact_id: UUID) -> HttpResponse:
    """The contact becomes a report."""
    held = fetched(request, contact_id)
    form = CallForm(request.POST)
    if held.report_id is None and not form.is_valid():
        return screen.shown(request, held, form)

    def act() -> actions.Accepted:
        if held.report_id is None:
            keep(request, held, form)
        form.is_valid()
        told, topics = form.signal(), form.topics()
        return actions.complete(contact_id=held.id, told=told, topics=topics, by=request.actor, now=clock.now())

    accepted = acts.attempt(request, form, act, theirs=lambda: _theirs(held))
    if accepted is None:
        return screen.shown(request, held, form)
    told = _("Report %(number)s is kept.") if accepted.is_new else _("Report %(number)s was already kept.")
    return acts.done(request, told % {"number": accepted.report.number}, "calls:index")


@require_POST
@staff_page(permission=access.BLOCK)
def block(request: StaffRequest, contact_id: UUID) -> HttpResponse:
    """Let a number through no more, for a reason and until a moment."""
    held = fetched(request, contact_id)
    form, now = BlockForm(request.POST), clock.now()
    if form.is_valid():
        reason, until = BlockReason(form.cleaned_data["reason"]), now + form.span()

        def act() -> object:
            return actions.block_number(contact_id=held.id, reason=reason, until=until, by=request.actor, now=now)

        if acts.attempt(request, form, act):
            return acts.done(request, _("The number does not get through for a while."), "calls:index")
    return screen.shown(request, held, _fresh(held), block=form)
