"""Who decides on a report: the office that took it in, where it may, else the office that may, by place."""

from datetime import datetime
from uuid import UUID

from qorgan.agencies import queries as offices
from qorgan.agencies.models import Agency
from qorgan.agencies.terms import Kind as Office
from qorgan.base.scope import Actor
from qorgan.reports import access

_POLICE = (Office.POLICE_DISTRICT, Office.POLICE_CITY, Office.POLICE_REGION)
_NATIONAL = (Office.MINISTRY_INTERNAL, Office.TRUST_LINE)


def office_for(*, territory_id: int, by: Actor, now: datetime) -> UUID:
    """The office that owes the decision on a report of a place: that of `by`, where someone in it may decide.

    Else the nearest police of the place with someone who may, or the ministry with such a person; where nobody is in
    office, the nearest police on record. A line, a school, a hospital takes a report in and never decides on one.
    """
    if by.can(access.DECIDE):
        return by.agency
    may = [one.agency for one in offices.who_may(access.DECIDE, territory_id=territory_id, now=now)]
    if by.agency in {one.id for one in may}:
        return by.agency
    above = offices.chain(territory_id)
    for kinds in (_POLICE, _NATIONAL):
        found = [one for one in may if one.kind in kinds and one.is_active]
        if found:
            return min(found, key=lambda one: (offices.distance(one.territory_id, above), one.code)).id
    office = nearest_police(territory_id) or nearest_national(territory_id)
    return office.id if office else by.agency


def nearest_police(place: int) -> Agency | None:
    """The police of a place, or the nearest above it."""
    return _nearest(place, _POLICE)


def nearest_national(place: int) -> Agency | None:
    """The ministry over a place; where the country's data name none, its line."""
    return _nearest(offices.chain(place)[-1], _NATIONAL)


def _nearest(place: int, kinds: tuple[Office, ...]) -> Agency | None:
    above = offices.chain(place)
    found = [one for kind in kinds if (one := offices.agency_for(place, kind)) is not None]
    return min(found, key=lambda one: above.index(one.territory_id), default=None)
