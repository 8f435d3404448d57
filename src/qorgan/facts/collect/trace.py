"""From a figure back to its records: a job of the collector, which alone can. It hands back ids and nothing else."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db import models, transaction

from qorgan.base.scope import acting
from qorgan.facts.collect.run import sight
from qorgan.facts.engine.pseudonyms import resolve
from qorgan.facts.queries import Selection, links_of
from qorgan.facts.terms import FactKind
from qorgan.orders.models import Order
from qorgan.reports.models import Report

_SOURCES: dict[FactKind, tuple[type[models.Model], str]] = {
    FactKind.REPORT_REGISTERED: (Report, "registered_at"),
    FactKind.ORDER_ISSUED: (Order, "issued_at"),
    FactKind.ORDER_SERVED: (Order, "served_at"),
    FactKind.ORDER_CANCELLED: (Order, "cancelled_at"),
}
_DAY = timedelta(days=1)


@transaction.atomic
def _candidates(selection: Selection) -> list[UUID]:
    """Records whose moment lies in the days of the selection, a day wider for the clocks of all places."""
    model, moment = _SOURCES[selection.kind]
    from_, to = (datetime.combine(day, time(0), UTC) for day in (selection.first, selection.last))
    rows = model._default_manager.filter(**{f"{moment}__gte": from_ - _DAY, f"{moment}__lt": to + 2 * _DAY})
    return list(rows.order_by(moment, "pk").values_list("pk", flat=True))


def records_behind(selection: Selection, *, limit: int = 10_000) -> list[UUID]:
    """Ids of the records that the facts of a selection came from, at most `limit`.

    Records corrected since then to another day are not found: the figure stays as it was, its record has moved on.
    """
    thing = selection.kind.value.partition(".")[0]
    with acting(sight()):
        return resolve(settings.LINKS_KEY, thing, links_of(selection, limit=limit), _candidates(selection))
