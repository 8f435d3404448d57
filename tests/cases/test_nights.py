"""Where a child sleeps tonight: the guardianship authority is told before anyone else, and decides."""

from datetime import datetime, timedelta

import pytest

from qorgan.agencies import queries as agencies
from qorgan.agencies.models import Agency
from qorgan.base.errors import ChangedMeanwhile, NotAllowed
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions, queries
from qorgan.cases.models import Case, Night, Parenthood, Referral, Telling
from qorgan.cases.rules import children
from qorgan.cases.terms import Aim, Bond, Decline, Ground, Parent, Role, Section, Stays
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind
from qorgan.messages.rules import AuthorityFirst, NotToHim, check_may_leave
from qorgan.people.actions import Named
from qorgan.people.models import Person
from tests import factories
from tests.cases import shared
from tests.conftest import actor

NIGHT = timedelta(hours=12)
AUNT = Named(written="Бекова Райхан Сапарқызы")


@pytest.fixture
def case(owner: Actor, now: datetime) -> Case:
    return factories.case(by=owner, now=now)


@pytest.fixture
def child(owner: Actor, case: Case, now: datetime) -> Person:
    return shared.child(case, by=owner, now=now)


def say(case: Case, child: Person, word: Parent, *, by: Actor, now: datetime, why: str = "") -> Parenthood:
    him = shared.person(case, Role.OFFENDER)
    return actions.say_parent(case=case, child_id=child.id, offender_id=him.id, word=word, why=why, by=by, now=now)


def decision(child: Person, *, now: datetime, **changes: object) -> actions.Decision:
    said = {"child_id": child.id, "stays": Stays.SHELTER, "since": now, "until": now + NIGHT, "why": "Үйде қауіпті"}
    return actions.Decision(**{**said, **changes})  # type: ignore[arg-type]  # the changes name fields of Decision


def decided(case: Case, what: actions.Decision, *, now: datetime) -> Night:
    """By the authority, inside the file that it accepted."""
    with acting(inside := shared.inside("guardian", now=now)):
        return actions.decide_night(case=case, decision=what, by=inside, now=now)


def duties(*, done: bool | None = None) -> list[Duty]:
    with acting(actor("cityhead")):
        found = Duty.objects.filter(kind=Kind.DECIDE_NIGHT, dropped_at__isnull=True)
        return list((found if done is None else found.filter(done_at__isnull=not done)).order_by("step", "since"))


@pytest.mark.parametrize("word", [Parent.IS, Parent.MAY_BE])
def test_authority_is_told_in_the_second_in_which_a_parent_is_or_may_be_complained_of(
    owner: Actor, case: Case, child: Person, now: datetime, word: Parent
) -> None:
    say(case, child, word, by=owner, now=now)
    told = Referral.objects.get()
    assert (told.to_agency_id, told.ground, told.made_at) == (actor("guardian").agency, Ground.CHILD_TONIGHT, now)
    held = Telling.objects.get()
    assert (held.referral_id, held.told_at, held.told_by) == (told.id, now, owner.staff)
    [duty] = duties()
    assert (duty.agency_id, duty.provision, duty.due_at) == (
        actor("guardian").agency,
        "guardianship.tonight",
        now + timedelta(hours=3),
    )


def test_who_is_no_parent_calls_nobody_and_needs_a_reason(
    owner: Actor, case: Case, child: Person, now: datetime
) -> None:
    with pytest.raises(children.SayWhy):
        say(case, child, Parent.IS_NOT, by=owner, now=now)
    say(case, child, Parent.IS_NOT, by=owner, now=now, why="Көрші")
    assert not Referral.objects.exists()
    assert not Telling.objects.exists()
    assert duties() == []


def test_it_is_said_of_a_child_of_the_case_and_of_the_one_complained_of(
    owner: Actor, case: Case, child: Person, now: datetime
) -> None:
    him, her = shared.person(case, Role.OFFENDER), shared.person(case)
    words = {"case": case, "word": Parent.IS, "why": "", "by": owner, "now": now}
    with pytest.raises(children.NotAChild):
        actions.say_parent(child_id=him.id, offender_id=him.id, **words)  # type: ignore[arg-type]  # by name
    with pytest.raises(children.NotComplainedOf):
        actions.say_parent(child_id=child.id, offender_id=her.id, **words)  # type: ignore[arg-type]  # by name


def test_a_barred_parent_who_speaks_for_the_child_calls_the_authority_once(
    owner: Actor, case: Case, child: Person, now: datetime
) -> None:
    him = shared.person(case, Role.OFFENDER)
    document = actions.Document(
        person_id=child.id, speaker_id=him.id, bond=Bond.PARENT, evidence="№ 1", valid_from=now.date()
    )
    actions.represent(case=case, document=document, by=owner, now=now)
    say(case, child, Parent.IS, by=owner, now=now)
    assert Referral.objects.get().ground == Ground.NO_REPRESENTATIVE
    assert Telling.objects.count() == len(duties()) == 1


def test_authority_decides_in_the_file_it_accepted_and_its_duty_is_done(
    owner: Actor, case: Case, child: Person, now: datetime
) -> None:
    say(case, child, Parent.IS, by=owner, now=now)
    shared.answered(Referral.objects.get(), "guardian", now=now)
    later = now + timedelta(hours=1)
    made = decided(case, decision(child, now=later), now=later)
    assert (made.agency_id, made.decided_by) == (actor("guardian").agency, actor("guardian").staff)
    assert (made.provision, made.is_on_record) == ("guardianship.placement", False)
    [done] = duties(done=True)
    assert (done.done_at, done.done_by) == (later, actor("guardian").staff)
    [night] = queries.nights(case)
    assert (night.stays, night.why, night.holds(now=later)) == (Stays.SHELTER, "Үйде қауіпті", True)


def test_where_one_decision_ends_the_next_is_due(owner: Actor, case: Case, child: Person, now: datetime) -> None:
    say(case, child, Parent.IS, by=owner, now=now)
    shared.answered(Referral.objects.get(), "guardian", now=now)
    first = decided(case, decision(child, now=now), now=now)
    [open_] = duties(done=False)
    assert open_.due_at == now + NIGHT
    assert queries.without_bed(case, now=now + NIGHT) != []
    morning = now + NIGHT - timedelta(hours=1)
    keeper = {"stays": Stays.RETURNED, "until": None, "keeper_id": shared.person(case).id}
    decided(case, decision(child, now=morning, **keeper), now=morning)
    assert duties(done=False) == []
    first.refresh_from_db()
    assert first.ended_at == morning


def test_two_children_wait_until_both_have_a_place(owner: Actor, case: Case, child: Person, now: datetime) -> None:
    twin = actions.add_person(case=case, named=Named(written="Бекова Дана"), role=Role.CHILD, by=owner, now=now)
    say(case, child, Parent.IS, by=owner, now=now)
    say(case, twin, Parent.MAY_BE, by=owner, now=now)
    shared.answered(Referral.objects.get(), "guardian", now=now)
    decided(case, decision(child, now=now), now=now)
    assert [duty.done_at for duty in duties()] == [None]
    decided(case, decision(twin, now=now), now=now)
    assert [duty.done_at for duty in duties()] == [now, None]


@pytest.mark.parametrize("stays", [Stays.PARENT, Stays.RELATIVES, Stays.FAMILY, Stays.RETURNED])
def test_a_child_stays_with_nobody_who_is_or_may_be_complained_of(
    owner: Actor, case: Case, child: Person, now: datetime, stays: Stays
) -> None:
    him = shared.person(case, Role.OFFENDER)
    say(case, child, Parent.IS, by=owner, now=now)
    shared.answered(Referral.objects.get(), "guardian", now=now)
    for keeper in ({"keeper_id": him.id}, {"whom": factories.MAN.written}):
        with pytest.raises(children.NeverWithHim):
            decided(case, decision(child, now=now, stays=stays, **keeper), now=now)
    with pytest.raises(children.WithWhom):
        decided(case, decision(child, now=now, stays=stays), now=now)
    assert not Night.objects.exists()


@pytest.mark.parametrize(
    "span",
    [
        {"since": timedelta(days=1), "until": timedelta(days=2)},
        {"since": timedelta(), "until": None},
        {"since": timedelta(hours=-3), "until": timedelta(hours=-1)},
    ],
    ids=["begins tomorrow", "without an end", "over already"],
)
def test_a_decision_dated_tomorrow_or_over_already_is_refused(
    owner: Actor, case: Case, child: Person, now: datetime, span: dict[str, timedelta | None]
) -> None:
    say(case, child, Parent.IS, by=owner, now=now)
    shared.answered(Referral.objects.get(), "guardian", now=now)
    when = {name: now + part if part is not None else None for name, part in span.items()}
    with pytest.raises(children.NightsTurned):
        decided(case, decision(child, now=now, **when), now=now)


def test_a_decision_without_a_reason_is_refused_with_what_the_law_is_silent_about(
    owner: Actor, case: Case, child: Person, now: datetime
) -> None:
    say(case, child, Parent.IS, by=owner, now=now)
    shared.answered(Referral.objects.get(), "guardian", now=now)
    with pytest.raises(children.SayWhy, match=r"\(.+\)\."):
        decided(case, decision(child, now=now, why=" "), now=now)


def test_police_do_not_decide_where_an_authority_answers(
    owner: Actor, case: Case, child: Person, now: datetime
) -> None:
    say(case, child, Parent.IS, by=owner, now=now)
    with pytest.raises(children.NotTheAuthority):
        actions.decide_night(case=case, decision=decision(child, now=now), by=owner, now=now)


@pytest.mark.parametrize("login", ["prosecutor", "centre", "guardian"])
def test_who_has_no_right_here_decides_nothing(
    owner: Actor, case: Case, child: Person, now: datetime, login: str
) -> None:
    say(case, child, Parent.IS, by=owner, now=now)
    who = actor(login)  # the authority too, before it accepted
    with acting(who), pytest.raises(NotAllowed):
        actions.decide_night(case=case, decision=decision(child, now=now), by=who, now=now)


@pytest.fixture
def without_authority(monkeypatch: pytest.MonkeyPatch) -> None:
    """A place for which no guardianship authority is on record."""
    monkeypatch.setattr(agencies, "agency_for", lambda _place, _kind: None)


@pytest.mark.usefixtures("without_authority")
def test_where_no_authority_is_on_record_nobody_else_is_told_until_a_person_told_one(
    owner: Actor, case: Case, child: Person, now: datetime
) -> None:
    aunt = actions.add_person(case=case, named=AUNT, role=Role.REPRESENTATIVE, by=owner, now=now)
    shared.consent(case, by=owner, now=now)
    say(case, child, Parent.MAY_BE, by=owner, now=now)
    [duty] = duties()
    assert duty.agency_id == case.agency_id
    with pytest.raises(children.AuthorityFirst, match=r"\(.+\)\."):
        actions.refer(case=case, part=shared.part(now=now), by=owner, now=now)
    school = Agency.objects.get(code="shymkent-school-demo")
    for ground in (Ground.CHILD_IN_DANGER, Ground.STATE_DUTY):
        part = shared.part(now=now, agency_id=school.id, aim=Aim.PSYCHOLOGY, ground=ground, sections=(Section.CASE,))
        with pytest.raises(children.AuthorityFirst):
            actions.refer(case=case, part=part, by=owner, now=now)
    with pytest.raises(AuthorityFirst):
        check_may_leave(queries.safe_contact(case, aunt.id, now=now), now=now)
    actions.tell_by_hand(case=case, office="Қала әкімдігі, Т. Сейітова", why="Базада жоқ", by=owner, now=now)
    offered = actions.refer(case=case, part=shared.part(now=now), by=owner, now=now)
    assert Telling.objects.get().told_at <= offered.made_at
    assert queries.safe_contact(case, aunt.id, now=now) is None


@pytest.mark.usefixtures("without_authority")
def test_she_is_reached_herself_and_he_never_is_whoever_was_told(
    owner: Actor, case: Case, child: Person, now: datetime
) -> None:
    say(case, child, Parent.IS, by=owner, now=now)
    her, him = shared.person(case), shared.person(case, Role.OFFENDER)
    assert queries.safe_contact(case, her.id, now=now) is None
    with pytest.raises(NotToHim):
        check_may_leave(queries.safe_contact(case, him.id, now=now), now=now)


@pytest.mark.usefixtures("without_authority")
def test_police_write_down_what_an_authority_decided_that_was_told_by_hand(
    owner: Actor, case: Case, child: Person, now: datetime
) -> None:
    say(case, child, Parent.IS, by=owner, now=now)
    with pytest.raises(children.AuthorityFirst):
        actions.decide_night(case=case, decision=decision(child, now=now), by=owner, now=now)
    actions.tell_by_hand(case=case, office="Т. Сейітова", why="Базада жоқ", by=owner, now=now)
    with pytest.raises(children.ToldBefore):
        actions.tell_by_hand(case=case, office="Т. Сейітова", why="Базада жоқ", by=owner, now=now)
    with pytest.raises(children.SayWhy):
        actions.decide_night(case=case, decision=decision(child, now=now), by=owner, now=now)
    what = decision(child, now=now, office="Т. Сейітова, телефонмен")
    actions.decide_night(case=case, decision=what, by=owner, now=now)
    assert [duty.done_at for duty in duties()] == [now, None]


@pytest.mark.parametrize("how", ["declined", "taken back"])
def test_what_the_authority_does_not_take_is_due_by_the_cases_own_agency_again(
    owner: Actor, case: Case, child: Person, now: datetime, how: str
) -> None:
    say(case, child, Parent.IS, by=owner, now=now)
    referral = Referral.objects.get()
    if how == "declined":
        with acting(who := actor("guardian")):
            actions.decline(referral_id=referral.id, why=Decline.NOT_OURS, by=who, now=now)
    else:
        actions.take_back(case=case, referral_id=referral.id, by=owner, now=now)
    [duty] = duties()
    assert duty.agency_id == case.agency_id
    what = decision(child, now=now, office="Т. Сейітова")
    assert actions.decide_night(case=case, decision=what, by=owner, now=now).agency_id == case.agency_id


def test_two_who_write_at_once_are_told(owner: Actor, case: Case, child: Person, now: datetime) -> None:
    seen = queries.nights_stand(case)
    say(case, child, Parent.IS, by=owner, now=now)
    him = shared.person(case, Role.OFFENDER)
    with pytest.raises(ChangedMeanwhile):
        actions.say_parent(
            case=case,
            child_id=child.id,
            offender_id=him.id,
            word=Parent.IS_NOT,
            why="Көрші",
            by=owner,
            now=now,
            seen=seen,
        )


def test_a_child_who_is_the_victim_is_a_child_who_sleeps_somewhere_too(owner: Actor, now: datetime) -> None:
    report = factories.report(by=owner, now=now, victim=shared.CHILD)
    case = actions.open_from_report(report=report, by=owner, now=now)
    child, him = shared.person(case), shared.person(case, Role.OFFENDER)
    actions.say_parent(case=case, child_id=child.id, offender_id=him.id, word=Parent.MAY_BE, why="", by=owner, now=now)
    assert [view.id for view in queries.at_stake(case, on=now.date())] == [child.id]


def test_a_parent_nobody_can_name_is_not_made_up(owner: Actor, now: datetime) -> None:
    report = factories.report(by=owner, now=now, victim=shared.CHILD, suspect=Named())
    case = actions.open_from_report(report=report, by=owner, now=now)
    assert queries.parenthood(case, on=now.date()) == []
    assert queries.at_stake(case, on=now.date()) == []
