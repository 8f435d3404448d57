"""What sharing tells: parts of files and whole cases offered to others and answered; consents that were withdrawn."""

from collections.abc import Collection, Iterator
from typing import Any

from qorgan.cases.models import Consent, ConsentWord, Referral
from qorgan.cases.terms import Course, Ground, Standing, Word
from qorgan.facts.collect.among import among
from qorgan.facts.collect.reading import Id
from qorgan.facts.collect.threads import Root, roots_of_cases
from qorgan.facts.collect.where import Where
from qorgan.facts.engine.pseudonyms import link
from qorgan.facts.engine.rows import FactRow, Told
from qorgan.facts.terms import KINDS_OF, FactKind, Thing

# The place is that of the agency that offers: the row itself goes along with a case that another office takes over.
_OFFER = (
    "id",
    "case_id",
    "course",
    "asked",
    "from_agency__territory_id",
    "standing",
    "made_at",
    "answered_at",
    "over_at",
    "version",
)
_KINDS = {
    Course.REFERRAL: (
        FactKind.REFERRAL_OFFERED,
        FactKind.REFERRAL_ACCEPTED,
        FactKind.REFERRAL_DECLINED,
        FactKind.REFERRAL_LAPSED,
    ),
    Course.TRANSFER: (
        FactKind.TRANSFER_OFFERED,
        FactKind.TRANSFER_ACCEPTED,
        FactKind.TRANSFER_DECLINED,
        FactKind.TRANSFER_LAPSED,
    ),
}


def referrals_of_cases(cases: Collection[Id]) -> list[Id]:
    """What was offered of the cases: its facts change when a case, or the report that it began with, does."""
    return list(Referral.objects.filter(case_id__in=among(cases)).order_by("id").values_list("id", flat=True))


def consents_of_cases(cases: Collection[Id]) -> list[Id]:
    """What was agreed to in the cases: the journal names the case where one is withdrawn."""
    return list(Consent.objects.filter(case_id__in=among(cases)).order_by("id").values_list("id", flat=True))


def tell_referrals(ids: Collection[Id], *, key: bytes, where: Where) -> list[Told]:
    """What the offers of `ids` tell now. Why a case goes over is not told: it may be that a colleague is near to it.

    What opens a file to the ombudsman is no offer of ours: it is counted as the review that was asked for.
    """
    offers = Referral.objects.filter(id__in=among(ids)).exclude(ground=Ground.REVIEW_ASKED)
    found = {row[0]: row for row in offers.values_list(*_OFFER)}
    roots = roots_of_cases({row[1] for row in found.values()}, key=key, where=where)
    told = []
    for record in ids:
        name = link(key, Thing.REFERRAL, record)
        row = found.get(record)
        rows = tuple(_answers(name, row, roots.get(row[1]), where)) if row else ()
        told.append(Told(name, KINDS_OF[Thing.REFERRAL], rows))
    return told


def _answers(name: bytes, row: tuple[Any, ...], root: Root | None, where: Where) -> Iterator[FactRow]:
    _id, _case, course, asked, territory, standing, made_at, answered_at, over_at, version = row
    declined, lapsed = standing == Standing.DECLINED, standing == Standing.LAPSED
    moments = (
        made_at,
        None if declined else answered_at,
        answered_at if declined else None,
        over_at if lapsed else None,
    )
    for kind, at in zip(_KINDS[Course(course)], moments, strict=True):
        if at is None:
            continue
        region, day = where.of(territory, at)
        yield FactRow(
            kind,
            name,
            root.link if root else None,
            day,
            root.on if root else None,
            region,
            version,
            hours=root.hours(at) if root else None,
            code=asked if course == Course.REFERRAL else None,
        )


def tell_consents(ids: Collection[Id], *, key: bytes, where: Where) -> list[Told]:
    """What the consents of `ids` tell now: nothing while they stand."""
    said = ConsentWord.objects.filter(consent_id__in=among(ids), word=Word.WITHDRAWN)
    columns = ("consent_id", "consent__case_id", "consent__aim", "territory_id", "at")
    found = {row[0]: row for row in said.values_list(*columns)}
    roots = roots_of_cases({row[1] for row in found.values()}, key=key, where=where)
    told = []
    for record in ids:
        name = link(key, Thing.CONSENT, record)
        row = found.get(record)
        rows = (_withdrawn(name, row, roots.get(row[1]), where),) if row else ()
        told.append(Told(name, KINDS_OF[Thing.CONSENT], rows))
    return told


def _withdrawn(name: bytes, row: tuple[Any, ...], root: Root | None, where: Where) -> FactRow:
    _id, _case, aim, territory, at = row
    region, day = where.of(territory, at)
    return FactRow(
        FactKind.CONSENT_WITHDRAWN,
        name,
        root.link if root else None,
        day,
        root.on if root else None,
        region,
        1,
        hours=root.hours(at) if root else None,
        code=aim,
    )
