"""What registered offences tell: the offence, its victims, its suspects. One that was annulled tells nothing."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from qorgan.facts.collect import requirements
from qorgan.facts.collect.among import among
from qorgan.facts.collect.reading import Id
from qorgan.facts.collect.threads import Root, roots_of_cases, roots_of_reports
from qorgan.facts.collect.where import Where
from qorgan.facts.engine.pseudonyms import link
from qorgan.facts.engine.rows import FactRow, Told, traits
from qorgan.facts.terms import KINDS_OF, FactKind, Thing
from qorgan.offences import rules
from qorgan.offences.engine import catalogue
from qorgan.offences.models import Offence, OffencePerson
from qorgan.offences.terms import Completion, Part, State

_KINDS = {Part.VICTIM: FactKind.OFFENCE_VICTIM, Part.SUSPECT: FactKind.OFFENCE_SUSPECT}


class _Person(NamedTuple):
    """A victim or a suspect as the register has them now."""

    id: int
    part: str
    sex: str
    age: int | None
    relationship: str
    withdrawn_at: datetime | None


_PERSON = _Person._fields


class _About(NamedTuple):
    """What is known of an offence beside its own columns."""

    root: Root | None
    region: int
    day: date
    article: catalogue.Article | None


def of_cases(cases: Collection[Id]) -> list[Id]:
    """The offences of the cases: their facts change when a case, or the report that it began with, does."""
    return list(Offence.objects.filter(case_id__in=among(cases)).order_by("id").values_list("id", flat=True))


def of_reports(reports: Collection[Id]) -> list[Id]:
    """The offences of the reports: one whose case began with no report has its own at the beginning of its thread."""
    return list(Offence.objects.filter(report_id__in=among(reports)).order_by("id").values_list("id", flat=True))


def tell(ids: Collection[Id], *, key: bytes, where: Where) -> list[Told]:
    """What the offences of `ids` and their persons tell now."""
    found = {offence.id: offence for offence in Offence.objects.filter(id__in=among(ids))}
    persons = _persons(found)
    roots = _roots(found.values(), key=key, where=where)
    find = cache(catalogue.article)  # a few hundred articles and days stand for all of them
    told = []
    for record in ids:
        name = link(key, Thing.OFFENCE, record)
        offence = found.get(record)
        held = persons.get(record, [])
        row = None
        if offence and counts(offence.state):
            region, day = where.of(offence.territory_id, offence.registered_at)
            # By the law of the day of the act; where that is not known, of the day of registration.
            article = find(offence.code, offence.article, offence.part, on=offence.acted_on or day)
            row = _row(name, offence, held, _About(roots.get(record), region, day, article))
        told.append(Told(name, KINDS_OF[Thing.OFFENCE], (row,) if row else ()))
        for person in held:
            own = link(key, Thing.OFFENCE_PERSON, person.id)
            told.append(Told(own, KINDS_OF[Thing.OFFENCE_PERSON], tuple(_person(own, person, row))))
    return told + requirements.of_offences(found, key=key, where=where)


def counts(state: str) -> bool:
    """Whether an offence is in the statistics: an annulled registration never was one."""
    return state != State.ANNULLED


def _persons(offences: Collection[Id]) -> dict[Id, list[_Person]]:
    rows = OffencePerson.objects.filter(offence_id__in=among(offences)).order_by("id")
    held = defaultdict(list)
    for offence, *person in rows.values_list("offence_id", *_PERSON):
        held[offence].append(_Person._make(person))
    return held


def _roots(offences: Collection[Offence], *, key: bytes, where: Where) -> dict[Id, Root]:
    """The report at the beginning of each offence's thread: that of its case, else its own."""
    cases = roots_of_cases({one.case_id for one in offences if one.case_id}, key=key, where=where)
    reports = roots_of_reports({one.report_id for one in offences if one.report_id}, key=key, where=where)
    found = {}
    for one in offences:
        root = (cases.get(one.case_id) if one.case_id else None) or (
            reports.get(one.report_id) if one.report_id else None
        )
        if root:
            found[one.id] = root
    return found


def _row(name: bytes, offence: Offence, persons: list[_Person], about: _About) -> FactRow:
    root, article = about.root, about.article
    words = article.traits if article else frozenset()
    family = [one.relationship for one in persons if one.part == Part.VICTIM and one.withdrawn_at is None]
    return FactRow(
        FactKind.OFFENCE_REGISTERED,
        name,
        root.link if root else None,
        about.day,
        root.on if root else None,
        about.region,
        offence.version,
        hours=root.hours(offence.registered_at) if root else None,
        code=f"{offence.code} {offence.article}",
        iccs=_iccs(article, offence),
        traits=traits({*words, offence.register}),
        stage=offence.completion,
        domestic=rules.is_domestic(words, family),
    )


def _iccs(held: catalogue.Article | None, offence: Offence) -> str | None:
    """The one code, or nothing where the article is not mappable."""
    if held is None or held.why_not:
        return None
    return held.iccs_of(attempted=offence.completion != Completion.COMPLETED)


def _person(own: bytes, person: _Person, offence: FactRow | None) -> Iterator[FactRow]:
    """The person's row. A victim's `domestic` is her own relationship's, a suspect's that of the offence."""
    if offence is None or person.withdrawn_at is not None:
        return
    victim = person.part == Part.VICTIM
    words = (offence.traits or "").strip("|").split("|")
    yield FactRow(
        _KINDS[Part(person.part)],
        own,
        offence.root,
        offence.on,
        offence.root_on,
        offence.region,
        offence.record_version,
        part_of=offence.link,
        hours=offence.hours,
        code=offence.code,
        iccs=offence.iccs,
        traits=offence.traits,
        sex=person.sex,
        age=person.age,
        relation=person.relationship or None,
        stage=offence.stage,
        domestic=rules.is_domestic(words, [person.relationship]) if victim else offence.domestic,
    )
