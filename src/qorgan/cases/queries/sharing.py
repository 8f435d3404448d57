"""What is shared of a case: consents with their last word, referrals and transfers, the inbox of an agency."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from qorgan.base.keys import vault
from qorgan.cases import rules
from qorgan.cases.models import Case, Consent, ConsentWord, Referral
from qorgan.cases.queries.reviews import review_numbers
from qorgan.cases.terms import Aim, Course, Giver, How, Standing, Why, Word
from qorgan.duties.queries import Label
from qorgan.people.queries import PersonView, by_ids

WHY, NOTE = "cases.consent.why", "cases.referral.note"


@dataclass(frozen=True)
class ConsentView:
    """A consent, opened: who was asked about whom, for what, and the word that stands now."""

    held: Consent
    person: PersonView
    speaker: PersonView | None
    giver: Giver
    aim: Aim
    how: How
    word: Word
    at: datetime
    why: str

    @property
    def stands(self) -> bool:
        """Whether something may be shared on it now."""
        return self.word is Word.GIVEN


def consents(case: Case, *, now: datetime, known: Iterable[PersonView] = ()) -> list[ConsentView]:
    """What people of the case were asked, the newest first. `known`: people whom the page has opened already."""
    return _opened(list(Consent.objects.filter(case=case).order_by("-written_at", "-id")), now=now, known=known)


def find_consent(case: Case, consent_id: UUID, *, now: datetime) -> ConsentView | None:
    """One consent of a case in sight."""
    return next(iter(_opened(list(Consent.objects.filter(case=case, pk=consent_id)), now=now)), None)


def _opened(held: list[Consent], *, now: datetime, known: Iterable[PersonView] = ()) -> list[ConsentView]:
    if not held:
        return []
    last: dict[UUID, ConsentWord] = {}
    for word in ConsentWord.objects.filter(consent__in=held).order_by("at", "id"):
        last[word.consent_id] = word
    views = by_ids({id for one in held for id in (one.person_id, one.speaker_id) if id}, known=known)
    vault.unlock(*(one.why for one in held))
    return [
        ConsentView(
            held=one,
            person=views[one.person_id],
            speaker=views[one.speaker_id] if one.speaker_id else None,
            giver=Giver(one.giver),
            aim=Aim(one.aim),
            how=How(one.how),
            word=rules.stands(last[one.id].word, one.until, now=now),
            at=last[one.id].at,
            why=vault.open(one.why, at=WHY),
        )
        for one in held
    ]


def state_of(consent: Consent, *, now: datetime) -> Word:
    """The word that stands now."""
    last = ConsentWord.objects.filter(consent=consent).order_by("-at", "-id").first()
    return rules.stands(last.word, consent.until, now=now) if last else Word.REFUSED


def covering(
    case: Case, *, agency_id: UUID, kind: str, sections: Collection[str], until: datetime, aim: Aim, now: datetime
) -> Consent | None:
    """The consent that stands and covers so much to that agency, the longest; None means that she was not asked, or no.

    What one person refused for that agency and aim is not made up for by an older yes of the same person.
    """
    asked = list(Consent.objects.filter(case=case, aim=aim).order_by("written_at", "id"))
    newest = {(one.person_id, one.agency_id, one.agency_kind): one for one in asked}
    whole = {"agency_id": agency_id, "kind": kind, "sections": sections, "until": until, "aim": aim}
    found = [
        one
        for one in newest.values()
        if rules.covers(one, **whole) and state_of(one, now=now) is Word.GIVEN  # type: ignore[arg-type]  # by name
    ]
    return max(found, key=lambda one: (one.until or one.written_at, one.id), default=None)


def referrals_of(case: Case) -> list[Referral]:
    """Referrals and transfers of a case, the newest first."""
    found = Referral.objects.filter(case=case).prefetch_related("from_agency", "to_agency", "consent")
    return list(found.order_by("-made_at", "-id"))  # most cases have none, and a join costs them all


def find_referral(referral_id: UUID) -> Referral | None:
    """The referral if it lies in sight: of the case's place, or offered to the asker's agency, or sent on by it."""
    return Referral.objects.filter(pk=referral_id).select_related("from_agency", "to_agency", "consent").first()


def inbox(agency_id: UUID, *, standing: Standing | None = None) -> QuerySet[Referral]:
    """What was offered to an agency, the newest first."""
    found = Referral.objects.filter(to_agency=agency_id).select_related("from_agency", "to_agency")
    return (found.filter(standing=standing) if standing else found).order_by("-made_at", "-id")


def waiting(agency_id: UUID, *, now: datetime) -> QuerySet[Referral]:
    """What an agency still has to answer, or to stop using, the oldest first."""
    open_ = Q(standing=Standing.PROPOSED) & (Q(answer_due_at__isnull=True) | Q(answer_due_at__gt=now))
    stop = Q(recalled_at__isnull=False, stopped_at__isnull=True)
    found = Referral.objects.filter(open_ | stop, to_agency=agency_id).select_related("from_agency", "to_agency")
    return found.order_by("made_at", "id")


def asked(referral: Referral) -> Aim | Why:
    """What is asked of the other agency, or why the whole case goes there."""
    return Why(referral.asked) if referral.course == Course.TRANSFER else Aim(referral.asked)


def note_of(referral: Referral) -> str:
    """What was written to the other agency, for whoever the file is open to."""
    return vault.open(referral.note, at=NOTE)


def sharing_stands(case: Case, *, referrals: Iterable[Referral] | None = None) -> int:
    """A number that grows with every write to what is shared of a case: what its forms show and compare.

    `referrals`: all of the case, where the page has read them already.
    """
    words = ConsentWord.objects.filter(consent__case=case).count()
    if referrals is None:
        referrals = Referral.objects.filter(case=case).only("version")
    return words + sum(one.version for one in referrals)


def for_duties(ids: Iterable[UUID]) -> dict[UUID, Label]:
    """Words for the duties about referrals, and about reviews: number and what is asked, never about whom."""
    wanted = set(ids)
    found = Referral.objects.filter(pk__in=wanted)
    labels = {one.id: Label(one.number, str(asked(one).label), "", None) for one in found}
    if wanted - set(labels):
        for one in review_numbers(wanted).values():
            labels[one.id] = Label(one.number, str(Aim.REVIEW.label), "", None)
    return labels


def cases_for_duties(ids: Iterable[UUID]) -> dict[UUID, Label]:
    """Words for the duties about cases."""
    return {one.id: Label(one.number, "", one.number, one.id) for one in Case.objects.filter(pk__in=set(ids))}
