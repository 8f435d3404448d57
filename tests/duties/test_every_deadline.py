"""Every deadline of the house: it follows a corrected event and a corrected value of the law, or its nature fixes it.

What follows keeps the old value, the author and the reason in a row of `ClockChange`. What is fixed says here why.
"""

import re
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.apps import apps
from django.db import models

from qorgan.agencies import queries as offices
from qorgan.base import clock, ids
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting, beside
from qorgan.cases import actions as cases
from qorgan.cases.models import Case, Review
from qorgan.courts import actions
from qorgan.courts import jobs as court_jobs
from qorgan.courts.models import Decision
from qorgan.courts.terms import Kind as CourtKind
from qorgan.duties import actions as duties
from qorgan.duties.models import ClockChange, Duty
from qorgan.duties.terms import BY_THEIR_TERM, Cause, Kind
from qorgan.law import actions as law
from qorgan.law.models import EnteredValue
from qorgan.orders import jobs
from tests import factories
from tests.cases import disputed, shared
from tests.conftest import actor
from tests.courts import made
from tests.roles import as_process

DAY = timedelta(days=1)
LIKE_A_DEADLINE = re.compile(r"(^|_)(due|until|ends?|expires?|over|deadline|valid_to)(_at|_on)?$")

# What follows, and in which room's recount.
FOLLOWS = {
    "cases.Referral.answer_due_at": "cases",
    "cases.Referral.stop_due_at": "cases",
    "cases.Review.due_at": "cases",
    "cases.Recommendation.due_at": "cases",
    "courts.Decision.appealable_until": "courts",
    "duties.Duty.due_at": "by its kind, below",
    "orders.Order.ends_at": "orders",
    "reports.Report.due_at": "reports",
}
_SAID = "a person said it, and it is that person's to change"
_SEEN = "it was over, or let someone in, by the moment that was told to whoever relied on it"
_HOUSE = "no value of the law: a setting of the house at the moment it was made"
_TOLD = "whoever holds it was told this moment"
FIXED = {
    "agencies.Admission.until": _SEEN,
    "agencies.ChannelKey.expires_at": _HOUSE,
    "agencies.Invitation.expires_at": _HOUSE,
    "agencies.Mandate.valid_until": _SAID,
    "agencies.Opening.until": _SEEN,
    "cases.Consent.until": _SAID,
    "cases.Night.until": _SAID,
    "cases.Referral.over_at": "what happened, not what is due",
    "cases.Referral.until": _SAID,
    "cases.Representation.valid_until": "the document of the representative names it",
    "duties.Escalation.due_at": "the term that was late then; a corrected clock undoes the row and raises another",
    "duties.Feed.expires_at": _HOUSE,
    "law.AwaitedReport.due_at": "noted anew each night from the country's data and the reports",
    "law.EnteredValue.valid_until": "the document names it",
    "missing.Bulletin.over_at": "what happened, not what is due",
    "missing.Notice.until": _SEEN,
    "missing.Poster.until": _TOLD,
    "orders.BreachOutcome.due_at": "what followed is never changed: the clock of the day on which it began",
    "orders.Warned.ends_at": "the end that she was warned of; of a later one she is warned anew",
    "people.Contact.hours_until": _SAID,
    "places.Territory.valid_to": "the register names it",
    "places.TerritoryName.valid_to": "the register names it",
    "releases.ReleaseDate.due_at": _SAID,
    "reports.Answers.until": _TOLD,
    "reports.NumberBlock.until": _HOUSE,
    "reports.Receipt.until": _TOLD,
    "risk.Assessment.expires_at": "an assessment stays as made; a later one is made by the value of its day",
    "shredding.LegalHold.until": _SAID,
}

# Duties: which recount follows them, or why none does.
ROOMS = {
    **dict.fromkeys(BY_THEIR_TERM, "duties"),
    Kind.DECIDE_REPORT: "reports",
    Kind.TAKE_FORWARDED: "reports",
    Kind.CHECK_ORDER: "orders",
    Kind.ANSWER_REFERRAL: "cases",
    Kind.STOP_USING: "cases",
    Kind.ANSWER_REVIEW: "cases",
    Kind.ANSWER_RECOMMENDATION: "cases",
}
_NO_TERM = "it has no moment: the provision says who, and a person sees to it"
STAY = {
    Kind.SERVE_ORDER: _NO_TERM,
    Kind.COPY_TO_VICTIM: _NO_TERM,
    Kind.ANSWER_BREACH: _NO_TERM,
    Kind.COMPARE_ORDERS: _NO_TERM,
    Kind.VERIFY_PROVISION: _NO_TERM,
    Kind.ROUTE_REPORT: _NO_TERM,
    Kind.ROUTE_SUSPECT: _NO_TERM,
    Kind.RAISE_ALARM: _NO_TERM,
    Kind.SEE_OPENING: _NO_TERM,
    Kind.WARN_OF_END: "it ends with the order, of which a warned person was told that end",
    Kind.LET_IN: "it ends with the opening that was asked for",
    Kind.DECIDE_NIGHT: "its night is over before a value is corrected; the next is laid by the value of its day",
    Kind.REVIEW_SEARCH: "a person named the day on which the search is looked at again",
    Kind.ASSESS_AGAIN: "the assessment stays as made, with the day until which it is relied on",
    Kind.TAKE_MEASURE: "the version of the instrument says how soon, and no version changes",
}


def test_every_field_that_is_a_deadline_is_listed_with_what_moves_it_or_why_nothing_does() -> None:
    found = set()
    for model in apps.get_models():
        if model.__module__.startswith("qorgan."):
            for field in model._meta.local_fields:
                dated = isinstance(field, models.DateField | models.TimeField)
                if dated and LIKE_A_DEADLINE.search(field.name):
                    found.add(f"{model._meta.app_label}.{model.__name__}.{field.name}")
    assert found == FOLLOWS.keys() | FIXED.keys()
    assert not FOLLOWS.keys() & FIXED.keys()


def test_every_kind_of_duty_follows_in_one_room_or_says_why_it_stays() -> None:
    assert set(Kind) == ROOMS.keys() | STAY.keys()
    assert not ROOMS.keys() & STAY.keys()


@pytest.fixture
def case(owner: Actor, now: datetime) -> Case:
    return factories.case(by=owner, now=now)


def _follow(at: datetime) -> None:
    with clock.frozen(at), as_process(Process.WORKER):
        jobs.follow(by=offices.system("orders.keep_clocks"))
        court_jobs.follow(by=offices.system("courts.keep_clocks"))


def _withdraw(key: str, *, now: datetime) -> None:
    by = actor("admin")
    with acting(by):
        law.withdraw_value(entered=EnteredValue.objects.get(key=key), reason="қате", by=by, now=now)


def _change(thing_id: UUID, at: int = -1) -> ClockChange:
    with acting(offices.system("tests")):
        return list(ClockChange.objects.filter(thing_id=thing_id).order_by("id"))[at]


@pytest.mark.parametrize("kind", sorted(BY_THEIR_TERM))
def test_a_duty_that_runs_by_its_term_follows_a_value_that_is_entered(
    owner: Actor, case: Case, now: datetime, kind: Kind
) -> None:
    key, thing = "reviews.answered", ids.new()
    laid = duties.Laid(kind, key, since=now, due_at=None, to_verify=True)
    about = {"thing": "case", "thing_id": thing, "case_id": case.id, "agency_id": case.agency_id, **beside(case)}
    duties.lay(laid=[laid], **about, by=owner, now=now)  # type: ignore[arg-type]  # told by name
    shared.house_rule(key, 10, now=now)
    _follow(now + DAY)
    duty, change = Duty.objects.get(thing_id=thing), _change(thing)
    assert duty.due_at is not None
    assert (change.cause, change.was, change.became) == (Cause.RULE, None, duty.due_at)
    assert change.entered_id == EnteredValue.objects.get(key=key).id, "the value names its document: the reason"
    assert change.author is not None


def test_a_term_that_a_person_set_gives_way_to_the_law_and_stands_again_when_that_is_withdrawn(
    owner: Actor, case: Case, now: datetime
) -> None:
    review, by = disputed.review(case, by=owner, now=now), actor("ombudsman")
    with acting(by):
        cases.set_term(review_id=review.id, due_at=now + 40 * DAY, why="заңда жоқ", by=by, now=now)
    shared.house_rule("reviews.answered", 10, now=now)
    _follow(now + DAY)
    moved = Review.objects.get(pk=review.id)
    assert moved.due_at is not None
    assert now + 10 * DAY < moved.due_at < now + 40 * DAY
    assert moved.set_by == by.staff, "who had set the term stays named"
    change = _change(review.id)
    assert (change.cause, change.was, change.became) == (Cause.RULE, now + 40 * DAY, moved.due_at)
    _withdraw("reviews.answered", now=now + 2 * DAY)
    _follow(now + 3 * DAY)
    assert Review.objects.get(pk=review.id).due_at == now + 40 * DAY
    with acting(offices.system("tests")):
        duty = Duty.objects.get(thing_id=review.id)
    assert (duty.due_at, duty.to_verify) == (now + 40 * DAY, True)


def test_a_term_of_appeal_follows_until_the_decision_is_in_force(owner: Actor, now: datetime) -> None:
    waiting, bound = (made.decided(by=owner, now=now) for _ in range(2))
    with acting(made.clerk()):
        actions.enter_into_force(decision=bound, at=now + DAY, by=made.clerk(), now=now + DAY)
    key = f"courts.appeal_{CourtKind.SPECIAL_REQUIREMENTS.value}"
    shared.house_rule(key, 10, now=now)
    _follow(now + DAY)
    moved = Decision.objects.get(pk=waiting.pk)
    change = _change(waiting.id)
    assert moved.appealable_until is not None
    assert (change.cause, change.clock, change.was, change.became) == (
        Cause.RULE,
        "appealable_until",
        None,
        moved.appealable_until,
    )
    assert Decision.objects.get(pk=bound.pk).appealable_until is None, "its force rests on the old term"
