"""A record is destroyed by two people, on a ground, when nothing holds it; what was and what remains is proven."""

import json
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from qorgan.agencies import queries as agencies
from qorgan.base import signing
from qorgan.base.errors import ChangedMeanwhile, NotAllowed
from qorgan.base.keys import holdings, vault
from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor, acting
from qorgan.cases.models import Case
from qorgan.law.models import EnteredValue
from qorgan.people import queries as people
from qorgan.people.models import Person
from qorgan.shredding import actions, queries, rules
from qorgan.shredding.engine import certificate
from qorgan.shredding.models import Destruction
from qorgan.shredding.papers import paper
from qorgan.shredding.papers.certificate import content
from qorgan.shredding.terms import KINDS, Ground, Hold, State
from tests import factories
from tests.conftest import actor
from tests.shredding import made
from tests.shredding.made import PAPER, REASON


@pytest.fixture
def head(db: None) -> Actor:
    """Who may ask."""
    return actor("head")


@pytest.fixture
def prosecutor(db: None) -> Actor:
    """Who may confirm."""
    return actor("prosecutor")


@pytest.fixture
def case(owner: Actor, now: datetime) -> Case:
    """A case at its end."""
    return made.closed(by=owner, now=now - timedelta(days=3))


def _all(record: queries.Record, head: Actor, prosecutor: Actor, now: datetime) -> Destruction:
    return made.destroyed(record, asks=head, confirms=prosecutor, system=agencies.system("tests"), now=now)


def test_who_she_is_can_be_read_by_nobody_after_two_people_decided(
    case: Case, head: Actor, prosecutor: Actor, now: datetime
) -> None:
    record = made.victim(case)
    assert people.by_ids([record.id])[record.id].written == factories.WOMAN.written
    assert list(people.with_iin(factories.WOMAN.iin).values_list("id", flat=True)) == [record.id]
    held = _all(record, head, prosecutor, now)
    assert held.state == State.DESTROYED
    view = people.by_ids([record.id])[record.id]
    assert (view.iin, view.phone, view.birth_date, view.surname) == ("", "", None, "")
    assert factories.WOMAN.written not in view.name
    with pytest.raises(vault.Shredded):
        vault.open(Person.objects.get(pk=record.id).written, at="people.person.written")
    assert not people.with_iin(factories.WOMAN.iin).exists()
    assert not people.with_phone(factories.WOMAN.phone).exists()
    with made.store() as keys:
        assert keys.get([record.key_id]) == {}
        assert keys.get([case.key_id])


def test_what_was_told_in_a_case_can_be_read_by_nobody_and_its_people_keep_their_names(
    case: Case, head: Actor, prosecutor: Actor, now: datetime
) -> None:
    record = queries.of_case(case)
    keys = queries.keys_of(record)
    before = holdings.counted(keys)
    _all(record, head, prosecutor, now)
    told = {"cases.account.words", "reports.report.narrative", "orders.order.circumstances", "orders.check.note"}
    assert told <= {one.word for one in before}
    for one in before:
        for key in keys:
            for _row, envelope in one.envelopes(key):
                with pytest.raises(vault.Shredded):
                    vault.open(envelope, at=one.word)
    person = made.victim(case)
    assert people.by_ids([person.id])[person.id].written == factories.WOMAN.written


def test_until_another_person_confirms_nothing_is_destroyed(case: Case, head: Actor, now: datetime) -> None:
    record = made.victim(case)
    with acting(head):
        held = made.asked(record, by=head, now=now)
    made.carried_out(held, system=agencies.system("tests"), now=now)
    assert Destruction.objects.get().state == State.ASKED
    assert people.by_ids([record.id])[record.id].written == factories.WOMAN.written


def test_whoever_asked_cannot_confirm(case: Case, head: Actor, now: datetime) -> None:
    both = Actor(**{**vars(head), "permissions": head.permissions | {"shredding.destruction.confirm"}})
    with acting(both):
        held = made.asked(made.victim(case), by=both, now=now)
        with pytest.raises(rules.SamePerson):
            actions.confirm(destruction=held, by=both, now=now)
    with pytest.raises(IntegrityError, match="destruction_by_two"), transaction.atomic():
        Destruction.objects.update(state=State.CONFIRMED, decided_at=now, decided_by=held.asked_by)


@pytest.mark.parametrize("login", ["inspector", "desk", "prosecutor", "clerk"])
def test_only_the_head_of_a_unit_asks(case: Case, login: str, now: datetime) -> None:
    by = actor(login)
    with pytest.raises(NotAllowed):
        made.asked(queries.of_case(case), by=by, now=now)


@pytest.mark.parametrize("login", ["inspector", "head", "desk", "clerk"])
def test_only_a_prosecutor_confirms_or_declines(case: Case, head: Actor, login: str, now: datetime) -> None:
    held = made.asked(queries.of_case(case), by=head, now=now)
    for act in (actions.confirm, actions.decline):
        with pytest.raises(NotAllowed):
            act(destruction=held, by=actor(login), now=now)


def test_an_administrator_neither_asks_nor_confirms_nor_sees() -> None:
    from qorgan.agencies.terms import ROLES

    assert not [one for one in ROLES["administrator"].permissions if one.startswith("shredding.")]


def test_an_open_case_is_held_whatever_the_ground(owner: Actor, head: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now)
    record = queries.of_case(Case.objects.get(pk=order.case_id))
    assert queries.holds(record, now=now) == [Hold.CASE_OPEN, Hold.ORDER_BINDS]
    for ground in Ground:
        with pytest.raises(rules.StillNeeded):
            made.asked(record, by=head, now=now, ground=ground)


def test_an_inquiry_that_goes_on_holds_it_also_when_it_began_after_someone_asked(
    case: Case, owner: Actor, head: Actor, prosecutor: Actor, now: datetime
) -> None:
    from qorgan.offences.models import Offence

    held = made.asked(queries.of_case(case), by=head, now=now)
    offence = factories.offence(by=owner, now=now)
    Offence.objects.filter(pk=offence.pk).update(case=case)
    with acting(prosecutor), pytest.raises(rules.StillNeeded):
        actions.confirm(destruction=held, by=prosecutor, now=now)


def test_where_no_term_is_on_record_nobody_says_that_it_is_over(case: Case, head: Actor, now: datetime) -> None:
    with pytest.raises(rules.TermNotOnRecord):
        made.asked(queries.of_case(case), by=head, now=now, ground=Ground.TERM)


def test_a_term_that_was_entered_is_waited_for(case: Case, head: Actor, now: datetime) -> None:
    EnteredValue.objects.create(
        key=queries.TERM,
        value=12,
        unit="months",
        valid_from=now.date() - timedelta(days=900),
        document="бұйрық 1",
        entered_at=now,
    )
    with pytest.raises(rules.TermNotOver):
        made.asked(queries.of_case(case), by=head, now=now, ground=Ground.TERM)
    later = now + timedelta(days=370)
    assert made.asked(queries.of_case(case), by=head, now=later, ground=Ground.TERM).state == State.ASKED


@pytest.mark.parametrize("ground", [Ground.COURT, Ground.CONSENT])
def test_a_ground_that_is_a_paper_names_it(case: Case, head: Actor, now: datetime, ground: Ground) -> None:
    said = {"record": queries.of_case(case), "ground": ground, "by": head, "now": now}
    with pytest.raises(rules.PaperMissing):
        actions.ask(paper=" ", reason=REASON, **said)  # type: ignore[arg-type]  # told by name
    with pytest.raises(rules.ReasonMissing):
        actions.ask(paper=PAPER, reason=" ", **said)  # type: ignore[arg-type]  # as above


def test_it_is_asked_for_once_and_again_after_it_was_declined(
    case: Case, head: Actor, prosecutor: Actor, now: datetime
) -> None:
    record = queries.of_case(case)
    held = made.asked(record, by=head, now=now)
    with pytest.raises(rules.AlreadyAsked):
        made.asked(record, by=head, now=now)
    with acting(prosecutor):
        with pytest.raises(ChangedMeanwhile):
            actions.decline(destruction=held, by=prosecutor, now=now, seen=7)
        declined = actions.decline(destruction=held, by=prosecutor, now=now, seen=held.version)
        with pytest.raises(rules.AlreadyDecided):
            actions.confirm(destruction=declined, by=prosecutor, now=now)
    assert made.asked(record, by=head, now=now).state == State.ASKED


def test_a_stranger_finds_nothing_of_it(case: Case, head: Actor, stranger: Actor, now: datetime) -> None:
    held = made.asked(queries.of_case(case), by=head, now=now)
    with acting(stranger):
        assert not queries.newest().exists()
        assert queries.find(held.id) is None


def test_a_certificate_says_what_by_whom_why_and_what_remains_and_no_word_of_it(
    case: Case, head: Actor, prosecutor: Actor, now: datetime
) -> None:
    held = _all(made.victim(case), head, prosecutor, now)
    file = certificate.as_file(held.certificate)
    told = held.certificate["certificate"]
    assert told["texts"] == {"people.person.written": 1, "people.person.iin": 1, "people.person.phone": 1} | {
        "people.person.birth_date": 1,
        "shredding.destruction.reason": 1,
    }
    assert (told["keys"], told["number"], told["ground"], told["paper"]) == (1, case.number, "court", PAPER)
    assert told["asked"]["id"] == str(head.staff_id)
    assert told["confirmed"]["id"] == str(prosecutor.staff_id)
    assert told["key_backups_until"] == (now.date() + timedelta(days=7)).isoformat()
    assert {"narratives", "journal", "facts", "key_backups", "data_backups"} <= set(told["remains"])
    words = (*factories.WOMAN.written.split(), factories.WOMAN.iin, "7010000001", REASON)
    assert not [word for word in words if word in file.decode()]
    rows = JournalEntry.objects.filter(kind__startswith="shredding.").order_by("id")
    assert [row.kind.rpartition(".")[2] for row in rows] == ["asked", "confirmed", "done"]


def test_a_certificate_is_verified_without_a_database_and_a_touched_one_is_found(
    case: Case, head: Actor, prosecutor: Actor, now: datetime
) -> None:
    file = certificate.as_file(_all(made.victim(case), head, prosecutor, now).certificate)
    own = signing.signer(demo=True).public.hex()
    assert certificate.verify(file, trusted=[own])["holds"] is True
    assert certificate.verify(file, trusted=["00" * 32])["holds"] is False
    touched = json.loads(file)
    touched["certificate"]["texts"] = {}
    assert certificate.verify(json.dumps(touched).encode())["holds"] is False
    with pytest.raises(ValueError, match="no certificate"):
        certificate.verify(b"{}")


def test_a_certificate_on_paper_is_in_two_languages(case: Case, head: Actor, prosecutor: Actor, now: datetime) -> None:
    from zoneinfo import ZoneInfo

    held = _all(queries.of_case(case), head, prosecutor, now)
    zone = ZoneInfo("Asia/Almaty")
    assert paper(held.certificate, zone=zone, synthetic=True)[:5] == b"%PDF-"
    said = content(held.certificate, zone=zone, synthetic=True)
    assert said["languages"] == ["kk", "ru"]
    assert all(len(set(both)) == 2 for both in said["remains"])
    assert sum(count for _kind, count in said["texts"]) == sum(held.certificate["certificate"]["texts"].values())


def test_every_table_with_texts_has_a_name_on_the_certificate() -> None:
    assert {one.word.rpartition(".")[0] for one in holdings.columns() if one.is_sealed} == set(KINDS)


def test_a_destruction_that_was_cut_off_is_carried_out_again(
    case: Case, head: Actor, prosecutor: Actor, now: datetime
) -> None:
    record = made.victim(case)
    held = made.asked(record, by=head, now=now)
    with acting(prosecutor):
        actions.confirm(destruction=held, by=prosecutor, now=now)
    with made.store() as keys:
        keys.destroy([record.key_id])  # killed between the key and its proof
    done = made.carried_out(held, system=agencies.system("tests"), now=now)
    assert done.state == State.DESTROYED
    assert done.certificate["certificate"]["texts"]["people.person.written"] == 1
    assert made.carried_out(held, system=agencies.system("tests"), now=now).version == done.version


def test_a_key_that_was_being_replaced_is_destroyed_with_its_successor(
    case: Case, head: Actor, prosecutor: Actor, now: datetime
) -> None:
    record = made.victim(case)
    new = vault.new_key()
    with made.store() as keys:
        assert keys.successor(record.key_id, new) == new
        Person.objects.filter(pk=record.id).update(key_id=new)  # cut off before the texts were sealed anew
        _all(made.victim(case), head, prosecutor, now)
        assert keys.get([record.key_id, new]) == {}
        assert keys.predecessors([new]) == {}
    assert factories.WOMAN.written not in people.by_ids([record.id])[record.id].name
