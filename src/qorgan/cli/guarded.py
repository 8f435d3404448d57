"""What guards the files of the story: a colleague whom a party is near to is shut out, and another district weighs it;
the followed case is opened in an emergency far away, and its opening is reviewed."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from qorgan.cli.acting import as_staff
from qorgan.cli.followed import stepped, transaction_of

if TYPE_CHECKING:
    from qorgan.agencies.models import Block, Opening
    from qorgan.base.scope import Actor
    from qorgan.cases.models import Case
    from qorgan.reports.models import Report

DECLARED, LAID, WEIGHED = timedelta(days=30), timedelta(hours=3), timedelta(hours=1)


def guard(case: "Case", *, told: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Shut out and open what the country's demonstration tells, where neither happened before: the steps."""
    report, block = _blocked(told["block"], now=now)
    opening = _opened(case, told["opening"], now=now)
    return {
        "block": stepped(report.number, block.made_at, "reviews/", "agencies.block_review"),
        "opening": stepped(case.number, opening.asked_at, "reviews/", "agencies.opening_review"),
    }


def _blocked(told: dict[str, str], *, now: datetime) -> "tuple[Report, Block]":
    """A call names someone whose telephone a colleague declared as his sister's; another district confirms it."""
    from qorgan.agencies.models import Block
    from qorgan.people import actions as people

    with as_staff(told["colleague"]) as colleague:
        _declared(told, colleague, now=now)
    report = _called(told, now=now)
    with transaction_of():
        block = Block.objects.get(staff_id=colleague.staff, thread_id=report.thread_id)
    if block.decided_by is None:
        with as_staff(told["weighed_by"]) as by:
            people.review_block(block_id=block.id, stands=True, why=told["weighed"], by=by, now=now - WEIGHED)
    return report, block


def _declared(told: dict[str, str], by: "Actor", *, now: datetime) -> None:
    from qorgan.agencies import actions
    from qorgan.agencies import queries as agencies
    from qorgan.agencies.models import Staff
    from qorgan.agencies.terms import Relation

    with transaction_of():
        colleague = Staff.objects.get(pk=by.staff)
        if agencies.declarations_of(colleague).exists():
            return
    said = {"name": told["victim"], "iin": "", "phone": told["phone"]}
    actions.declare(staff=colleague, relation=Relation(told["relation"]), **said, by=by, now=now - DECLARED)


def _called(told: dict[str, str], *, now: datetime) -> "Report":
    """The call that names her; the same one where the demonstration is run again."""
    from qorgan.people.actions import Named
    from qorgan.reports import actions
    from qorgan.reports.models import Report
    from qorgan.reports.terms import Channel

    key = "demo\0near"
    with as_staff("duty"), transaction_of():
        known = Report.objects.filter(submission=actions.submission_of(key)).first()
    if known is not None:
        return known
    signal = actions.Signal(
        submission=key,
        channel=Channel.TRUST_LINE_150,
        registered_at=now - LAID,
        narrative=told["narrative"],
        address=told["address"],
        victim=Named(written=told["victim"], phone=told["phone"]),
        suspect=Named(written=told["suspect"]),
    )
    with as_staff("calltaker") as by:
        return actions.accept(signal=signal, by=by, now=now - LAID).report


def _opened(case: "Case", told: dict[str, str], *, now: datetime) -> "Opening":
    """She calls from far away; an officer there opens her case, which he may not see, and a third district agrees."""
    from qorgan.agencies import queries as agencies
    from qorgan.agencies.terms import OpeningReason
    from qorgan.cases import actions

    with as_staff(told["opened_by"]) as by:
        with transaction_of():
            opening = agencies.openings_of_thread(case.thread_id).first()
        if opening is None:
            reason, at = OpeningReason(told["reason"]), now - LAID
            opening = actions.open_by_number(number=case.number, reason=reason, why=told["why"], by=by, now=at)
    assert opening is not None  # neither sealed nor shut to whom the country's demonstration names
    if opening.decided_at is None:
        with as_staff(told["reviewed_by"]) as by:
            actions.review_opening(
                opening_id=opening.id, was_right=True, why=told["reviewed"], by=by, now=now - WEIGHED
            )
    return opening
