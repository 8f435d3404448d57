"""What is set rather than asked: cookies, TLS, factors, lengths; read from the settings of a deployment."""

import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import get_resolver
from django.utils.translation import override

import qorgan.web
from qorgan.agencies.models import Staff
from qorgan.base import deployment
from qorgan.base.processes import Process
from qorgan.config.settings.common import settings_for

WEB = (Process.STAFF, Process.PUBLIC, Process.DOOR, Process.PETITIONS)


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch) -> None:
    """A deployment that is no demonstration."""
    monkeypatch.setattr(deployment, "is_demo", lambda: False)
    monkeypatch.setenv("QORGAN_HOSTS", "qorgan.example,127.0.0.1")


@pytest.mark.parametrize("process", WEB)
def test_cookies_outside_the_demonstration_are_secure_and_of_one_host(real: None, process: Process) -> None:
    held = settings_for(process)
    for kind in ("SESSION", "CSRF"):
        assert held[f"{kind}_COOKIE_SECURE"] is True
        assert held[f"{kind}_COOKIE_NAME"].startswith("__Host-")
        assert f"{kind}_COOKIE_DOMAIN" not in held
        assert held[f"{kind}_COOKIE_SAMESITE"] == "Lax"
    assert held["LANGUAGE_COOKIE_NAME"].startswith("__Host-")
    assert held["SESSION_COOKIE_HTTPONLY"] is True


def test_a_form_behind_a_proxy_that_speaks_tls_is_ones_own(real: None) -> None:
    assert "https://qorgan.example" in settings_for(Process.STAFF)["CSRF_TRUSTED_ORIGINS"]


def test_the_demonstration_trusts_no_further_origin() -> None:
    assert settings_for(Process.STAFF)["CSRF_TRUSTED_ORIGINS"] == []


def test_pages_outside_the_demonstration_ask_for_tls(db: None, settings: LazySettings) -> None:
    assert "Strict-Transport-Security" not in Client().get("/sign-in/").headers
    settings.DEMO = False
    assert Client().get("/sign-in/").headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


@pytest.mark.parametrize("password", ["password1234", "qwertyuiop123", "short-one-1", "123456789012", "19870412870412"])
def test_a_password_that_everyone_has_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize("password", ["g.akhmetova-1", "Ахметова2026", "Гүлсезім-Ахметова"])
def test_a_password_that_is_its_owners_login_or_name_is_refused(password: str) -> None:
    owner = Staff(login="g.akhmetova", names={"kk": "Ахметова Гүлсезім", "ru": "Ахметова Гульсезим"})
    with override("en"), pytest.raises(ValidationError, match="login or your name"):
        validate_password(password, owner)
    validate_password("жеті рет өлшеп бір рет кес", owner)


def test_no_factor_goes_by_mail_or_telephone(settings: LazySettings) -> None:
    assert set(settings.MFA_SUPPORTED_TYPES) == {"totp", "webauthn", "recovery_codes"}
    assert settings.ACCOUNT_USER_MODEL_EMAIL_FIELD is None
    names = str(get_resolver("qorgan.config.urls.staff").reverse_dict)
    assert not re.search(r"phone|email|sms|password_reset", names)


def test_a_session_ends_with_the_shift(settings: LazySettings) -> None:
    assert settings.SESSION_COOKIE_AGE <= 12 * 3600
    assert settings.SESSION_EXPIRE_AT_BROWSER_CLOSE is True


def test_no_script_keeps_anything_in_the_browser() -> None:
    scripts = list((Path(qorgan.web.__file__).parent / "static").glob("*.js"))
    assert scripts
    kept = r"(local|session)Storage(?!\.(removeItem|clear)\b)|indexedDB|document\.cookie|serviceWorker"
    for path in scripts:  # forgetting is no keeping
        assert not re.search(kept, path.read_text("utf-8"))
