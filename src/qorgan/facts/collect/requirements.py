"""What breaches of a court's special requirements tell: noticed, an offence registered for one, that offence in court.

Never of what was breached, nor who told of it. The journal names the court case of the decision when one is noted, and
later the offence, or the court case about it: whichever changes, the whole breach is told.
"""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db.models import Min, Q

from qorgan.courts.models import CourtCase, RequirementsBreach
from qorgan.facts.collect.among import among
from qorgan.facts.collect.reading import Id
from qorgan.facts.collect.threads import hours_between
from qorgan.facts.collect.where import Where
from qorgan.facts.engine.pseudonyms import link
from qorgan.facts.engine.rows import FactRow, Told
from qorgan.facts.terms import KINDS_OF, FactKind, Thing
from qorgan.offences.terms import State


def of_court_cases(court_cases: Collection[Id], *, key: bytes, where: Where) -> list[Told]:
    """The breaches of what these court cases decided, and those for whose offence they were sent."""
    about = CourtCase.objects.filter(id__in=among(court_cases), offence__isnull=False).values("offence_id")
    return _tell(Q(decision__court_case_id__in=among(court_cases)) | Q(offence_id__in=about), key=key, where=where)


def of_offences(found: Collection[Id], *, key: bytes, where: Where) -> list[Told]:
    """The breaches for which these offences were registered: an annulled one stands for none."""
    return _tell(Q(offence_id__in=among(found)), key=key, where=where)


def _tell(which: Q, *, key: bytes, where: Where) -> list[Told]:
    held = list(RequirementsBreach.objects.filter(which).select_related("offence").order_by("id"))
    if not held:
        return []
    registered = [one.offence_id for one in held if one.offence_id]
    rows = CourtCase.objects.filter(offence_id__in=registered).values_list("offence_id").annotate(first=Min("sent_at"))
    sent: dict[Id, datetime] = {offence: first for offence, first in rows if first is not None}
    told = []
    for one in held:
        own = link(key, Thing.REQUIREMENTS_BREACH, one.id)
        facts = tuple(_rows(own, one, sent.get(one.offence_id), key, where))
        told.append(Told(own, KINDS_OF[Thing.REQUIREMENTS_BREACH], facts))
    return told


def _rows(
    own: bytes, breach: RequirementsBreach, sent_at: datetime | None, key: bytes, where: Where
) -> Iterator[FactRow]:
    region, day = where.of(breach.territory_id, breach.noticed_at)
    of = link(key, Thing.DECISION, breach.decision_id)
    kind, code = FactKind.REQUIREMENTS_BREACH_NOTED, str(breach.noticed)
    noted = FactRow(kind, own, None, day, None, region, 1, part_of=of, code=code)
    yield noted
    if breach.offence is None or breach.offence.state == State.ANNULLED:
        return
    yield _after(noted, FactKind.REQUIREMENTS_BREACH_REGISTERED, breach, breach.offence.registered_at, where)
    if sent_at is not None:
        yield _after(noted, FactKind.REQUIREMENTS_BREACH_SENT, breach, sent_at, where)


def _after(noted: FactRow, kind: FactKind, breach: RequirementsBreach, at: datetime, where: Where) -> FactRow:
    """Something that followed: its own day and place, and the hours since the breach was noticed."""
    region, day = where.of(breach.territory_id, at)
    hours = hours_between(breach.noticed_at, at) if at >= breach.noticed_at else None
    return noted._replace(kind=kind, on=day, region=region, hours=hours)
