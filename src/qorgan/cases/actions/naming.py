"""Naming a person of a case who came without a name, in her place; and taking that back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from qorgan.base.errors import NotFound
from qorgan.base.scope import Actor
from qorgan.cases import access
from qorgan.cases.actions import apart
from qorgan.cases.actions.held import held_open
from qorgan.cases.actions.represent import review
from qorgan.cases.models import Case, CasePerson
from qorgan.cases.terms import Role
from qorgan.people import actions as people
from qorgan.people.actions import Named
from qorgan.people.models import Naming


@transaction.atomic
def name_person(
    *, case: Case, person_id: UUID, named: Named, by: Actor, now: datetime, seen: int | None = None
) -> Naming:
    """Name a person of the case where she stands: her orders, her danger, all that was said keep to her.

    `seen`, here and below: the version of the person that was shown. Raises NotFound, CaseClosed, NoName, NamedAlready,
    ChangedMeanwhile.
    """
    access.check_may(by, access.LEAD)
    held, part = _part(case, person_id)
    is_party = Role(part.role) in apart.PARTIES
    suspicions = people.suspected([named], territory_id=held.territory_id, now=now) if is_party else []
    naming = people.name(person=part.person, named=named, by=by, now=now, seen=seen)
    review(held, by=by, now=now)
    apart.keep_apart(case=held, suspicions=suspicions, by=by, now=now)
    return naming


@transaction.atomic
def unname_person(
    *, case: Case, person_id: UUID, why: str, by: Actor, now: datetime, seen: int | None = None
) -> Naming:
    """Take that name back: she stands as at first. Whom it shut out stays so until the office elsewhere has looked.

    Raises NotFound, CaseClosed, NoReason, NotNamedHere, ChangedMeanwhile.
    """
    access.check_may(by, access.LEAD)
    held, part = _part(case, person_id)
    naming = people.unname(person=part.person, why=why, by=by, now=now, seen=seen)
    review(held, by=by, now=now)
    return naming


def _part(case: Case, person_id: UUID) -> tuple[Case, CasePerson]:
    held = held_open(case)
    part = CasePerson.objects.filter(case=held, person=person_id).select_related("person").order_by("id").first()
    if part is None:
        raise NotFound
    return held, part
