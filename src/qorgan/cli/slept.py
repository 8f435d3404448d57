"""A child whose father is complained of: the guardianship authority is told first, and decides the night."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from qorgan.cli.acting import as_staff
from qorgan.cli.followed import stepped, transaction_of

if TYPE_CHECKING:
    from qorgan.base.scope import Actor
    from qorgan.cases.models import Case

FOR = timedelta(hours=14)


def sleep(told: dict[str, Any], *, now: datetime) -> dict[str, Any]:
    """Let the authority say where a child sleeps, where nothing was said before: the step with its number."""
    from qorgan.cases.models import Telling

    with as_staff(told["by"]) as by, transaction_of():
        known = Telling.objects.select_related("case").order_by("told_at").first()
    if known is not None:
        return {"night": stepped(known.case.number, known.told_at, f"cases/{known.case_id}/")}
    case = _opened(told, by, now=now)
    _asked(case, told, by, now=now)
    _decided(case, told, now=now)
    return {"night": stepped(case.number, now, f"cases/{case.id}/")}


def _opened(told: dict[str, Any], by: "Actor", *, now: datetime) -> "Case":
    from qorgan.cases import actions
    from qorgan.people.actions import Named
    from qorgan.reports import actions as reports
    from qorgan.reports.terms import Channel

    signal = reports.Signal(
        submission="demo\0night",
        channel=Channel.IN_PERSON,
        registered_at=now,
        narrative=told["narrative"],
        address=told["address"],
        victim=Named(written=told["mother"]),
        suspect=Named(written=told["father"]),
    )
    with as_staff(told["by"]):
        report = reports.accept(signal=signal, by=by, now=now).report
        return actions.open_from_report(report=report, by=by, now=now)


def _asked(case: "Case", told: dict[str, Any], by: "Actor", *, now: datetime) -> None:
    from qorgan.cases import actions, queries
    from qorgan.cases.terms import Parent, Role
    from qorgan.people.actions import Named

    with as_staff(told["by"]):
        child = actions.add_person(case=case, named=Named(written=told["child"]), role=Role.CHILD, by=by, now=now)
        with transaction_of():
            him = next(view.id for role, view in queries.persons(case) if role is Role.OFFENDER)
        word = Parent.IS
        actions.say_parent(case=case, child_id=child.id, offender_id=him, word=word, why=told["why"], by=by, now=now)


def _decided(case: "Case", told: dict[str, Any], *, now: datetime) -> None:
    """The authority accepts, enters the file, and decides."""
    from qorgan.agencies import queries as agencies
    from qorgan.agencies.models import Mandate
    from qorgan.base.scope import acting
    from qorgan.cases import actions, queries
    from qorgan.cases.terms import Role, Stays

    with as_staff(told["by"]), transaction_of():
        referral = queries.standing_authority(case)
        child = next(view.id for role, view in queries.persons(case) if role is Role.CHILD)
    if referral is None:
        return
    with as_staff(told["decided_by"]) as worker:
        actions.accept(referral_id=referral.id, by=worker, now=now)
        with transaction_of():
            mandate = Mandate.objects.get(staff=worker.staff)
            way = agencies.admissions_of(mandate, now=now).filter(basis=referral.id)[0]
    inside = agencies.entered(mandate, way)
    decision = actions.Decision(
        child_id=child,
        stays=Stays.RELATIVES,
        since=now,
        until=now + FOR,
        whom=told["whom"],
        why=told["decided"],
    )
    with acting(inside):
        actions.decide_night(case=case, decision=decision, by=inside, now=now)
