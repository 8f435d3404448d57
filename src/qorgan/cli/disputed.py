"""A disputed death of the demonstration: what the mother and a neighbour say, what experts found, nothing resolved.

All names are invented. The mother's words and the finding contradict each other; both stand with their source, the
contradiction is marked by a person, and the mother asks the ombudsman for a review.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from qorgan.cli.acting import as_staff
from qorgan.cli.followed import stepped, transaction_of

if TYPE_CHECKING:
    from qorgan.base.scope import Actor
    from qorgan.cases.models import Case, Review

TOLD, HEARD, ASKED, FOUND = (timedelta(hours=hours) for hours in (400, 390, 380, 300))
AGAIN, MARKED, REVIEWED = (timedelta(hours=hours) for hours in (90, 80, 60))
SUBMISSION = "demo\0disputed"


def dispute(told: dict[str, Any], *, now: datetime) -> dict[str, Any]:
    """Write down what the country's demonstration tells, where it does not stand already: the steps."""
    with as_staff(told["by"]) as by:
        case, is_new = _opened(told, by, now=now)
        review = _disputed(case, told, by, now=now) if is_new else _reviewed(case)
    if review is None:
        return {}
    return {
        "disputed": stepped(case.number, review.asked_at, f"cases/{case.id}/said/", "reviews.answered"),
        "review": stepped(review.number, review.asked_at, f"cases/reviews/{review.id}/", "reviews.answered"),
    }


def _opened(told: dict[str, Any], by: "Actor", *, now: datetime) -> "tuple[Case, bool]":
    """The case of the child; the same one where the demonstration is run again."""
    from qorgan.cases import actions, queries
    from qorgan.people.actions import Named
    from qorgan.reports import actions as reports
    from qorgan.reports.models import Report
    from qorgan.reports.terms import Channel

    signal = reports.Signal(
        submission=SUBMISSION,
        channel=Channel.POLICE_102,
        registered_at=now - TOLD,
        narrative=told["narrative"],
        address=told["address"],
        victim=Named(written=told["child"]),
    )
    with transaction_of():
        known = Report.objects.filter(submission=reports.submission_of(SUBMISSION)).first()
        held = queries.case_of_report(known.id) if known else None
    if held is not None:
        return held, False
    report = reports.accept(signal=signal, by=by, now=now - TOLD).report
    return actions.open_from_report(report=report, by=by, now=now - TOLD), True


def _disputed(case: "Case", told: dict[str, Any], by: "Actor", *, now: datetime) -> "Review":
    from qorgan.cases import actions
    from qorgan.cases.terms import Kin, Role, Topic
    from qorgan.people.actions import Named

    mother = actions.add_person(
        case=case, named=Named(written=told["mother"]["name"]), role=Role.REPRESENTATIVE, by=by, now=now - HEARD
    )
    accounts = [_heard(case, one, mother.id, by, now=now) for one in told["account"]]
    first, *_later = findings = _found(case, told["finding"], by, now=now)
    assert len(findings) == len(told["finding"])
    actions.mark(
        case=case,
        topic=Topic(told["marked"]),
        one=actions.Statement(account_id=accounts[0]),
        other=actions.Statement(finding_id=first),
        by=by,
        now=now - MARKED,
    )
    asked = actions.Request(asker_id=mother.id, kin=Kin.PARENT, words=told["mother"]["asks"], asked_at=now - REVIEWED)
    return actions.ask_review(case=case, request=asked, by=by, now=now - REVIEWED)


def _heard(case: "Case", told: dict[str, Any], mother_id: UUID, by: "Actor", *, now: datetime) -> UUID:
    from qorgan.cases import actions
    from qorgan.cases.terms import Speaker, Through

    heard = actions.Heard(
        speaker=Speaker(told["speaker"]),
        words=told["words"],
        source=told["source"],
        said_at=now - HEARD,
        through=Through(told["through"]),
        person_id=mother_id if told.get("mother") else None,
        stated=_stated(told["stated"]),
    )
    return actions.hear(case=case, heard=heard, by=by, now=now - HEARD).id


def _found(case: "Case", told: list[dict[str, Any]], by: "Actor", *, now: datetime) -> list[UUID]:
    """The findings, each later one asked for beside the first."""
    from qorgan.cases import actions, queries
    from qorgan.cases.terms import Discipline, Object, Role

    with transaction_of():
        child = next(person.id for role, person in queries.persons(case) if role is Role.VICTIM)
    made: list[UUID] = []
    for one, given in zip(told, (FOUND, AGAIN), strict=False):
        looked = [actions.Looked(kind=Object.NAMED, words=words) for words in one["examined"]]
        before = (
            actions.Looked(kind=Object.FINDING, id=made[0]) if made else actions.Looked(kind=Object.PERSON, id=child)
        )
        found = actions.Found(
            discipline=Discipline(one["discipline"]),
            institution=one["institution"],
            expert=one["expert"],
            number=one["number"],
            asked_at=now - (ASKED if not made else FOUND),
            given_at=now - given,
            stated=_stated(one["stated"]),
            examined=(before, *looked),
            beside_id=made[0] if made else None,
        )
        made.append(actions.find(case=case, found=found, by=by, now=now - given).id)
    return made


def _stated(told: list[dict[str, str]]) -> "tuple[Any, ...]":
    from qorgan.cases import actions
    from qorgan.cases.terms import Said, Topic

    return tuple(
        actions.Stated(
            topic=Topic(one["topic"]),
            words=one.get("words", ""),
            said=Said(one["said"]) if "said" in one else None,
        )
        for one in told
    )


def _reviewed(case: "Case") -> "Review | None":
    from qorgan.cases.models import Review

    with transaction_of():
        return Review.objects.filter(case=case).order_by("asked_at").first()
