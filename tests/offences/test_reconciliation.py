"""The parties are reconciled within the limits of the law of the right day, and the refusal names the provision."""

from datetime import UTC, datetime, timedelta

import pytest

from qorgan.base.scope import Actor
from qorgan.cases import queries as cases
from qorgan.cases.models import Case
from qorgan.cases.terms import Role
from qorgan.offences import actions, rules
from qorgan.offences.models import Offence
from qorgan.offences.terms import Ground, Part, Relationship, State
from qorgan.people.terms import Sex
from tests import factories

DAY = timedelta(days=1)


def _swore(case: Case, *, by: Actor, now: datetime) -> Offence:
    """KoAP 73 in the family, of the man of the case against its woman."""
    parts = {role: person.id for role, person in cases.persons(case)}
    persons = (
        actions.Involved(part=Part.VICTIM, person_id=parts[Role.VICTIM], relationship=Relationship.SPOUSE),
        actions.Involved(part=Part.SUSPECT, person_id=parts[Role.OFFENDER]),
    )
    act = {"code": "KoAP", "article": "73", "acted_on": now.date() - DAY}
    return factories.offence(by=by, now=now, case=case, persons=persons, **act)


def _reconciled(offence: Offence, *, by: Actor, now: datetime) -> Offence:
    return actions.terminate(offence=offence, ground=Ground.RECONCILED, by=by, now=now)


def test_an_administrative_case_ends_in_a_reconciliation_once_since_july_2023(owner: Actor, now: datetime) -> None:
    case = factories.case(by=owner, now=now)
    first, again = _swore(case, by=owner, now=now), _swore(case, by=owner, now=now)
    assert _reconciled(first, by=owner, now=now).state == State.TERMINATED
    with pytest.raises(rules.ReconciledBefore, match=r"\(.+\)"):
        _reconciled(again, by=owner, now=now + 300 * DAY)
    other = _swore(factories.case(by=owner, now=now), by=owner, now=now)
    assert _reconciled(other, by=owner, now=now).state == State.TERMINATED


def test_before_july_2023_no_limit_is_on_record_and_a_person_decides(owner: Actor) -> None:
    then = datetime(2022, 3, 1, 6, tzinfo=UTC)
    case = factories.case(by=owner, now=then)
    for moment in (then, then + 30 * DAY):
        offence = _swore(case, by=owner, now=moment)
        assert _reconciled(offence, by=owner, now=moment).state == State.TERMINATED


def test_violence_against_a_child_is_not_reconciled_and_the_day_of_the_act_decides(owner: Actor, now: datetime) -> None:
    child = actions.Involved(part=Part.VICTIM, sex=Sex.FEMALE, age=9, relationship=Relationship.PARENT)
    beaten = factories.offence(by=owner, now=now, persons=(child,))
    with pytest.raises(rules.ViolenceAgainstMinor):
        _reconciled(beaten, by=owner, now=now)
    day = datetime(2024, 3, 1).date()
    before = factories.offence(by=owner, now=now, persons=(child,), code="CC", article="106", acted_on=day)
    assert _reconciled(before, by=owner, now=now).state == State.TERMINATED


def test_a_crime_within_a_year_of_a_reconciliation_is_not_reconciled_again(owner: Actor, now: datetime) -> None:
    case = factories.case(by=owner, now=now)
    parts = {role: person.id for role, person in cases.persons(case)}
    woman = actions.Involved(part=Part.VICTIM, person_id=parts[Role.VICTIM], relationship=Relationship.SPOUSE)
    persons = (woman, actions.Involved(part=Part.SUSPECT, person_id=parts[Role.OFFENDER]))
    first = factories.offence(by=owner, now=now, case=case, persons=persons)
    _reconciled(first, by=owner, now=now)
    soon = now + 60 * DAY
    with pytest.raises(rules.ReconciledSoon):
        _reconciled(factories.offence(by=owner, now=soon, case=case, persons=persons), by=owner, now=soon)
    late = now + 400 * DAY
    held = factories.offence(by=owner, now=late, case=case, persons=persons)
    assert _reconciled(held, by=owner, now=late).state == State.TERMINATED
