"""Who acts: the two officers of a district; of a region the clerk of the court, specialist, call-taker, prosecutor, and
the guardianship authority and military police."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qorgan.agencies import queries as agencies
from qorgan.agencies.models import Mandate
from qorgan.agencies.terms import ROLES
from qorgan.base.errors import Refused
from qorgan.base.scope import Actor, acting
from qorgan.simulation.actions import (
    OMBUDSMAN,
    centre_code,
    court_code,
    guardian_code,
    line_code,
    military_code,
    overseer_code,
    police_code,
    second_code,
)
from qorgan.simulation.engine.ground import Ground


class NobodyThere(Refused):
    """The place was not given its offices."""

    text = _("Nobody acts for %(code)s in this place. It was not made ready for a simulation.")


@dataclass(frozen=True)
class Hands:
    """Actors by district, with the clerk, the specialist of the centre, the call-taker and the prosecutor for each.

    `seconds`: the second officer of its police; `ombudsman`: the one of the country.
    """

    police: Mapping[int, Actor]
    seconds: Mapping[int, Actor]
    clerks: Mapping[int, Actor]
    specialists: Mapping[int, Actor]
    takers: Mapping[int, Actor]
    overseers: Mapping[int, Actor]
    guardians: Mapping[int, Actor]
    military: Mapping[int, Actor]
    ombudsman: Actor

    def court(self, district: int) -> UUID:
        """The court that takes what lies in the district."""
        return self.clerks[district].agency


def hands(ground: Ground, *, now: datetime) -> Hands:
    """The officers of the simulated places, in office at a moment. Raises NobodyThere."""
    police = {one.id: police_code(one.id) for one in ground.districts}
    clerks = {one.region: court_code(one.region) for one in ground.districts}
    centres = {one.region: centre_code(one.region) for one in ground.districts}
    lines = {one.region: line_code(one.region) for one in ground.districts}
    overseers = {one.region: overseer_code(one.region) for one in ground.districts}
    guardians = {one.region: guardian_code(one.region) for one in ground.districts}
    military = {one.region: military_code(one.region) for one in ground.districts}
    seconds = {one.id: second_code(one.id) for one in ground.districts}
    of_regions = (clerks, centres, lines, overseers, guardians, military)
    logins = {*police.values(), *seconds.values(), *(code for codes in of_regions for code in codes.values())}
    actors = _actors({*logins, OMBUDSMAN}, now)
    return Hands(
        police={one.id: actors[police[one.id]] for one in ground.districts},
        seconds={one.id: actors[seconds[one.id]] for one in ground.districts},
        clerks={one.id: actors[clerks[one.region]] for one in ground.districts},
        specialists={one.id: actors[centres[one.region]] for one in ground.districts},
        takers={one.id: actors[lines[one.region]] for one in ground.districts},
        overseers={one.id: actors[overseers[one.region]] for one in ground.districts},
        guardians={one.id: actors[guardians[one.region]] for one in ground.districts},
        military={one.id: actors[military[one.region]] for one in ground.districts},
        ombudsman=actors[OMBUDSMAN],
    )


def reviewer(office: UUID, permission: str, *, now: datetime) -> Actor:
    """Whoever weighs for an office that a review was laid on. Raises NobodyThere."""
    roles = [role.code for role in ROLES.values() if permission in role.permissions]
    found = Mandate.objects.filter(agencies.in_force(now), agency=office, role__in=roles)
    mandate = found.select_related("staff", "agency", "territory").order_by("id").first()
    if mandate is None:
        raise NobodyThere(code=str(office))
    return agencies.actor_of(mandate)


def _actors(logins: set[str], now: datetime) -> dict[str, Actor]:
    found = Mandate.objects.filter(staff__login__in=logins, valid_from__lte=now, valid_until__isnull=True)
    actors = {
        mandate.staff.login: agencies.actor_of(mandate)
        for mandate in found.select_related("staff", "agency", "territory")
    }
    missing = sorted(logins - actors.keys())
    if missing:
        raise NobodyThere(code=missing[0])
    return actors


@contextmanager
def sight() -> Iterator[None]:
    """The whole country in sight, for looking at what was made."""
    with acting(agencies.system("simulation")):
        yield
