"""What the tests of the pages share: the clients of the cast, and moments that pages accept."""

from datetime import UTC, datetime, timedelta

from django.test import Client

from qorgan.agencies.models import Staff
from tests.conftest import PASSWORD


def signed_in(login: str, *, language: str = "en") -> Client:
    """A browser of the invented person, in a language of the pages."""
    client = Client()
    client.force_login(Staff.objects.get(login=login), backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["lang"] = language
    return client


def an_hour_ago() -> datetime:
    """Pages live now; what they show was made a little before."""
    return datetime.now(UTC) - timedelta(hours=1)


def proven(login: str, *, language: str = "en") -> Client:
    """The same, come in a moment ago by the password: what is grave asks for no further proof."""
    client = Client()
    client.cookies["lang"] = language
    assert client.post("/sign-in/", {"login": login, "password": PASSWORD}).status_code == 302
    return client
