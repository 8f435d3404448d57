"""No process holds two of the keys that must not meet; each has its own login. Read from real settings."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qorgan.base.processes import CHARTERS, Key, Process
from tests.architecture.guards import settings
from tests.architecture.guards.settings import Held


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """The home of a deployment in which every process has been started once."""
    with tempfile.TemporaryDirectory(prefix="qorgan-settings-") as place:
        yield Path(place)


@pytest.fixture(scope="module")
def held(home: Path) -> dict[Process, Held]:
    """What each process holds, read twice: secrets made by a later process must not reach an earlier one."""
    for process in Process:
        settings.read(process, home)
    return {process: settings.read(process, home) for process in Process}


@pytest.fixture(scope="module")
def secrets(home: Path, held: dict[Process, Held]) -> dict[Key, bytes]:
    """The secrets of the deployment."""
    assert held
    return {key: (home / "secrets" / f"{key.value}.key").read_bytes() for key in Key}


def test_every_secret_is_random_and_long(secrets: dict[Key, bytes]) -> None:
    assert {len(secret) for secret in secrets.values()} == {32}
    assert len(set(secrets.values())) == len(Key)


def test_no_process_holds_two_keys(held: dict[Process, Held], secrets: dict[Key, bytes]) -> None:
    assert settings.together(held, secrets) == []


def test_what_opens_a_sign_in_is_with_the_pages_of_staff_alone(home: Path, held: dict[Process, Held]) -> None:
    forms = settings.forms((home / "secrets" / "sign-in.key").read_bytes())
    assert {process for process, its in held.items() if any(form in its.everything for form in forms)} == {
        Process.STAFF
    }


def test_every_process_has_its_own_login_and_secret(held: dict[Process, Held]) -> None:
    assert settings.apart(held) == []
    assert {settings_.login for settings_ in held.values()} == {charter.login for charter in CHARTERS.values()}


def test_every_kind_of_process_has_settings_and_a_charter(held: dict[Process, Held]) -> None:
    assert set(held) == set(Process) == set(CHARTERS)


def _with(held: dict[Process, Held], of: Process, /, **changes: object) -> dict[Process, Held]:
    return {**held, of: replace(held[of], **changes)}  # type: ignore[arg-type]  # changes of many types


def test_a_second_key_is_caught_in_any_form(held: dict[Process, Held], secrets: dict[Key, bytes]) -> None:
    two = _with(held, Process.STAFF, keys=frozenset({"persons", "links"}))
    assert settings.together(two, secrets) == ["staff holds two keys: links, persons"]
    for form in settings.forms(secrets[Key.LINKS]):
        hidden = _with(held, Process.STAFF, everything=held[Process.STAFF].everything + f"'OTHER': '{form}'")
        assert settings.together(hidden, secrets) == ["staff holds two keys: links, persons"]


def test_a_key_that_the_charter_does_not_allow_is_caught(held: dict[Process, Held], secrets: dict[Key, bytes]) -> None:
    assert settings.together(_with(held, Process.STATISTICS, keys=frozenset({"links"})), secrets)
    assert settings.together(_with(held, Process.COLLECTOR, key_store=True), secrets)


def test_a_shared_login_is_caught(held: dict[Process, Held]) -> None:
    shared = _with(held, Process.PUBLIC, login=held[Process.STAFF].login)
    assert settings.apart(shared)
    assert settings.apart(_with(held, Process.PUBLIC, secret_key=held[Process.STAFF].secret_key))
    assert settings.apart(_with(held, Process.PUBLIC, process="staff"))
