"""A duty to verify a provision: what stands now, where its page is, and who may enter a value."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language

from qorgan.agencies import queries as agencies
from qorgan.base.scope import Actor
from qorgan.duties.models import Duty
from qorgan.law import access
from qorgan.law import queries as law
from qorgan.places import queries as places
from qorgan.web.law.rows import Said, answered


@dataclass(frozen=True)
class ToVerify:
    """The provision a duty names. `decides`: a value that may decide stands by now; `keepers` may enter one."""

    said: Said
    decides: bool
    url: str
    enter_url: str
    keepers: tuple[str, ...]


def to_verify(duty: Duty, *, actor: Actor, now: datetime) -> ToVerify:
    """What a person needs who has this duty before her."""
    day = duty.since.astimezone(places.zone(duty.territory_id)).date()
    answer = law.value(duty.provision, on=day)
    may = access.may_enter(actor)
    return ToVerify(
        said=answered(answer),
        decides=answer.decides,
        url=f"{reverse('law:rule', args=[duty.provision])}?on={day}",
        enter_url=f"{reverse('law:enter', args=[duty.provision])}?from={day}" if may else "",
        keepers=() if may else keepers(duty.territory_id, now=now),
    )


def keepers(territory_id: int, *, now: datetime) -> tuple[str, ...]:
    """Those who may enter a value for a territory, with their agency."""
    language = get_language() or ""
    held = agencies.who_may(access.ENTER, territory_id=territory_id, now=now)
    return tuple(f"{one.staff.titled(language)}, {one.agency.name(language)}" for one in held)
