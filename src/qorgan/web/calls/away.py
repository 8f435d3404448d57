"""The call screen while the database is away: by a pass, into the spool, and out of no record.

An address of calls is asked as ever; where the database does not answer it, it is answered here. What was kept is said
to be kept only once it is on the disk; what was not says so, and whom to call.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgan.agencies.terms import Kind as Office
from qorgan.base import clock, ids, logs
from qorgan.base.db.away import is_away
from qorgan.base.errors import Refused
from qorgan.reports import access, actions
from qorgan.reports.actions import Act, Entry
from qorgan.reports.rules import contacts as rules
from qorgan.reports.terms import Channel
from qorgan.reports.terms.contacts import Disposition
from qorgan.web.account import leaving, passes
from qorgan.web.account.passes import Pass
from qorgan.web.calls import sheets, words
from qorgan.web.calls.forms import LINES, CallForm, DisposeForm, TakeForm
from qorgan.web.calls.sheets import Sheet
from qorgan.web.forms import refuse

AWAY = 503


class Away:
    """Gives passes as long as the database answers, and answers by them while it does not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with a pass where one is due."""
        response = self.get_response(request)
        if not getattr(request, "away", True):
            try:
                passes.renew(request, response, permission=access.TAKE)
            except Exception as error:  # it has gone away just now: what she holds is good for some hours
                if not is_away(error):
                    raise
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The call screen without a database, and signing out; every other error, and every other page, goes on."""
        if not is_away(error):
            return None
        request.away = True  # type: ignore[attr-defined]  # as the mandate says it
        if leaving.is_asked(request):
            return leaving.signed_out(request)
        match = request.resolver_match
        if match is None or match.namespace != "calls":
            return None
        held = passes.of_browser(request)
        with translation.override(_language(request, held)):
            response = _answer(request, held) if held else _unknown(request)
        logs.say("call_away", status=response.status_code)
        return response


def _unknown(request: HttpRequest) -> HttpResponse:
    """Not accepted; what was typed is still there."""
    typed = {"form": CallForm(request.POST)} if request.POST.get("narrative") else {}
    return render(request, "calls/away.html", typed, status=AWAY)


def _language(request: HttpRequest, held: Pass | None) -> str:
    if held and held.language in dict(settings.LANGUAGES) and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        return held.language
    return translation.get_language() or settings.LANGUAGE_CODE


def _answer(request: HttpRequest, held: Pass) -> HttpResponse:
    match = request.resolver_match
    assert match is not None  # the address was answered before
    if request.method != "POST":
        return _new(request, held)
    act = _ACTS.get(match.url_name or "")
    if act is None:
        return _new(request, held, wrong=_("This waits until the database answers."), status=AWAY)
    try:
        return act(request, held, match.kwargs.get("contact_id"))
    except Refused as refused:  # of what has no form
        return _new(request, held, wrong=str(refused), status=refused.status)


def _take(request: HttpRequest, held: Pass, _contact: None) -> HttpResponse:
    form, now = TakeForm(request.POST), clock.now()
    if not form.is_valid():
        return _new(request, held)
    said = form.cleaned_data
    sheet = Sheet.new(staff=held.staff, now=now, contact_id=said["contact_id"], number=said["number"])
    _keep(held, _entry(Act.TAKE, held, sheet))
    return _page(request, held, sheet, CallForm(focus=True))


def _draft(request: HttpRequest, held: Pass, contact_id: UUID) -> HttpResponse:
    sheet, form = _brought(request, held, contact_id), CallForm(request.POST)
    said: dict[str, Any] = {"zone": ZoneInfo(held.zone), "kept": True}
    try:
        _keep(held, _entry(Act.DRAFT, held, sheet, form))
        said["saved_at"] = clock.now()
    except Refused as error:
        said["wrong"] = str(error)
        if not getattr(request, "htmx", False):
            return _refused(request, held, sheet, form, error)
    if getattr(request, "htmx", False):
        return render(request, "calls/_saved.html", said)
    return _page(request, held, sheet, _again(form), **said)


def _dispose(request: HttpRequest, held: Pass, contact_id: UUID) -> HttpResponse:
    sheet, form, said = _brought(request, held, contact_id), CallForm(request.POST), DisposeForm(request.POST)
    if not said.is_valid():
        return _page(request, held, sheet, _again(form))
    what = Disposition(said.cleaned_data["disposition"])
    try:
        _keep(held, _entry(Act.DISPOSE, held, sheet, form, disposition=what))
    except Refused as error:
        return _refused(request, held, sheet, form, error)
    if what.closes:
        return _new(request, held, closed=sheet, last_said=what.label, undo=round(rules.UNDO.total_seconds()))
    return _page(request, held, replace(sheet, disposition=what.value), _again(form))


def _undo(request: HttpRequest, held: Pass, contact_id: UUID) -> HttpResponse:
    sheet = _brought(request, held, contact_id)
    _keep(held, _entry(Act.UNDO, held, sheet))
    return _page(request, held, sheet, CallForm(), notice=_("Taken back; the contact goes on."))


def _complete(request: HttpRequest, held: Pass, contact_id: UUID) -> HttpResponse:
    sheet, form = _brought(request, held, contact_id), CallForm(request.POST)
    if not form.is_valid():
        return _page(request, held, sheet, form, status=422)
    try:
        if sheet.disposition == "" and request.POST.get("sheet"):
            raise rules.NotYetSaid
        entry = _entry(Act.COMPLETE, held, sheet, form, disposition=sheet.what)
        told = replace(form.signal(), registered_at=sheet.rang)
        _keep(held, replace(entry, told=told, topics=tuple(form.topics())))
    except Refused as error:
        return _refused(request, held, sheet, form, error)
    return _new(request, held, notice=_("Kept, sealed. It becomes a report under your name once the database answers."))


def _tell(request: HttpRequest, held: Pass, contact_id: UUID) -> HttpResponse:
    """102 is told by voice, now; what was said to it is written down when the database answers."""
    sheet, form = _brought(request, held, contact_id), CallForm(request.POST)
    try:
        _keep(held, _entry(Act.DRAFT, held, sheet, form))
    except Refused as error:
        return _refused(request, held, sheet, form, error)
    told = words.for_102(form.typed(), serving=form.asked[0], line=str(_line(held).label))
    return _page(request, held, sheet, _again(form), words=told)


_ACTS: dict[str, Callable[..., HttpResponse]] = {
    "take": _take,
    "draft": _draft,
    "dispose": _dispose,
    "undo": _undo,
    "complete": _complete,
    "tell": _tell,
}


def _line(held: Pass) -> Channel:
    return LINES.get(Office(held.office), Channel.OTHER)


def _brought(request: HttpRequest, held: Pass, contact_id: UUID) -> Sheet:
    """What the page has brought along; of a page that was opened while the database answered, only its contact."""
    found = sheets.read(request.POST.get("sheet", ""), contact_id=contact_id, staff=held.staff)
    return found or Sheet.new(staff=held.staff, now=clock.now(), contact_id=contact_id)


def _entry(
    act: Act, held: Pass, sheet: Sheet, form: CallForm | None = None, *, disposition: Disposition | None = None
) -> Entry:
    entry = Entry(act=act, contact_id=sheet.id, line=_line(held), number=sheet.number, disposition=disposition)
    if sheet.turn or act is Act.TAKE:  # else the contact is in the tables, with its moment
        entry = replace(entry, rang_at=sheet.rang, sheet=sheet.turn)
    if form is None:
        return entry
    serving, consent = form.asked
    return replace(entry, said=form.typed(), serving=serving, consent=consent, seen=form.version or 0)


def _keep(held: Pass, entry: Entry) -> None:
    actions.keep_contact(entry=entry, by=held.actor(access.TAKE), now=clock.now())


def _again(form: CallForm) -> CallForm:
    """What was typed, to go on with; not yet looked at."""
    return CallForm(said=form.typed(), seen=form.version)


def _refused(request: HttpRequest, held: Pass, sheet: Sheet, form: CallForm, error: Refused) -> HttpResponse:
    form.is_valid()
    refuse(form, error)
    return _page(request, held, sheet, form, status=error.status)


def _new(
    request: HttpRequest, held: Pass, *, wrong: str | Promise = "", status: int = 200, **said: Any
) -> HttpResponse:
    """The sheet of the next call."""
    sheet = Sheet.new(staff=held.staff, now=clock.now())
    return _page(request, held, sheet, CallForm(focus=True), wrong=wrong, status=status, **said)


def _page(
    request: HttpRequest, held: Pass, sheet: Sheet, form: CallForm, *, status: int = 200, **said: Any
) -> HttpResponse:
    closed = said.get("closed")
    data = {
        "held": sheet,
        "form": form,
        "sheet": sheet.written(),
        "closed_sheet": closed.written() if closed else "",
        "dispositions": [(one, one.key) for one in Disposition],
        "disposition": sheet.what,
        "line": _line(held).label,
        "next_id": ids.new(),
        "zone": ZoneInfo(held.zone),
        **said,
    }
    return render(request, "calls/away.html", data, status=status)
