"""What escalations tell: that a duty was late for so long that a role above was told; never of which record.

Each by the kind of the duty and the role; the day and the place, no thread. One that was undone, since the clock had
been wrong, is no fact. They are read by the day: the journal names their duty's room there, not ours.
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q

from qorgan.duties.models import Escalation
from qorgan.facts.collect.among import among
from qorgan.facts.collect.reading import Id
from qorgan.facts.collect.where import Where
from qorgan.facts.engine.pseudonyms import link
from qorgan.facts.engine.rows import FactRow, Told
from qorgan.facts.terms import KINDS_OF, FactKind, Thing


def since(first: date | None) -> list[Id]:
    """The escalations that were raised or undone from a day on; all of them without one."""
    found = Escalation.objects.all()
    if first is not None:
        begun = datetime.combine(first, time(0), UTC) - timedelta(days=1)  # whatever the country's clock says
        found = found.filter(Q(raised_at__gte=begun) | Q(undone_at__gte=begun))
    return list(found.order_by("id").values_list("id", flat=True))


def tell(ids: Collection[Id], *, key: bytes, where: Where) -> list[Told]:
    """What the escalations of `ids` tell now."""
    standing = Escalation.objects.filter(id__in=among(ids), undone_at=None)
    rows = standing.values_list("id", "territory_id", "raised_at", "duty__kind", "role")
    found = {row[0]: row for row in rows}
    told = []
    for record in ids:
        name, row = link(key, Thing.ESCALATION, record), found.get(record)
        facts: tuple[FactRow, ...] = ()
        if row:
            _id, territory, at, kind, role = row
            region, day = where.of(territory, at)
            facts = (FactRow(FactKind.DUTY_ESCALATED, name, None, day, None, region, 1, code=kind, stage=role),)
        told.append(Told(name, KINDS_OF[Thing.ESCALATION], facts))
    return told
