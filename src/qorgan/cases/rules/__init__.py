"""When may something happen to a case, or to what is shared of it? Pure."""

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qorgan.agencies.engine import likeness
from qorgan.agencies.engine.likeness import NameKey
from qorgan.base.errors import BadInput, NotAllowed, Refused
from qorgan.cases.terms import Barred, Section, Standing, State, Topic, Word

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


class SaidLater(BadInput):
    """What is written down was said already."""

    text = _("What was not said yet cannot be written down: the moment lies in the future.")
    field = "said_at"


class AnswerDoesNotFit(BadInput):
    """A closed answer belongs to its question; one topic is answered once."""

    text = _("Choose one of the answers that belong to the question, and answer each question once.")
    field = "answers"


class GivenLater(BadInput):
    """What is written down was found already."""

    text = _("What was not found yet cannot be written down: the moment lies in the future.")
    field = "given_at"


class GivenBeforeAsked(BadInput):
    """An answer follows its question."""

    text = _("A finding is not given before it was asked for.")
    field = "given_at"


class NothingExamined(BadInput):
    """A finding rests on what was examined."""

    text = _("Write down what the experts examined: a finding that examined nothing is none.")
    field = "examined_words"


class NothingFound(BadInput):
    """A finding answers at least one question."""

    text = _("Write down at least one answer of the experts.")
    field = "answers"


class NobodyFound(BadInput):
    """A finding has a source: the institution and the part of the expert."""

    text = _("Write down which institution gave the finding, and the expert's role.")
    field = "institution"


class ContradictsItself(BadInput):
    """Two statements contradict each other; one does not contradict itself."""

    text = _("Choose two different statements: none contradicts itself.")
    field = "other"


class MarkedAlready(Refused):
    """That these two contradict each other on this topic stands in the list."""

    text = _("These two are in the list already, for this topic.")


class WithdrawnAlready(Refused):
    """Someone withdrew it first."""

    text = _("This was withdrawn already.")


class AskerIsBarred(BadInput):
    """Whoever is, or may be, complained of asks for no review here and is told nothing of one."""

    text = _("This person asks for no review here: he is, or may be, the one complained of.")
    field = "asker"


class NothingAsked(BadInput):
    """A request says what is asked."""

    text = _("Write down what is asked for.")
    field = "words"


class AskedAlready(Refused):
    """One request of one person waits for its answer at a time."""

    text = _("This person has asked for a review that is not answered yet: %(number)s.")


class NoOmbudsman(Refused):
    """No ombudsman is on record for the place."""

    text = _("No ombudsman is on record for this place: an administrator enters the office first.")


class TermIsOnRecord(Refused):
    """Where the law gives a term, nobody sets another."""

    text = _("The law gives a term for this answer: it is not set by hand.")


class TermLiesBack(BadInput):
    """A term lies ahead."""

    text = _("Choose a moment that lies ahead.")
    field = "due_at"


class ReviewAnswered(Refused):
    """A review is answered once."""

    text = _("Review %(number)s is answered.")


class FileNotTaken(Refused):
    """What is said on the substance is said by who was let into the file."""

    text = _(
        "Accept the file first: before that a review is only answered as not within the power of the office, or as "
        "withdrawn by whoever asked."
    )


class FileNotRead(Refused):
    """What is said on the substance is said by who has read the file."""

    text = _("Nobody of the office has opened the file yet: read it before you answer on the substance.")


class NoReasons(BadInput):
    """An answer gives its reasons."""

    text = _("Write down the reasons: an answer without reasons is none.")
    field = "answer"


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


def check_was_said(said_at: datetime, *, now: datetime) -> None:
    """Raises SaidLater."""
    if said_at > now:
        raise SaidLater


def check_was_found(asked_at: datetime, given_at: datetime, *, now: datetime) -> None:
    """Raises GivenLater, GivenBeforeAsked."""
    if given_at > now:
        raise GivenLater
    if given_at < asked_at:
        raise GivenBeforeAsked


def check_answers(answers: Collection[tuple[Topic, str]]) -> None:
    """Raises AnswerDoesNotFit. `answers`: topics with the closed answer chosen, or nothing."""
    topics = [topic for topic, _said in answers]
    if len(set(topics)) < len(topics) or any(said and said not in topic.choices for topic, said in answers):
        raise AnswerDoesNotFit
