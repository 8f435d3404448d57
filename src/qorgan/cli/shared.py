"""What the story shares: a part of the followed case with a crisis centre, by consent; another case offered to the
next district, whose inspector finds its card."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from qorgan.cli.acting import as_staff
from qorgan.cli.followed import stepped, transaction_of

if TYPE_CHECKING:
    from qorgan.base.scope import Actor
    from qorgan.cases.models import Case, Referral
    from qorgan.reports.models import Report

FOR = timedelta(days=30)


def share(case: "Case", *, told: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Share what the country's demonstration tells, where nothing was shared before: the steps with their numbers."""
    from qorgan.cases import queries

    with as_staff(told["by"]) as by:
        with transaction_of():
            known = {one.course: one for one in queries.referrals_of(case)}
        if not known:
            _house_rule(told, now=now)
            referral = _referred(case, told, by, now=now)
        else:
            referral = known["referral"]
    steps = {"referral": stepped(referral.number, referral.made_at, f"referrals/{referral.id}/")}
    transfer = _offered(told, now=now)
    steps["transfer"] = stepped(transfer.number, transfer.made_at, f"referrals/{transfer.id}/")
    return steps


def _house_rule(told: dict[str, Any], *, now: datetime) -> None:
    """The terms that the law on record is silent about, as this invented deployment has set them."""
    from qorgan.base.errors import Refused
    from qorgan.law import actions

    first = date(now.year, 1, 1)
    with as_staff("admin") as by:
        for key, hours in told["house_rules"].items():
            citation = actions.Citation(document=told["document"])
            try:
                actions.enter_value(key=key, value=hours, valid_from=first, citation=citation, by=by, now=now)
            except Refused:  # a demonstration that is run again finds it entered
                continue


def _referred(case: "Case", told: dict[str, Any], by: "Actor", *, now: datetime) -> "Referral":
    """She says yes to a place in the crisis centre of the city, which accepts."""
    from qorgan.agencies import queries as agencies
    from qorgan.agencies.terms import Kind
    from qorgan.cases import actions, queries
    from qorgan.cases.terms import Aim, Giver, How, Role, Section, Urgency

    with transaction_of():
        centre = agencies.agency_for(case.territory_id, Kind.CRISIS_CENTRE)
        her = next(view.id for role, view in queries.persons(case) if role is Role.VICTIM)
    assert centre is not None  # the country's demonstration names the city that has one
    sections = (Section.CASE, Section.PERSONS)
    asked = actions.Asked(
        person_id=her,
        giver=Giver.HERSELF,
        aim=Aim.REFUGE,
        sections=sections,
        agency_id=centre.id,
        until=now + FOR,
        how=How.IN_PERSON,
        language="kk",
        why=told["why"],
    )
    actions.keep_consent(case=case, asked=asked, said_yes=True, by=by, now=now)
    part = actions.Part(
        agency_id=centre.id, aim=Aim.REFUGE, sections=sections, until=now + FOR, urgency=Urgency.NOW, note=told["note"]
    )
    referral = actions.refer(case=case, part=part, by=by, now=now)
    with as_staff(told["accepted_by"]) as worker:
        actions.accept(referral_id=referral.id, by=worker, now=now)
    return referral


def _offered(told: dict[str, Any], *, now: datetime) -> "Referral":
    """Another case of the district, opened and offered to the next one; its owner answers until that accepts."""
    from qorgan.cases import actions
    from qorgan.cases.models import Referral
    from qorgan.cases.terms import Why

    with as_staff(told["offered_by"]) as head, transaction_of():
        known = Referral.objects.filter(course="transfer").order_by("made_at").first()
        office = next(one for one in _offices() if one.code == told["to"])
    if known is not None:
        return known
    waits = _waiting(told, now=now)
    with as_staff(told["offered_by"]) as head:
        case = actions.open_from_report(report=waits, by=head, now=now)
        whole = actions.Whole(agency_id=office.id, why=Why.MOVED)
        return actions.transfer(case=case, whole=whole, by=head, now=now)


def _waiting(told: dict[str, Any], *, now: datetime) -> "Report":
    """A report of the district that nobody has taken up; written down where the day has none."""
    from qorgan.people.actions import Named
    from qorgan.reports import actions
    from qorgan.reports.models import Report
    from qorgan.reports.terms import Channel, State

    with as_staff(told["offered_by"]), transaction_of():
        waits = Report.objects.filter(state=State.REGISTERED).order_by("registered_at").first()
    if waits is not None:
        return waits
    came = told["came"]
    signal = actions.Signal(
        submission="demo\0moved",
        channel=Channel.IN_PERSON,
        registered_at=now,
        narrative=came["narrative"],
        address=came["address"],
        victim=Named(written=came["victim"]),
        suspect=Named(written=came["suspect"]),
    )
    with as_staff("desk") as by:
        return actions.accept(signal=signal, by=by, now=now).report


def _offices() -> list[Any]:
    from qorgan.agencies import queries as agencies

    return agencies.police()
