"""How a report ends, what stands behind each end, and the way back."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from qorgan.agencies.models import Agency
from qorgan.base.errors import ChangedMeanwhile, NotAllowed, NotFound
from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions as cases
from qorgan.cases.queries import case_of_report
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind
from qorgan.offences import actions as offences
from qorgan.reports import actions, rules
from qorgan.reports.models import Report, TakenBack
from qorgan.reports.queries import outcomes
from qorgan.reports.terms import Serving, State
from qorgan.reports.terms.outcomes import GROUNDS, How, Reason
from tests import factories
from tests.conftest import actor

HOUR = timedelta(hours=1)
WHY = "Көршісі қайта хабарласты."


def written_off(report: Report, *, by: Actor, now: datetime) -> Report:
    """The report, written off for a reason."""
    wanted, reason = State.WRITTEN_OFF, Reason.NOT_CONFIRMED
    return actions.decide(report_id=report.id, state=wanted, reason=reason, why="Үйде ешкім жоқ.", by=by, now=now)


def owed(report: Report) -> list[tuple[str, object, object]]:
    """The open duties about a report: what, by whom, until when."""
    found = Duty.objects.filter(thing_id=report.id, done_at=None, dropped_at=None)
    return list(found.values_list("kind", "agency_id", "due_at"))


def now_of(report: Report) -> Report:
    """The report as it stands."""
    return Report.objects.get(pk=report.pk)


def test_each_outcome_has_only_reasons_of_its_own(owner: Actor, now: datetime) -> None:
    report = factories.report(by=owner, now=now)
    for reason in (None, *GROUNDS[State.JOINED], Reason.NOT_ASKED):
        with pytest.raises(rules.NoGround):
            actions.decide(report_id=report.id, state=State.WRITTEN_OFF, reason=reason, by=owner, now=now)
    assert now_of(report).state == State.REGISTERED


def test_a_write_off_keeps_its_reason_and_its_words_and_tells_the_journal_no_words(owner: Actor, now: datetime) -> None:
    held = written_off(factories.report(by=owner, now=now), by=owner, now=now)
    assert (held.reason, outcomes.why(held)) == ("not_confirmed", "Үйде ешкім жоқ.")
    told = JournalEntry.objects.get(kind="reports.report.written_off").detail
    assert told == {"number": held.number, "version": 2, "reason": "not_confirmed"}


def test_registering_an_offence_with_a_report_is_its_outcome(owner: Actor, now: datetime) -> None:
    report = factories.report(by=owner, now=now)
    offence = factories.offence(by=owner, now=now, report=report)
    held = now_of(report)
    assert (held.state, held.offence_id, held.decided_by) == (State.PRE_TRIAL, offence.id, owner.staff_id)
    assert owed(held) == []


def test_under_the_administrative_code_it_is_an_administrative_case(owner: Actor, now: datetime) -> None:
    report = factories.report(by=owner, now=now)
    factories.offence(by=owner, now=now, report=report, code="KoAP", article="73")
    assert now_of(report).state == State.ADMINISTRATIVE


def test_a_case_may_lead_a_report_that_is_entered_and_its_outcome_stays(owner: Actor, now: datetime) -> None:
    report = factories.report(by=owner, now=now)
    factories.offence(by=owner, now=now, report=report)
    case = cases.open_from_report(report=report, by=owner, now=now)
    assert (case_of_report(report.id), now_of(report).state) == (case, State.PRE_TRIAL)
    with pytest.raises(rules.AlreadyDecided):
        cases.open_from_report(report=report, by=owner, now=now)


def test_an_annulled_offence_opens_its_report_again_with_a_new_clock(owner: Actor, now: datetime) -> None:
    report = factories.report(by=owner, now=now)
    offence = factories.offence(by=owner, now=now, report=report)
    later = now + 50 * HOUR
    offences.annul(offence=offence, why="Қате тіркелген.", by=owner, now=later)
    held = now_of(report)
    assert (held.state, held.offence_id, held.turn) == (State.REGISTERED, None, 1)
    assert owed(held) == [(Kind.DECIDE_REPORT, owner.agency, later + 24 * HOUR)]
    assert [one.how for one in outcomes.history(report.id)] == [How.ANNULLED]


def test_an_annulled_offence_leaves_the_case_as_the_outcome(owner: Actor, now: datetime) -> None:
    report = factories.report(by=owner, now=now)
    offence = factories.offence(by=owner, now=now, report=report)
    cases.open_from_report(report=report, by=owner, now=now)
    offences.annul(offence=offence, why="Қате тіркелген.", by=owner, now=now + HOUR)
    assert (now_of(report).state, owed(report)) == (State.TAKEN_UP, [])


def test_what_was_written_off_takes_no_offence_before_that_is_taken_back(owner: Actor, now: datetime) -> None:
    report = written_off(factories.report(by=owner, now=now), by=owner, now=now)
    with transaction.atomic(), pytest.raises(rules.AlreadyDecided):
        factories.offence(by=owner, now=now, report=report)


def test_taken_back_the_clock_that_ran_goes_on(owner: Actor, now: datetime) -> None:
    report = written_off(factories.report(by=owner, now=now), by=owner, now=now)
    with pytest.raises(rules.NoWords):
        actions.take_back(report_id=report.id, why=" ", by=owner, now=now)
    held = actions.take_back(report_id=report.id, why=WHY, by=owner, now=now + HOUR, seen=report.version)
    assert (held.state, held.reason, outcomes.why(held)) == (State.REGISTERED, "", "")
    assert owed(held) == [(Kind.DECIDE_REPORT, owner.agency, report.registered_at + 24 * HOUR)]
    (past,) = outcomes.history(report.id)
    assert (past.state, past.reason, past.why) == (State.WRITTEN_OFF, Reason.NOT_CONFIRMED, "Үйде ешкім жоқ.")
    assert (past.how, past.back_why) == (How.UNDONE, WHY)
    with pytest.raises(ChangedMeanwhile):
        actions.take_back(report_id=report.id, why=WHY, by=owner, now=now, seen=report.version)


def test_prosecutor_cancels_a_write_off_and_the_clock_starts_anew(
    owner: Actor, excluded: Actor, stranger: Actor, now: datetime
) -> None:
    report = written_off(factories.report(by=owner, now=now), by=owner, now=now)
    later = now + 30 * HOUR
    with pytest.raises(NotAllowed):
        actions.reopen(report_id=report.id, why=WHY, by=owner, now=later)
    with acting(excluded):
        with pytest.raises(rules.NoWords):
            actions.reopen(report_id=report.id, why="", by=excluded, now=later)
        actions.reopen(report_id=report.id, why=WHY, by=excluded, now=later)
        with pytest.raises(rules.NotEnded):
            actions.reopen(report_id=report.id, why=WHY, by=excluded, now=later)
    assert owed(report) == [(Kind.DECIDE_REPORT, owner.agency, later + 24 * HOUR)]
    held = written_off(now_of(report), by=owner, now=later + HOUR)
    assert (held.turn, owed(held)) == (1, [])


def test_a_case_is_not_undone_and_an_entry_not_taken_back(owner: Actor, now: datetime) -> None:
    led, entered = factories.report(by=owner, now=now), factories.report(by=owner, now=now)
    cases.open_from_report(report=led, by=owner, now=now)
    factories.offence(by=owner, now=now, report=entered)
    for report in (led, entered):
        with pytest.raises(rules.NotEnded):
            actions.take_back(report_id=report.id, why=WHY, by=owner, now=now)


def test_joined_to_an_earlier_one_and_to_nothing_that_leads_nowhere(owner: Actor, now: datetime) -> None:
    first = factories.report(by=owner, now=now - HOUR)
    second, third = factories.report(by=owner, now=now), factories.report(by=owner, now=now + HOUR)
    join = {"reason": Reason.SAME_EVENT, "by": owner, "now": now + HOUR}
    for number in ("", "жоқ", second.number, third.number):
        with pytest.raises(rules.NoSuchReport):
            actions.join(report_id=second.id, number=number, **join)  # type: ignore[arg-type]  # told by name
    held = actions.join(report_id=second.id, number=f" {first.kui_no} ", **join)  # type: ignore[arg-type]  # as above
    assert (held.state, held.joined_to_id, owed(held)) == (State.JOINED, first.id, [])
    assert list(outcomes.joined_to(first.id)) == [held]
    with pytest.raises(rules.EndsNowhere):
        actions.join(report_id=third.id, number=second.number, **join)  # type: ignore[arg-type]  # as above
    written_off(third, by=owner, now=now + HOUR)
    actions.take_back(report_id=second.id, why=WHY, by=owner, now=now + HOUR)
    assert now_of(second).joined_to_id is None


def test_one_that_others_are_joined_to_is_joined_to_nothing(owner: Actor, now: datetime) -> None:
    first, second, third = (factories.report(by=owner, now=now + hours * HOUR) for hours in range(3))
    join = {"reason": Reason.SAME_WORDS, "by": owner, "now": now + 2 * HOUR}
    actions.join(report_id=third.id, number=second.number, **join)  # type: ignore[arg-type]  # told by name
    with pytest.raises(rules.OthersJoined):
        actions.join(report_id=second.id, number=first.number, **join)  # type: ignore[arg-type]  # as above


def forwarded(report: Report, *, to: Actor, by: Actor, now: datetime) -> Agency:
    """The office that the report was forwarded to."""
    return actions.forward(report_id=report.id, agency_id=to.agency, reason=Reason.PLACE, by=by, now=now)


def test_forwarded_it_lies_with_the_other_office_which_owes_an_answer(
    owner: Actor, stranger: Actor, now: datetime
) -> None:
    report = factories.report(by=owner, now=now)
    forwarded(report, to=stranger, by=owner, now=now)
    assert not Report.objects.filter(pk=report.pk).exists()
    with acting(stranger):
        held = now_of(report)
        assert (held.state, held.agency_id) == (State.FORWARDED, owner.agency)
        assert owed(held) == [(Kind.TAKE_FORWARDED, stranger.agency, now + 24 * HOUR)]
        assert held.persons.count() == 2
        actions.accept_forwarded(report_id=report.id, by=stranger, now=now + HOUR)
        held = now_of(report)
        assert (held.state, held.agency_id) == (State.REGISTERED, stranger.agency)
        assert owed(held) == [(Kind.DECIDE_REPORT, stranger.agency, now + 25 * HOUR)]
        cases.open_from_report(report=held, by=stranger, now=now + HOUR)


def test_sent_back_it_lies_where_it_lay_with_the_reason(owner: Actor, stranger: Actor, now: datetime) -> None:
    report = factories.report(by=owner, now=now)
    forwarded(report, to=stranger, by=owner, now=now)
    with acting(stranger):
        with pytest.raises(rules.NoWords):
            actions.send_back(report_id=report.id, why="", by=stranger, now=now)
        actions.send_back(report_id=report.id, why=WHY, by=stranger, now=now + HOUR)
        assert not Report.objects.filter(pk=report.pk).exists()
    held = now_of(report)
    assert (held.state, held.territory_id) == (State.REGISTERED, report.territory_id)
    assert owed(held) == [(Kind.DECIDE_REPORT, owner.agency, now + 25 * HOUR)]
    assert [(one.how, one.back_why) for one in outcomes.history(report.id)] == [(How.SENT_BACK, WHY)]


def test_nobody_but_the_office_it_went_to_answers(owner: Actor, stranger: Actor, now: datetime) -> None:
    report = factories.report(by=owner, now=now)
    with pytest.raises(rules.NotForwardedToYou):
        actions.accept_forwarded(report_id=report.id, by=owner, now=now)
    with pytest.raises(rules.NotThatOffice):
        forwarded(report, to=owner, by=owner, now=now)
    with pytest.raises(rules.NotThatOffice):
        forwarded(report, to=actor("clerk"), by=owner, now=now)
    forwarded(report, to=stranger, by=owner, now=now)
    with pytest.raises(NotFound):
        actions.send_back(report_id=report.id, why=WHY, by=owner, now=now)


def test_a_sealed_report_is_routed_and_not_forwarded(owner: Actor, stranger: Actor, now: datetime) -> None:
    report = factories.report(by=owner, now=now, serving=Serving.POLICE)
    with acting(prosecutor := actor("prosecutor")):
        taken = actions.takers(report)[0]
        actions.route(report_id=report.id, agency_id=taken.id, by=prosecutor, now=now)
    with pytest.raises((rules.SealedIsRouted, NotFound)):
        forwarded(report, to=stranger, by=owner, now=now)


def test_prosecutor_sees_the_rate_of_each_office_with_the_reasons(owner: Actor, excluded: Actor, now: datetime) -> None:
    reports = [factories.report(by=owner, now=now) for _one in range(4)]
    for report in reports[:2]:
        written_off(report, by=owner, now=now)
    cases.open_from_report(report=reports[2], by=owner, now=now)
    with acting(excluded):
        (rate,) = outcomes.rates(since=now - HOUR)
        assert (rate.agency_id, rate.decided, rate.written_off) == (owner.agency, 3, 2)
        assert (round(rate.per_cent, 1), rate.reasons) == (Decimal("66.7"), ((Reason.NOT_CONFIRMED, 2),))
        actions.reopen(report_id=reports[0].id, why=WHY, by=excluded, now=now)
        (rate,) = outcomes.rates(since=now - HOUR)
        assert (rate.decided, rate.written_off) == (2, 1)
    with acting(actor("rudny")):
        assert outcomes.rates(since=now - HOUR) == []


@pytest.mark.parametrize("state", [State.WRITTEN_OFF, State.JOINED, State.FORWARDED, State.PRE_TRIAL])
def test_database_holds_no_end_that_stands_on_nothing(owner: Actor, now: datetime, state: State) -> None:
    report = factories.report(by=owner, now=now)
    decided = {"decided_at": now, "decided_by": owner.staff_id}
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(state=state, **decided)


def test_what_was_taken_back_is_never_changed(owner: Actor, now: datetime) -> None:
    report = written_off(factories.report(by=owner, now=now), by=owner, now=now)
    actions.take_back(report_id=report.id, why=WHY, by=owner, now=now)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        TakenBack.objects.filter(report=report).update(how=How.RETURNED)
