"""Where a child sleeps tonight: asked of the guardianship authority at once, decided by it, asked again at the end."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from qorgan.base import ids, journal
from qorgan.base.journal.read import check_seen
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.cases import access, queries, rules
from qorgan.cases.actions import told
from qorgan.cases.actions.first import PLACEMENT, TONIGHT, lay_night, note_told, open_steps
from qorgan.cases.actions.held import held_open
from qorgan.cases.actions.offer import tell_authority
from qorgan.cases.models import Case, CasePerson, Night, Parenthood, Telling
from qorgan.cases.queries.nights import OFFICE, SAID_WHY, WHOM, WHY
from qorgan.cases.rules import children
from qorgan.cases.terms import Ground, Parent, State, Stays
from qorgan.duties import actions as duties
from qorgan.duties.models import Duty as Due
from qorgan.duties.terms import Kind as Duty
from qorgan.law import queries as law
from qorgan.people.queries import PersonView, held_for

KINDS = ("cases.parenthood.", "cases.telling.", "cases.night.")
REVEALED = _("said in the assessment of danger: children were harmed")


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Where a child stays: with someone of the case or someone named, from when, until when, why.

    `office`: who of the authority decided, where someone of another agency writes it down.
    """

    child_id: UUID
    stays: Stays
    since: datetime
    until: datetime | None = None
    keeper_id: UUID | None = None
    whom: str = field(default="", repr=False)
    why: str = field(default="", repr=False)
    office: str = field(default="", repr=False)


@transaction.atomic
def say_parent(
    *,
    case: Case,
    child_id: UUID,
    offender_id: UUID,
    word: Parent,
    why: str,
    by: Actor,
    now: datetime,
    seen: int | None = None,
) -> Parenthood:
    """Say whether someone complained of is a parent of a child; unless he is not, the authority is told in this second.

    That he is not needs a reason. Raises NotAChild, NotComplainedOf, SayWhy, CaseClosed, ChangedMeanwhile.
    """
    access.check_may(by, access.LEAD)
    held = _held(case, seen)
    today = queries.today(held, now=now)
    if child_id not in {view.id for view in queries.children(held, on=today)}:
        raise children.NotAChild
    if offender_id not in {view.id for view in queries.complained_of(held)}:
        raise children.NotComplainedOf
    if word is Parent.IS_NOT and not why.strip():
        raise children.SayWhy(law=law.cited(TONIGHT, on=today))
    said = _said(held, child_id=child_id, offender_id=offender_id, word=word, why=why, by=by, now=now)
    ask(held, by=by, now=now)
    return said


@transaction.atomic
def reveal_parent(*, case: Case, offenders: Collection[UUID], by: Actor, now: datetime) -> int:
    """Answers say that someone complained of harmed a child of the case: of whom nobody has said, he may be a parent.

    Of `offenders`, or of everyone complained of where none is named; what a person has said stands. The authority is
    told in this second. No permission of its own: the assessment of danger, whose answers say it.
    """
    held = held_open(case)
    shut = set(offenders)
    found = 0
    for one in queries.parenthood(held, on=queries.today(held, now=now)):
        if one.word is None and (not shut or one.offender.id in shut):
            pair = {"child_id": one.child.id, "offender_id": one.offender.id}
            _said(held, **pair, word=Parent.MAY_BE, why=str(REVEALED), by=by, now=now)
            found += 1
    ask(held, by=by, now=now)
    return found


@transaction.atomic
def note_same(*, person_id: UUID, by: Actor, now: datetime) -> None:
    """Someone was held to be another person: a parent may prove to be complained of in a case of either.

    No permission of its own: whoever holds two records' persons for one.
    """
    people = {one for held in held_for([person_id]).values() for one in held}
    found = Case.objects.filter(pk__in=CasePerson.objects.filter(person__in=people).values("case"), state=State.OPEN)
    for case in found.order_by("id"):
        ask(held_open(case), by=by, now=now)


def _said(
    case: Case, *, child_id: UUID, offender_id: UUID, word: Parent, why: str, by: Actor, now: datetime
) -> Parenthood:
    said = Parenthood(
        id=ids.new(),
        case=case,
        **beside(case),
        child_id=child_id,
        offender_id=offender_id,
        word=word,
        why=vault.seal(case.key_id, why.strip(), at=SAID_WHY),
        said_at=now,
        said_by=by.staff,
    )
    said.save(force_insert=True)
    detail = {"case": str(case.id), "word": str(word)}
    journal.write(kind="cases.parenthood.said", thing="case", thing_id=case.id, by=by, now=now, detail=detail)
    return said


def ask(case: Case, *, by: Actor, now: datetime) -> None:
    """Tell the authority, and lay on it where the children at stake sleep tonight; again changes nothing.

    Where none is on record for the place, the duty is the case's own agency's, and nobody else is told until a person
    has told one by hand.
    """
    if not queries.at_stake(case, on=queries.today(case, now=now)) or _is_asked(case):
        return
    referral = tell_authority(case, ground=Ground.CHILD_TONIGHT, by=by, now=now)
    if referral is None or note_told(case, referral=referral, by=by, now=now) is not None:
        lay_night(case, referral=referral, step=0, due=None, by=by, now=now)


def _is_asked(case: Case) -> bool:
    return queries.telling(case) is not None or Due.objects.filter(thing_id=case.id, kind=Duty.DECIDE_NIGHT).exists()


@transaction.atomic
def tell_by_hand(*, case: Case, office: str, why: str, by: Actor, now: datetime, seen: int | None = None) -> Telling:
    """Write that a person told a guardianship authority which this system does not know, by voice or on paper.

    Who was told and why that office is kept, and who routed. Raises SayWhy, ToldBefore, CaseClosed, ChangedMeanwhile.
    """
    access.check_may(by, access.LEAD)
    held = _held(case, seen)
    if not office.strip() or not why.strip():
        raise children.SayWhy(law=law.cited(TONIGHT, on=queries.today(held, now=now)))
    made = note_told(held, referral=None, by=by, now=now, office=office, why=why)
    if made is None:
        raise children.ToldBefore
    return made


@transaction.atomic
def decide_night(*, case: Case, decision: Decision, by: Actor, now: datetime, seen: int | None = None) -> Night:
    """Decide where a child sleeps. The decision before ends with it; the next is due where this one ends.

    By the authority, in the file that it accepted; by whoever leads the case only where no authority answers here, and
    then with the name of who decided. Raises NotTheAuthority, NotAChild, WithWhom, NeverWithHim, NightsTurned, SayWhy.
    """
    is_authority = by.can(access.NIGHT)
    access.check_may(by, access.NIGHT if is_authority else access.LEAD)
    held = _held(case, seen)
    today = queries.today(held, now=now)
    if not is_authority:
        _check_by_hand(held, decision, now=now)
    views = {view.id: view for view in queries.children(held, on=today)}
    if decision.child_id not in views:
        raise children.NotAChild
    if not decision.why.strip():
        raise children.SayWhy(law=law.cited(PLACEMENT, on=today))
    until = children.check_span(decision.since, decision.until, has_end=decision.stays.has_end, now=now)
    _check_keeper(held, decision)
    made = _made(held, decision, until=until, by=by, now=now)
    _ask_again(held, by=by, now=now)
    return made


def _check_by_hand(case: Case, decision: Decision, *, now: datetime) -> None:
    """Raises NotTheAuthority where one answers, AuthorityFirst where none was told, SayWhy without who decided."""
    cited = law.cited(PLACEMENT, on=queries.today(case, now=now))
    if queries.standing_authority(case) is not None:
        raise children.NotTheAuthority(law=cited)
    if queries.telling(case) is None:
        raise children.AuthorityFirst(law=cited)
    if not decision.office.strip():
        raise children.SayWhy(law=cited)


def _check_keeper(case: Case, decision: Decision) -> None:
    """Raises NotOfTheCase, WithWhom, NeverWithHim."""
    if not decision.stays.with_someone:
        return
    people: dict[UUID, PersonView] = {view.id: view for _role, view in queries.persons(case)}
    if decision.keeper_id is not None and decision.keeper_id not in people:
        raise rules.NotOfTheCase
    barred = queries.barred(case)
    shut = [*queries.complained_of(case), *(view for id, view in people.items() if id in barred)]
    keeper = people[decision.keeper_id] if decision.keeper_id else None
    children.check_keeper(keeper, decision.whom, shut=shut)


def _made(case: Case, decision: Decision, *, until: datetime | None, by: Actor, now: datetime) -> Night:
    answer = law.value(PLACEMENT, on=queries.today(case, now=now))
    holds = Night.objects.select_for_update().filter(case=case, child_id=decision.child_id, ended_at__isnull=True)
    for before in holds:
        before.ended_at = now
        before.save(update_fields=["ended_at"])
    someone = decision.stays.with_someone
    made = Night(
        id=ids.new(),
        case=case,
        **beside(case),
        child_id=decision.child_id,
        stays=decision.stays,
        keeper_id=decision.keeper_id if someone else None,
        whom=vault.seal(case.key_id, decision.whom.strip() if someone else "", at=WHOM),
        since=decision.since,
        until=until,
        why=vault.seal(case.key_id, decision.why.strip(), at=WHY),
        office=vault.seal(case.key_id, decision.office.strip(), at=OFFICE),
        agency_id=by.agency,
        provision=PLACEMENT,
        is_on_record=answer.decides,
        decided_at=now,
        decided_by=by.staff,
    )
    made.save(force_insert=True)
    detail = {"case": str(case.id), "stays": str(decision.stays), "on_record": answer.decides}
    journal.write(kind="cases.night.decided", thing="case", thing_id=case.id, by=by, now=now, detail=detail)
    return made


def _ask_again(case: Case, *, by: Actor, now: datetime) -> None:
    """Where every child at stake has a place, the duty is done, and the next is due where the first of them ends."""
    if queries.without_bed(case, now=now):
        return
    referral = queries.standing_authority(case)
    count = Night.objects.filter(case=case).count()
    for step in open_steps([case.id]):
        duties.done(thing_id=case.id, kind=Duty.DECIDE_NIGHT, step=step, by=by, now=now)
    if referral is not None:
        with told.reaching(referral, by=by):
            for step in open_steps([referral.id]):
                duties.done(thing_id=referral.id, kind=Duty.DECIDE_NIGHT, step=step, by=by, now=now)
    ends = Night.objects.filter(case=case, ended_at__isnull=True, until__isnull=False).order_by("until").first()
    if ends is not None:
        lay_night(case, referral=referral, step=count, due=ends.until, by=by, now=now)


def _held(case: Case, seen: int | None) -> Case:
    held = held_open(case)
    check_seen(seen, stands=queries.nights_stand(held), thing="case", thing_id=held.id, kinds=KINDS)
    return held
