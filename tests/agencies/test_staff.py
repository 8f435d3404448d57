"""People of staff: who may keep them, how they are let in, and how they are shut out."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from qorgan.agencies import actions, queries, rules
from qorgan.agencies.engine import codes
from qorgan.agencies.models import Agency, Invitation, Mandate, Session, Staff
from qorgan.agencies.terms import ROLES, Purpose
from qorgan.base.errors import NotAllowed, NotFound
from qorgan.base.models import JournalEntry
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from tests.conftest import actor
from tests.roles import as_process

PASSWORD = "several-words-of-her-own"
NAMES = {"kk": "Серікова Айгүл", "ru": "Серикова Айгуль"}


@pytest.fixture
def admin(db: None) -> Actor:
    """The administrator of the whole country."""
    return actor("admin")


@pytest.fixture
def second(admin: Actor, now: datetime) -> Actor:
    """Another administrator."""
    made = actions.add_person(login="second.admin", names=NAMES, by=admin, now=now)
    mandate = _mandate(made, "administrator", 1, by=admin, now=now)
    return queries.actor_of(mandate)


def _mandate(staff: Staff, role: str, territory: int, *, by: Actor, now: datetime) -> Mandate:
    return actions.give_mandate(
        staff_id=staff.id,
        agency=Agency.objects.get(code="mvd" if territory == 1 else "shymkent-dp"),
        role=ROLES[role],
        territory_id=territory,
        purpose=Purpose.ADMINISTRATION,
        valid_from=now,
        valid_until=None,
        by=by,
        now=now,
    )


def _person(by: Actor, now: datetime) -> Staff:
    return actions.add_person(login="a.serikova", names=NAMES, by=by, now=now)


def _accepted(code: str, now: datetime, *, login: str = "a.serikova") -> Invitation:
    return actions.accept(login=login, code=code, password=PASSWORD, by=Actor(name=""), now=now)


def test_a_new_person_has_no_password_and_comes_in_by_the_code_alone(admin: Actor, now: datetime) -> None:
    made = _person(admin, now)
    assert not made.has_usable_password()
    _invitation, code = actions.invite(staff_id=made.id, by=admin, now=now)
    _accepted(code.lower().replace("-", " "), now + timedelta(hours=47))
    assert Staff.objects.get(pk=made.pk).check_password(PASSWORD)


@pytest.mark.parametrize("login", ["", "a", "A.Serikova", "айгүл", "a b", "9lives", "a" * 41])
def test_a_login_can_be_typed_on_any_keyboard(admin: Actor, now: datetime, login: str) -> None:
    with pytest.raises(rules.LoginIsWrong):
        actions.add_person(login=login, names=NAMES, by=admin, now=now)


def test_a_login_is_one_persons(admin: Actor, now: datetime) -> None:
    with pytest.raises(rules.LoginIsTaken):
        actions.add_person(login="inspector", names=NAMES, by=admin, now=now)


def test_the_table_of_invitations_opens_nothing(admin: Actor, now: datetime) -> None:
    invitation, code = actions.invite(staff_id=_person(admin, now).id, by=admin, now=now)
    row = " ".join(str(value) for value in Invitation.objects.filter(pk=invitation.pk).values_list().get())
    assert code not in row
    assert bytes(Invitation.objects.get().code_hash or b"") == codes.digest_of_code(code)


def test_a_code_opens_once_for_one_login_and_not_for_long(admin: Actor, now: datetime) -> None:
    staff = _person(admin, now)
    _first, old = actions.invite(staff_id=staff.id, by=admin, now=now)
    _invitation, code = actions.invite(staff_id=staff.id, by=admin, now=now)
    late = now + rules.INVITATION_LIVES
    for wrong, login, at in (
        (old, "a.serikova", now),
        (code, "inspector", now),
        (code, "a.serikova", late),
        ("", "", now),
    ):
        with pytest.raises(rules.InvitationIsUnknown):
            _accepted(wrong, at, login=login)
    _accepted(code, now)
    with pytest.raises(rules.InvitationIsUnknown):
        _accepted(code, now)


def test_one_administrator_alone_makes_nobodys_sign_in_anew(admin: Actor, second: Actor, now: datetime) -> None:
    inspector = Staff.objects.get(login="inspector")
    with pytest.raises(rules.HasComeIn):
        actions.invite(staff_id=inspector.id, by=admin, now=now)
    asked = actions.ask_anew(staff_id=inspector.id, by=admin, now=now)
    assert asked.code_hash is None
    with pytest.raises(rules.SamePerson):
        actions.confirm_anew(invitation_id=asked.id, by=admin, now=now)
    with pytest.raises(rules.NothingToConfirm):
        actions.confirm_anew(invitation_id=asked.id, by=second, now=now + rules.INVITATION_LIVES)
    _confirmed, code = actions.confirm_anew(invitation_id=asked.id, by=second, now=now)
    with pytest.raises(rules.NothingToConfirm):
        actions.confirm_anew(invitation_id=asked.id, by=second, now=now)
    _accepted(code, now, login="inspector")
    assert Staff.objects.get(login="inspector").check_password(PASSWORD)
    told = JournalEntry.objects.filter(thing="staff", thing_id=str(inspector.id)).order_by("id")
    assert [(row.kind, row.staff_id) for row in told] == [
        ("agencies.invitation.asked", admin.staff_id),
        ("agencies.invitation.confirmed", second.staff_id),
        ("agencies.invitation.used", inspector.id),
    ]


def test_the_database_itself_holds_that_two_people_confirm(admin: Actor, now: datetime) -> None:
    asked = actions.ask_anew(staff_id=Staff.objects.get(login="inspector").id, by=admin, now=now)
    alone = {"confirmed_at": now, "confirmed_by": admin.staff, "code_hash": b"x" * 32}
    with pytest.raises(IntegrityError, match="invitation_of_two_people"), transaction.atomic():
        Invitation.objects.filter(pk=asked.pk).update(**alone)
    with pytest.raises(IntegrityError, match="invitation_of_two_people"), transaction.atomic():
        Invitation.objects.filter(pk=asked.pk).update(code_hash=b"x" * 32)


def test_who_has_lost_her_sign_in_does_not_confirm_it_herself(admin: Actor, second: Actor, now: datetime) -> None:
    Staff.objects.filter(pk=second.staff_id).update(password="md5$x$y")
    asked = actions.ask_anew(staff_id=second.staff, by=admin, now=now)
    with pytest.raises(rules.OwnAccount):
        actions.confirm_anew(invitation_id=asked.id, by=second, now=now)
    with pytest.raises(rules.OwnAccount):
        actions.ask_anew(staff_id=admin.staff, by=admin, now=now)


def test_a_new_code_ends_the_sessions_of_before(admin: Actor, second: Actor, now: datetime) -> None:
    inspector = Staff.objects.get(login="inspector")
    Session(session_key="x" * 64, session_data="", expire_date=now, staff=inspector).save(force_insert=True)
    asked = actions.ask_anew(staff_id=inspector.id, by=admin, now=now)
    _confirmed, code = actions.confirm_anew(invitation_id=asked.id, by=second, now=now)
    assert Session.objects.filter(staff=inspector).exists()
    _accepted(code, now, login="inspector")
    assert not Session.objects.filter(staff=inspector).exists()


def test_nobody_changes_her_own_mandates_or_sign_in(admin: Actor, now: datetime) -> None:
    own = Staff.objects.get(pk=admin.staff_id)
    with pytest.raises(rules.OwnAccount):
        _mandate(own, "unit_head", 1, by=admin, now=now)
    with pytest.raises(rules.OwnAccount):
        actions.end_mandate(mandate_id=Mandate.objects.get(staff=own).pk, by=admin, now=now)
    for act in (actions.disable, actions.enable, actions.invite, actions.ask_anew):
        with pytest.raises(rules.OwnAccount):
            act(staff_id=own.id, by=admin, now=now)  # type: ignore[operator]  # four actions of one shape


def test_an_administrator_reaches_no_further_than_her_own_mandate(admin: Actor, now: datetime) -> None:
    made = actions.add_person(login="city.admin", names=NAMES, by=admin, now=now)
    city = queries.actor_of(_mandate(made, "administrator", 79, by=admin, now=now))
    new = _person(city, now)
    with pytest.raises(NotAllowed):
        _mandate(new, "unit_head", 1, by=city, now=now)
    assert _mandate(new, "unit_head", 79, by=city, now=now).staff == new
    elsewhere = Staff.objects.get(login="rudny")
    with pytest.raises(NotAllowed):
        actions.disable(staff_id=elsewhere.id, by=city, now=now)
    found = set(queries.staff_in_reach(by=city).values_list("login", flat=True))
    assert {"inspector", "a.serikova"} <= found
    assert "rudny" not in found


def test_only_an_administrator_keeps_staff(owner: Actor, now: datetime) -> None:
    inspector = Staff.objects.get(login="rudny")
    for act in (actions.disable, actions.enable, actions.invite, actions.ask_anew):
        with pytest.raises(NotAllowed):
            act(staff_id=inspector.id, by=owner, now=now)  # type: ignore[operator]  # four actions of one shape
    with pytest.raises(NotAllowed):
        _person(owner, now)


def test_a_mandate_that_is_ended_is_acted_in_no_more(admin: Actor, now: datetime) -> None:
    held = queries.mandates_of(Staff.objects.get(login="inspector"), now=now).get()
    assert queries.acting_again(held.id, now=now).staff_id == held.staff_id
    actions.end_mandate(mandate_id=held.id, by=admin, now=now)
    with pytest.raises(NotAllowed):
        queries.acting_again(held.id, now=now)
    with pytest.raises(rules.MandateHasEnded):
        actions.end_mandate(mandate_id=held.id, by=admin, now=now)


def test_a_mandate_that_has_not_begun_never_begins_once_it_is_ended(admin: Actor, now: datetime) -> None:
    staff = _person(admin, now)
    ahead = _mandate(staff, "unit_head", 79, by=admin, now=now + timedelta(days=5))
    actions.end_mandate(mandate_id=ahead.id, by=admin, now=now)
    assert not queries.mandates_of(staff, now=now + timedelta(days=6)).exists()


def test_work_begun_in_yesterdays_mandate_fails_closed_once_its_person_is_disabled(admin: Actor, now: datetime) -> None:
    held = queries.mandates_of(Staff.objects.get(login="inspector"), now=now).get()
    actions.disable(staff_id=held.staff_id, by=admin, now=now)
    with pytest.raises(NotAllowed):
        queries.acting_again(held.id, now=now)
    actions.enable(staff_id=held.staff_id, by=admin, now=now)
    assert queries.acting_again(held.id, now=now).mandate_id == held.id


def test_disabling_ends_sessions_and_invitations_in_the_same_act(admin: Actor, now: datetime) -> None:
    staff = _person(admin, now)
    _invitation, code = actions.invite(staff_id=staff.id, by=admin, now=now)
    Session(session_key="y" * 64, session_data="", expire_date=now, staff=staff).save(force_insert=True)
    actions.disable(staff_id=staff.id, by=admin, now=now)
    assert not Session.objects.filter(staff=staff).exists()
    with pytest.raises(rules.InvitationIsUnknown):
        _accepted(code, now)
    with pytest.raises(rules.Disabled):
        actions.invite(staff_id=staff.id, by=admin, now=now)


def test_people_are_found_by_parts_of_login_and_name_in_any_language(admin: Actor, now: datetime) -> None:
    _person(admin, now)
    for words in ("serik", "Серікова", "серикова айгуль", "a.s"):
        found = list(queries.staff_in_reach(by=admin, words=words).values_list("login", flat=True))
        assert "a.serikova" in found, words
    assert not queries.staff_in_reach(by=admin, words="100%").exists()


def test_a_session_is_ended_by_its_owner_alone(admin: Actor, owner: Actor, now: datetime) -> None:
    held = Session(session_key="z" * 64, session_data="", expire_date=now, staff_id=owner.staff_id)
    held.save(force_insert=True)
    with acting(admin), pytest.raises(NotFound):
        actions.end_session(handle=held.handle, by=admin, now=now)
    actions.end_session(handle=held.handle, by=owner, now=now)
    assert not Session.objects.filter(pk=held.pk).exists()


def test_sessions_that_let_nobody_in_are_forgotten_and_others_kept(admin: Actor, now: datetime) -> None:
    for mark, hours in (("o", -1), ("n", 1)):
        row = Session(session_key=mark * 64, session_data="", expire_date=now + timedelta(hours=hours))
        row.save(force_insert=True)
    with as_process(Process.WORKER):
        assert actions.forget_expired_sessions(by=queries.system("tests"), now=now) == 1
    assert [one.session_key[0] for one in Session.objects.all()] == ["n"]
