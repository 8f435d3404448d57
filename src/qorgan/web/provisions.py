"""Provisions of the law as they stand beside a deadline: short, with what is not verified said."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qorgan.base import country, words
from qorgan.law import queries as law
from qorgan.law.engine.book import LawBook, Provision, Regime


@dataclass(frozen=True)
class Cited:
    """A provision in words: `245-VIII law, Art. 60`; `name` is the question it answers."""

    words: str
    name: str
    to_verify: bool
    provision: Provision | None


def cited(book: LawBook, key: str, *, on: date) -> Cited:
    """The provision that governs `key` on a day."""
    language = get_language() or ""
    answer = book.value(key, on)
    held = answer.provision
    name = law.words(book.rule(key).names, language=language)
    return Cited(_words(held), name, answer.to_verify, held)


def _words(held: Provision | None) -> str:
    if held is None:
        return _("no provision on record")
    if not held.act:
        return _("article not on record")
    act = act_name(held.act)
    return _("%(act)s, Art. %(article)s") % {"act": act, "article": held.article} if held.article else act


def act_name(key: str) -> str:
    """The short name of an act, as people who work with it say it; its key where the country gives none."""
    return law.words(act_names().get(key, {}), language=get_language() or "") or key


def act_names() -> dict[str, dict[str, str]]:
    """The short names of acts by key and language."""
    return _act_names(country.folder())


@cache
def _act_names(folder: Path) -> dict[str, dict[str, str]]:
    return country.toml("words/acts.toml") if (folder / "words/acts.toml").is_file() else {}


def regime_of(book: LawBook, id: str) -> Regime | None:
    """The regime of the law that a record was begun under."""
    return next((regime for regime in book.regimes if regime.id == id), None)


def regime_words(book: LawBook, id: str) -> str:
    """`in force from 02.03.2026 (245-VIII law)`; empty for days before the first regime on record."""
    held = regime_of(book, id)
    if held is None:
        return _("no regime on record")
    day = words.date_short(held.valid_from, get_language() or "")
    return _("law in force from %(day)s (%(act)s)") % {"day": day, "act": act_name(held.base_law)}
