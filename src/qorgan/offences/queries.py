"""Reading registered offences."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from uuid import UUID

from django.db.models import Q, QuerySet

from qorgan.base.keys import vault
from qorgan.cases.queries import Line, numbers_of
from qorgan.duties.queries import Label
from qorgan.law import queries as law
from qorgan.offences import rules
from qorgan.offences.engine import catalogue
from qorgan.offences.engine.catalogue import Article
from qorgan.offences.models import WHY, Offence, OffencePerson
from qorgan.offences.terms import Completion, Part, Register, State
from qorgan.places import queries as places

_SEXUAL = "sexual"  # the trait of an article in the country's data


@dataclass(frozen=True)
class OffenceView:
    """An offence with its article and its persons, the withdrawn ones apart."""

    offence: Offence
    article: Article | None
    persons: tuple[OffencePerson, ...]
    withdrawn: tuple[OffencePerson, ...]

    @property
    def victims(self) -> list[OffencePerson]:
        """Those it was done to."""
        return [one for one in self.persons if one.part == Part.VICTIM]

    @property
    def suspects(self) -> list[OffencePerson]:
        """Those suspected of it."""
        return [one for one in self.persons if one.part == Part.SUSPECT]

    @property
    def iccs(self) -> str:
        """The one class of ICCS; empty where the article is not mappable or no longer on record."""
        if self.article is None or self.article.why_not:
            return ""
        return self.article.iccs_of(attempted=self.offence.completion != Completion.COMPLETED)

    @property
    def is_domestic(self) -> bool | None:
        """Whether it lies in family-domestic relations; None where no relationship is known."""
        traits = self.article.traits if self.article else ()
        return rules.is_domestic(traits, [one.relationship for one in self.victims])

    @property
    def by_minor(self) -> bool:
        """Whether a suspect is known to be a minor."""
        return any(rules.is_minor(one.age) for one in self.suspects)


@dataclass(frozen=True)
class Filter:
    """What of the register is wanted. `articles` are as `CC 109-1`; days are of registration, on a place's clock."""

    register: Register | None = None
    state: State | None = None
    articles: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None


def register_of(wanted: Filter, *, zone: tzinfo) -> QuerySet[Offence]:
    """The offences in sight that a filter lets through, the newest first."""
    found = Offence.objects.order_by("-registered_at", "-id")
    if wanted.register:
        found = found.filter(register=wanted.register)
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.articles:
        named = Q()
        for article in wanted.articles:
            code, _space, number = article.partition(" ")
            named |= Q(code=code, article=number)
        found = found.filter(named)
    if wanted.first:
        found = found.filter(registered_at__gte=datetime.combine(wanted.first, time.min, zone))
    if wanted.last:
        found = found.filter(registered_at__lt=datetime.combine(wanted.last + timedelta(days=1), time.min, zone))
    return found


def find(offence_id: UUID) -> Offence | None:
    """The offence if it lies in sight."""
    return Offence.objects.filter(pk=offence_id).select_related("case", "report").first()


def by_number(number: str) -> Offence | None:
    """The offence in sight that bears a number: ours, or that of the register."""
    wanted = number.strip()
    if not wanted:
        return None
    return Offence.objects.filter(Q(number=wanted) | Q(register_no=wanted)).order_by("-registered_at").first()


def person(offence: Offence, person_id: int) -> OffencePerson | None:
    """A person of the offence who was not withdrawn."""
    found = OffencePerson.objects.filter(offence=offence, pk=person_id, withdrawn_at__isnull=True)
    return found.select_related("offence").first()


def of_cases(case_ids: Iterable[UUID]) -> QuerySet[Offence]:
    """The offences of cases in sight, the newest first."""
    return Offence.objects.filter(case__in=set(case_ids)).order_by("-registered_at", "-id")


def of_report(report_id: UUID) -> QuerySet[Offence]:
    """The offences registered with a report, the newest first."""
    return Offence.objects.filter(report=report_id).order_by("-registered_at", "-id")


def for_cases(case_ids: Iterable[UUID]) -> list[OffenceView]:
    """The offences of cases with their persons, the newest first: two questions."""
    return opened(of_cases(case_ids))


def opened(offences: Iterable[Offence]) -> list[OffenceView]:
    """Offences with their articles and persons: one question however many they are."""
    held = list(offences)
    if not held:
        return []
    persons: dict[UUID, list[OffencePerson]] = defaultdict(list)
    for one in OffencePerson.objects.filter(offence__in=held).order_by("id"):
        persons[one.offence_id].append(one)
    return [
        OffenceView(
            offence,
            article_of(offence),
            tuple(one for one in persons[offence.id] if one.withdrawn_at is None),
            tuple(one for one in persons[offence.id] if one.withdrawn_at is not None),
        )
        for offence in held
    ]


@dataclass(frozen=True)
class CorrectionView:
    """One change with its reason, opened. `person` is the victim or suspect it is about."""

    field: str
    old: str
    new: str
    why: str
    person: OffencePerson | None
    corrected_at: datetime
    corrected_by: UUID


def corrections(offence: Offence) -> list[CorrectionView]:
    """What was written before, the latest change first."""
    held = list(offence.corrections.order_by("-corrected_at", "-id").select_related("person"))
    vault.unlock(*(one.why for one in held))
    return [
        CorrectionView(
            field=one.field,
            old=one.old,
            new=one.new,
            why=vault.read(one.why, at=WHY),
            person=one.person,
            corrected_at=one.corrected_at,
            corrected_by=one.corrected_by,
        )
        for one in held
    ]


def law_day(offence: Offence) -> date:
    """The day whose law names the article: of the act, or, where that is not known, of registration in the place."""
    return offence.acted_on or offence.registered_at.astimezone(places.zone(offence.territory_id)).date()


def article_of(offence: Offence) -> Article | None:
    """The article on record, with its name and its code of ICCS."""
    return catalogue.article(offence.code, offence.article, offence.part, on=law_day(offence))


def article_words(article: Article, *, language: str) -> str:
    """The name of an article in a language, or in the first that there is."""
    return law.words(article.names, language=language)


def for_duties(ids: Iterable[UUID]) -> dict[UUID, Label]:
    """Words for the duties about offences: number, article, case."""
    held = list(Offence.objects.filter(pk__in=set(ids)))
    numbers = numbers_of(one.case_id for one in held if one.case_id)
    return {
        one.id: Label(
            title=one.number,
            about=f"{one.code} {one.article}",
            case_number=numbers.get(one.case_id, "") if one.case_id else "",
            case_id=one.case_id,
        )
        for one in held
    }


def timeline(views: Iterable[OffenceView]) -> list[Line]:
    """The lines of offences in a case's timeline: registered, terminated or annulled. No question is asked."""
    lines = []
    for one in (view.offence for view in views):
        said: dict[str, object] = {"number": one.number, "offence_id": one.id, "code": one.code, "article": one.article}
        lines.append(Line(one.registered_at, "offence_registered", "done", said, one.registered_by))
        if one.ended_at:
            lines.append(Line(one.ended_at, f"offence_{one.state}", "done", said, one.ended_by))
    return lines


def is_sexual(offence: Offence) -> bool:
    """Whether its article is, by the catalogue of the day of the act, one against sexual inviolability."""
    day = offence.acted_on or offence.registered_at.astimezone(places.zone(offence.territory_id)).date()
    article = catalogue.article(offence.code, offence.article, offence.part, on=day)
    return article is not None and _SEXUAL in article.traits
