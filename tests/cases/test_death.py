"""The review of a child's death: begun within its clock, blaming nobody, answered by those it recommends to."""

from datetime import datetime, timedelta

import pytest

from qorgan.agencies.models import Agency
from qorgan.base.errors import ChangedMeanwhile, NotAllowed, NotFound
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions, queries
from qorgan.cases.models import Case, DeathEntry, DeathReview, Recommendation
from qorgan.cases.papers.death import Advised, DeathPaper, Knew, content, death_paper, languages, without_names
from qorgan.cases.rules import death as limits
from qorgan.cases.terms import Entry, Reply
from qorgan.duties import actions as duties
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind
from qorgan.missing import actions as missing
from tests import factories
from tests.conftest import actor
from tests.missing import made as missing_child
from tests.roles import as_process

ADVICE = "Кезекші бөлім түнгі хабарды бір сағат ішінде орган өкіліне береді."


@pytest.fixture
def head(colleague: Actor) -> Actor:
    return colleague


@pytest.fixture
def case(owner: Actor, now: datetime) -> Case:
    return factories.case(by=owner, now=now)


@pytest.fixture
def review(case: Case, head: Actor, now: datetime) -> DeathReview:
    with acting(head):
        return actions.begin_death_review(case=case, by=head, now=now)


def enter(review: DeathReview, kind: Entry, words: str, *, by: Actor, now: datetime) -> DeathEntry:
    with acting(by):
        return actions.enter_in_review(review=review, kind=kind, words=words, by=by, now=now)


def recommended(review: DeathReview, *, by: Actor, now: datetime, words: str = ADVICE) -> Recommendation:
    with acting(by):
        return actions.recommend(review=review, agency_id=actor("centre").agency, words=words, by=by, now=now)


def test_a_child_found_dead_is_to_be_reviewed_within_the_clock_of_the_house(owner: Actor, now: datetime) -> None:
    alarm = missing_child.alarm(by=owner, now=now)
    ended = missing.found_dead(alarm=alarm, end=missing.End(place="өзен", words="табылды"), by=owner, now=now)
    duty = Duty.objects.get(kind=Kind.OPEN_REVIEW)
    assert (duty.case_id, duty.due_at) == (ended.death_case_id, now + timedelta(hours=72))
    with acting(who := actor("head")):
        actions.begin_death_review(case=Case.objects.get(pk=ended.death_case_id), by=who, now=now)
    duty.refresh_from_db()
    assert duty.done_at == now


def test_a_death_is_reviewed_once(review: DeathReview, case: Case, head: Actor, now: datetime) -> None:
    with acting(head), pytest.raises(limits.ReviewBegun):
        actions.begin_death_review(case=case, by=head, now=now)


@pytest.mark.parametrize("login", ["inspector", "prosecutor", "desk"])
def test_who_does_not_keep_reviews_begins_none(case: Case, now: datetime, login: str) -> None:
    with acting(who := actor(login)), pytest.raises(NotAllowed):
        actions.begin_death_review(case=case, by=who, now=now)


@pytest.mark.parametrize("words", ["Инспектор кінәлі болды.", "Виноват участковый.", "The officer was negligent"])
def test_words_of_blame_are_refused_with_what_to_write_instead(
    review: DeathReview, head: Actor, now: datetime, words: str
) -> None:
    for kind in (Entry.FINDING, Entry.MATERIAL):
        with pytest.raises(limits.BlamesSomeone):
            enter(review, kind, words, by=head, now=now)
    with pytest.raises(limits.BlamesSomeone):
        recommended(review, by=head, now=now, words=words)


def test_nobody_who_worked_in_the_case_or_is_of_its_people_sits_on_the_commission(
    review: DeathReview, head: Actor, now: datetime
) -> None:
    for name in (factories.WOMAN.written, "Есімханов Ернұр Дулатұлы"):
        with pytest.raises(limits.NearTheCase):
            enter(review, Entry.MEMBER, name, by=head, now=now)
    enter(review, Entry.CHAIR, "Жанұзақова Мәдина Серікқызы", by=head, now=now)
    with pytest.raises(limits.ChairStands):
        enter(review, Entry.CHAIR, "Тоқтаров Асқар Маратұлы", by=head, now=now)


def test_a_recommendation_names_nobody(review: DeathReview, head: Actor, now: datetime) -> None:
    surname = factories.WOMAN.written.split()[0]
    with pytest.raises(limits.NamesSomeone):
        recommended(review, by=head, now=now, words=f"{surname} отбасымен жұмыс істеу керек.")


def test_the_addressee_reads_the_words_and_nothing_of_the_file_and_answers_by_its_clock(
    review: DeathReview, case: Case, head: Actor, now: datetime
) -> None:
    made = recommended(review, by=head, now=now)
    assert made.due_at is not None
    assert made.due_at >= now + timedelta(days=29)
    with acting(centre := actor("centre")):
        [view] = queries.opened_advice(queries.recommended_to(centre.agency))
        assert view.words == ADVICE
        assert not Case.objects.exists()
        assert not DeathReview.objects.exists()
        answered = actions.answer_advice(
            recommendation_id=made.id, reply=Reply.ACCEPTED, why="", by=centre, now=now + timedelta(days=1)
        )
    assert answered.answered_by == centre.staff
    with acting(actor("cityhead")):
        duty = Duty.objects.get(kind=Kind.ANSWER_RECOMMENDATION)
    assert (duty.agency_id, duty.done_at) == (centre.agency, now + timedelta(days=1))


def test_a_refusal_has_a_reason_and_stands(review: DeathReview, head: Actor, now: datetime) -> None:
    made = recommended(review, by=head, now=now)
    with acting(centre := actor("centre")):
        with pytest.raises(limits.RefusedWithoutWhy):
            actions.answer_advice(recommendation_id=made.id, reply=Reply.REFUSED, why=" ", by=centre, now=now)
        actions.answer_advice(recommendation_id=made.id, reply=Reply.REFUSED, why="Орын жоқ", by=centre, now=now)
        with pytest.raises(limits.ReplyStands):
            actions.answer_advice(recommendation_id=made.id, reply=Reply.DONE, why="", by=centre, now=now)


def test_what_was_accepted_is_done_later_and_the_first_answer_keeps_its_moment(
    review: DeathReview, head: Actor, now: datetime
) -> None:
    made, later = recommended(review, by=head, now=now), now + timedelta(days=9)
    with acting(centre := actor("centre")):
        actions.answer_advice(recommendation_id=made.id, reply=Reply.ACCEPTED, why="", by=centre, now=now)
        done = actions.answer_advice(
            recommendation_id=made.id, reply=Reply.DONE, why="бұйрық № 3", by=centre, now=later
        )
    assert (done.answered_at, done.done_at) == (now, later)


def test_another_agency_does_not_find_it(review: DeathReview, head: Actor, now: datetime) -> None:
    made = recommended(review, by=head, now=now)
    for login in ("guardian", "rudny"):
        with acting(who := actor(login)), pytest.raises(NotFound):
            actions.answer_advice(recommendation_id=made.id, reply=Reply.DONE, why="", by=who, now=now)


def test_who_keeps_the_review_writes_an_answer_by_letter_down_and_says_by_which(
    review: DeathReview, head: Actor, now: datetime
) -> None:
    made = recommended(review, by=head, now=now)
    with acting(head):
        answer = {"recommendation_id": made.id, "reply": Reply.ACCEPTED, "why": ""}
        for letter in ("", "хат", " "):
            with pytest.raises(limits.ByWhichLetter):
                actions.answer_advice(**answer, letter=letter, by=head, now=now)  # type: ignore[arg-type]  # told by name
        found = actions.answer_advice(**answer, letter="хат № 7, 20.11.2026", by=head, now=now)  # type: ignore[arg-type]  # told by name
    assert (found.reply, found.letter) == (Reply.ACCEPTED, "хат № 7, 20.11.2026")


def test_a_body_outside_answers_by_letter_and_who_keeps_the_review_enters_it_by_the_clock(
    review: DeathReview, head: Actor, now: datetime
) -> None:
    with acting(head):
        made = actions.recommend(review=review, body="Білім министрлігі", words=ADVICE, by=head, now=now)
        duty = Duty.objects.get(kind=Kind.ANSWER_RECOMMENDATION)
        assert (duty.agency_id, duty.due_at) == (review.agency_id, made.due_at)
        assert [one.id for one in queries.unanswered_advice(head.agency)] == [made.id]
        answer = {"recommendation_id": made.id, "reply": Reply.DONE, "why": "", "letter": "№ 12, 21.11.2026"}
        actions.answer_advice(**answer, by=head, now=now + timedelta(days=3))  # type: ignore[arg-type]  # told by name
        duty.refresh_from_db()
        assert duty.done_at == now + timedelta(days=3)
        assert not queries.unanswered_advice(head.agency)


def test_the_answer_of_an_agency_without_staff_here_is_due_by_who_keeps_the_review(
    review: DeathReview, head: Actor, now: datetime
) -> None:
    school = Agency.objects.get(code="shymkent-school-demo")
    with acting(head):
        actions.recommend(review=review, agency_id=school.id, words=ADVICE, by=head, now=now)
        assert Duty.objects.get(kind=Kind.ANSWER_RECOMMENDATION).agency_id == review.agency_id


@pytest.mark.parametrize("both", [True, False])
def test_a_recommendation_has_one_addressee(review: DeathReview, head: Actor, now: datetime, both: bool) -> None:
    to = {"agency_id": actor("centre").agency, "body": "Министрлік"} if both else {}
    with acting(head), pytest.raises(limits.ToOneOfTwo):
        actions.recommend(review=review, **to, words=ADVICE, by=head, now=now)  # type: ignore[arg-type]  # told by name


def test_a_name_does_not_leave_in_the_name_of_a_body(review: DeathReview, head: Actor, now: datetime) -> None:
    with acting(head), pytest.raises(limits.NamesSomeone):
        actions.recommend(review=review, body=factories.WOMAN.written, words=ADVICE, by=head, now=now)


def test_what_is_answered_late_is_told_to_the_head_and_then_to_the_prosecutor(
    review: DeathReview, head: Actor, now: datetime
) -> None:
    with acting(head):
        made = actions.recommend(review=review, body="Білім министрлігі", words=ADVICE, by=head, now=now)
        assert made.due_at is not None
        assert queries.advice(review)[0].is_late(now=made.due_at + timedelta(days=1))
    with as_process(Process.WORKER), acting(head):
        for role, after in (("unit_head", timedelta(days=2)), ("prosecutor", timedelta(days=6))):
            assert duties.escalate(role=role, by=head, now=made.due_at + timedelta(hours=1)).made == 0
            assert duties.escalate(role=role, by=head, now=made.due_at + after).made == 1


def test_it_is_closed_with_a_chair_and_a_finding_and_nothing_is_entered_after(
    review: DeathReview, head: Actor, now: datetime
) -> None:
    with acting(head), pytest.raises(limits.ReviewUnfinished):
        actions.close_death_review(review=review, by=head, now=now)
    enter(review, Entry.CHAIR, "Жанұзақова Мәдина Серікқызы", by=head, now=now)
    enter(review, Entry.FINDING, "Хабар келесі күні оқылды.", by=head, now=now)
    with acting(head):
        actions.close_death_review(review=review, by=head, now=now)
    with pytest.raises(limits.ReviewClosed):
        enter(review, Entry.FINDING, "Тағы бірі", by=head, now=now)


def test_two_who_enter_at_once_are_told(review: DeathReview, head: Actor, now: datetime) -> None:
    seen = queries.death_stands(review)
    enter(review, Entry.FINDING, "Хабар келесі күні оқылды.", by=head, now=now)
    with acting(head), pytest.raises(ChangedMeanwhile):
        actions.enter_in_review(review=review, kind=Entry.FINDING, words="Басқа", by=head, now=now, seen=seen)


def _paper(language: str, hidden: tuple[str, ...] | None, *, now: datetime) -> DeathPaper:
    return DeathPaper(
        language=language,
        number="KZ-79/1/T",
        case_number="KZ-79/1",
        agency="Полиция",
        made_at=now,
        zone="Asia/Almaty",
        commission=(("chair", "Жанұзақова Мәдина", "Әкімдік"),),
        materials=("Гүлсезімге қатысты хат",),
        knew=(Knew(now, "Мектеп", "Гүлсезім туралы хабар"),),
        findings=("Әбдірахманованың хабары келесі күні оқылды.",),
        advice=(Advised("Мектеп", ADVICE, "accepted", "", now),),
        hidden=hidden,
        is_synthetic=True,
    )


@pytest.mark.parametrize("is_public", [True, False])
def test_the_public_form_holds_no_name_in_any_ending(now: datetime, is_public: bool) -> None:
    names = ("Әбдірахманова Гүлсезім Нұрланқызы", "Жанұзақова Мәдина")
    for language in languages():
        paper = _paper(language, names if is_public else None, now=now)
        said = str(content(paper))
        shown = [part for name in names for part in name.split() if part in said]
        assert bool(shown) is not is_public
        assert death_paper(paper).startswith(b"%PDF")


def test_short_words_are_not_taken_for_names() -> None:
    assert without_names("Ана үйде болды, Ли келді", ("Ли Ана",)) == "Ана үйде болды, Ли келді"
