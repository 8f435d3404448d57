"""Pages of the web door. What was written is on none of them, but on one that was refused and must not lose it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import wraps

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from qorgan.base import clock
from qorgan.base.db.away import is_away
from qorgan.base.errors import Refused
from qorgan.base.scope import Actor
from qorgan.reports import actions
from qorgan.reports.queries import door as queries
from qorgan.reports.rules import door as rules
from qorgan.web import language as languages
from qorgan.web.acts import SeeOther
from qorgan.web.door import crowds, limits, sendings
from qorgan.web.door.exits import exit_url
from qorgan.web.door.forms import BackForm, SettleForm, TellForm
from qorgan.web.forms import refuse

View = Callable[..., HttpResponse]
FORGOTTEN = '"cache", "cookies", "storage"'
TOO_LARGE, AWAY = 413, 503
NOBODY = Actor(name="door")  # whoever comes: no name, no place in sight, no permission


def language_of() -> str:
    """The language of the page."""
    return translation.get_language() or settings.LANGUAGE_CODE


def form_page(view: View) -> View:
    """A page with a form that anyone may send.

    No cookie against forged forms: nobody is signed in, and a form that another site sends is one more message, which
    anyone may send anyway. The signed name of the sending keeps a repeat from being two.
    """

    @transaction.non_atomic_requests  # it is shown, and takes what is told, while the database is away
    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except RequestDataTooBig:
            return render(request, "door/too_large.html", status=TOO_LARGE)
        except Exception as error:
            if not is_away(error):
                raise
            return render(request, "door/away.html", status=AWAY)

    return guarded


@transaction.non_atomic_requests
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What can be done here, and whom to call in danger."""
    return render(request, "door/front.html")


@transaction.non_atomic_requests
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Who reads it, and what these pages cannot hide."""
    return render(request, "door/about.html")


@form_page
def own(request: HttpRequest) -> HttpResponse:
    """Someone tells of herself."""
    return _tell(request, about=_("Tells of herself or himself"), template="door/own.html", is_own=True)


@form_page
def other(request: HttpRequest) -> HttpResponse:
    """Someone tells of another."""
    return _tell(request, about=_("Tells of another person"), template="door/other.html", is_own=False)


def _tell(request: HttpRequest, *, about: str, template: str, is_own: bool) -> HttpResponse:
    if request.method != "POST":
        return render(request, template, {"form": TellForm(token=sendings.new(language_of()).token())})
    form = TellForm(request.POST)
    if not form.is_valid():
        return render(request, template, {"form": form}, status=422)
    said = form.cleaned_data
    sending = sendings.read(said["token"], within=sendings.FORM_SECONDS)
    asked = crowds.question(request, sending, filled=said["site"], answer=said["sum"])
    if asked is not None:
        typed = request.POST.copy()
        typed["token"], typed["sum"], typed["site"] = asked.token, "", ""
        return render(request, template, {"form": TellForm(typed), "asked": asked}, status=422)
    sending = sending or sendings.new(language_of())  # a page of long ago: it is taken all the same
    try:
        limits.count(request, "tell", most=limits.SENDINGS)
        sending = _handed_in(form.told(language=sending.language, about=about, is_own=is_own), sending)
        return sendings.give(SeeOther(reverse("door:sent")), sending)
    except Refused as error:
        refuse(form, error)
        return render(request, template, {"form": form}, status=error.status)


def _handed_in(told: actions.Told, sending: sendings.Sending) -> sendings.Sending:
    """Hand it in; where the database is away, keep it in the spool. The sending by which she has her code."""
    sending = named_anew(told, sending)
    try:
        with transaction.atomic():
            actions.hand_in(told=told, sending=sending.name, by=NOBODY, now=clock.now())
        return sending
    except Exception as error:
        if not is_away(error):
            raise
    return keep(told, sending)


def keep(told: actions.Told, sending: sendings.Sending) -> sendings.Sending:
    """Keep it in the spool; the sending by which she has her code."""
    sending = named_anew(told, sending)
    actions.keep_told(told=told, sending=sending.name, by=NOBODY, now=clock.now())
    return replace(sending, kept=True)


def named_anew(told: actions.Told, sending: sendings.Sending) -> sendings.Sending:
    """The sending, under another name where something else waits in the spool under its own: both stay."""
    if actions.said_otherwise(told=told, sending=sending.name):
        return sendings.new(sending.language, is_child=sending.is_child)
    return sending


@form_page
def sent(request: HttpRequest) -> HttpResponse:
    """That it was received; the code, and what she chooses for it. Nothing of what she wrote."""
    sending = sendings.of_browser(request)
    if sending is None:
        return render(request, "door/sent.html", {"code": ""})
    template = "door/sent_child.html" if sending.is_child else "door/sent.html"
    try:
        with transaction.atomic():
            return _sent(request, sending, template)
    except Exception as error:
        if not (is_away(error) and sending.kept):
            raise
    code = queries.code_of(sending.name, language=sending.language)
    return render(request, template, {"code": code, "kept": True})


def _sent(request: HttpRequest, sending: sendings.Sending, template: str) -> HttpResponse:
    now, code = clock.now(), queries.code_of(sending.name, language=sending.language)
    form = SettleForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            _settled(code, form, now=now)
            return sendings.give(SeeOther(reverse("door:sent")), replace(sending, kept=False))
        except Refused as error:
            refuse(form, error)
            status = error.status
    held = queries.receipt(queries.digest_of(code), now=now)
    words = {
        "code": code,
        "held": held,
        "kept": held is None and sending.kept,  # it is on its way from the spool
        "days": rules.DAYS,
        "usual": rules.USUAL_DAYS,
        "form": form,
        "word_chosen": bool(held and held.word_digest),
    }
    return render(request, template, words, status=status)


def _settled(code: str, form: SettleForm, *, now: datetime) -> None:
    days = int(form.cleaned_data["days"])
    with transaction.atomic():
        if days == 0:
            actions.destroy_code(code=code, anew=True, by=NOBODY, now=now)
        else:
            actions.settle(code=code, word=form.cleaned_data["word"], days=days, by=NOBODY, now=now)


@form_page
def back(request: HttpRequest) -> HttpResponse:
    """She comes back with her code: what she was told, or the code destroyed; of a wrong one a single sentence."""
    return _back(request, "")


@form_page
def again(request: HttpRequest) -> HttpResponse:
    """The same for a child, in words for a child."""
    return _back(request, "_child")


def _back(request: HttpRequest, who: str) -> HttpResponse:
    form, template = BackForm(request.POST if request.method == "POST" else None), f"door/back{who}.html"
    if request.method != "POST" or not form.is_valid():
        return render(request, template, {"form": form}, status=422 if form.is_bound else 200)
    with transaction.atomic():
        return _come_back(request, form, who)


def _come_back(request: HttpRequest, form: BackForm, who: str) -> HttpResponse:
    template = f"door/back{who}.html"
    now = clock.now()
    code, word = form.cleaned_data["code"], form.cleaned_data["word"]
    try:
        limits.count(request, "back", most=limits.TRIES)
    except limits.TooOften as error:
        return render(request, template, {"form": form, "often": True}, status=error.status)
    if "destroy" in request.POST:
        if actions.destroy_code(code=code, word=word, by=NOBODY, now=now):
            return render(request, f"door/destroyed{who}.html")
    elif (standing := queries.standing(code=code, word=word, now=now)) is not None:
        return render(request, f"door/standing{who}.html", {"standing": standing})
    return render(request, template, {"form": form, "wrong": True}, status=422)


@transaction.non_atomic_requests
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Away from here: the browser forgets, and a page that many people open follows. No database is asked.

    The script has blanked the page before it sends the beacon (a POST); a link comes by GET.
    """
    to = exit_url()
    response = HttpResponse(status=204) if request.method == "POST" else SeeOther(to) if to else HttpResponse()
    response.headers["Clear-Site-Data"] = FORGOTTEN
    return sendings.take(response)


@transaction.non_atomic_requests
@csrf_exempt
def language(request: HttpRequest) -> HttpResponse:
    """The language of these pages, until the window closes."""
    response = languages.choose(request)
    if settings.LANGUAGE_COOKIE_NAME in response.cookies:
        chosen = response.cookies[settings.LANGUAGE_COOKIE_NAME]
        chosen["max-age"], chosen["expires"], chosen["samesite"] = "", "", "Strict"
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """500, or no database: it was not accepted, and whom to call instead. It never pretends."""
    try:
        text: str = loader.render_to_string("door/broken.html", {"code": language_of(), "exit_to": exit_url()})
    except Exception:  # whatever broke the page may break this one too; a plain sentence never does
        text = "Қабылданбады: 102, 150, 111. Не принято: 102, 150, 111. Not accepted: 102, 150, 111.\n"
        return HttpResponse(text, status=500, content_type="text/plain; charset=utf-8")
    return HttpResponse(text, status=500)
