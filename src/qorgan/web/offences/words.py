"""Offences in words: the article as it is cited, persons by sex and age, what a correction changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from qorgan.base import words
from qorgan.base.words.formats import NBSP
from qorgan.law.queries import words as words_of_law
from qorgan.offences import queries, rules
from qorgan.offences.engine import catalogue
from qorgan.offences.engine.catalogue import Article, Gravity
from qorgan.offences.models import Offence, OffencePerson
from qorgan.offences.queries import CorrectionView
from qorgan.offences.terms import Completion, Ground, Part, Register, Relationship, State
from qorgan.people.terms import Sex
from qorgan.web.provisions import act_name, act_names

TONES = {
    State.REGISTERED: "due",
    State.SUSPENDED: "plan",
    State.IN_COURT: "done",
    State.TERMINATED: "plan",
    State.ANNULLED: "plan",
}
GRAVITIES: dict[Gravity, str | Promise] = {
    Gravity.ADMINISTRATIVE: gettext_lazy("administrative offence"),
    Gravity.MISDEMEANOUR: gettext_lazy("criminal misdemeanour"),
    Gravity.MINOR: gettext_lazy("crime of minor gravity"),
    Gravity.MEDIUM: gettext_lazy("crime of medium gravity"),
    Gravity.GRAVE: gettext_lazy("grave crime"),
    Gravity.ESPECIALLY_GRAVE: gettext_lazy("especially grave crime"),
    Gravity.BY_PART: gettext_lazy("depends on the part of the article"),
}
FIELDS: dict[str, str | Promise] = {
    "code": gettext_lazy("code"),
    "article": gettext_lazy("article"),
    "part": gettext_lazy("part of the article"),
    "register_no": gettext_lazy("number in the register"),
    "acted_on": gettext_lazy("day of the act"),
    "registered_at": gettext_lazy("moment of registration"),
    "completion": gettext_lazy("how far the act went"),
    "state": gettext_lazy("state"),
    "ground": gettext_lazy("ground"),
    "sex": gettext_lazy("sex"),
    "age": gettext_lazy("age"),
    "relationship": gettext_lazy("who the suspect is to the victim"),
    "withdrawn": gettext_lazy("person entered by mistake"),
}
NUMBERS: dict[Register, str | Promise] = {
    Register.CRIMINAL: gettext_lazy("register of pre-trial investigations"),
    Register.ADMINISTRATIVE: gettext_lazy("protocol"),
}


@dataclass(frozen=True)
class Cited:
    """An article in the words of the page: `ҚК 109-1` with its part, and its name."""

    number: str
    name: str
    to_verify: bool
    row: Article | None


def cited(offence: Offence, row: Article | None) -> Cited:
    """The article of an offence; its number alone where it is no longer on record."""
    number = f"{act_name(offence.code)} {offence.article}".replace(" ", NBSP)
    if offence.part:
        number = _("%(article)s, part %(part)s") % {"article": number, "part": offence.part}
    if row is None:
        return Cited(number, "", True, None)
    name = queries.article_words(row, language=get_language() or "")
    return Cited(number, name, row.to_verify(queries.law_day(offence)), row)


def why_not(row: Article) -> str:
    """Why an article has no class of ICCS; empty where it has one."""
    return words_of_law(row.why_not, language=get_language() or "")


def typed(row: Article) -> str:
    """How an article stands in the field in which it is looked for: `ҚК 109-1 · Ұрып-соғу`."""
    return f"{act_name(row.code)} {row.article} · {queries.article_words(row, language=get_language() or '')}"


def offered(on: date | None = None) -> list[str]:
    """The articles of a day, or of any, as they are typed."""
    known = catalogue.read()
    return [typed(row) for row in (known.articles if on is None else known.in_force(on)) if not row.part]


def called() -> dict[str, tuple[str, ...]]:
    """By code: what people call it, in any language."""
    names = act_names()
    return {code: tuple(names.get(code, {}).values()) for code in catalogue.read().codes}


@dataclass(frozen=True)
class Persons:
    """Those of one part in a few words, without a name: `female, 34`. `minor` says that one is known to be a minor."""

    said: tuple[str, ...]
    minor: bool


def persons(held: Iterable[OffencePerson]) -> Persons:
    """By sex and age."""
    listed = list(held)
    return Persons(tuple(described(one) for one in listed), any(rules.is_minor(one.age) for one in listed))


def described(person: OffencePerson) -> str:
    """`female, 34`; `male, age not known`."""
    sex = _("sex not known") if person.sex == Sex.UNKNOWN else str(Sex(person.sex).label)
    age = _("age not known") if person.age is None else str(person.age)
    return f"{sex}, {age}"


def domestic(held: bool | None) -> str:
    """Whether it lies in the family, in a sentence."""
    if held is None:
        return _("not known: no relationship is told")
    return _("yes") if held else _("no")


@dataclass(frozen=True)
class Change:
    """A correction in words."""

    field: str
    about: str
    old: str
    new: str
    why: str
    at: datetime
    by: str


def change(held: CorrectionView, *, by: str, zone: tzinfo) -> Change:
    """What was changed, of whom, from what to what, why, by whom."""
    about = ""
    if held.person is not None:
        about = f"{Part(held.person.part).label}: {described(held.person)}"
    return Change(
        field=str(FIELDS.get(held.field, held.field)),
        about=about,
        old=_value(held.field, held.old, zone),
        new=_value(held.field, held.new, zone),
        why=held.why,
        at=held.corrected_at,
        by=by,
    )


def _value(field: str, text: str, zone: tzinfo) -> str:
    """A value of the history as the page says it; empty where nothing was written."""
    language = get_language() or ""
    if not text:
        return ""
    match field:
        case "acted_on":
            return words.date_short(date.fromisoformat(text), language)
        case "registered_at":
            return words.moment(datetime.fromisoformat(text), zone, language)
        case "code":
            return act_name(text)
        case "completion":
            return str(Completion(text).label)
        case "state":
            return str(State(text).label)
        case "ground":
            return str(Ground(text).label)
        case "sex":
            return str(Sex(text).label)
        case "relationship":
            return str(Relationship(text).label)
        case "withdrawn":
            return str(Part(text).label)
    return text
