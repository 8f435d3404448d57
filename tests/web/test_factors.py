"""A second factor: it signs in, and neither it nor a session can be read in the database."""

import base64
import json
import re
import time
import zlib
from typing import Any

import psycopg
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

from qorgan.agencies.models import Session, Staff
from qorgan.base import clock, deployment
from qorgan.base.keys.vault import Damaged
from qorgan.base.models import JournalEntry
from qorgan.web.account.comings import WRONG_CODES_SINCE
from qorgan.web.account.factors import Factors
from qorgan.web.account.sessions import SessionStore
from tests.conftest import PASSWORD
from tests.web.pages import signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def half_minute_that_ends(settings: LazySettings) -> None:
    """A code that is read in the last instant of its half minute is still taken: no test chooses the instant."""
    settings.MFA_TOTP_TOLERANCE = 1


def _code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def _with_password() -> Client:
    browser = Client()
    browser.cookies["lang"] = "en"
    browser.post("/sign-in/", {"login": "inspector", "password": PASSWORD})
    return browser


def _stored() -> str:
    """Every word that the tables of sign-in hold, sessions opened as far as anyone without a key can open them."""
    with psycopg.connect(deployment.owner().dsn()) as owner:
        rows = owner.execute(
            "select session_data from agencies_session union all select data::text from mfa_authenticator"
        ).fetchall()
    return "\n".join(f"{row[0]}\n{_opened(row[0])}" for row in rows)


def _opened(data: str) -> str:
    """What Django's own sessions would give away: base64, perhaps compressed."""
    text = data.partition(":")[0].lstrip(".")
    try:
        blob = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return (zlib.decompress(blob) if data.startswith(".") else blob).decode(errors="replace")
    except (ValueError, zlib.error):
        return ""


def _confirmed(browser: Client, address: str) -> Any:
    """A page of the account, which asks for the password once more before it opens."""
    page = browser.get(address)
    if page.status_code != 302:
        return page
    browser.post(page.headers["Location"], {"password": PASSWORD})
    return browser.get(address)


@pytest.fixture
def secret() -> str:
    """The secret of one-time codes that the inspector has set up, as his telephone holds it."""
    cache.clear()
    browser = _with_password()
    page = _confirmed(browser, "/account/totp/activate/")
    found = page.context["form"].secret
    assert found in page.content.decode()
    assert found not in _stored(), "while it waits in the session"
    assert browser.post("/account/totp/activate/", {"code": _code(found)}).status_code == 302
    cache.clear()  # a code is good once; the next half minute would be too long to wait for
    return str(found)


def test_the_database_holds_no_secret_of_a_second_factor(secret: str) -> None:
    stored = _stored()
    assert secret not in stored
    seed = Factors().decrypt(Authenticator.objects.get(type="recovery_codes").data["seed"])
    assert seed not in stored
    assert Factors().decrypt(Authenticator.objects.get(type="totp").data["secret"]) == secret


def test_signing_in_asks_for_the_code_and_takes_the_right_one(secret: str) -> None:
    browser = _with_password()
    assert browser.get("/").status_code == 302, "the password alone does not open the pages"
    wrong = f"{(int(_code(secret)) + 1) % 10**6:06d}"
    assert browser.post("/account/authenticate/", {"code": wrong}).status_code == 200
    failed = JournalEntry.objects.get(kind="web.staff.second_factor_failed")
    assert (failed.thing_id, failed.staff_id) == (str(Staff.objects.get(login="inspector").pk), None)
    assert browser.post("/account/authenticate/", {"code": _code(secret)}).status_code == 302
    assert browser.get("/").status_code == 200


def test_a_recovery_code_signs_in_once(secret: str) -> None:
    held = _with_password()
    held.post("/account/authenticate/", {"code": _code(secret)})
    page = _confirmed(held, "/account/recovery-codes/")
    code = re.search(r"\b[0-9a-f]{8}\b|\b[0-9a-z]{5}-[0-9a-z]{5}\b", "\n".join(page.context["unused_codes"]))
    assert code is not None
    first, second = _with_password(), _with_password()
    assert first.post("/account/authenticate/", {"code": code.group()}).status_code == 302
    assert second.post("/account/authenticate/", {"code": code.group()}).status_code == 200


def test_a_secret_that_someone_wrote_into_the_table_opens_nothing(secret: str) -> None:
    Authenticator.objects.filter(type="totp").update(data={"secret": "JBSWY3DPEHPK3PXP"})
    with pytest.raises(Damaged):
        Factors().decrypt("JBSWY3DPEHPK3PXP")
    browser = _with_password()
    assert browser.post("/account/authenticate/", {"code": _code("JBSWY3DPEHPK3PXP")}).status_code == 500
    assert browser.get("/").status_code == 302


def test_a_session_is_sealed_and_a_forged_one_is_nobodys() -> None:
    browser = signed_in("inspector")
    row = Session.objects.get()
    staff = Staff.objects.get(login="inspector")
    assert str(staff.id) not in row.session_data + _opened(row.session_data)
    key = browser.cookies["sessionid"].value
    assert SessionStore(key).load()["_auth_user_id"] == str(staff.id)
    forged = base64.b64encode(json.dumps({"_auth_user_id": str(staff.id)}).encode()).decode()
    Session.objects.update(session_data=forged)
    assert SessionStore(key).load() == {}
    assert browser.get("/").status_code == 302


def _kinds() -> list[tuple[str, dict[str, Any]]]:
    """What the journal says of factors, in order."""
    rows = JournalEntry.objects.filter(kind__contains="factor") | JournalEntry.objects.filter(kind__contains="codes")
    return [(row.kind.removeprefix("web.staff."), row.detail) for row in rows.order_by("id")]


def test_every_factor_added_used_and_removed_and_codes_made_anew_are_written_down_without_a_secret(secret: str) -> None:
    browser = _with_password()
    browser.post("/account/authenticate/", {"code": _code(secret)})
    codes = browser.get("/account/recovery-codes/").context["unused_codes"]
    browser.post("/account/recovery-codes/generate/")
    browser.post("/account/totp/deactivate/")
    assert _kinds() == [
        ("factor_added", {"means": "totp"}),
        ("recovery_codes_made", {}),
        ("factor_used", {"means": "totp"}),
        ("recovery_codes_made", {}),
        ("factor_removed", {"means": "totp"}),
    ]
    written = "\n".join(f"{row.detail} {row.thing_id}" for row in JournalEntry.objects.all())
    assert not any(word in written for word in (secret, *codes))


def test_recovery_codes_are_shown_once_counted_and_warned_of_when_few(secret: str) -> None:
    browser = _with_password()
    browser.post("/account/authenticate/", {"code": _code(secret)})
    codes = browser.get("/account/recovery-codes/").context["unused_codes"]
    assert len(set(codes)) == 10
    again = browser.get("/account/recovery-codes/").content.decode()
    assert not any(code in again for code in codes)
    for code in codes[:6]:
        _with_password().post("/account/authenticate/", {"code": code})
    assert browser.get("/account/").context["left"] == 4
    last = _with_password()
    last.post("/account/authenticate/", {"code": codes[6]})
    page = last.get("/account/").content.decode()
    assert "Few recovery codes are left: 3" in page
    assert [detail["left"] for kind, detail in _kinds() if detail.get("means") == "recovery_codes"] == [
        9,
        8,
        7,
        6,
        5,
        4,
        3,
    ]


def test_a_code_cannot_be_guessed_and_the_door_opens_again_by_itself(secret: str) -> None:
    for _guess in range(10):
        _with_password().post("/account/authenticate/", {"code": "000000" if _code(secret) != "000000" else "1"})
    shut = _with_password()
    assert shut.post("/account/authenticate/", {"code": _code(secret)}).status_code == 200
    JournalEntry.objects.filter(kind="web.staff.second_factor_shut").get()
    with clock.frozen(clock.now() + WRONG_CODES_SINCE):
        assert _with_password().post("/account/authenticate/", {"code": _code(secret)}).status_code == 302


def test_who_was_disabled_between_password_and_code_stays_out(secret: str) -> None:
    browser = _with_password()
    Staff.objects.filter(login="inspector").update(is_active=False)
    try:
        answer = browser.post("/account/authenticate/", {"code": _code(secret)})
        assert answer.headers["Location"] == "/sign-in/"
        assert browser.get("/").status_code == 302
    finally:
        Staff.objects.filter(login="inspector").update(is_active=True)


def test_someone_with_a_factor_proves_by_it_who_he_is_and_not_by_a_password(secret: str) -> None:
    browser = signed_in("inspector")
    asked = browser.get("/account/sessions/others/").headers["Location"]
    assert asked == "/account/reauthenticate/?next=%2Faccount%2Fsessions%2Fothers%2F"
    assert browser.get("/account/confirm/").headers["Location"].startswith("/account/reauthenticate/")
    assert browser.post(asked, {"code": _code(secret)}).headers["Location"] == "/account/sessions/others/"
    assert browser.get("/account/sessions/others/").status_code == 200


@pytest.mark.parametrize(
    "sent", ["", "{}", "[]", "null", '{"response": {}}', '{"id": "x", "response": {"userHandle": 7}}']
)
def test_a_passkey_that_is_none_opens_nothing(sent: str) -> None:
    browser = Client()
    options = browser.get("/account/webauthn/login/", headers={"Accept": "application/json"}).json()
    assert options["request_options"]["publicKey"]["userVerification"] == "required"
    assert browser.post("/account/webauthn/login/", {"credential": sent}).headers["Location"] == "/sign-in/"
    assert browser.get("/").status_code == 302
