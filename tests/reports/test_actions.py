"""Taking in the first signal: once, whole, and never lost to what it looks like."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from qorgan.agencies import queries as agencies
from qorgan.base import ids
from qorgan.base.errors import NotAllowed, NotFound
from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor, acting
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind
from qorgan.people.actions import Named
from qorgan.people.models import Person
from qorgan.reports import actions, queries, rules
from qorgan.reports.actions import Signal
from qorgan.reports.models import Report
from qorgan.reports.terms import Channel, Role, State
from qorgan.reports.terms.outcomes import Reason
from tests import factories
from tests.conftest import actor

NUMBER = "267510080000001"


def _accept(signal: Signal, *, by: Actor, now: datetime) -> actions.Accepted:
    return actions.accept(signal=signal, by=by, now=now)


def _view(report: Report) -> queries.ReportView:
    return queries.opened_reports([Report.objects.get(pk=report.pk)])[0]


def test_a_report_gets_a_number_of_its_region_and_year(owner: Actor, now: datetime) -> None:
    first, second = (factories.report(by=owner, now=now) for _number in range(2))
    assert first.number[:7] == second.number[:7] == "ШЫМ-26-"
    assert len(first.number) == len("ШЫМ-26-004417")
    assert first.number < second.number


def test_the_number_bears_the_local_year_on_new_years_eve(owner: Actor) -> None:
    eve = datetime(2025, 12, 31, 20, 30, tzinfo=UTC)  # half past one on 1 January in Shymkent
    signal = factories.signal(at=eve, registered_at=eve)
    assert _accept(signal, by=owner, now=eve).report.number.startswith("ШЫМ-26-")


def test_all_that_was_said_comes_back_as_it_was_said(owner: Actor, now: datetime) -> None:
    signal = factories.signal(at=now, kui_no=NUMBER, reporter=Named(written="Көрші", phone="+77010000009"))
    view = _view(_accept(signal, by=owner, now=now).report)
    assert (view.narrative, view.address, view.kui_no) == (factories.WORDS, factories.PLACE, NUMBER)
    assert [(role, person.name) for role, person in view.persons] == [
        (Role.VICTIM, factories.WOMAN.written),
        (Role.SUSPECT, factories.MAN.written),
        (Role.REPORTER, "Көрші"),
    ]
    assert (view.received_at, view.received_by) == (now, owner.staff_id)


def test_a_decision_is_due_within_24_hours_by_the_code_of_criminal_procedure(owner: Actor, now: datetime) -> None:
    report = factories.report(by=owner, now=now)
    duty = Duty.objects.get(thing_id=report.id)
    assert (duty.kind, duty.provision) == (Kind.DECIDE_REPORT, "reports.erdr_deadline")
    assert duty.due_at == report.registered_at + timedelta(hours=24)
    assert (duty.territory_id, duty.agency_id) == (report.territory_id, owner.agency_id)


def test_accepting_writes_the_journal_without_a_word_of_the_report(owner: Actor, now: datetime) -> None:
    report = factories.report(by=owner, now=now)
    entry = JournalEntry.objects.get(kind="reports.report.accepted")
    assert entry.detail == {"number": report.number, "channel": "102", "version": 1}
    assert (entry.thing_id, entry.staff_id, entry.mandate_id) == (str(report.id), owner.staff_id, owner.mandate_id)


def test_the_same_submission_again_adds_nothing_and_is_the_same_report(owner: Actor, now: datetime) -> None:
    signal = factories.signal(at=now, kui_no=NUMBER)
    first = _accept(signal, by=owner, now=now)
    counts = [model.objects.count() for model in (Report, Person, Duty, JournalEntry)]
    again = _accept(signal, by=owner, now=now + timedelta(days=3))
    assert (first.is_new, again.is_new) == (True, False)
    assert again.report.id == first.report.id
    assert again.report.received_at == now
    assert [model.objects.count() for model in (Report, Person, Duty, JournalEntry)] == counts


def test_the_same_moment_told_from_another_offset_is_the_same_submission(owner: Actor, now: datetime) -> None:
    moment = now - timedelta(hours=1)
    here = factories.signal(at=now, kui_no=NUMBER, registered_at=moment)
    there = factories.signal(at=now, kui_no=NUMBER, registered_at=moment.astimezone(timezone(timedelta(hours=5))))
    assert _accept(here, by=owner, now=now).report.id == _accept(there, by=owner, now=now).report.id


@pytest.mark.parametrize(
    "change",
    [
        {"narrative": "Басқа оқиға"},
        {"address": "басқа жер"},
        {"channel": Channel.RESCUE_112},
        {"time_known": False},
        {"registered_at": datetime(2026, 11, 20, 8, 31, tzinfo=UTC)},
        {"victim": Named(written="Басқа біреу", iin=factories.WOMAN.iin, phone=factories.WOMAN.phone)},
        {"victim": Named(written=factories.WOMAN.written, given="Гүлнұр", iin=factories.WOMAN.iin)},
        {"suspect": Named()},
        {"suspect": factories.WOMAN, "victim": factories.MAN},
        {"reporter": factories.MAN},
    ],
)
def test_the_same_number_with_other_content_is_refused_and_neither_is_lost(
    owner: Actor, now: datetime, change: dict[str, object]
) -> None:
    kept = _accept(factories.signal(at=now, kui_no=NUMBER), by=owner, now=now).report
    with pytest.raises(rules.SameNumberOtherContent) as refusal:
        _accept(factories.signal(at=now, kui_no=NUMBER, **change), by=owner, now=now)
    assert NUMBER in str(refusal.value)
    assert _view(kept).narrative == factories.WORDS
    assert Report.objects.count() == 1


def test_a_number_taken_in_another_territory_is_refused_without_a_look_at_it(
    owner: Actor, stranger: Actor, now: datetime
) -> None:
    _accept(factories.signal(at=now, kui_no=NUMBER), by=owner, now=now)
    with acting(stranger), pytest.raises(rules.SameNumberOtherContent):
        _accept(factories.signal(at=now, kui_no=NUMBER, address=""), by=stranger, now=now)


@pytest.mark.parametrize("empty", ["", " ", "\n\t\u00a0"])
def test_a_report_that_says_nothing_is_refused(owner: Actor, now: datetime, empty: str) -> None:
    signal = factories.signal(at=now, narrative=empty, address=empty, victim=Named())
    with pytest.raises(rules.NothingSaid):
        _accept(signal, by=owner, now=now)


@pytest.mark.parametrize("said", [{"narrative": "ұрды"}, {"address": "Абай к-сі"}, {"victim": Named(phone="102")}])
def test_the_least_that_was_said_is_enough(owner: Actor, now: datetime, said: dict[str, object]) -> None:
    nothing = {"narrative": "", "address": "", "victim": Named(), "suspect": Named()}
    assert _accept(factories.signal(at=now, **{**nothing, **said}), by=owner, now=now).is_new  # type: ignore[arg-type]  # fields of Signal


@pytest.mark.parametrize(
    "moment",
    [
        lambda now: now + timedelta(minutes=11),
        lambda now: now.replace(year=9999),
        lambda now: now.replace(year=1989),
        lambda now: datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))),
        lambda now: datetime(9999, 12, 31, 23, 59, tzinfo=timezone(-timedelta(hours=14))),
        lambda now: now.replace(tzinfo=None),
    ],
)
def test_an_impossible_moment_is_refused(owner: Actor, now: datetime, moment: Callable[[datetime], datetime]) -> None:
    with pytest.raises(rules.ImpossibleMoment):
        _accept(factories.signal(at=now, registered_at=moment(now)), by=owner, now=now)


def test_a_clock_that_runs_a_little_fast_is_forgiven(owner: Actor, now: datetime) -> None:
    assert _accept(factories.signal(at=now, registered_at=now + timedelta(minutes=9)), by=owner, now=now).is_new


def test_a_faulty_personal_number_is_kept_with_its_fault_and_never_refused(owner: Actor, now: datetime) -> None:
    signal = factories.signal(at=now, victim=Named(written="Кімдір", iin="900101400405"))
    victim = _view(_accept(signal, by=owner, now=now).report).first(Role.VICTIM)
    assert victim is not None
    assert (victim.iin, victim.iin_faults) == ("900101400405", ("check_digit",))


@pytest.mark.parametrize(
    "hostile",
    [
        "a\x00b",
        '=HYPERLINK("http://x")',
        "'; drop table reports_report; --",
        "\u202e\u2066тескері\u2069",
        "<script>alert(1)</script>",
        "%s %(x)s {0} \\0 \\x00",
        "👩‍👧‍👦" * 500,
        "ұ" * 100_000,
    ],
)
def test_hostile_words_are_words(owner: Actor, now: datetime, hostile: str) -> None:
    person = Named(written=hostile[:300], surname=hostile[:100], iin=hostile[:20], phone=hostile[:40])
    signal = factories.signal(at=now, narrative=hostile, address=hostile[:500], victim=person)
    view = _view(_accept(signal, by=owner, now=now).report)
    assert (view.narrative, view.address) == (hostile, hostile[:500])
    victim = view.first(Role.VICTIM)
    assert victim is not None
    assert victim.written == hostile[:300]


@pytest.mark.parametrize("number", ["26\x0075", "1\n2", "1\u20282", "9" * 41, "\u202e123"])
def test_a_number_that_cannot_be_kept_as_it_is_is_refused_with_its_reason(
    owner: Actor, now: datetime, number: str
) -> None:
    with pytest.raises(rules.UnreadableNumber) as refusal:
        _accept(factories.signal(at=now, kui_no=number), by=owner, now=now)
    assert (refusal.value.status, refusal.value.field) == (422, "kui_no")
    assert "40" in str(refusal.value)


@pytest.mark.parametrize("where", ["narrative", "address", "victim"])
def test_half_a_character_is_refused_and_not_guessed(owner: Actor, now: datetime, where: str) -> None:
    broken = {where: Named(written="\ud800") if where == "victim" else "\ud800"}
    with pytest.raises(rules.UnreadableText):
        _accept(factories.signal(at=now, **broken), by=owner, now=now)  # type: ignore[arg-type]  # fields of Signal


@pytest.mark.parametrize(
    ("login", "address", "territory", "elsewhere"),
    [
        ("inspector", "Шымкент қ., Еңбекші ауданы, Тұран м/а", 7903, False),
        ("inspector", "", 7903, False),
        ("inspector", "қайда екені белгісіз", 7903, False),
        ("inspector", "г. Шымкент", 7903, False),
        ("inspector", "Шымкент қ., Абай ауданы, 5-үй", 7903, True),
        ("inspector", "Қостанай облысы, Рудный қ.", 7903, True),
        ("cityhead", "Шымкент қ., Абай ауданы, 5-үй", 7901, False),
        ("cityhead", "Қостанай облысы, Рудный қ.", 79, True),
    ],
)
def test_a_report_lies_where_the_address_says_if_that_is_in_sight_else_with_its_desk(
    owner: Actor, now: datetime, login: str, address: str, territory: int, elsewhere: bool
) -> None:
    with acting(by := actor(login)):
        report = _accept(factories.signal(at=now, address=address), by=by, now=now).report
        assert report.territory_id == territory
        assert ({"code": "address_elsewhere"} in report.notes) is elsewhere


def test_whoever_may_not_take_reports_in_is_refused(excluded: Actor, now: datetime) -> None:
    with acting(excluded), pytest.raises(NotAllowed):
        factories.report(by=excluded, now=now)
    assert not JournalEntry.objects.filter(kind="reports.report.accepted").exists()


def test_two_reports_of_one_address_within_hours_are_noted_and_nothing_is_joined(owner: Actor, now: datetime) -> None:
    first = factories.report(by=owner, now=now)
    second = factories.report(by=owner, now=now, channel=Channel.RESCUE_112, victim=Named(written="Әйел"))
    other = factories.report(by=owner, now=now, address="Шымкент қ., Тәуке хан д-лы, 99", victim=Named(written="А"))
    old = factories.report(by=owner, now=now, registered_at=now - timedelta(hours=14))
    assert _marked(second.id, by=owner, now=now) == [first.number]
    assert _marked(second.id, by=owner, now=now) == [first.number]  # looked for again, noted once
    assert _marked(other.id, by=owner, now=now) == []
    assert _marked(old.id, by=owner, now=now) == []
    assert Report.objects.count() == 4
    assert JournalEntry.objects.filter(kind="reports.repeat.marked").count() == 1


def test_two_reports_with_one_phone_are_noted_however_the_phone_is_written(owner: Actor, now: datetime) -> None:
    first = factories.report(by=owner, now=now, victim=Named(phone="8 (701) 000-00-77"), address="")
    second = factories.report(by=owner, now=now, victim=Named(phone="+77010000077"), address="")
    assert _marked(second.id, by=owner, now=now) == [first.number]


def test_a_report_out_of_sight_is_not_compared(owner: Actor, stranger: Actor, now: datetime) -> None:
    with acting(stranger):
        factories.report(by=stranger, now=now)
    mine = factories.report(by=owner, now=now)
    with acting(system := agencies.system("tests")):
        assert actions.mark_possible_repeats(report_id=mine.id, by=system, now=now) == 0
    assert actions.mark_possible_repeats(report_id=ids.new(), by=owner, now=now) == 0


def _marked(report_id: UUID, *, by: Actor, now: datetime) -> list[str]:
    actions.mark_possible_repeats(report_id=report_id, by=by, now=now)
    notes = Report.objects.get(pk=report_id).notes
    return [note["number"] for note in notes if note["code"] == "possible_repeat"]


def test_a_report_is_written_off_once_and_its_duty_is_done(owner: Actor, now: datetime) -> None:
    report = factories.report(by=owner, now=now)
    later = now + timedelta(hours=2)
    with pytest.raises(rules.NoGround):
        actions.decide(report_id=report.id, state=State.WRITTEN_OFF, by=owner, now=later)
    wanted = State.WRITTEN_OFF
    held = actions.decide(report_id=report.id, state=wanted, reason=Reason.NO_SIGNS, by=owner, now=later)
    assert (held.state, held.decided_at, held.decided_by, held.version) == ("written_off", later, owner.staff_id, 2)
    assert Duty.objects.get(thing_id=report.id).done_at == later
    with pytest.raises(rules.AlreadyDecided):
        actions.decide(report_id=report.id, state=State.TAKEN_UP, by=owner, now=later)


def test_a_stranger_finds_no_report_to_decide_and_the_prosecutor_may_not(
    owner: Actor, stranger: Actor, excluded: Actor, now: datetime
) -> None:
    report = factories.report(by=owner, now=now)
    with acting(stranger), pytest.raises(NotFound):
        actions.decide(report_id=report.id, state=State.WRITTEN_OFF, by=stranger, now=now)
    with acting(excluded), pytest.raises(NotAllowed):
        actions.decide(report_id=report.id, state=State.WRITTEN_OFF, by=excluded, now=now)
    assert Report.objects.get(pk=report.pk).state == State.REGISTERED
