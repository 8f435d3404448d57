"""Several people say different things: each is kept as it was said, beside the others, and no program decides."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from qorgan.base.errors import BadInput, ChangedMeanwhile, NotAllowed, NotFound
from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions, queries, rules
from qorgan.cases.models import Account, Case, Contradiction, Finding
from qorgan.cases.terms import Object, Said, Through, Topic
from tests import factories
from tests.cases import disputed
from tests.conftest import actor

DAY = timedelta(days=1)


@pytest.fixture
def case(owner: Actor, now: datetime) -> Case:
    return factories.case(by=owner, now=now)


def test_what_was_said_is_kept_word_for_word_with_who_through_whom_and_of_what(
    owner: Actor, now: datetime, case: Case
) -> None:
    words = "  Ұрған!  Көрдім…\nЕкі рет.  "
    disputed.account(case, by=owner, now=now, words=words)
    view = queries.accounts(case)[0]
    assert (view.words, view.through) == (words, Through.RELATIVE)
    assert [(one.topic, one.said, one.words) for one in view.stated] == [(Topic.DEATH_CAUSE, Said.BLOW, "біреу ұрған")]


def test_a_correction_is_an_account_of_its_own_and_the_first_one_stays(owner: Actor, now: datetime, case: Case) -> None:
    first = disputed.account(case, by=owner, now=now)
    second = disputed.account(case, by=owner, now=now, words="Ұрған деп ойладым.", corrects_id=first.id)
    found = {view.id: view for view in queries.accounts(case)}
    assert found[first.id].corrected
    assert found[first.id].words == disputed.MOTHERS_WORDS
    assert (found[second.id].corrects_id, found[second.id].corrected) == (first.id, False)


@pytest.mark.parametrize("change", [{"source": "басқа"}, {"said_at": None}])
def test_no_row_of_what_was_said_can_be_changed(
    owner: Actor, now: datetime, case: Case, change: dict[str, object]
) -> None:
    held = disputed.account(case, by=owner, now=now)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Account.objects.filter(pk=held.pk).update(**change)


def test_an_account_dated_tomorrow_is_refused(owner: Actor, now: datetime, case: Case) -> None:
    with pytest.raises(rules.SaidLater):
        disputed.account(case, by=owner, now=now, said_at=now + DAY)


@pytest.mark.parametrize(
    "stated",
    [
        (actions.Stated(topic=Topic.WHERE, said=Said.FALL),),
        (actions.Stated(topic=Topic.DEATH_CAUSE, said=Said.YES),),
        (actions.Stated(topic=Topic.WHERE, words=" "),),
        (actions.Stated(topic=Topic.WHO, words="ол"), actions.Stated(topic=Topic.WHO, words="мен")),
    ],
)
def test_a_closed_answer_belongs_to_its_question_and_each_is_answered_once(
    owner: Actor, now: datetime, case: Case, stated: tuple[actions.Stated, ...]
) -> None:
    with pytest.raises(rules.AnswerDoesNotFit):
        disputed.account(case, by=owner, now=now, stated=stated)


def test_who_spoke_is_of_the_case_and_what_is_corrected_too(owner: Actor, now: datetime, case: Case) -> None:
    elsewhere = factories.case(by=owner, now=now)
    other = disputed.account(elsewhere, by=owner, now=now)
    with pytest.raises(rules.NotOfTheCase):
        disputed.account(case, by=owner, now=now, person_id=UUID(int=7))
    with pytest.raises(NotFound):
        disputed.account(case, by=owner, now=now, corrects_id=other.id)


def test_a_finding_stands_with_its_source_its_answers_and_what_it_examined(
    owner: Actor, now: datetime, case: Case
) -> None:
    disputed.finding(case, by=owner, now=now)
    [view] = queries.statements(case).findings
    assert view.institution.startswith("Сот сараптамалары")
    assert [(one.kind, one.words) for one in view.examined] == [
        (Object.PERSON, ""),
        (Object.NAMED, "Шұңқырдың жанындағы баспалдақ"),
    ]
    assert view.stated[0].said is Said.FALL


def test_a_second_finding_stands_beside_the_first(owner: Actor, now: datetime, case: Case) -> None:
    first = disputed.finding(case, by=owner, now=now)
    again = actions.Looked(kind=Object.FINDING, id=first.id)
    second = disputed.finding(case, by=owner, now=now, beside_id=first.id, examined=(again,))
    found = queries.statements(case).findings
    assert {one.id for one in found} == {first.id, second.id}
    assert [one.beside_id for one in found if one.id == second.id] == [first.id]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"examined": ()}, rules.NothingExamined),
        ({"examined": (actions.Looked(kind=Object.NAMED, words=" "),)}, rules.NothingExamined),
        ({"examined": (actions.Looked(kind=Object.PERSON, id=UUID(int=5)),)}, NotFound),
        ({"stated": ()}, rules.NothingFound),
        ({"institution": " "}, rules.NobodyFound),
        ({"expert": ""}, rules.NobodyFound),
        ({"beside_id": UUID(int=5)}, NotFound),
    ],
)
def test_a_finding_without_ground_or_source_is_refused(
    owner: Actor, now: datetime, case: Case, changes: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        disputed.finding(case, by=owner, now=now, **changes)
    assert not Finding.objects.exists()


def test_a_finding_is_given_after_it_was_asked_for_and_not_tomorrow(owner: Actor, now: datetime, case: Case) -> None:
    with pytest.raises(rules.GivenBeforeAsked):
        disputed.finding(case, by=owner, now=now, asked_at=now, given_at=now - DAY)
    with pytest.raises(rules.GivenLater):
        disputed.finding(case, by=owner, now=now, given_at=now + DAY)


def test_that_two_statements_contradict_each_other_is_listed_and_touches_neither(
    owner: Actor, now: datetime, case: Case
) -> None:
    held = disputed.contradiction(case, by=owner, now=now)
    [view] = queries.statements(case).contradictions
    assert (view.held.marked_by, view.held.marked_at) == (owner.staff_id, now)
    assert (view.topic, view.stands, held.version) == (Topic.DEATH_CAUSE, True, 1)
    assert [view.one.at, view.other.at] == sorted([view.one.at, view.other.at])


def test_a_statement_contradicts_another_once_a_topic_whichever_is_named_first(
    owner: Actor, now: datetime, case: Case
) -> None:
    held = disputed.contradiction(case, by=owner, now=now)
    assert held.one_account_id
    assert held.other_finding_id
    one, other = disputed.sides(held.one_account_id, held.other_finding_id)
    with pytest.raises(rules.MarkedAlready):
        actions.mark(case=case, topic=Topic.DEATH_CAUSE, one=other, other=one, by=owner, now=now)
    actions.mark(case=case, topic=Topic.WHAT, one=other, other=one, by=owner, now=now)


def test_a_statement_does_not_contradict_itself_nor_one_of_another_case(
    owner: Actor, now: datetime, case: Case
) -> None:
    mine = actions.Statement(account_id=disputed.account(case, by=owner, now=now).id)
    elsewhere = factories.case(by=owner, now=now)
    other = actions.Statement(account_id=disputed.account(elsewhere, by=owner, now=now).id)
    told = {"case": case, "topic": Topic.WHAT, "one": mine, "by": owner, "now": now}
    with pytest.raises(rules.ContradictsItself):
        actions.mark(**told, other=mine)  # type: ignore[arg-type]  # told by name
    for side in (other, actions.Statement()):
        with pytest.raises(NotFound):
            actions.mark(**told, other=side)  # type: ignore[arg-type]  # told by name


def test_the_database_too_refuses_a_contradiction_of_a_thing_with_itself(
    owner: Actor, now: datetime, case: Case
) -> None:
    held = disputed.contradiction(case, by=owner, now=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contradiction.objects.filter(pk=held.pk).update(other_finding=None, other_account=held.one_account)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contradiction.objects.filter(pk=held.pk).update(one_finding=held.other_finding)


def test_what_is_withdrawn_keeps_who_marked_it_who_withdrew_it_and_why(owner: Actor, now: datetime, case: Case) -> None:
    held = disputed.contradiction(case, by=owner, now=now)
    with pytest.raises(BadInput):
        actions.unmark(case=case, contradiction_id=held.id, why="  ", by=owner, now=now)
    actions.unmark(case=case, contradiction_id=held.id, why="екеуі басқа күн туралы", by=owner, now=now)
    [view] = queries.statements(case).contradictions
    assert (view.stands, view.why, view.held.marked_by) == (False, "екеуі басқа күн туралы", owner.staff_id)
    with pytest.raises(rules.WithdrawnAlready):
        actions.unmark(case=case, contradiction_id=held.id, why="тағы", by=owner, now=now)
    one, other = disputed.sides(held.one_account_id, held.other_finding_id)  # type: ignore[arg-type]  # as it was made
    actions.mark(case=case, topic=Topic.DEATH_CAUSE, one=one, other=other, by=owner, now=now)
    assert [view.stands for view in queries.statements(case).contradictions] == [False, True]


def test_the_program_proposes_only_where_closed_answers_to_one_question_differ(
    owner: Actor, now: datetime, case: Case
) -> None:
    mothers = disputed.account(case, by=owner, now=now)
    found = disputed.finding(case, by=owner, now=now)
    unsure = (actions.Stated(topic=Topic.DEATH_CAUSE, said=Said.CANNOT_SAY),)
    disputed.finding(case, by=owner, now=now, stated=unsure)
    disputed.account(case, by=owner, now=now, stated=(actions.Stated(topic=Topic.WHERE, words="көшеде"),))
    [difference] = queries.statements(case).differences
    assert {difference.one.id, difference.other.id} == {mothers.id, found.id}
    one, other = disputed.sides(mothers.id, found.id)
    actions.mark(case=case, topic=Topic.DEATH_CAUSE, one=one, other=other, by=owner, now=now)
    assert queries.statements(case).differences == []


def test_what_was_put_right_is_not_proposed_any_more(owner: Actor, now: datetime, case: Case) -> None:
    first = disputed.account(case, by=owner, now=now)
    disputed.finding(case, by=owner, now=now)
    same = (actions.Stated(topic=Topic.DEATH_CAUSE, said=Said.FALL),)
    disputed.account(case, by=owner, now=now, corrects_id=first.id, stated=same)
    assert queries.statements(case).differences == []


def test_of_two_who_saw_the_same_only_the_first_marks(owner: Actor, now: datetime, case: Case) -> None:
    one, other = disputed.sides(
        disputed.account(case, by=owner, now=now).id, disputed.finding(case, by=owner, now=now).id
    )
    seen = queries.said_stands(case)
    told = {"case": case, "one": one, "other": other, "by": owner, "now": now, "seen": seen}
    actions.mark(topic=Topic.WHAT, **told)  # type: ignore[arg-type]  # told by name
    with pytest.raises(ChangedMeanwhile):
        actions.mark(topic=Topic.WHERE, **told)  # type: ignore[arg-type]  # told by name


def test_nothing_is_said_found_or_marked_in_a_closed_case(owner: Actor, now: datetime, case: Case) -> None:
    held = disputed.contradiction(case, by=owner, now=now)
    actions.close(case=case, by=owner, now=now)
    for act in (disputed.account, disputed.finding, disputed.contradiction):
        with pytest.raises(rules.CaseClosed):
            act(case, by=owner, now=now)
    with pytest.raises(rules.CaseClosed):
        actions.unmark(case=case, contradiction_id=held.id, why="x", by=owner, now=now)


@pytest.mark.parametrize(("login", "refusal"), [("rudny", NotFound), ("prosecutor", NotAllowed)])
def test_a_stranger_finds_no_case_and_who_reads_writes_nothing(
    owner: Actor, now: datetime, case: Case, login: str, refusal: type[Exception]
) -> None:
    held, who = disputed.contradiction(case, by=owner, now=now), actor(login)
    with acting(who):
        with pytest.raises(refusal):
            disputed.account(case, by=who, now=now)
        with pytest.raises(refusal):
            actions.unmark(case=case, contradiction_id=held.id, why="x", by=who, now=now)
        assert (login == "prosecutor") is bool(Contradiction.objects.filter(pk=held.pk).exists())


def test_every_write_leaves_its_row_in_the_journal(owner: Actor, now: datetime, case: Case) -> None:
    held = disputed.contradiction(case, by=owner, now=now)
    actions.unmark(case=case, contradiction_id=held.id, why="басқа күн", by=owner, now=now)
    kinds = set(JournalEntry.objects.filter(thing_id=str(case.id)).values_list("kind", flat=True))
    assert {
        "cases.account.written",
        "cases.finding.written",
        "cases.contradiction.marked",
        "cases.contradiction.withdrawn",
    } <= kinds
