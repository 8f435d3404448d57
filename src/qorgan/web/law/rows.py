"""Rules and provisions of the law as rows of a page: the question, the answer of a day, where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qorgan.agencies.models import Staff
from qorgan.base import country, words
from qorgan.law import queries as law
from qorgan.law.engine.book import Answer, LawBook, Provision, Rule
from qorgan.law.engine.effects import Change
from qorgan.law.engine.marks import Standing
from qorgan.law.models import EnteredValue
from qorgan.law.terms import label
from qorgan.web.provisions import act_name, act_names

TONES = {
    Standing.DECIDES: "done",
    Standing.TO_VERIFY: "due",
    Standing.VERIFY_FIRST: "late",
    Standing.NOT_ON_RECORD: "plan",
}


@dataclass(frozen=True)
class Said:
    """What one provision says: value and unit, days, act with article, how sure, where it was read."""

    value: str
    days: str
    place: str
    confidence: str | Promise
    source: str
    note: str
    readings: tuple[str, ...]
    standing: str | Promise
    tone: str


@dataclass(frozen=True)
class RuleRow:
    """A rule with its answer on a day."""

    key: str
    name: str
    said: Said


@dataclass(frozen=True)
class Entered:
    """A value that the deployment entered, with who did it and who took it back."""

    row: EnteredValue
    said: Said
    by: str
    withdrawn_by: str


@dataclass(frozen=True)
class Step:
    """For some days: the answer of the book before and after."""

    days: str
    before: Said
    after: Said


def rule_rows(book: LawBook, keys: Iterable[str], *, on: date) -> list[RuleRow]:
    """Rules with what the law says of them on a day."""
    return [RuleRow(key, name_of(book.rule(key)), answered(book.value(key, on))) for key in keys]


def name_of(rule: Rule) -> str:
    """The question that a rule answers."""
    return law.words(rule.names, language=get_language() or "")


def answered(answer: Answer) -> Said:
    """An answer in words; a silence is said as one."""
    return _said(answer.provision, answer.standing)


def said(provision: Provision) -> Said:
    """A provision in words, with its standing on the last of its days: by then its beginning is certain."""
    day = provision.valid_until or max(provision.valid_from or date.min, provision.certain_from or date.min)
    return _said(provision, provision.standing(day))


def _said(held: Provision | None, standing: Standing) -> Said:
    return Said(
        value=value_words(held),
        days=days(held.valid_from, held.valid_until) if held else "",
        place=_place(held),
        confidence=label(held.confidence) if held else "",
        source=held.source if held else "",
        note=held.note if held else "",
        readings=tuple(f"{one.value} ({one.source})" for one in held.readings) if held else (),
        standing=label(standing),
        tone=TONES[standing],
    )


def value_words(held: Provision | None) -> str:
    """`24, hours`; yes or no; the parts of a list; a dash for a silence."""
    if held is None or held.value is None:
        return ""
    if isinstance(held.value, bool):
        return _("yes") if held.value else _("no")
    if isinstance(held.value, tuple):
        return ", ".join(map(_word, held.value))
    if isinstance(held.value, str):
        return _word(held.value)
    return f"{words.number(held.value, get_language() or '')}, {label(held.unit)}"


def _word(value: str) -> str:
    """A code of the book in words; an article with the short name of its act; other text as it stands."""
    language = get_language() or ""
    if value in (known := _values(country.folder())):
        return law.words(known[value], language=language)
    act, _space, article = value.partition(" ")
    return _("%(act)s, Art. %(article)s") % {"act": act_name(act), "article": article} if act in act_names() else value


@cache
def _values(folder: Path) -> dict[str, dict[str, str]]:
    return country.toml("words/values.toml") if (folder / "words/values.toml").is_file() else {}


def _place(held: Provision | None) -> str:
    if held is None or not held.act:
        return held.article if held else ""
    act = act_name(held.act)
    return _("%(act)s, Art. %(article)s") % {"act": act, "article": held.article} if held.article else act


def days(first: date | None, last: date | None) -> str:
    """`01.06.2026 – 30.06.2026`, `from 01.06.2026`, `until 30.06.2026`."""
    language = get_language() or ""
    if first and last:
        return f"{words.date_short(first, language)} – {words.date_short(last, language)}"
    if first:
        return _("from %(day)s") % {"day": words.date_short(first, language)}
    return _("until %(day)s") % {"day": words.date_short(last, language)} if last else _("always")


def entered(values: Iterable[EnteredValue]) -> list[Entered]:
    """All that was entered for a rule, the newest first."""
    return [Entered(row, said(law.provision_of(row)), _who(row.entered_by), _who(row.withdrawn_by)) for row in values]


def _who(staff: Staff | None) -> str:
    return staff.titled(get_language() or "") if staff else ""


def steps(changes: Iterable[Change]) -> list[Step]:
    """What a value would change, in words."""
    return [Step(days(one.first, one.last), answered(one.before), answered(one.after)) for one in changes]
