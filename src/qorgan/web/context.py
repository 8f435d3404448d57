"""What every template may use."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qorgan.base import clock, country
from qorgan.base.processes import Process
from qorgan.claims import checked
from qorgan.places import queries as places
from qorgan.web.door.exits import exit_url
from qorgan.web.mandates import card


@dataclass(frozen=True)
class Door:
    """An entry of the navigation."""

    url: str
    name: str | Promise
    current: bool


@dataclass(frozen=True)
class Language:
    """A language of the pages: its code, its own name and the short one."""

    code: str
    name: str
    short: str
    current: bool


# area, words, what the role must be able to see (one of them); an area opens at its page named `index`
_STAFF = (
    ("duties", _("Today"), "duties.duty.see courts.court_case.schedule"),
    ("calls", _("Calls"), "reports.contact.take"),
    ("reports", _("Reports"), "reports.report.see"),
    ("cases", _("Cases"), "cases.case.see"),
    ("referrals", _("Referred to us"), "cases.referral.answer"),
    ("missing", _("Missing"), "missing.alarm.see"),
    ("offences", _("Offences"), "offences.offence.see"),
    ("orders", _("Orders"), "orders.order.see"),
    ("courts", _("Courts"), "courts.court_case.see"),
    ("reviews", _("Reviews"), "agencies.block.review"),
    ("law", _("Law"), "law.value.enter"),
    ("life", _("Law in life"), "law.report.enter"),
    ("figures", _("Figures"), ""),
    ("statements", _("Statements"), "claims.statement.see"),
    ("staff", _("Staff"), "agencies.staff.keep"),
)
_PUBLIC = (
    ("public:index", _("Figures")),
    ("claims:index", _("Check a text")),
    ("claims:statements", _("Statements")),
    ("life:index", _("Law in life")),
    ("public:definitions", _("Definitions")),
    ("public:history", _("Releases")),
    ("public:verify", _("Verify")),
)

_SHELLS = {Process.STAFF: "base_staff.html", Process.DOOR: "door/base.html"}


def page(request: HttpRequest) -> dict[str, Any]:
    """The shell, its navigation, languages, the stamp of synthetic data and the moment the page is drawn."""
    staff = settings.PROCESS == Process.STAFF
    mandate = getattr(request, "mandate", None)
    return {
        "shell": _SHELLS.get(settings.PROCESS, "base_public.html"),
        "doors": staff_doors(request) if staff else _public_doors(request),
        "languages": languages(),
        "stamp": stamp() if settings.DEMO else None,
        "demo": settings.DEMO,
        "now": clock.now(),
        "actor": getattr(request, "actor", None),
        "mandate": card(mandate) if mandate else None,
        "zone": places.zone(mandate.territory_id) if mandate else None,
        "inside": getattr(request, "inside", None),
        "hotlines": hotlines(),
        "exit_to": exit_url() if settings.PROCESS == Process.DOOR else "",
    }


def staff_doors(request: HttpRequest) -> list[Door]:
    """The sections that the role of the mandate may see; none where nobody acts."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return []
    match = request.resolver_match
    here = match.namespace if match else ""
    doors = []
    for area, name, permission in _STAFF:
        if permission and not any(actor.can(one) for one in permission.split()):
            continue
        if area == "referrals" and actor.can("duties.duty.see"):  # whose day has them as duties, and leads to the list
            continue
        url = _reverse(f"{area}:index")
        if url:
            doors.append(Door(url, name, here == area))
    return doors


def _public_doors(request: HttpRequest) -> list[Door]:
    match = request.resolver_match
    here = match.view_name if match else ""
    found = [(view, _reverse(view), name) for view, name in _PUBLIC]
    unread = set() if checked.is_here() else {"claims:index", "claims:statements"}
    return [Door(url, name, here == view) for view, url, name in found if url and view not in unread]


def _reverse(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:  # the area is not mounted in this process
        return ""


def languages() -> list[Language]:
    """The languages of the deployment, in its order."""
    short = country.toml("country.toml").get("languages_short", {})
    now = get_language()
    return [Language(code, name, short.get(code, code), code == now) for code, name in settings.LANGUAGES]


def in_words(names: dict[str, str], language: str = "") -> str:
    """One of the names of a thing of the country's data, in a language or in the first there is."""
    return names.get(language or get_language() or "") or next(iter(names.values()), "")


def stamp() -> dict[str, str]:
    """The words stamped on synthetic data, and the same in English where that is another language."""
    words = country.toml("country.toml").get("synthetic", {})
    here = in_words(words) or str(_("SYNTHETIC"))
    english = words.get("en", "SYNTHETIC")
    return {"here": here, "english": "" if here == english else english}


def hotlines() -> list[dict[str, Any]]:
    """Numbers of help, in the country's order: number, what it is for, name."""
    lines = country.toml("country.toml").get("hotlines", [])
    return [{"number": line["number"], "for": line["for"], "name": in_words(line["name"])} for line in lines]
