"""Tests, and the software under test, talk to this machine only."""

import socket
from collections.abc import Iterable

import pytest
from pytest_socket import SocketConnectBlockedError

LOOPBACK = {"127.0.0.1", "::1", "localhost", ""}
OUTSIDE = "192.0.2.1"  # networks kept for documentation: nobody is there
OUTSIDE_6 = "2001:db8::1"


def strangers(hosts: Iterable[str]) -> list[str]:
    """Hosts that are neither loopback nor the folder of a socket."""
    return [host for host in hosts if host not in LOOPBACK and not host.startswith("/")]


def _assert_refused(family: socket.AddressFamily, host: str) -> None:
    with socket.socket(family) as connection:
        connection.settimeout(1)
        with pytest.warns(UserWarning, match=host), pytest.raises(SocketConnectBlockedError):
            connection.connect((host, 443))


def test_a_connection_to_the_outside_is_refused() -> None:
    _assert_refused(socket.AF_INET, OUTSIDE)


def test_a_connection_to_the_outside_by_the_newer_protocol_is_refused() -> None:
    _assert_refused(socket.AF_INET6, OUTSIDE_6)


def test_a_connection_on_this_machine_is_made() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass


def test_the_databases_of_the_tests_are_on_this_machine(settings: object) -> None:
    databases: dict[str, dict[str, str]] = settings.DATABASES  # type: ignore[attr-defined]  # pytest-django's fixture
    assert strangers(database["HOST"] for database in databases.values()) == []


def test_a_database_elsewhere_is_caught() -> None:
    assert strangers(["/run/postgres", "127.0.0.1", "db.example"]) == ["db.example"]
