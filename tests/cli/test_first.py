"""The first administrator of a place with real records, and what an administrator does at a terminal."""

import re
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from qorgan.agencies.engine import codes
from qorgan.agencies.models import Invitation, Mandate
from qorgan.agencies.rules import HasComeIn
from qorgan.base import deployment, postgres
from qorgan.base.deployment import DATABASE
from qorgan.base.processes import Process
from qorgan.cli import first
from qorgan.config.settings import common
from tests.journeys.places import Place
from tests.ready import ready
from tests.roles import as_process


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A place that is no demonstration, in the smallest country; not made yet."""
    home = tmp_path_factory.mktemp("real") / "home"
    yield Place(home, "zz")
    postgres.erase(home)


@pytest.fixture(scope="module")
def made(real: Place) -> str:
    """What `qorgan init` printed."""
    return real.run("init").stdout


@pytest.fixture(scope="module")
def demo() -> Iterator[Place]:
    """A place of the demonstration with its invented staff."""
    with ready() as home:
        yield Place(home)


def _asked(place: Place, question: str) -> list[tuple[Any, ...]]:
    address = postgres.ensure(place.home).data
    with psycopg.connect(host=address.host, port=address.port, user=address.superuser, dbname=DATABASE) as owner:
        return owner.execute(question.encode()).fetchall()


def _code(printed: str) -> str:
    found = re.search(r"^code  ([2-9A-Z-]{24})$", printed, re.MULTILINE)
    assert found, printed
    return found.group(1)


def test_a_new_place_prints_a_one_time_code_and_has_no_password_at_all(real: Place, made: str) -> None:
    (row,) = _asked(real, "select login, password from agencies_staff")
    assert row[0] == "administrator"
    assert row[1].startswith("!"), "what no hasher makes, no password opens"
    (held,) = _asked(real, "select code_hash from agencies_invitation")
    assert bytes(held[0]) == codes.digest_of_code(_code(made))
    mandates = _asked(real, "select role, territory_id, purpose from agencies_mandate")
    assert mandates == [("administrator", 1, "administration")]


@pytest.fixture
def undemonstrated(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The suite's place as if it were real, in the hands of whoever owns the machine."""
    monkeypatch.setattr(deployment, "is_demo", lambda: False)
    with as_process(Process.MIGRATOR):
        yield


def test_until_someone_has_come_in_another_init_gives_another_code_and_the_old_one_stops(undemonstrated: None) -> None:
    Mandate.objects.filter(role="administrator").update(role="press_officer")
    once, again = first.invited(""), first.invited("")
    assert once is not None
    assert again is not None
    assert (once.login, again.login) == ("administrator", "administrator")
    opens = Invitation.objects.filter(withdrawn_at=None, used_at=None)
    assert [bytes(one.code_hash or b"") for one in opens] == [codes.digest_of_code(again.code)]
    assert Mandate.objects.filter(role="administrator").count() == 1


def test_where_an_administrator_has_come_in_only_one_more_is_invited_by_name(undemonstrated: None) -> None:
    assert first.invited("") is None
    deputy = first.invited("deputy")
    assert deputy is not None
    assert Mandate.objects.get(staff__login="deputy").role == "administrator"
    with pytest.raises(HasComeIn):
        first.invited("admin")


def test_the_demonstration_has_its_invented_staff_and_no_code(db: None) -> None:
    assert first.invited("") is None


def test_real_records_are_not_opened_without_a_second_factor(undemonstrated: None, monkeypatch: Any) -> None:
    assert common._second_factor() == "records"
    monkeypatch.setenv("QORGAN_SECOND_FACTOR", "nobody")
    with pytest.raises(ValueError, match="real records need a second factor"):
        common._second_factor()


def test_an_administrator_keeps_people_and_channels_at_a_terminal(demo: Place) -> None:
    demo.run("staff", "disable", "rudny", "--as", "admin")
    assert _asked(demo, "select is_active from agencies_staff where login = 'rudny'") == [(False,)]
    assert "rudny" in demo.run("channel", "open", "rudny", "--as", "admin", expect=1).stderr
    assert "two administrators" in demo.run("staff", "invite", "inspector", "--as", "admin", expect=1).stderr
    demo.run("staff", "disable", "desk", "--as", "inspector", expect=1)
    opened = demo.run("channel", "open", "desk", "--label", "пульт", "--as", "admin").stdout.strip()
    (channel,) = demo.json("channel", "list", "--as", "admin")
    assert (channel["label"], channel["login"], len(channel["keys_end"])) == ("пульт", "desk", 1)
    another = demo.run("channel", "rotate", channel["id"], "--as", "admin").stdout.strip()
    kept = [bytes(row[0]) for row in _asked(demo, "select key_hash from agencies_channelkey order by made_at")]
    assert kept == [codes.digest_of_token(token) for token in (opened, another)]
    _asked(demo, "update agencies_channelkey set expires_at = now() + interval '10 days' returning 1")
    assert channel["id"] in demo.run("status").stdout
