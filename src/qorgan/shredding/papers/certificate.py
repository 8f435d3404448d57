"""The certificate of destruction on paper: one A4 page in the languages of the country, Kazakh and Russian here."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from qorgan.base import country
from qorgan.base.paper import render
from qorgan.base.words import moments
from qorgan.shredding.engine import certificate
from qorgan.shredding.terms import KINDS, Ground, Remains, Thing

TEMPLATE = Path(__file__).with_name("certificate.typ")


def paper(held: dict[str, Any], *, zone: tzinfo, synthetic: bool) -> bytes:
    """The PDF (PDF/A-2a) of a signed certificate; equal input gives equal bytes."""
    told = held["certificate"]
    made = datetime.fromisoformat(told["destroyed_at"])
    return render(TEMPLATE, content(held, zone=zone, synthetic=synthetic), created=made)


def content(held: dict[str, Any], *, zone: tzinfo, synthetic: bool) -> dict[str, Any]:
    """The values that the template lays out, in every language side by side."""
    told, languages = held["certificate"], _languages()
    stamp = list(country.toml("country.toml")["synthetic"].items())[:2] if synthetic else []
    return {
        "lang": languages[0],
        "languages": languages,
        "titles": _each(lambda: _("Certificate of destruction")),
        "number": told["number"],
        "stamp": [{"lang": language, "text": text} for language, text in stamp],
        "rows": [[_each(label), _each(value)] for label, value in _rows(told, zone)],
        "counted": _each(lambda: _("What was destroyed")),
        "texts": [[_each(partial(_kind, name)), count] for name, count in _counts(told)],
        "remain": _each(lambda: _("What remains")),
        "remains": [_each(partial(_remains, one, told)) for one in told["remains"]],
        "small": _each(
            lambda: _("This page says what the signed file says; `qorgan keys certificate verify` checks it.")
        ),
        "check": hashlib.sha256(certificate.as_file(held)).hexdigest(),
        "key": held["signature"]["key_id"],
    }


def _languages() -> list[str]:
    """The first two languages of the country."""
    return list(country.toml("country.toml")["languages"])[:2]


def _each(say: Callable[[], Any]) -> list[str]:
    said = []
    for language in _languages():
        with translation.override(language):
            said.append(str(say()))
    return said


def _language() -> str:
    """The language that is being said."""
    return translation.get_language() or _languages()[0]


def _rows(told: certificate.Told, zone: tzinfo) -> list[tuple[Callable[[], str], Callable[[], str]]]:
    def at(text: str) -> str:
        return moments.moment(datetime.fromisoformat(text), zone, _language())

    def who(part: str) -> Callable[[], str]:
        return lambda: f"{told[part]['by']}, {at(told[part]['at'])}"

    return [
        (lambda: _("Destroyed"), lambda: f"{Thing(told['thing']).label}"),
        (lambda: _("Record"), lambda: told["number"] or told["thing_id"]),
        (lambda: _("Ground"), lambda: ", ".join(filter(None, (str(Ground(told["ground"]).label), told["paper"])))),
        (lambda: _("Asked by"), who("asked")),
        (lambda: _("Confirmed by"), who("confirmed")),
        (lambda: _("Destroyed at"), lambda: at(told["destroyed_at"])),
        (lambda: _("Keys destroyed"), lambda: str(told["keys"])),
    ]


def _counts(told: certificate.Told) -> list[tuple[str, int]]:
    """How many texts of each table."""
    counts: dict[str, int] = {}
    for word, count in told["texts"].items():
        name = word.rpartition(".")[0]
        counts[name] = counts.get(name, 0) + count
    return sorted(counts.items())


def _kind(name: str) -> str:
    return str(KINDS.get(name, name))


def _remains(one: str, told: certificate.Told) -> str:
    until = moments.date_long(date.fromisoformat(told["key_backups_until"]), _language())
    return str(Remains(one).label) % {"until": until}
