"""Assessments in the records: the higher result, two people for a lower one, duties, what is not known."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from qorgan.base.errors import ChangedMeanwhile, NotAllowed
from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions as cases
from qorgan.cases import queries as case_queries
from qorgan.cases.terms import Role
from qorgan.duties import actions as duties
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind
from qorgan.people.actions import Named
from qorgan.risk import actions, queries, rules
from qorgan.risk.engine import instrument as data
from qorgan.risk.engine.answers import Answer
from qorgan.risk.models import Alleged, Assessment, Kept, Lowering, Measure
from qorgan.risk.terms import Decision, Gate, Origin
from tests import factories
from tests.conftest import actor
from tests.risk import made

DAY = timedelta(days=1)


@pytest.fixture
def admin(db: None) -> Actor:
    """Who loads instruments, and sees no case."""
    return actor("admin")


def _stands(one: Assessment) -> str:
    found = queries.find(one.id)
    assert found is not None
    return queries.opened([found])[0].stands.code


def _open(kind: Kind) -> list[Duty]:
    return list(Duty.objects.filter(kind=kind, done_at__isnull=True, dropped_at__isnull=True).order_by("due_at"))


def test_a_grave_yes_lays_what_it_asks_for_by_its_terms(owner: Actor, now: datetime) -> None:
    made.assessed("choked", by=owner, now=now)
    asked = {one.action: one.id for one in Measure.objects.all()}
    assert set(asked) == {"tell_head", "safe_tonight", "safety_plan", "consider_order", "doctor"}
    due = {one.thing_id: one.due_at for one in _open(Kind.TAKE_MEASURE)}
    assert due[asked["tell_head"]] == now + timedelta(hours=1)
    assert due[asked["doctor"]] == now + timedelta(hours=6)
    assert [one.due_at for one in _open(Kind.ASSESS_AGAIN)] == [now + DAY]


def test_judgement_raises_a_result_and_says_why(owner: Actor, now: datetime) -> None:
    with pytest.raises(rules.NoReason):
        made.assessed(judged="grave", by=owner, now=now)
    held = made.assessed(judged="grave", why="көршілері хабарлады", by=owner, now=now)
    assert (held.computed, held.judged, held.result) == (0, 2, 2)
    assert queries.for_cases([held.case_id])[0].why == "көршілері хабарлады"


def test_a_lower_judgement_waits_for_a_second_person(owner: Actor, colleague: Actor, now: datetime) -> None:
    held = made.assessed("choked", judged="raised", why="ол шетелде", by=owner, now=now)
    waits = Lowering.objects.get(assessment=held)
    assert _stands(held) == "grave"
    assert [one.thing_id for one in _open(Kind.CONFIRM_LOWER)] == [waits.id]
    with acting(colleague):
        actions.decide_lower(lowering=waits, agrees=True, words="растаймын", by=colleague, now=now)
    assert _stands(held) == "raised"
    assert _open(Kind.CONFIRM_LOWER) == []
    assert len(_open(Kind.TAKE_MEASURE)) == 5, "what the higher result asked for stays to be done"


def test_whoever_asked_or_assessed_never_decides(colleague: Actor, owner: Actor, now: datetime) -> None:
    with acting(colleague):
        held = made.lowering(by=colleague, now=now)
        with pytest.raises(rules.SamePerson):
            actions.decide_lower(lowering=held, agrees=True, words="", by=colleague, now=now)
    with pytest.raises(NotAllowed):
        actions.decide_lower(lowering=held, agrees=True, words="", by=owner, now=now)
    assert _stands(held.assessment) == "grave"


def test_the_database_refuses_one_person_in_both_places(owner: Actor, now: datetime) -> None:
    held = made.lowering(by=owner, now=now)
    changes = {"decision": Decision.AGREED, "decided_at": now, "decided_by": held.asked_by}
    with pytest.raises(IntegrityError, match="lowering_by_two"), transaction.atomic():
        Lowering.objects.filter(pk=held.id).update(**changes)


def test_a_declined_lowering_leaves_the_result_and_may_be_asked_again(
    owner: Actor, colleague: Actor, now: datetime
) -> None:
    held = made.lowering(by=owner, now=now)
    with pytest.raises(rules.AlreadyWaits):
        actions.ask_lower(assessment=held.assessment, to="watch", why="иә", by=owner, now=now)
    with acting(colleague):
        actions.decide_lower(lowering=held, agrees=False, words="жоқ", by=colleague, now=now)
        with pytest.raises(rules.LoweringDecided):
            actions.decide_lower(lowering=held, agrees=True, words="", by=colleague, now=now)
    assert _stands(held.assessment) == "grave"
    actions.ask_lower(assessment=held.assessment, to="watch", why="тағы", by=owner, now=now)
    assert Lowering.objects.count() == 2


def test_only_something_lower_is_asked_for_and_with_a_reason(owner: Actor, now: datetime) -> None:
    held = made.assessed("leaving", by=owner, now=now)
    for to, why, refused in (
        ("grave", "иә", rules.NotLower),
        ("raised", "иә", rules.NotLower),
        ("watch", " ", rules.NoReason),
        ("never", "иә", rules.UnknownBand),
    ):
        with pytest.raises(refused):
            actions.ask_lower(assessment=held, to=to, why=why, by=owner, now=now)


def test_not_now_is_a_result_and_it_is_asked_again_soon(owner: Actor, now: datetime) -> None:
    held = made.assessed(by=owner, now=now, gate=Gate(is_safe=False, his_place="үйде"), answers={})
    view = queries.for_cases([held.case_id])[0]
    assert (view.result.code, view.gate.his_place) == ("raised", "үйде")
    assert set(view.answers.values()) == {Answer.NOT_SAFE}
    assert [one.provision for one in _open(Kind.ASSESS_AGAIN)] == ["risk.ask_again"]
    assert "see_her" in set(Measure.objects.values_list("action", flat=True))


def test_what_was_typed_where_it_is_not_safe_to_ask_is_not_taken(owner: Actor, now: datetime) -> None:
    held = made.assessed("choked", by=owner, now=now, gate=made.NOT_SAFE)
    assert set(queries.for_cases([held.case_id])[0].answers.values()) == {Answer.NOT_SAFE}


def test_too_few_answers_do_not_lower_what_stands_and_enough_do(owner: Actor, now: datetime) -> None:
    case = factories.case(by=owner, now=now)
    made.assessed("choked", by=owner, now=now, case=case)
    few = made.assessed(by=owner, now=now + DAY, case=case, answers={"fears": Answer.NO})
    assert few.result == 2
    enough = made.assessed(by=owner, now=now + 2 * DAY, case=case)
    assert enough.result == 0


def test_assessing_again_does_its_duty_closes_what_waits_and_lays_nothing_twice(owner: Actor, now: datetime) -> None:
    case = factories.case(by=owner, now=now)
    waits = made.lowering(by=owner, now=now, case=case)
    before = {one.thing_id for one in _open(Kind.TAKE_MEASURE)}
    newer = made.assessed("choked", "children", by=owner, now=now + DAY, case=case)
    waits.refresh_from_db()
    assert waits.decision == Decision.OVERTAKEN
    assert _open(Kind.CONFIRM_LOWER) == []
    assert [one.thing_id for one in _open(Kind.ASSESS_AGAIN)] == [newer.id]
    added = {one.thing_id for one in _open(Kind.TAKE_MEASURE)} - before
    assert set(Measure.objects.filter(pk__in=added).values_list("action", flat=True)) == {"guardianship"}
    with pytest.raises(rules.Overtaken):
        actions.ask_lower(assessment=waits.assessment, to="watch", why="иә", by=owner, now=now + DAY)


def test_a_measure_is_done_by_hand(owner: Actor, now: datetime) -> None:
    made.assessed("choked", by=owner, now=now)
    first = _open(Kind.TAKE_MEASURE)[0]
    duties.finish(duty=first, by=owner, now=now)
    assert len(_open(Kind.TAKE_MEASURE)) == 4


def test_the_danger_may_come_from_several_and_from_nobody_else_than_the_case_names(owner: Actor, now: datetime) -> None:
    case = factories.case(by=owner, now=now)
    brother = cases.add_person(
        case=case, named=Named(written="Сәрсенбаев Қайрат"), role=Role.OFFENDER, by=owner, now=now
    )
    people = case_queries.persons(case)
    named = tuple(person.id for role, person in people if role is Role.OFFENDER)
    made.assessed("choked", by=owner, now=now, case=case, offenders=named)
    assert set(Alleged.objects.values_list("person_id", flat=True)) == set(named)
    assert brother.id in named
    victim = next(person.id for role, person in people if role is Role.VICTIM)
    with pytest.raises(rules.NotHisCase):
        made.assessed(by=owner, now=now, case=case, offenders=(victim,))


def test_two_who_assess_at_once_are_told(owner: Actor, now: datetime) -> None:
    case = factories.case(by=owner, now=now)
    made.assessed(by=owner, now=now, case=case)
    with pytest.raises(ChangedMeanwhile):
        actions.assess(case=case, made=made.said(), by=owner, now=now, seen=0)


def test_an_assessment_is_never_changed_and_its_answers_are_sealed(owner: Actor, now: datetime) -> None:
    held = made.assessed("forced", by=owner, now=now)
    assert b"forced" not in bytes(held.answers)
    with pytest.raises(DatabaseError), transaction.atomic():
        Assessment.objects.filter(pk=held.id).update(result=0, computed=0)
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute("update risk_kept set content = '{}'")
    said = JournalEntry.objects.filter(kind="risk.assessment.made").get().detail
    assert set(said) >= {"case", "instrument", "asked"}
    assert "forced" not in str(said)


def test_a_closed_case_an_unknown_question_and_an_empty_pack_are_refused(owner: Actor, now: datetime) -> None:
    with pytest.raises(rules.UnknownItem):
        made.assessed(by=owner, now=now, answers={"no_such_question": Answer.YES})
    with pytest.raises(rules.NoText):
        made.assessed(by=owner, now=now, code="kz.ill_treatment", answers={})
    with pytest.raises(rules.UnknownInstrument):
        made.assessed(by=owner, now=now, code="kz.nothing")


def test_others_see_no_assessment(owner: Actor, stranger: Actor, excluded: Actor, now: datetime) -> None:
    held = made.assessed("choked", by=owner, now=now)
    with acting(stranger), transaction.atomic():
        assert queries.find(held.id) is None
        assert queries.for_cases([held.case_id]) == []
    with pytest.raises(NotAllowed):
        actions.assess(case=held.case, made=made.said(), by=excluded, now=now)


def _pack(**changes: object) -> dict[str, object]:
    content = next(one.content for one in queries.offered(on=datetime(2026, 11, 20).date()) if one.instrument.has_text)
    return {**content, "code": "kz.loaded", "version": "1", "standing": "normative", "purpose": "gateway", **changes}


EVIDENCE = actions.Evidence(licence="Хат № 12", name="letter.pdf", content=b"%PDF-")


def test_a_pack_is_loaded_with_its_licence_once_and_never_replaced(owner: Actor, admin: Actor, now: datetime) -> None:
    first = actions.import_instrument(table=_pack(), evidence=EVIDENCE, by=admin, now=now)
    assert actions.import_instrument(table=_pack(), evidence=EVIDENCE, by=admin, now=now) == first
    assert (first.origin, first.evidence, len(first.evidence_hash)) == (Origin.IMPORTED, "letter.pdf", 64)
    with pytest.raises(rules.InstrumentChanged):
        actions.import_instrument(table=_pack(source="басқа"), evidence=EVIDENCE, by=admin, now=now)
    held = made.assessed("choked", by=owner, now=now, code="kz.loaded")
    views = queries.for_cases([held.case_id])
    assert views[0].tone == "plan", "a gateway is no scale of danger"
    assert queries.standing(views) is None


@pytest.mark.parametrize(
    ("changes", "evidence", "refused"),
    [
        ({}, replace(EVIDENCE, licence=" "), rules.NoEvidence),
        ({}, replace(EVIDENCE, content=b""), rules.NoEvidence),
        ({"surprise": 1}, EVIDENCE, rules.FaultyInstrument),
        ({"code": "kz.triage", "version": "2026.1"}, EVIDENCE, rules.InstrumentChanged),
        (
            {"standing": "text_not_supplied", "item": [], "band": [], "action": [], "enough": 0},
            EVIDENCE,
            rules.NoText,
        ),
    ],
)
def test_a_pack_without_right_text_or_sense_is_refused(
    admin: Actor, now: datetime, changes: dict[str, object], evidence: actions.Evidence, refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        actions.import_instrument(table=_pack(**changes), evidence=evidence, by=admin, now=now)


def test_a_pack_whose_terms_the_law_does_not_know_and_an_inspector_are_refused(
    owner: Actor, admin: Actor, now: datetime
) -> None:
    table = _pack()
    table["action"][0]["provision"] = "risk.no_such_rule"  # type: ignore[index]  # a list of tables
    with pytest.raises(rules.UnknownTerm, match=r"risk\.no_such_rule"):
        actions.import_instrument(table=table, evidence=EVIDENCE, by=admin, now=now)
    with pytest.raises(NotAllowed):
        actions.import_instrument(table=_pack(), evidence=EVIDENCE, by=owner, now=now)


def test_what_was_assessed_by_an_older_version_reads_by_that_version(owner: Actor, now: datetime) -> None:
    held = made.assessed("choked", by=owner, now=now)
    kept = Kept.objects.get()
    assert kept.content_hash == held.content_hash == made.triage().content_hash
    assert data.bind(kept.content) == queries.for_cases([held.case_id])[0].instrument
