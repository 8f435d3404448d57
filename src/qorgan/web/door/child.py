"""The children's door: one question a page, at most five pages, every one of them may be left empty."""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgan.base import clock
from qorgan.base.db.away import is_away
from qorgan.base.errors import NotFound, Refused
from qorgan.reports import actions
from qorgan.reports.queries import door as queries
from qorgan.reports.rules import NothingSaid
from qorgan.reports.terms import Serving
from qorgan.web.acts import SeeOther
from qorgan.web.door import crowds, limits, sendings
from qorgan.web.door.forms import lines_of, regions
from qorgan.web.door.sendings import Sending
from qorgan.web.door.views import NOBODY, form_page, keep, language_of, named_anew

Choice = tuple[str, str | Promise]


@dataclass(frozen=True)
class Question:
    """One page. `kind`: some of the choices, one place, or words."""

    name: str
    text: str | Promise
    hint: str | Promise
    kind: str
    choices: tuple[Choice, ...] = ()


QUESTIONS = (
    Question(
        "what",
        _("What is happening?"),
        _("You can choose several."),
        "choose",
        (
            ("hits", _("I am being hit")),
            ("scares", _("Someone shouts at me and scares me")),
            ("touches", _("Someone touches me, and I do not like it")),
            ("alone", _("Nobody looks after me")),
            ("pupils", _("Other children hurt me")),
            ("online", _("It happens on the internet")),
            ("another", _("It happens to another child")),
            ("else", _("Something else")),
        ),
    ),
    Question(
        "who",
        _("Who does it?"),
        _("You can choose several. No name is needed."),
        "choose",
        (
            ("home", _("Someone at home")),
            ("kin", _("A relative")),
            ("school", _("Someone at school")),
            ("police", _("Someone who works in the police")),
            ("army", _("Someone who serves in the army")),
            ("other", _("Another person")),
            ("silent", _("I do not want to say")),
        ),
    ),
    Question("narrative", _("Tell it in your own words."), _("Mistakes do not matter. Write as you can."), "words"),
    Question("place", _("Where are you?"), _("We need it to find help near you."), "place"),
    Question("reach", _("How do we answer you?"), _("We answer here. Your code opens it."), "reach"),
)

WHENS: tuple[Choice, ...] = (
    ("", _("At any time")),
    ("morning", _("In the morning, from 8 to 12")),
    ("noon", _("In the day, from 12 to 17")),
    ("evening", _("In the evening, from 17 to 21")),
)
HOURS: dict[str, tuple[int | None, int | None]] = {"morning": (8, 12), "noon": (12, 17), "evening": (17, 21)}


class NotKept(Refused):
    """The database is away, and the answers of before lie there."""

    text = _("We cannot keep this page just now. Write to us on one page instead, or call 111.")
    status = 503


@form_page
def page(request: HttpRequest, number: int) -> HttpResponse:
    """One question. The answer is kept sealed for an hour; after the last one all of it is handed in."""
    if not 1 <= number <= len(QUESTIONS):
        raise NotFound
    sending = sendings.of_browser(request, within=3600)
    if number > 1 and sending is None:
        return SeeOther(reverse("door:q", args=[1]))
    if request.method != "POST":
        return _opened(request, number, sending)
    sending = sending if sending and number > 1 else sendings.new(language_of(), is_child=True)
    asked = _asked(request, number, sending)
    try:
        return _shown(request, number, asked=asked) if asked else _answered(request, number, sending)
    except Refused as refused:
        return _shown(request, number, error=refused)


def _opened(request: HttpRequest, number: int, sending: Sending | None) -> HttpResponse:
    """A page as it is opened, with what was answered before sealed in it: nobody knows whether the next is kept."""
    try:
        with transaction.atomic():
            held = queries.sealed_answers(sending.name, now=clock.now()) if sending and number > 1 else b""
    except Exception as failure:
        if not is_away(failure):
            raise
        return _shown(request, number, error=NotKept())
    return _shown(request, number, held=b64encode(held).decode())


def _shown(
    request: HttpRequest,
    number: int,
    *,
    held: str = "",
    error: Refused | None = None,
    asked: crowds.Question | None = None,
) -> HttpResponse:
    question, again = QUESTIONS[number - 1], error is not None or asked is not None
    words = {
        "asked": asked,
        "whens": WHENS,
        "often": isinstance(error, limits.TooOften),
        "question": question,
        "number": number,
        "count": len(QUESTIONS),
        "last": number == len(QUESTIONS),
        "error": error,
        "held": request.POST.get("held", "") if again else held,  # what was refused is not lost
        "typed": request.POST.get("text", "") if again else "",
        "when": request.POST.get("when", "") if again else "",
        "regions": regions() if question.kind == "place" else (),
    }
    return render(request, "door/q.html", words, status=error.status if error else 422 if asked else 200)


def _asked(request: HttpRequest, number: int, sending: Sending) -> crowds.Question | None:
    """The question of a crowd, on the last page alone: five pages take longer than any haste."""
    if number < len(QUESTIONS):
        return None
    return crowds.question(
        request, sending, filled=request.POST.get("site", ""), answer=request.POST.get("sum", ""), is_timed=False
    )


def _answered(request: HttpRequest, number: int, sending: Sending) -> HttpResponse:
    limits.count(request, "page", most=limits.SENDINGS * len(QUESTIONS))
    if number == len(QUESTIONS):
        limits.count(request, "tell", most=limits.SENDINGS)
    said = _brought(request, sending) | _said(QUESTIONS[number - 1], request.POST)
    try:
        with transaction.atomic():
            return _kept(number, sending, said)
    except Exception as failure:
        if not is_away(failure):
            raise
    return _kept_aside(request, number, sending, said)


def _brought(request: HttpRequest, sending: Sending) -> dict[str, str]:
    """What the page before has brought along; nothing where it was not sealed for this browser."""
    try:
        return queries.opened_answers(sending.name, b64decode(request.POST.get("held", "")))
    except ValueError:
        return {}


def _kept(number: int, sending: Sending, said: dict[str, str]) -> HttpResponse:
    now = clock.now()
    answers = queries.answers(sending.name, now=now) | said
    if number < len(QUESTIONS):
        actions.keep_answers(sending=sending.name, answers=answers, by=NOBODY, now=now)
        return sendings.give(SeeOther(reverse("door:q", args=[number + 1])), sending)
    told = _told(answers, sending.language)
    named = named_anew(told, sending)
    try:
        actions.hand_in(told=told, sending=named.name, by=NOBODY, now=now)
    except NothingSaid:
        code = queries.code_of(sending.name, language=sending.language)
        if queries.receipt(queries.digest_of(code), now=now) is None:  # else it was pressed twice
            return SeeOther(reverse("door:q", args=[1]))
    actions.drop_answers(sending=sending.name, by=NOBODY, now=now)
    return sendings.give(SeeOther(reverse("door:sent")), named)


def _kept_aside(request: HttpRequest, number: int, sending: Sending, said: dict[str, str]) -> HttpResponse:
    """While the database is away the next page brings the answers along; the last one hands them in to the spool."""
    if number < len(QUESTIONS):
        held = b64encode(actions.sealed_answers(sending=sending.name, answers=said)).decode()
        return sendings.give(_shown(request, number + 1, held=held), sending)
    try:
        return sendings.give(SeeOther(reverse("door:sent")), keep(_told(said, sending.language), sending))
    except NothingSaid:
        return SeeOther(reverse("door:q", args=[1]))


def _said(question: Question, sent: QueryDict) -> dict[str, str]:
    if question.kind == "choose":
        known = {code for code, _words in question.choices}
        return {question.name: " ".join(code for code in sent.getlist("chosen") if code in known)}
    text = {question.name: sent.get("text", "")}
    if question.kind == "reach":
        text["when"] = sent.get("when", "") if sent.get("when", "") in dict(WHENS) else ""
    if question.kind == "place":
        known = {code for code, _words in regions()}
        text["region"] = sent.get("region", "") if sent.get("region", "") in known else ""
    return text


def _told(answers: dict[str, Any], language: str) -> actions.Told:
    """The answers as they are handed in: her words first, then what she chose, in the words she chose it by."""
    lines, chosen = [], {name: answers.get(name, "").split() for name in ("what", "who")}
    for question in QUESTIONS[:2]:
        named = [str(words) for code, words in question.choices if code in chosen[question.name]]
        if named:
            lines.append(f"{question.text} {'; '.join(named)}")
    opens, closes = HOURS.get(answers.get("when", ""), (None, None))
    reach = actions.Reach()
    if answers.get("reach", "").strip():
        reach = actions.Reach(phone=answers["reach"], opens=opens, closes=closes)
    who = chosen["who"]
    serving = Serving.POLICE if "police" in who else Serving.ARMY if "army" in who else Serving.REFUSED
    said = any(answers.get(name, "").strip() for name in ("narrative", "place"))
    return actions.Told(
        language=language,
        narrative=answers.get("narrative", ""),
        place=answers.get("place", ""),
        region=int(answers["region"]) if answers.get("region") else None,
        serving=serving,
        lines=(*lines, *lines_of(reach)) if said or lines or reach.phone else (),
        is_child=True,
        is_own="another" not in chosen["what"],
        reach=reach,
    )
