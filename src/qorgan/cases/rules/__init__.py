"""When may something happen to a case, or to what is shared of it? Pure."""

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qorgan.agencies.engine import likeness
from qorgan.agencies.engine.likeness import NameKey
from qorgan.base.errors import BadInput, NotAllowed, Refused
from qorgan.cases.terms import Barred, Section, Standing, State, Word

if TYPE_CHECKING:
    from qorgan.cases.models import Consent, Referral
    from qorgan.people.queries import PersonView


class CaseClosed(Refused):
    """Nothing more is written into a closed case."""

    text = _("Case %(number)s is closed.")


class ReportLedElsewhere(Refused):
    """Another case already leads the report."""

    text = _("Report %(number)s is already led by a case.")


class NothingWasSaid(BadInput):
    """An account without words is none."""

    text = _("Write down what was said.")
    field = "words"


class HappenedLater(BadInput):
    """What is written down has happened."""

    text = _("What has not happened yet cannot be written down: the moment lies in the future.")
    field = "happened_at"


class NotOfTheCase(BadInput):
    """Consent and representation are of people of this case."""

    text = _("Choose someone of this case.")
    field = "person"


class SpeaksForHimself(BadInput):
    """Nobody is the representative of himself."""

    text = _("Choose another person: nobody represents himself.")
    field = "speaker"


class MayNotSpeak(BadInput):
    """Whoever is, or may be, complained of decides nothing for the person he represents."""

    text = _("This person decides nothing here: he is, or may be, the one complained of, or his document is over.")
    field = "giver"


class SecondPerson(Refused):
    """Whoever marked someone as possibly complained of does not take the mark away."""

    text = _("Someone else has to take this mark away: you made it.")


class WhoDecided(BadInput):
    """From which age a child's own word counts is not on record: a person decides, and is named."""

    text = _("She is a child, or her age is not known: write why her own word counts. You are named as who decided.")
    field = "why"


class ConsentNeedsAnEnd(BadInput):
    """Consent is for a time."""

    text = _("Ask her until when, and write down a moment that lies ahead.")
    field = "until"


class ConsentIsOver(Refused):
    """It was refused, withdrawn or has run out: there is nothing to withdraw."""

    text = _("This consent does not stand any more.")


class NoConsent(BadInput):
    """Unknown is not yes."""

    text = _("No consent that stands covers this: the agency, the parts of the file and the time. Ask her first.")
    field = "sections"


class NotThisAgency(BadInput):
    """The agency is one's own, or does not work for that aim, or may not lead a case."""

    text = _("Choose an agency that works for this.")
    field = "agency"


class AlreadyOffered(Refused):
    """One transfer waits for an answer at a time; so does one referral to an agency for an aim."""

    text = _("This was offered already and waits for an answer: %(number)s.")


class AlreadyAnswered(Refused):
    """It was accepted or declined, taken back, or its time ran out."""

    text = _("%(number)s waits for no answer any more: %(standing)s.")


class NothingToStop(Refused):
    """Nobody was told to stop, or it was confirmed before."""

    text = _("Nothing of %(number)s is left to be confirmed.")


def check_is_open(state: str, number: str) -> None:
    """Raises CaseClosed."""
    if state != State.OPEN:
        raise CaseClosed(number=number)


class AlreadyInSight(Refused):
    """What one sees anyway needs no emergency."""

    text = _("You see this record without this: look it up by its number.")


def check_ends(until: datetime | None, *, now: datetime) -> datetime:
    """The end, which lies ahead. Raises ConsentNeedsAnEnd."""
    if until is None or until <= now:
        raise ConsentNeedsAnEnd
    return until


def covers(
    consent: "Consent", *, agency_id: UUID, kind: str, sections: Collection[str], until: datetime, aim: str
) -> bool:
    """Whether what she agreed to is at least that much, to that agency, for that aim, for so long."""
    to_it = consent.agency_id == agency_id if consent.agency_id else consent.agency_kind == kind
    enough = set(sections) <= set(consent.sections)
    return to_it and enough and consent.aim == aim and consent.until is not None and until <= consent.until


def stands(word: str, until: datetime | None, *, now: datetime) -> Word:
    """What is true of a consent now: one whose time is over has run out, whether or not a job has said so."""
    if word == Word.GIVEN and until is not None and until <= now:
        return Word.EXPIRED
    return Word(word)


def check_waits(referral: "Referral", *, now: datetime, agency_id: UUID) -> None:
    """Raises AlreadyAnswered where it waits for no answer; NotAllowed where another agency is asked."""
    if referral.to_agency_id != agency_id:
        raise NotAllowed
    late = referral.answer_due_at is not None and referral.answer_due_at <= now
    standing = Standing.LAPSED if late and referral.standing == Standing.PROPOSED else Standing(referral.standing)
    if standing is not Standing.PROPOSED:
        raise AlreadyAnswered(number=referral.number, standing=standing.label)
    if referral.until is not None and referral.until <= now:
        raise AlreadyAnswered(number=referral.number, standing=Standing.LAPSED.label)


def allowed(sections: Collection[str]) -> frozenset[str]:
    """The acts that parts of a file stand for; that there is a case is always among them."""
    chosen = {Section.CASE, *(Section(one) for one in sections)}
    return frozenset(word for section in chosen for word in section.permissions)


def same_human(one: "PersonView", other: "PersonView") -> bool:
    """Whether two rows may be one human: the same row, the same IIN, or a name that sounds alike.

    In whichever alphabet each was written; but not where two dates of birth, two IINs or two patronymics differ.
    """
    if one.id == other.id or (one.iin and one.iin == other.iin):
        return True
    born = {view.birth_date for view in (one, other) if view.birth_date}
    numbers = {view.iin for view in (one, other) if view.iin}
    return len(born) <= 1 and len(numbers) <= 1 and likeness.alike(_names(one), _names(other))


def _names(view: "PersonView") -> set[NameKey]:
    return likeness.said_names(view.written, view.surname, view.given, view.patronymic)


def bar(speaker: "PersonView", *, offenders: Collection["PersonView"], doubted: bool) -> Barred | None:
    """Why a representative has no rights; None where nothing speaks against it."""
    if any(speaker.id == one.id for one in offenders):
        return Barred.OFFENDER
    if doubted:
        return Barred.DOUBTED
    return Barred.SAME if any(same_human(speaker, one) for one in offenders) else None


def in_time(valid_from: date, valid_until: date | None, *, on: date) -> bool:
    """Whether a document of a representative is in force on a day."""
    return valid_from <= on and (valid_until is None or on <= valid_until)
