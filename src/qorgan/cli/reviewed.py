"""A child's death that is reviewed: what was on record before it, what was recommended, one answer given, one late.

And a suspect who proves to be in uniform: military police investigate by their receipt, their prosecutor watches.
All names are invented, and nobody is accused.
"""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from qorgan.cli.acting import as_staff
from qorgan.cli.followed import stepped, transaction_of

if TYPE_CHECKING:
    from uuid import UUID

    from qorgan.base.scope import Actor
    from qorgan.cases.models import Case, DeathReview, Recommendation, Referral

EARLIER, DIED, BEGUN, ADVISED, ANSWERED = (timedelta(days=days) for days in (120, 75, 73, 60, 45))
BEFORE, DEATH, SERVES = "demo\0reviewed before", "demo\0reviewed", "demo\0uniform"


def review(told: dict[str, Any], *, now: datetime) -> dict[str, Any]:
    """Let a commission review the death that the country's demonstration tells of, where none did: the steps."""
    with as_staff(told["kept_by"]), transaction_of():
        advised = _advised_before()
    if not advised:
        case = _died(told, now=now)
        with as_staff(told["kept_by"]) as head:
            advised = _reviewed(case, told, head, now=now)
        _answered(advised[0], told, now=now)
    answered, late = advised
    of = answered.review
    return {
        "death_review": stepped(of.number, of.begun_at, f"cases/{of.case_id}/death/", "death_review.open"),
        "advice_answered": _step(answered, answered.answered_at),
        "advice_late": _step(late, late.due_at),
    }


def _step(one: "Recommendation", at: datetime | None) -> dict[str, Any]:
    at = at.astimezone(UTC) if at else None  # as it is read from the tables, on the first run too
    return stepped(one.number, at, f"cases/recommendations/{one.id}/", "death_review.answer")


def _advised_before() -> "list[Recommendation]":
    """What was recommended where the demonstration was run before."""
    from qorgan.cases.models import Recommendation
    from qorgan.reports.actions import submission_of
    from qorgan.reports.models import Report

    report = Report.objects.filter(submission=submission_of(DEATH)).first()
    if report is None:
        return []
    found = Recommendation.objects.filter(review__case__thread_id=report.thread_id).select_related("review")
    return list(found.order_by("made_at", "number"))


def _opened(told: dict[str, Any], submission: str, by: "Actor", *, at: datetime) -> "Case":
    from qorgan.cases import actions
    from qorgan.people.actions import Named
    from qorgan.reports import actions as reports
    from qorgan.reports.terms import Channel

    signal = reports.Signal(
        submission=submission,
        channel=Channel.POLICE_102,
        registered_at=at,
        narrative=told["narrative"],
        address=told["address"],
        victim=Named(written=told["victim"]),
        suspect=Named(written=told.get("suspect", "")),
    )
    report = reports.accept(signal=signal, by=by, now=at).report
    return actions.open_from_report(report=report, by=by, now=at)


def _person(case: "Case", role: str) -> "UUID":
    from qorgan.cases import queries

    with transaction_of():
        return next(view.id for part, view in queries.persons(case) if part == role)


def _died(told: dict[str, Any], *, now: datetime) -> "Case":
    """An earlier case of the family with an order that was issued; then the death, of a child of that case."""
    from qorgan.cases import actions
    from qorgan.cases.terms import Role
    from qorgan.orders import actions as orders
    from qorgan.people import actions as people
    from qorgan.people.actions import Named

    with as_staff(told["by"]) as by:
        at = now - EARLIER
        before = _opened(told["before"], BEFORE, by, at=at)
        child = actions.add_person(case=before, named=Named(written=told["victim"]), role=Role.CHILD, by=by, now=at)
        him, her = _person(before, Role.OFFENDER), _person(before, Role.VICTIM)
        order = orders.draft(case=before, draft=orders.Draft(him, (her,), told["before"]["narrative"]), by=by, now=at)
        orders.issue(order=order, by=by, now=at)
        case = _opened(told, DEATH, by, at=now - DIED)
        actions.lay_death_review(case=case, by=by, now=now - DIED)
        dead = _person(case, Role.VICTIM)
        people.hold_same(person_id=dead, other_id=child.id, why=told["same"], by=by, now=now - DIED)
    return case


def _reviewed(case: "Case", told: dict[str, Any], by: "Actor", *, now: datetime) -> "list[Recommendation]":
    from qorgan.agencies import queries as agencies
    from qorgan.cases import actions
    from qorgan.cases.terms import Entry

    held: DeathReview = actions.begin_death_review(case=case, by=by, now=now - BEGUN)
    for kind in (Entry.CHAIR, Entry.MATERIAL, Entry.FINDING):
        actions.enter_in_review(review=held, kind=kind, words=told[kind.value], by=by, now=now - BEGUN)
    with transaction_of():
        office = agencies.agency_for(case.territory_id, told["to"]["kind"])
    assert office is not None  # the country's demonstration names a place that has one
    to = {"review": held, "by": by, "now": now - ADVISED}
    first = actions.recommend(agency_id=office.id, words=told["to"]["words"], **to)  # type: ignore[arg-type]  # told by name
    outside = told["outside"]
    return [first, actions.recommend(body=outside["body"], words=outside["words"], **to)]  # type: ignore[arg-type]  # as above


def _answered(one: "Recommendation", told: dict[str, Any], *, now: datetime) -> None:
    from qorgan.cases import actions
    from qorgan.cases.terms import Reply

    answer = told["to"]
    with as_staff(answer["by"]) as by:
        given = actions.answer_advice(
            recommendation_id=one.id, reply=Reply.DONE, why=answer["done"], by=by, now=now - ANSWERED
        )
    one.answered_at = given.answered_at


def route(told: dict[str, Any], *, now: datetime) -> dict[str, Any]:
    """Let a suspect prove to be in uniform, where that was not told before: the steps of his routing."""
    with as_staff(told["by"]) as by:
        with transaction_of():
            made = _routed_before()
        if not made:
            made = _routed(told, by, now=now)
    investigation, watch = made
    case = f"cases/{investigation.case_id}/#sharing"
    return {
        "military": stepped(investigation.number, investigation.made_at, case, "military.jurisdiction"),
        "military_watch": stepped(watch.number, watch.made_at, f"referrals/{watch.id}/", "military.jurisdiction"),
    }


def _routed_before() -> "list[Referral]":
    from qorgan.cases.models import Referral
    from qorgan.reports.actions import submission_of
    from qorgan.reports.models import Report

    report = Report.objects.filter(submission=submission_of(SERVES)).first()
    return list(Referral.objects.filter(thread_id=report.thread_id).order_by("number")) if report else []


def _routed(told: dict[str, Any], by: "Actor", *, now: datetime) -> "list[Referral]":
    """He is found to serve only after the case was opened; both offices give their receipt."""
    from qorgan.agencies.terms import Kind
    from qorgan.cases import actions
    from qorgan.cases.models import Referral
    from qorgan.cases.terms import Role

    case = _opened(told, SERVES, by, at=now)
    with transaction_of():
        police, prosecutor = (
            actions.military_offices(case, kind=kind)[0] for kind in (Kind.MILITARY_POLICE, Kind.MILITARY_PROSECUTOR)
        )
    him = _person(case, Role.OFFENDER)
    uniform = actions.Uniform(offender_id=him, agency_id=police.id, why=told["why"], watcher_id=prosecutor.id)
    actions.route_suspect(case=case, uniform=uniform, by=by, now=now)
    with transaction_of():
        made = list(Referral.objects.filter(case=case).order_by("number"))
    for one, login in zip(made, told["received_by"], strict=True):
        with as_staff(login) as worker:
            actions.accept(referral_id=one.id, by=worker, now=now)
    return made


def escalated() -> dict[str, Any]:
    """What is late is told to the office above, as the worker does each minute; the recommendation that was."""
    from qorgan.agencies import queries as agencies
    from qorgan.base.scope import acting
    from qorgan.duties.jobs import escalate_all
    from qorgan.duties.models import Escalation
    from qorgan.duties.terms import RECOMMENDED, Kind

    system = agencies.system("demo")
    escalate_all(by=system)
    with acting(system), transaction_of():
        found = Escalation.objects.filter(
            duty__thing=RECOMMENDED, duty__kind=Kind.ANSWER_RECOMMENDATION, role="unit_head"
        )
        one = found.order_by("raised_at", "id").first()
        if one is None:
            return {}
        number = _number(one.duty.thing_id)
    return {"escalated": stepped(number, one.raised_at, f"duties/escalated/{one.id}/", one.provision)}


def _number(recommendation_id: "UUID") -> str:
    from qorgan.cases.models import Recommendation

    return str(Recommendation.objects.values_list("number", flat=True).get(pk=recommendation_id))
