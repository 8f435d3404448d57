"""Who acts: the police officer of a district, the clerk of a region's court."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qorgan.agencies import queries as agencies
from qorgan.agencies.models import Mandate
from qorgan.base.errors import Refused
from qorgan.base.scope import Actor, acting
from qorgan.simulation.actions import court_code, police_code
from qorgan.simulation.engine.ground import Ground


class NobodyThere(Refused):
    """The place was not given its offices."""

    text = _("Nobody acts for %(code)s in this place. It was not made ready for a simulation.")


@dataclass(frozen=True)
class Hands:
    """Actors by district, with the clerk and the court that answer for each."""

    police: Mapping[int, Actor]
    clerks: Mapping[int, Actor]

    def court(self, district: int) -> UUID:
        """The court that takes what lies in the district."""
        return self.clerks[district].agency


def hands(ground: Ground, *, now: datetime) -> Hands:
    """The officers of the simulated places, in office at a moment. Raises NobodyThere."""
    police = {one.id: police_code(one.id) for one in ground.districts}
    clerks = {one.region: court_code(one.region) for one in ground.districts}
    actors = _actors({*police.values(), *clerks.values()}, now)
    return Hands(
        police={one.id: actors[police[one.id]] for one in ground.districts},
        clerks={one.id: actors[clerks[one.region]] for one in ground.districts},
    )


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
