"""What is told of children: nights asked and decided, recommendations made and answered. Never of whom."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions
from qorgan.cases.models import Case, Referral
from qorgan.cases.terms import Parent, Reply, Role, Stays
from qorgan.facts.collect import trace
from qorgan.facts.queries import Selection
from qorgan.facts.terms import FactKind
from tests import factories
from tests.cases import shared
from tests.conftest import actor
from tests.facts.test_collect import collect_all, facts
from tests.roles import as_process

HOUR = timedelta(hours=1)


def _asked(case: Case, *, by: Actor, now: datetime) -> actions.Decision:
    child, him = shared.child(case, by=by, now=now), shared.person(case, Role.OFFENDER)
    actions.say_parent(case=case, child_id=child.id, offender_id=him.id, word=Parent.IS, why="", by=by, now=now)
    shared.answered(Referral.objects.get(case=case), "guardian", now=now)
    return actions.Decision(
        child_id=child.id, stays=Stays.SHELTER, since=now, until=now + 20 * HOUR, why="Үйде қауіпті"
    )


@pytest.mark.parametrize(("after", "stage"), [(2, "in_time"), (4, "late")])
def test_a_night_asked_for_and_decided_is_told_once_with_its_hours(
    owner: Actor, now: datetime, after: int, stage: str
) -> None:
    case = factories.case(by=owner, now=now)
    decision = _asked(case, by=owner, now=now)
    later = now + after * HOUR
    collect_all(now + HOUR)
    with acting(inside := shared.inside("guardian", now=later)):
        actions.decide_night(case=case, decision=decision, by=inside, now=later)
    moment = collect_all(later + HOUR).as_of
    (asked,), (decided,), (report,) = map(
        facts, (FactKind.NIGHT_ASKED, FactKind.NIGHT_DECIDED, FactKind.REPORT_REGISTERED)
    )
    assert (asked.hours, decided.hours, decided.stage) == (None, Decimal(f"{after}.000"), stage)
    assert asked.link == decided.link
    assert asked.root == report.link
    assert (asked.code, asked.age, asked.sex) == (None, None, None)
    assert collect_all(later + 2 * HOUR).facts == 0
    assert moment is not None
    with as_process(Process.COLLECTOR):
        for kind in (FactKind.NIGHT_ASKED, FactKind.NIGHT_DECIDED):
            selection = Selection(kind, date(2026, 11, 1), date(2026, 11, 30), moment)
            assert trace.records_behind(selection) == [case.id]


@pytest.mark.parametrize(("after", "stage"), [(timedelta(days=3), "in_time"), (timedelta(days=60), "late")])
def test_a_recommendation_and_its_first_answer_are_told(
    owner: Actor, now: datetime, after: timedelta, stage: str
) -> None:
    case = factories.case(by=owner, now=now)
    with acting(head := actor("head")):
        review = actions.begin_death_review(case=case, by=head, now=now)
        agency = actor("centre").agency
        made = actions.recommend(review=review, agency_id=agency, words="Түнде де оқу.", by=head, now=now)
    collect_all(now + HOUR)
    with acting(centre := actor("centre")):
        answer = {"recommendation_id": made.id, "reply": Reply.ACCEPTED, "why": ""}
        actions.answer_advice(**answer, by=centre, now=now + after)  # type: ignore[arg-type]  # told by name
    collect_all(now + after + HOUR)
    (told,), (answered,) = map(facts, (FactKind.RECOMMENDATION_MADE, FactKind.RECOMMENDATION_ANSWERED))
    assert (answered.code, answered.stage) == ("accepted", stage)
    assert told.link == answered.link
