"""What is told of children: where they sleep asked and decided; what reviews of deaths recommended, and was answered.

Never which child, where, or with whom; never what was recommended, nor to whom.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from qorgan.cases.models import Recommendation, Telling
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind as DutyKind
from qorgan.facts.collect.among import among
from qorgan.facts.collect.reading import Id
from qorgan.facts.collect.threads import Root, hours_between, roots_of_cases
from qorgan.facts.collect.where import Where
from qorgan.facts.engine.pseudonyms import link
from qorgan.facts.engine.rows import FactRow, Told
from qorgan.facts.terms import KINDS_OF, FactKind, Thing

IN_TIME, LATE = "in_time", "late"
_TELLINGS = ("id", "case_id", "referral_id", "territory_id", "told_at")
_ADVICE = ("id", "review__case_id", "territory_id", "reply", "made_at", "due_at", "answered_at", "version")


def tellings_of_cases(cases: Collection[Id]) -> list[Id]:
    """What the authority was told of the cases: decided later, it is told with them."""
    return list(Telling.objects.filter(case_id__in=among(cases)).order_by("id").values_list("id", flat=True))


def advice_of_cases(cases: Collection[Id]) -> list[Id]:
    """What the reviews of the cases recommended."""
    found = Recommendation.objects.filter(review__case_id__in=among(cases))
    return list(found.order_by("id").values_list("id", flat=True))


def tell_tellings(ids: Collection[Id], *, key: bytes, where: Where) -> list[Told]:
    """That the authority was told, and when every child of the case had a place first."""
    found = {row[0]: row for row in Telling.objects.filter(id__in=among(ids)).values_list(*_TELLINGS)}
    roots = roots_of_cases({row[1] for row in found.values()}, key=key, where=where)
    decided = _decided({id for row in found.values() for id in row[1:3] if id})
    told = []
    for record in ids:
        name, row = link(key, Thing.TELLING, record), found.get(record)
        facts: tuple[FactRow, ...] = ()
        if row:
            _id, case, referral, territory, at = row
            root, first = roots.get(case), _first(decided, case, referral)
            facts = (_fact(FactKind.NIGHT_ASKED, name, root, where.of(territory, at), 1),)
            if first is not None:
                done, due = first
                stage = IN_TIME if due is not None and done <= due else LATE
                hours = hours_between(at, max(at, done))
                spot = where.of(territory, done)
                facts += (_fact(FactKind.NIGHT_DECIDED, name, root, spot, 1, stage=stage, hours=hours),)
        told.append(Told(name, KINDS_OF[Thing.TELLING], facts))
    return told


def _decided(things: Collection[Id]) -> dict[Id, tuple[datetime, datetime | None]]:
    """Of each thing when the decision about it was made first, and by when it was due."""
    rows = Duty.objects.filter(thing_id__in=among(things), kind=DutyKind.DECIDE_NIGHT, done_at__isnull=False)
    found: dict[Id, tuple[datetime, datetime | None]] = {}
    for thing, done, due in rows.order_by("done_at", "id").values_list("thing_id", "done_at", "due_at"):
        if done is not None:
            found.setdefault(thing, (done, due))
    return found


def _first(
    decided: dict[Id, tuple[datetime, datetime | None]], case: Id, referral: Id | None
) -> tuple[datetime, datetime | None] | None:
    known = [decided[id] for id in (case, referral) if id in decided]
    return min(known, key=lambda one: one[0], default=None)


def tell_advice(ids: Collection[Id], *, key: bytes, where: Where) -> list[Told]:
    """What was recommended, and the first answer to it: in time or late, accepted, done or refused."""
    found = {row[0]: row for row in Recommendation.objects.filter(id__in=among(ids)).values_list(*_ADVICE)}
    roots = roots_of_cases({row[1] for row in found.values()}, key=key, where=where)
    told = []
    for record in ids:
        name, row = link(key, Thing.RECOMMENDATION, record), found.get(record)
        facts: tuple[FactRow, ...] = ()
        if row:
            _id, case, territory, reply, made, due, answered, version = row
            root = roots.get(case)
            facts = (_fact(FactKind.RECOMMENDATION_MADE, name, root, where.of(territory, made), version),)
            if answered is not None:
                stage = IN_TIME if due is not None and answered <= due else LATE
                more = {"code": reply, "stage": stage, "hours": hours_between(made, max(made, answered))}
                spot = where.of(territory, answered)
                facts += (_fact(FactKind.RECOMMENDATION_ANSWERED, name, root, spot, version, **more),)
        told.append(Told(name, KINDS_OF[Thing.RECOMMENDATION], facts))
    return told


def _fact(kind: FactKind, name: bytes, root: Root | None, spot: tuple[int, Any], version: int, **more: Any) -> FactRow:
    region, day = spot
    return FactRow(kind, name, root.link if root else None, day, root.on if root else None, region, version, **more)
