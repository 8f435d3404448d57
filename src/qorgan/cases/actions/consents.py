"""What she agrees to, refuses, takes back: an end to everything that stood on it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from qorgan.agencies import actions as agencies
from qorgan.agencies import queries as offices
from qorgan.base import ids, journal
from qorgan.base.errors import NotFound
from qorgan.base.journal.read import check_seen
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.cases import access, queries, rules
from qorgan.cases.actions import told
from qorgan.cases.actions.held import held_open, locked
from qorgan.cases.models import Case, Consent, ConsentWord, Referral
from qorgan.cases.queries.sharing import WHY
from qorgan.cases.terms import Aim, Giver, How, Role, Section, Standing, Word
from qorgan.duties.terms import Kind as Duty
from qorgan.law import queries as law
from qorgan.places import queries as places

KINDS = ("cases.consent.", "cases.referral.")
OWN_WORD, ADULT = "sharing.child_consent_from", "ages.adult"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What someone was asked: about whom, by whom it was answered, for what, what of the file, to whom, until when.

    To one agency (`agency_id`) or to any of a kind. `language` is the one it was read in. `why`: see `Consent`.
    """

    person_id: UUID
    giver: Giver
    aim: Aim
    sections: tuple[Section, ...]
    how: How
    language: str
    until: datetime | None = None
    speaker_id: UUID | None = None
    agency_id: UUID | None = None
    agency_kind: str = ""
    why: str = ""


@dataclass(frozen=True)
class Withdrawal:
    """How far it reached: admissions ended, offers revoked, agencies told to stop."""

    ended: int
    revoked: int
    told: int


@transaction.atomic
def keep_consent(
    *, case: Case, asked: Asked, said_yes: bool, by: Actor, now: datetime, seen: int | None = None
) -> Consent:
    """Write down what she was asked and what she said. A no is kept like a yes; what nobody asked is neither.

    `seen`: `queries.sharing_stands` as it was shown. Raises NotOfTheCase, MayNotSpeak, WhoDecided, NotThisAgency,
    ConsentNeedsAnEnd, CaseClosed, ChangedMeanwhile.
    """
    access.check_may(by, access.CONSENT)
    held = held_open(case)
    check_seen(seen, stands=queries.sharing_stands(held), thing="case", thing_id=held.id, kinds=KINDS)
    until = rules.check_ends(asked.until, now=now) if said_yes else None
    _check_to_whom(asked, held)
    _check_giver(held, asked, now=now)
    consent = Consent(
        id=ids.new(),
        case=held,
        **beside(held),
        person_id=asked.person_id,
        giver=asked.giver,
        speaker_id=asked.speaker_id,
        aim=asked.aim,
        sections=sorted({Section.CASE.value, *(one.value for one in asked.sections)}),
        agency_id=asked.agency_id,
        agency_kind=asked.agency_kind,
        until=until,
        how=asked.how,
        language=asked.language,
        why=vault.seal(held.key_id, asked.why.strip(), at=WHY),
        written_at=now,
        written_by=by.staff,
    )
    consent.save(force_insert=True)
    _say(consent, Word.GIVEN if said_yes else Word.REFUSED, by=by, now=now)
    return consent


def _check_to_whom(asked: Asked, case: Case) -> None:
    """Raises NotThisAgency."""
    if asked.agency_id is None:
        if asked.agency_kind not in asked.aim.offices:
            raise rules.NotThisAgency
        return
    agency = offices.find_agency(asked.agency_id)
    if agency is None or agency.id == case.agency_id or agency.kind not in asked.aim.offices:
        raise rules.NotThisAgency


def _check_giver(case: Case, asked: Asked, *, now: datetime) -> None:
    """Raises NotOfTheCase, MayNotSpeak, WhoDecided."""
    people = {view.id: (role, view) for role, view in queries.persons(case)}
    if asked.person_id not in people or people[asked.person_id][0] is Role.OFFENDER:
        raise rules.NotOfTheCase
    today = now.astimezone(places.zone(case.territory_id)).date()
    if asked.giver is Giver.REPRESENTATIVE:
        spoken = queries.representations(case)
        mine = [one for one in spoken if one.held.person_id == asked.person_id and one.speaker.id == asked.speaker_id]
        if not any(one.may(on=today) for one in mine) or asked.speaker_id in queries.barred(case):
            raise rules.MayNotSpeak
    if asked.giver is Giver.HERSELF and not asked.why.strip():
        age = people[asked.person_id][1].age_on(today)
        own_word, adult = law.value(OWN_WORD, on=today), law.value(ADULT, on=today)
        counts_from = own_word.number() if own_word.decides else adult.number() if adult.decides else None
        if age is None or counts_from is None or age < counts_from:
            raise rules.WhoDecided


def _say(consent: Consent, word: Word, *, by: Actor, now: datetime) -> None:
    said = ConsentWord(id=ids.new(), consent=consent, **beside(consent), word=word, at=now, staff_id=by.staff_id)
    said.save(force_insert=True)
    detail = {"consent": str(consent.id), "aim": consent.aim}
    kind = f"cases.consent.{word.value}"
    journal.write(kind=kind, thing="case", thing_id=consent.case_id, by=by, now=now, detail=detail)


@transaction.atomic
def withdraw(*, case: Case, consent_id: UUID, by: Actor, now: datetime, seen: int | None = None) -> Withdrawal:
    """Take a consent back. What stood on it ends with this transaction: admissions, offers that wait.

    Each agency that holds something is told by a duty to stop using, return or destroy it, and to confirm. What stands
    on another ground is not touched. A closed case hinders nobody. Raises NotFound, ConsentIsOver, ChangedMeanwhile.
    """
    access.check_may(by, access.CONSENT)
    held = locked(case)
    consent = Consent.objects.filter(pk=consent_id, case=held).first()
    if consent is None:
        raise NotFound
    check_seen(seen, stands=queries.sharing_stands(held), thing="case", thing_id=held.id, kinds=KINDS)
    if queries.state_of(consent, now=now) is not Word.GIVEN:
        raise rules.ConsentIsOver
    _say(consent, Word.WITHDRAWN, by=by, now=now)
    standing = Referral.objects.select_for_update().filter(consent=consent).order_by("id")
    ended = revoked = said = 0
    for referral in standing:
        if referral.standing == Standing.PROPOSED:
            revoke(referral, why="consent", by=by, now=now)
            revoked += 1
        elif referral.standing in (Standing.ACCEPTED, Standing.ENDED) and referral.recalled_at is None:
            ended += recall(referral, why="consent", by=by, now=now)
            said += 1
    return Withdrawal(ended=ended, revoked=revoked, told=said)


def revoke(referral: Referral, *, why: str, by: Actor, now: datetime) -> None:
    """An offer that waits is taken back: its card is gone from the other agency's list of what it has to answer."""
    told.over(referral, standing=Standing.WITHDRAWN, by=by, now=now, why=why)
    told.drop(referral, why="withdrawn", by=by, now=now)


def recall(referral: Referral, *, why: str, by: Actor, now: datetime) -> int:
    """End what an agency holds, and tell it to stop using it; how many admissions ended."""
    found = list(offices.standing_on([referral.id]))
    for admission in found:
        agencies.end(admission_id=admission.id, by=by, now=now)
    due = told.term(referral, key=told.STOP, now=now)
    referral.recalled_at, referral.stop_due_at = now, due[0]
    told.over(referral, standing=Standing.ENDED, by=by, now=now, why=why)
    told.lay(referral, kind=Duty.STOP_USING, provision=told.STOP, due=due, by=by, now=now)
    return len(found)


@transaction.atomic
def expire(*, by: Actor, now: datetime) -> int:
    """Write of every consent whose time is over that it ran out; how many.

    What stood on it ended with it, by the moment it was granted until. No permission of its own: the moment that she
    named herself decides; a job asks it.
    """
    given = Consent.objects.filter(until__lte=now, words__word=Word.GIVEN)
    over = ConsentWord.objects.filter(word__in=(Word.WITHDRAWN, Word.EXPIRED)).values("consent_id")
    found = list(given.exclude(pk__in=over).order_by("id"))
    for consent in found:
        _say(consent, Word.EXPIRED, by=by, now=now)
    return len(found)
