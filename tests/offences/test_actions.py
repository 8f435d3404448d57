"""Registering an offence and what becomes of it, as an inspector and a statistician rely on it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from qorgan.base import ids
from qorgan.base.errors import NotAllowed, NotFound
from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions as cases
from qorgan.cases import queries as case_queries
from qorgan.cases.rules import CaseClosed
from qorgan.cases.terms import Role
from qorgan.offences import actions, queries, rules
from qorgan.offences.models import Offence
from qorgan.offences.terms import Completion, Ground, Part, Relationship, State
from qorgan.people.terms import Sex
from qorgan.reports.models import Report
from tests import factories
from tests.conftest import actor


def _suspect(**changes: object) -> actions.Involved:
    return actions.Involved(**{"part": Part.SUSPECT, "sex": Sex.MALE, "age": 30, **changes})  # type: ignore[arg-type]  # the changes name fields


def test_a_homicide_needs_no_report_no_case_and_no_order(owner: Actor, now: datetime) -> None:
    held = factories.offence(by=owner, now=now, code="CC", article="99", register_no="267910031000123")
    assert (held.register, held.state, held.version) == ("criminal", State.REGISTERED, 1)
    assert (held.case, held.report, held.territory_id, held.agency_id) == (None, None, 7903, owner.agency_id)
    assert held.number.startswith("ШЫМ-26-")
    view = queries.opened([held])[0]
    assert view.article is not None and view.article.iccs == "0101"
    assert [(one.part, one.sex, one.age, one.relationship) for one in view.persons] == [
        ("victim", "female", 34, "spouse"),
        ("suspect", "male", 38, ""),
    ]
    assert view.is_domestic is True and view.by_minor is False


@pytest.mark.parametrize(
    ("day", "code", "article", "register"),
    [
        (date(2017, 7, 2), "CC", "109", "criminal"),
        (date(2017, 7, 3), "KoAP", "73-2", "administrative"),
        (date(2024, 6, 15), "KoAP", "73-2", "administrative"),
        (date(2024, 6, 16), "CC", "109-1", "criminal"),
    ],
)
def test_battery_is_registered_under_the_article_of_its_day(
    owner: Actor, day: date, code: str, article: str, register: str
) -> None:
    later = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + timedelta(days=3)
    held = factories.offence(by=owner, now=later, acted_on=day, code=code, article=article)
    assert held.register == register
    wrong = {"CC 109": "109-1", "KoAP 73-2": "73-1000", "CC 109-1": "109"}[f"{code} {article}"]
    with pytest.raises(rules.NoSuchArticle):
        factories.offence(by=owner, now=later, acted_on=day, code=code, article=wrong)


def test_where_the_day_of_the_act_is_not_known_that_of_registration_decides(owner: Actor) -> None:
    midnight = datetime(2024, 6, 15, 19, 30, tzinfo=UTC)  # half past midnight on the 16th in Shymkent
    held = factories.offence(by=owner, now=midnight, acted_on=None, code="CC", article="109-1")
    assert queries.law_day(held) == date(2024, 6, 16)


def test_an_offence_of_a_report_belongs_to_the_case_that_leads_it(owner: Actor, now: datetime) -> None:
    case = factories.case(by=owner, now=now)
    report_id = case_queries.report_ids(case)[0]
    report = Report.objects.get(pk=report_id)
    held = factories.offence(by=owner, now=now, report=report)
    assert (held.report, held.case, held.territory_id) == (report, case, case.territory_id)
    assert [view.offence for view in queries.for_cases([case.id])] == [held]
    other = factories.case(by=owner, now=now)
    with pytest.raises(rules.ReportElsewhere):
        factories.offence(by=owner, now=now, report=report, case=other)


def test_a_report_without_a_case_is_enough(owner: Actor, now: datetime) -> None:
    report = factories.report(by=owner, now=now)
    held = factories.offence(by=owner, now=now, report=report)
    assert (held.report, held.case) == (report, None)
    assert list(queries.of_report(report.id)) == [held]


def test_nothing_is_registered_in_a_closed_case(owner: Actor, now: datetime) -> None:
    case = cases.close(case=factories.case(by=owner, now=now), by=owner, now=now)
    with pytest.raises(CaseClosed):
        factories.offence(by=owner, now=now, case=case)


def test_a_person_of_the_case_brings_sex_and_age_with_her(owner: Actor, now: datetime) -> None:
    case = factories.case(by=owner, now=now)
    parts = {role: person.id for role, person in case_queries.persons(case)}
    involved = (
        actions.Involved(part=Part.VICTIM, person_id=parts[Role.VICTIM], relationship=Relationship.SPOUSE),
        actions.Involved(part=Part.SUSPECT, person_id=parts[Role.OFFENDER]),
    )
    held = factories.offence(by=owner, now=now, case=case, persons=involved, acted_on=date(2026, 1, 1))
    victim, suspect = queries.opened([held])[0].persons
    assert (victim.sex, victim.age) == ("female", 36)  # born on 1 January 1990, as her IIN says
    assert (suspect.sex, suspect.age) == ("unknown", None)


def test_of_another_case_nobody_can_be_named_and_nobody_twice(owner: Actor, now: datetime) -> None:
    case, other = factories.case(by=owner, now=now), factories.case(by=owner, now=now)
    mine, elsewhere = (case_queries.persons(one)[0][1].id for one in (case, other))
    with pytest.raises(rules.PersonElsewhere):
        factories.offence(by=owner, now=now, case=case, persons=(actions.Involved(person_id=elsewhere),))
    with pytest.raises(rules.PersonElsewhere):
        factories.offence(by=owner, now=now, persons=(actions.Involved(person_id=mine),))
    with pytest.raises(rules.PersonTwice):
        twice = (actions.Involved(person_id=mine), _suspect(person_id=mine))
        factories.offence(by=owner, now=now, case=case, persons=twice)
    assert Offence.objects.count() == 0


def test_several_victims_and_suspects_stand_in_one_offence(owner: Actor, now: datetime) -> None:
    persons = (
        actions.Involved(sex=Sex.FEMALE, age=40, relationship=Relationship.PARENT),
        actions.Involved(sex=Sex.FEMALE, age=7, relationship=Relationship.SIBLING),
        _suspect(age=16),
        _suspect(sex=Sex.UNKNOWN, age=None),
    )
    view = queries.opened([factories.offence(by=owner, now=now, persons=persons)])[0]
    assert (len(view.victims), len(view.suspects)) == (2, 2)
    assert view.by_minor is True


def test_an_offence_without_anyone_known_is_registered_too(owner: Actor, now: datetime) -> None:
    view = queries.opened([factories.offence(by=owner, now=now, persons=())])[0]
    assert (view.persons, view.is_domestic, view.by_minor) == ((), None, False)


def test_a_number_of_the_register_is_taken_once_until_it_is_annulled(owner: Actor, now: datetime) -> None:
    first = factories.offence(by=owner, now=now, register_no="267910031000123")
    with pytest.raises(rules.NumberTaken, match="267910031000123"):
        factories.offence(by=owner, now=now, register_no="267910031000123")
    actions.annul(offence=first, why="екі рет енгізілген", ground=Ground.DUPLICATE, by=owner, now=now)
    assert factories.offence(by=owner, now=now, register_no="267910031000123").number != first.number
    assert factories.offence(by=owner, now=now).register_no == factories.offence(by=owner, now=now).register_no == ""


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"article": "1000"}, rules.NoSuchArticle),
        ({"code": "XX"}, rules.NoSuchArticle),
        ({"part": "бірінші"}, rules.UnreadablePart),
        ({"register_no": "1" * 41}, rules.UnreadableNumber),
        ({"register_no": "12\n13"}, rules.UnreadableNumber),
        ({"registered_at": datetime(2026, 11, 20, 9, 31, tzinfo=UTC)}, rules.ImpossibleMoment),
        ({"acted_on": date(2026, 11, 21)}, rules.ImpossibleDay),
        ({"code": "KoAP", "article": "73", "completion": Completion.ATTEMPT}, rules.OnlyCompleted),
        ({"persons": (_suspect(age=130),)}, rules.ImpossibleAge),
        ({"territory_id": 3905}, rules.PlaceElsewhere),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    owner: Actor, now: datetime, changes: dict[str, object], refusal: type[Exception]
) -> None:
    entries = JournalEntry.objects.count()
    with pytest.raises(refusal):
        factories.offence(by=owner, now=now, **changes)
    assert (Offence.objects.count(), JournalEntry.objects.count()) == (0, entries)


def test_an_offence_goes_to_court_and_may_come_back(owner: Actor, now: datetime) -> None:
    held = factories.offence(by=owner, now=now)
    held = actions.suspend(offence=held, by=owner, now=now)
    with pytest.raises(rules.WrongState):
        actions.send_to_court(offence=held, by=owner, now=now)
    held = actions.resume(offence=held, by=owner, now=now)
    held = actions.send_to_court(offence=held, by=owner, now=now)
    assert (held.state, held.version) == (State.IN_COURT, 4)
    held = actions.resume(offence=held, by=owner, now=now)
    assert held.state == State.REGISTERED


def test_a_termination_has_its_ground_and_is_overruled_with_a_reason(owner: Actor, now: datetime) -> None:
    held = factories.offence(by=owner, now=now)
    held = actions.terminate(offence=held, ground=Ground.RECONCILED, by=owner, now=now)
    assert (held.ended_at, held.ended_by, held.ground) == (now, owner.staff_id, "reconciled")
    with pytest.raises(rules.NoReason):
        actions.resume(offence=held, by=owner, now=now)
    held = actions.resume(offence=held, why="прокурордың қаулысы, № 7", by=owner, now=now)
    assert (held.state, held.ended_at, held.ended_by, held.ground) == (State.REGISTERED, None, None, "")
    kept = {(one.field, one.old, one.new, one.why) for one in queries.corrections(held)}
    why = "прокурордың қаулысы, № 7"
    assert kept == {("state", "terminated", "registered", why), ("ground", "reconciled", "", why)}


def test_an_annulled_registration_is_final(owner: Actor, now: datetime) -> None:
    held = factories.offence(by=owner, now=now)
    with pytest.raises(rules.WrongGround):
        actions.terminate(offence=held, ground=Ground.MISTAKE, by=owner, now=now)
    with pytest.raises(rules.NoReason):
        actions.annul(offence=held, why=" ", by=owner, now=now)
    held = actions.annul(offence=held, why="қате енгізілген", by=owner, now=now)
    assert (held.state, held.ground) == (State.ANNULLED, "mistake")
    for act in (
        lambda: actions.resume(offence=held, why="x", by=owner, now=now),
        lambda: actions.correct(offence=held, correction=factories.registered(at=now), why="x", by=owner, now=now),
        lambda: actions.add_person(offence=held, involved=_suspect(), by=owner, now=now),
    ):
        with pytest.raises((rules.WrongState, rules.AnnulledIsFinal)):
            act()


def test_every_act_is_in_the_journal_once_and_without_a_name(owner: Actor, now: datetime) -> None:
    case = factories.case(by=owner, now=now)
    person = case_queries.persons(case)[0][1].id
    held = factories.offence(by=owner, now=now, case=case, persons=(actions.Involved(person_id=person),))
    held = actions.send_to_court(offence=held, by=owner, now=now)
    actions.terminate(offence=held, ground=Ground.DEATH, by=owner, now=now)
    entries = list(JournalEntry.objects.filter(thing="offence", thing_id=str(held.id)).order_by("id"))
    assert [entry.kind for entry in entries] == [
        "offences.offence.registered",
        "offences.offence.sent_to_court",
        "offences.offence.terminated",
    ]
    assert [entry.detail["version"] for entry in entries] == [1, 2, 3]
    assert factories.WOMAN.written not in str([entry.detail for entry in entries])


def test_for_a_stranger_there_is_no_such_offence(owner: Actor, stranger: Actor, now: datetime) -> None:
    held = factories.offence(by=owner, now=now, register_no="267910031000123")
    with acting(stranger):
        assert queries.find(held.id) is None
        assert queries.by_number(held.number) is None
        with pytest.raises(NotFound):
            actions.suspend(offence=held, by=stranger, now=now)
        with pytest.raises(rules.NumberTaken):
            factories.offence(by=stranger, now=now, register_no="267910031000123")


def test_the_prosecutor_sees_and_changes_nothing_and_the_desk_only_registers(
    owner: Actor, excluded: Actor, colleague: Actor, now: datetime
) -> None:
    held = factories.offence(by=owner, now=now)
    with acting(excluded):
        assert queries.find(held.id) == held
        for act in (
            lambda: factories.offence(by=excluded, now=now),
            lambda: actions.suspend(offence=held, by=excluded, now=now),
            lambda: actions.annul(offence=held, why="x", by=excluded, now=now),
        ):
            with pytest.raises(NotAllowed):
                act()
    desk = actor("desk")
    with acting(desk):
        assert factories.offence(by=desk, now=now).registered_by == desk.staff_id
        with pytest.raises(NotAllowed):
            actions.send_to_court(offence=held, by=desk, now=now)
    with acting(colleague):
        assert actions.suspend(offence=held, by=colleague, now=now).state == State.SUSPENDED


def test_sent_twice_it_is_one_offence(owner: Actor, now: datetime) -> None:
    id = ids.new()
    first = factories.offence(by=owner, now=now, id=id)
    assert factories.offence(by=owner, now=now, id=id) == first
    assert Offence.objects.count() == 1
