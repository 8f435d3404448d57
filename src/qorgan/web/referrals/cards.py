"""A referral in words: what its card says to whoever may see it, and nothing of whom it is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import get_language

from qorgan.cases import queries
from qorgan.cases.models import Referral
from qorgan.cases.terms import Age, Course, Decline, Ground, Section, Standing, Urgency
from qorgan.law import queries as law
from qorgan.law.engine.book import LawBook
from qorgan.places import queries as places
from qorgan.web import mandates
from qorgan.web.provisions import Cited, cited


@dataclass(frozen=True)
class Card:
    """The words of a referral or transfer."""

    held: Referral
    course: str | Promise
    asked: str | Promise
    urgency: str | Promise
    age: str | Promise
    place: str
    sender: str
    taker: str
    ground: str | Promise
    provision: Cited | None
    sections: tuple[str | Promise, ...]
    standing: Standing
    tone: str
    declined: str | Promise
    zone: ZoneInfo

    @property
    def waits(self) -> bool:
        """Whether an answer is awaited still."""
        return self.standing is Standing.PROPOSED

    @property
    def must_stop(self) -> bool:
        """Whether the agency was told to stop using it, and has not confirmed that."""
        return self.held.recalled_at is not None and self.held.stopped_at is None


def standing(held: Referral, *, now: datetime) -> Standing:
    """How far it has come at this moment: a clock that is over holds before a job has said so."""
    found = Standing(held.standing)
    if found is Standing.PROPOSED and held.answer_due_at is not None and held.answer_due_at <= now:
        return Standing.LAPSED
    if found is Standing.ACCEPTED and held.until is not None and held.until <= now:
        return Standing.ENDED
    return found


def cards(found: Iterable[Referral], *, now: datetime, book: LawBook | None = None) -> list[Card]:
    """The cards of many. `book`: the law, where the page has it already."""
    book = book or law.book()
    return [card(held, now=now, book=book) for held in found]


def card(held: Referral, *, now: datetime, book: LawBook | None = None) -> Card:
    """The card. The agencies of the referral must be at hand."""
    language = get_language() or ""
    zone = places.zone(held.territory_id)
    ground, stands = Ground(held.ground), standing(held, now=now)
    day = held.made_at.astimezone(zone).date()
    return Card(
        held=held,
        course=Course(held.course).label,
        asked=queries.asked(held).label,
        urgency=Urgency(held.urgency).label,
        age=Age(held.age).label,
        place=mandates.place(held.territory_id, language=language),
        sender=held.from_agency.name(language),
        taker=held.to_agency.name(language),
        ground=ground.label,
        provision=cited(book or law.book(), ground.provision, on=day) if ground.provision else None,
        sections=tuple(Section(one).label for one in held.sections),
        standing=stands,
        tone="late" if stands is Standing.LAPSED else stands.tone,
        declined=Decline(held.declined_why).label if held.declined_why else "",
        zone=zone,
    )
