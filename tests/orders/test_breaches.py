"""A breach is told, led to its order and answered; what comes out of turn is refused with the rule and its article."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qorgan.base import ids
from qorgan.base.errors import NotAllowed, Refused
from qorgan.base.scope import Actor, acting
from qorgan.cases import queries as cases
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind
from qorgan.orders import actions, queries, rules
from qorgan.orders.models import Breach, BreachOutcome, Order
from qorgan.orders.terms import Body, Finding, Followed, Mark, Noticed, Prohibition, Receipt
from qorgan.reports import actions as reports
from qorgan.reports.models import Report
from qorgan.reports.rules import AlreadyDecided
from qorgan.reports.terms import State as ReportState
from qorgan.reports.terms.outcomes import Reason
from tests import factories

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
CONTACT = (Prohibition.CONTACT,)
WHY = "прокурордың 2026 жылғы 20 қарашадағы № 14 қаулысы"


def told(at: datetime, **changes: object) -> actions.Told:
    """A breach of the contact that an order forbids, seen by an officer the minute it happened."""
    return actions.Told(**{"noticed_at": at, "breached": CONTACT, **changes})  # type: ignore[arg-type]  # fields of Told


def noted(*, by: Actor, now: datetime, **changes: object) -> Breach:
    """An order of a day ago, breached now."""
    order = factories.served(by=by, now=now - DAY)
    return actions.note_breach(order=order, told=told(now, **changes), by=by, now=now)


def protocol(order: Order, *, by: Actor, now: datetime) -> actions.Consequence:
    """The administrative offence of a breach of that order, registered."""
    offence = factories.offence(by=by, now=now, case=order.case, code="KoAP", article="461", acted_on=now.date())
    return actions.Consequence(Followed.PROTOCOL, now, offence=offence)


def _view(order: Order) -> queries.OrderView:
    return queries.opened_orders([Order.objects.get(pk=order.pk)], notes=True)[0]


def test_a_breach_by_her_call_leads_from_the_report_to_the_order_and_lays_a_duty(owner: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now - DAY)
    report = factories.report(by=owner, now=now)
    call = told(now - HOUR, breached_at=now - 2 * HOUR, note="есікті соққан")
    breach = actions.note_breach(order=order, told=call, report=report, by=owner, now=now)
    assert (breach.noticed, breach.number, breach.prohibitions) == (Noticed.REPORT, 1, ["contact"])
    assert Report.objects.get(pk=report.pk).state == ReportState.TAKEN_UP
    assert report.id in cases.report_ids(order.case)
    duty = Duty.objects.get(thing_id=breach.id, kind=Kind.ANSWER_BREACH)
    assert (duty.due_at, duty.provision, duty.done_at) == (None, "orders.breach_article", None)
    view = _view(order)
    assert view.marks == {Mark.BREACHED}
    assert [one.note for one in view.breaches] == ["есікті соққан"]
    assert [line.kind for line in queries.timeline([view], now=now) if "breach" in line.kind] == ["order_breached"]
    assert [one.id for one in queries.of_reports([report.id])] == [breach.id]
    with pytest.raises(rules.BreachKnown):
        actions.note_breach(order=order, told=call, report=report, by=owner, now=now)


def test_a_breach_that_a_check_found_is_one_breach_and_leads_to_that_check(owner: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now)
    week = {"order": order, "step": 1, "finding": Finding.BREACH, "note": "", "by": owner, "now": now + 7 * DAY}
    with pytest.raises(rules.NothingBreached):
        actions.check(**week)  # type: ignore[arg-type]  # told by name
    made = actions.check(**week, breached=CONTACT)  # type: ignore[arg-type]  # told by name
    breach = Breach.objects.get(order=order)
    assert (breach.found_in_id, breach.noticed, breach.noticed_at) == (made.id, Noticed.CHECK, now + 7 * DAY)


def test_what_is_no_breach_is_refused_with_the_rule_and_its_article(owner: Actor, now: datetime) -> None:
    issued = factories.issued(by=owner, now=now)
    with pytest.raises(rules.NotInForceYet, match=r"\(.+\)"):
        actions.note_breach(order=issued, told=told(now), by=owner, now=now)
    order = factories.served(by=owner, now=now - 40 * DAY)
    with pytest.raises(rules.AfterItsEnd, match="60"):
        actions.note_breach(order=order, told=told(now), by=owner, now=now)
    with pytest.raises(rules.NotInForceYet):
        actions.note_breach(order=order, told=told(now, breached_at=now - 41 * DAY), by=owner, now=now)
    late = actions.note_breach(order=order, told=told(now, breached_at=now - 20 * DAY), by=owner, now=now)
    assert late.breached_at == now - 20 * DAY  # told after the end of what happened before it


def test_a_breach_typed_to_the_minute_of_the_service_came_after_it(owner: Actor, now: datetime) -> None:
    minute = (now - HOUR).replace(second=0, microsecond=0)
    handed_over = minute + timedelta(seconds=31)
    order = factories.served(by=owner, now=handed_over)
    noticed = told(minute, breached_at=minute)
    assert actions.note_breach(order=order, told=noticed, by=owner, now=now).breached_at == handed_over
    with pytest.raises(rules.NotInForceYet):
        actions.note_breach(order=order, told=told(minute - timedelta(minutes=1)), by=owner, now=now)


def test_a_cancelled_order_is_breached_before_the_decision_alone_and_an_annulled_one_never(
    owner: Actor, now: datetime
) -> None:
    order = factories.served(by=owner, now=now - 2 * DAY)
    actions.cancel(order=order, why=WHY, decided_at=now - HOUR, by=owner, now=now)
    with pytest.raises(rules.CancelledBefore):
        actions.note_breach(order=order, told=told(now), by=owner, now=now)
    breach = actions.note_breach(order=order, told=told(now, breached_at=now - DAY), by=owner, now=now)
    assert _view(order).marks == {Mark.BREACHED}
    actions.annul(order=order, why=WHY, by=owner, now=now)
    assert _view(order).marks == frozenset()
    assert Duty.objects.get(thing_id=breach.id).dropped_at == now
    with pytest.raises(rules.NeverInForce):
        actions.note_breach(order=order, told=told(now, breached_at=now - DAY), by=owner, now=now)


@pytest.mark.parametrize("moments", [{"noticed_at": DAY}, {"breached_at": HOUR}], ids=["tomorrow", "seen before it"])
def test_a_moment_out_of_turn_is_refused(owner: Actor, now: datetime, moments: dict[str, timedelta]) -> None:
    order = factories.served(by=owner, now=now - DAY)
    wrong = {name: now + moved for name, moved in moments.items()}
    with pytest.raises(rules.NoticedBefore):
        actions.note_breach(order=order, told=told(**{"at": now, **wrong}), by=owner, now=now)  # type: ignore[arg-type]  # told by name


def test_what_the_order_did_not_forbid_at_that_moment_is_no_breach(owner: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now - 3 * DAY)
    change = {"body": Body.COURT, "why": WHY, "decided_at": now - DAY, "by": owner, "now": now}
    actions.vary(order=order, prohibitions=(Prohibition.VIOLENCE,), **change)  # type: ignore[arg-type]  # told by name
    with pytest.raises(rules.NotForbidden):
        actions.note_breach(order=order, told=told(now), by=owner, now=now)
    actions.note_breach(order=order, told=told(now, breached_at=now - 2 * DAY), by=owner, now=now)


def test_a_breach_told_twice_is_one_once_a_person_says_so(owner: Actor, now: datetime) -> None:
    first = noted(by=owner, now=now)
    order = first.order
    report = factories.report(by=owner, now=now)
    again = actions.note_breach(order=order, told=told(now), report=report, by=owner, now=now)
    assert sum(one.counts for one in _view(order).breaches) == 2
    with pytest.raises(rules.NotTheSame):
        actions.join_breach(breach=first, same_as=again, by=owner, now=now)
    actions.join_breach(breach=again, same_as=first, by=owner, now=now)
    assert [one.counts for one in _view(order).breaches] == [True, False]
    assert Duty.objects.get(thing_id=again.id).dropped_why == "breach_joined"
    with pytest.raises(rules.JoinedElsewhere):
        actions.follow_breach(breach=again, followed=protocol(order, by=owner, now=now), by=owner, now=now)
    other = noted(by=owner, now=now)
    with pytest.raises(rules.NotTheSame):
        actions.join_breach(breach=other, same_as=first, by=owner, now=now)


def test_what_followed_is_kept_with_its_clock_and_answers_the_duty(owner: Actor, now: datetime) -> None:
    breach = noted(by=owner, now=now)
    drawn = protocol(breach.order, by=owner, now=now)
    kept = actions.follow_breach(breach=breach, followed=drawn, by=owner, now=now)
    assert (kept.provision, kept.due_at, kept.offence) == ("orders.breach_article", None, drawn.offence)
    held = actions.Consequence(Followed.DETAINED, now)
    detained = actions.follow_breach(breach=breach, followed=held, by=owner, now=now)
    assert (detained.provision, detained.due_at) == ("detention.abuser_limit", now + DAY)
    assert Duty.objects.get(thing_id=breach.id).done_at == now
    other = actions.note_breach(order=breach.order, told=told(now), by=owner, now=now)
    with pytest.raises(rules.OffenceTaken):
        actions.follow_breach(breach=other, followed=drawn, by=owner, now=now)


def test_what_was_not_confirmed_is_no_breach_and_has_no_other_end(owner: Actor, now: datetime) -> None:
    breach = noted(by=owner, now=now)
    refuted = actions.Consequence(Followed.NOT_CONFIRMED, now, why="ол басқа қалада болған")
    with pytest.raises(rules.NoReason):
        actions.follow_breach(
            breach=breach, followed=actions.Consequence(Followed.NOT_CONFIRMED, now), by=owner, now=now
        )
    actions.follow_breach(breach=breach, followed=refuted, by=owner, now=now)
    assert _view(breach.order).marks == frozenset()
    for after in (refuted, actions.Consequence(Followed.WARNED, now)):
        with pytest.raises(rules.AlreadyAnswered):
            actions.follow_breach(breach=breach, followed=after, by=owner, now=now)


def test_a_protocol_is_an_offence_of_that_register_and_case(owner: Actor, now: datetime) -> None:
    breach = noted(by=owner, now=now)
    elsewhere = factories.offence(by=owner, now=now)
    for wrong in (None, elsewhere):
        with pytest.raises(rules.OffenceMissing):
            actions.follow_breach(
                breach=breach, followed=actions.Consequence(Followed.PRE_TRIAL, now, offence=wrong), by=owner, now=now
            )
    for moment in (now - HOUR, now + HOUR):
        with pytest.raises(rules.HappenedBefore):
            actions.follow_breach(
                breach=breach, followed=actions.Consequence(Followed.WARNED, moment), by=owner, now=now
            )


def test_a_report_that_was_written_off_is_taken_back_first(owner: Actor, now: datetime) -> None:
    order, report = factories.served(by=owner, now=now - DAY), factories.report(by=owner, now=now)
    reports.decide(report_id=report.id, state=ReportState.WRITTEN_OFF, reason=Reason.NO_SIGNS, by=owner, now=now)
    with pytest.raises(AlreadyDecided):
        actions.note_breach(order=order, told=told(now), report=report, by=owner, now=now)
    assert not Breach.objects.filter(order=order).exists()


def test_who_may_not_check_orders_notes_no_breach(owner: Actor, excluded: Actor, now: datetime) -> None:
    breach = noted(by=owner, now=now)
    with acting(excluded), pytest.raises(NotAllowed):
        actions.note_breach(order=breach.order, told=told(now), by=excluded, now=now)
    with acting(excluded), pytest.raises(NotAllowed):
        actions.join_breach(breach=breach, same_as=breach, by=excluded, now=now)
    with acting(excluded), pytest.raises(NotAllowed):
        followed = actions.Consequence(Followed.WARNED, now)
        actions.follow_breach(breach=breach, followed=followed, by=excluded, now=now)


def test_a_corrected_service_leaves_no_breach_outside_the_life_of_the_order(owner: Actor, now: datetime) -> None:
    order = factories.issued(by=owner, now=now)
    later = now + 2 * DAY
    order = actions.serve(
        order=order, service=actions.Service(at=now + HOUR, receipt=Receipt.SIGNED), by=owner, now=later
    )
    actions.note_breach(order=order, told=told(later, breached_at=now + 2 * HOUR), by=owner, now=later)
    actions.correct_service(order=order, at=now + DAY, why="хаттамада басқа күн", by=owner, now=later)
    assert [one.counts for one in _view(order).breaches] == [False]


@pytest.mark.parametrize(
    "wrong", [{"breached_at": -2 * DAY}, {"breached_at": 31 * DAY, "noticed_at": 31 * DAY, "written_at": 31 * DAY}]
)
def test_the_database_holds_a_breach_within_the_order(owner: Actor, now: datetime, wrong: dict[str, timedelta]) -> None:
    breach = noted(by=owner, now=now)
    moved = {name: now + by for name, by in wrong.items()}
    with pytest.raises(IntegrityError, match="breach_within"), transaction.atomic():
        Breach.objects.filter(pk=breach.pk).update(**moved)


def test_the_database_holds_that_a_breach_has_one_source_and_one_end(owner: Actor, now: datetime) -> None:
    first, other = noted(by=owner, now=now), noted(by=owner, now=now)
    second = actions.note_breach(order=first.order, told=told(now), by=owner, now=now)
    same = {"same_at": now, "same_by": owner.staff}
    for row, wrong in ((first, {"noticed": "report"}), (second, {"same_as": other, **same}), (first, same)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Breach.objects.filter(pk=row.pk).update(**wrong)
    actions.follow_breach(breach=first, followed=actions.Consequence(Followed.WARNED, now), by=owner, now=now)
    with pytest.raises(IntegrityError, match="breach_has_one_end"), transaction.atomic():
        _outcome(first, "not_confirmed", by=owner, now=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        _outcome(first, "protocol", by=owner, now=now)


def _outcome(breach: Breach, kind: str, *, by: Actor, now: datetime) -> None:
    BreachOutcome.objects.create(
        id=ids.new(),
        breach=breach,
        territory_id=breach.territory_id,
        thread_id=breach.thread_id,
        kind=kind,
        happened_at=now,
        provision="orders.breach_article",
        written_at=now,
        written_by=by.staff,
    )


# Random lives: breaches told at whatever moment, twice, joined, answered, while the order is served, varied, cancelled,
# annulled, corrected. What stands fits the clock, and no breach counts twice.

ACTS = ("note", "call", "check", "join", "answer", "refute", "cancel", "annul", "vary", "correct")


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    begins=st.datetimes(datetime(2015, 1, 1), datetime(2026, 10, 1), timezones=st.just(UTC)),
    life=st.lists(
        st.tuples(st.sampled_from(ACTS), st.integers(-1, 20), st.integers(-3, 30), st.integers(0, 3)),
        min_size=1,
        max_size=12,
    ),
)
def test_no_sequence_of_acts_makes_a_breach_that_cannot_be(
    owner: Actor, begins: datetime, life: list[tuple[str, int, int, int]]
) -> None:
    order = factories.served(by=owner, now=begins)
    now = begins
    for act, moved, back, which in life:
        now = max(begins, now + moved * DAY / 2)
        try:
            with transaction.atomic():
                _try(act, order.pk, now - back * DAY / 3, which, owner, now)
        except Refused as refused:
            said = str(refused)
        else:
            said = "."
        assert said.endswith(".")
        _fits(order)


def _try(act: str, order_id: UUID, at: datetime, which: int, by: Actor, now: datetime) -> None:
    order = Order.objects.get(pk=order_id)
    held = list(Breach.objects.filter(order=order).order_by("number"))
    one = held[which % len(held)] if held else None
    other = held[(which + 1) % len(held)] if held else None
    decided = {"why": WHY, "decided_at": at, "by": by, "now": now}
    tale = told(now, breached_at=at)
    if act == "note":
        actions.note_breach(order=order, told=tale, by=by, now=now)
    elif act == "call":
        report = factories.report(by=by, now=now)
        actions.note_breach(order=order, told=tale, report=report, by=by, now=now)
    elif act == "check":
        found = {"finding": Finding.BREACH, "breached": CONTACT, "breached_at": at, "note": ""}
        actions.check(order=order, step=which + 1, **found, by=by, now=now)  # type: ignore[arg-type]  # told by name
    elif act == "join" and one and other:
        actions.join_breach(breach=one, same_as=other, by=by, now=now)
    elif act in ("answer", "refute") and one:
        kind = Followed.WARNED if act == "answer" else Followed.NOT_CONFIRMED
        actions.follow_breach(breach=one, followed=actions.Consequence(kind, at, why=WHY), by=by, now=now)
    elif act == "cancel":
        actions.cancel(order=order, **decided)  # type: ignore[arg-type]  # told by name
    elif act == "annul":
        actions.annul(order=order, **decided)  # type: ignore[arg-type]  # as above
    elif act == "vary":
        actions.vary(order=order, prohibitions=CONTACT, body=Body.COURT, **decided)  # type: ignore[arg-type]  # as above
    elif act == "correct":
        actions.correct_service(order=order, at=at, why=WHY, by=by, now=now)


def _fits(order: Order) -> None:
    view = _view(order)
    held, numbers = view.order, [one.breach.number for one in view.breaches]
    assert numbers == list(range(1, len(numbers) + 1))
    for one in view.breaches:
        ends = [moment for moment in (held.ends_at, held.cancelled_at) if moment]
        within = held.served_at is not None and held.served_at <= one.moment < min(ends)
        assert one.counts <= (within and held.state != "annulled" and not one.is_refuted)
        assert not (one.is_refuted and len(one.outcomes) > 1)
        first = one.breach.same_as
        if first is not None:
            assert (first.order_id, first.same_as_id, one.outcomes) == (held.pk, None, ())
        open_duty = Duty.objects.filter(thing_id=one.breach.id, done_at=None, dropped_at=None).exists()
        assert open_duty == (held.state != "annulled" and not one.outcomes and first is None)
    assert (Mark.BREACHED in view.marks) == any(one.counts for one in view.breaches)
