"""The register of statements: each check stays, a later one says what changed, nobody publishes her own."""

from datetime import date, datetime, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import translation

from qorgan.base.errors import ChangedMeanwhile, NotAllowed
from qorgan.base.models import JournalEntry
from qorgan.base.processes import Process
from qorgan.base.scope import Actor
from qorgan.claims import actions, queries, rules
from qorgan.claims.models import Check, Statement, Step
from qorgan.claims.terms import Cause
from tests.claims import brought
from tests.conftest import actor
from tests.roles import as_process

pytestmark = pytest.mark.django_db
SYSTEM = Actor(name="claims.again", role="system", purpose="statistics")
HOUR = timedelta(hours=1)


def last(held: Statement) -> Check:
    found = queries.last_check(held)
    assert found is not None
    return found


def test_statement_is_kept_with_its_words_its_check_and_the_versions(now: datetime) -> None:
    held = brought.statement(now=now)
    check = last(held)
    assert (held.speaker, held.relay, held.said_on, held.role) == (
        "Министрлік",
        "Газет",
        date(2025, 1, 20),
        "ombudsman",
    )
    assert (check.number, check.cause, check.changed) == (1, Cause.BROUGHT, [])
    assert (check.grammar, check.data) == queries.versions()
    (figure,) = check.answer["figures"]
    assert (figure["said"], figure["standing"]) == ("72 мың", "agrees")
    kinds = JournalEntry.objects.filter(thing="statement", thing_id=str(held.pk)).values_list("kind", flat=True)
    assert list(kinds) == ["claims.statement.brought"]


def test_old_verdict_can_be_read_in_every_language(now: datetime) -> None:
    known = last(brought.statement(now=now)).answer["known"][0]
    assert set(known["sentence"]) == {"kk", "ru", "en"}
    assert known["sentence"]["en"].startswith("Agrees with “Protective orders issued”")


@pytest.mark.parametrize("login", ["inspector", "prosecutor", "checker", "admin"])
def test_whoever_has_no_right_brings_nothing(login: str, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        brought.statement(now=now, by=actor(login))
    assert not Statement.objects.exists()


@pytest.mark.parametrize(
    ("text", "more", "refusal"),
    [
        ("  ", {}, rules.NothingSaid),
        ("а" * 20_001, {}, rules.TooMuchSaid),
        ("2024 жылғы 5 мамырда жиын өтті.", {}, rules.NoFigures),
        (brought.ORDERS, {"said_on": date(2200, 1, 1)}, rules.SaidLater),
    ],
)
def test_what_cannot_be_a_statement_is_refused_and_leaves_nothing(
    text: str, more: dict[str, object], refusal: type[rules.BadInput], now: datetime
) -> None:
    with pytest.raises(refusal):
        brought.statement(now=now, text=text, **more)
    assert not Statement.objects.exists()


def test_reading_that_a_person_chose_stands_with_her_name(now: datetime) -> None:
    held = brought.statement(now=now, text=brought.OPEN, language="ru")
    before = last(held)
    assert before.answer["groups"][0]["verdict"] == "holds_only_if"
    actions.read(statement=held, reading="", chosen={"parts:t1": "all"}, by=actor("statistician"), now=now + HOUR)
    check = last(held)
    assert (check.cause, check.role, check.chosen) == (Cause.READ, "statistician", {"parts:t1": "all"})
    assert check.answer["groups"][0]["verdict"] == "cannot_hold"
    assert {each["after"] for each in check.changed} == {"cannot_hold"}
    assert Check.objects.get(pk=before.pk).answer == before.answer


def test_reading_that_is_none_is_refused_with_its_faults(now: datetime) -> None:
    held = brought.statement(now=now)
    with translation.override("en"), pytest.raises(rules.BadReading) as refused:
        actions.read(statement=held, reading="colour = 1", chosen={}, by=actor("ombudsman"), now=now)
    assert "“colour” is not a word of this table" in str(refused.value)
    assert last(held).number == 1


def test_correction_keeps_what_stood_there_and_why(now: datetime) -> None:
    held = brought.statement(now=now)
    mended = brought.said("2024 жылы 80 мың қорғау нұсқамасы берілді.")
    actions.correct(statement=held, said=mended, reason="Санды қате көшірдім", by=actor("ombudsman"), now=now + HOUR)
    step = Step.objects.get()
    assert (step.act, step.reason, step.was) == ("corrected", "Санды қате көшірдім", {"text": brought.ORDERS})
    assert last(held).answer["figures"][0]["standing"] == "differs"
    with pytest.raises(rules.WhyIsMissing):
        actions.correct(statement=held, said=mended, reason=" ", by=actor("ombudsman"), now=now)


def test_later_data_are_checked_against_and_what_changed_is_said(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = brought.statement(now=now)
    assert queries.behind(most=10) == []
    brought.later_data(monkeypatch, orders=81_234)
    assert [each.pk for each in queries.behind(most=10)] == [held.pk]
    with as_process(Process.STATISTICS):
        made = actions.check_again(statement=held, by=SYSTEM, now=now + HOUR)
    assert made is not None
    assert (made.cause, made.staff_id, made.data) == (Cause.DATA, None, "new81234")
    assert {"figure": "72 мың", "what": "protective_orders", "before": "agrees", "after": "differs"} in made.changed
    first = held.checks.get(number=1)
    assert first.answer["figures"][0]["standing"] == "agrees"
    assert queries.behind(most=10) == []
    assert actions.check_again(statement=held, by=SYSTEM, now=now + HOUR) is None


def test_what_was_stopped_in_the_middle_goes_on_where_it_ended(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = brought.statement(now=now), brought.statement(now=now + HOUR)
    brought.later_data(monkeypatch, orders=81_234)
    actions.check_again(statement=queries.behind(most=1)[0], by=SYSTEM, now=now + HOUR)
    assert [each.pk for each in queries.behind(most=10)] == [second.pk]
    assert last(first).number == 2


def test_reading_of_a_person_is_kept_by_a_later_check(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    held = brought.statement(now=now, text=brought.OPEN, language="ru")
    actions.read(statement=held, reading="", chosen={"parts:t1": "all"}, by=actor("ombudsman"), now=now)
    brought.later_data(monkeypatch, orders=81_234)
    made = actions.check_again(statement=held, by=SYSTEM, now=now + HOUR)
    assert made is not None
    assert made.chosen == {"parts:t1": "all"}
    assert made.answer["groups"][0]["verdict"] == "cannot_hold"
    assert made.changed == []


def test_second_person_publishes_and_the_public_process_sees_only_that(now: datetime) -> None:
    both = Actor(
        name="Екеуі", staff_id=actor("ombudsman").staff, role="checker", permissions=actor("checker").permissions
    )
    held, other = brought.statement(now=now), brought.statement(now=now)
    with pytest.raises(rules.OwnStatement):
        actions.publish(statement=held, by=both, now=now)
    with pytest.raises(NotAllowed):
        actions.publish(statement=held, by=actor("ombudsman"), now=now)
    actions.publish(statement=held, by=actor("checker"), now=now)
    with as_process(Process.PUBLIC):
        assert [each.pk for each in queries.statements()] == [held.pk]
        assert {each.statement_id for each in Check.objects.all()} == {held.pk}
    with pytest.raises(rules.AlreadyPublished):
        actions.publish(statement=held, by=actor("checker"), now=now)
    assert other.published_at is None


def test_withdrawn_statement_stays_with_its_reason_and_is_checked_no_more(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = brought.statement(now=now)
    actions.withdraw(statement=held, reason="Бұл хат жеке адамдікі", by=actor("ombudsman"), now=now)
    assert Step.objects.get().reason == "Бұл хат жеке адамдікі"
    with pytest.raises(rules.Withdrawn):
        actions.read(statement=held, reading="", chosen={}, by=actor("ombudsman"), now=now)
    brought.later_data(monkeypatch, orders=81_234)
    assert queries.behind(most=10) == []


def test_two_who_saw_the_same_do_not_both_write(now: datetime) -> None:
    held = brought.statement(now=now)
    actions.correct(statement=held, said=brought.said(relay=""), reason="бір", by=actor("ombudsman"), now=now, seen=1)
    with pytest.raises(ChangedMeanwhile):
        actions.withdraw(statement=held, reason="екі", by=actor("statistician"), now=now, seen=1)


def test_check_that_was_made_cannot_be_changed_by_staff(now: datetime) -> None:
    held = brought.statement(now=now)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update claims_check set data = 'x' where statement_id = %s", [held.pk])
