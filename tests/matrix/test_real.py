"""Pages of reviews, sharing, staff, destroying, calls, asked with ids of real records by everyone whose role may ask.

Who is let in is told; whoever's role may ask and who is not let in, from elsewhere or shut out, is told what an id that
never was is told, byte by byte and after as many questions.
"""

import pytest
from allauth.account.internal.flows import login as coming_in
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qorgan.base import clock, ids
from tests.matrix import cast
from tests.matrix.asking import Told, ask, methods_of, path_of, plain, word
from tests.matrix.conftest import NOW, Scene
from tests.matrix.real import Page, pages
from tools.access_matrix import NOT_ALLOWED, NOT_FOUND, YES, Address, addresses, line_of

ADDRESSES = {one.name: one for one in addresses("staff")}
AREAS = ("reviews", "referrals", "staff", "shredding", "kin", "people", "calls")
BESIDE = ("abai", "abaihead")
PROVEN = ("admin", cast.login("far", "administrator"), cast.login("shut", "administrator"))


@pytest.fixture(scope="module")
def real(scene: Scene) -> list[Page]:
    made = pages(scene)
    scene.browsers |= {login: cast.browser(login) for login in BESIDE}
    for who in PROVEN:
        _proven(scene.browser(who))
    return made


def _proven(client: Client) -> None:
    """As if she had come in by her password a moment ago."""
    session = client.session
    session[coming_in.AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": NOW.timestamp()}]
    session[coming_in._AUTHENTICATION_METHODS_USER_SESSION_KEY] = session["_auth_user_id"]
    session.save()


def _path(one: Page, **other: object) -> str:
    return path_of(ADDRESSES[one.name], {**one.given, **other})


def _methods(scene: Scene, one: Page) -> tuple[str, ...]:
    return methods_of(scene.browser("inspector"), _path(one))


def _expected(address: Address, one: Page, *, login: str, method: str) -> str:
    """By name, before by role: what someone is told of a real record."""
    if login in one.let_in:
        return YES
    if login in one.reads:
        return YES if method == "GET" else NOT_ALLOWED
    line, role = line_of(address), cast.of(login).role
    may = line.permission in cast.permissions(role) or not line.permission
    return NOT_FOUND if may or line.permission in cast.permissions(role, within=True) else line.refused


def _askers(one: Page) -> list[str]:
    """Those whose role may ask, in the place, from elsewhere and shut out; and whoever is let in by name."""
    needed = line_of(ADDRESSES[one.name]).permission
    roles = {login: cast.of(login).role for login in (*cast.logins(), *BESIDE)}
    may = [login for login, role in roles.items() if not needed or needed in cast.permissions(role, within=True)]
    return [login for login in roles if login in may or login in one.let_in | one.reads]


def _some(logins: list[str], *, here: bool = False) -> list[str]:
    """One from elsewhere, one shut out, for the way to the answer is the same for all; and one, or all, of here."""
    kinds = {login.partition("-")[0] if "-" in login else login * here: login for login in logins}
    return sorted(kinds.values())


def test_each_of_the_cast_is_told_of_a_real_record_what_is_theirs_to_know(scene: Scene, real: list[Page]) -> None:
    wrong = {}
    for one in real:
        for method in _methods(scene, one):
            named = one.let_in | one.reads
            for login in sorted({*named, *_some([login for login in _askers(one) if login not in named], here=True)}):
                told = word(ask(scene.browser(login), method, _path(one), dict(one.typed)))
                expected = _expected(ADDRESSES[one.name], one, login=login, method=method)
                if told != expected:
                    wrong[one.name, str(one.given), login, method] = (told, expected)
    assert wrong == {}


def test_who_is_not_let_in_is_told_of_a_real_record_what_an_id_that_never_was_is_told(
    scene: Scene, real: list[Page]
) -> None:
    unlike = {}
    for one in real:
        others = [login for login in _askers(one) if login not in one.let_in | one.reads | one.knows]
        for method in _methods(scene, one):
            for login in _some(others):
                here, never = _both(scene, one, login=login, method=method)
                if here != never:
                    unlike[one.name, login, method] = (here[0].status, here[1], never[0].status, never[1])
    assert unlike == {}


def _both(scene: Scene, one: Page, *, login: str, method: str) -> tuple[tuple[Told, int], tuple[Told, int]]:
    """What is told of the real record and of one that never was, each with the number of questions."""
    other = {name: ids.new() for name in one.ids} or {"login": "nobody.here"}
    client = scene.browser(login)
    ask(client, method, _path(one, **other), dict(one.typed))  # what is read once a process is read now
    with clock.frozen(clock.now()):  # a session is marked as seen once a minute
        return _told(client, one, method, one.given), _told(client, one, method, {**one.given, **other})


def _told(client: Client, one: Page, method: str, given: object) -> tuple[Told, int]:
    path = _path(one, **given)  # type: ignore[arg-type]  # values of the address by name
    with CaptureQueriesContext(connection) as questions:
        answer = ask(client, method, path, dict(one.typed))
    texts = [str(value) for value in given.values()]  # type: ignore[attr-defined]  # the same
    return plain(answer, path, *texts), len(questions)


def test_every_address_that_opens_to_an_office_or_a_person_has_a_real_record(real: list[Page]) -> None:
    asked = {one.name for one in real}
    nobodys = {name for name, one in ADDRESSES.items() if line_of(one).allowed == NOT_FOUND}
    assert {name for name in nobodys if name.partition(":")[0] in AREAS} <= asked
