"""What the tests of the pages share: the clients of the cast, and moments that pages accept."""

from datetime import UTC, datetime, timedelta

from django.test import Client

from qorgan.agencies.models import Staff


def signed_in(login: str, *, language: str = "en") -> Client:
    """A browser of the invented person, in a language of the pages."""
    client = Client()
    client.force_login(Staff.objects.get(login=login), backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["lang"] = language
    return client


def an_hour_ago() -> datetime:
    """Pages live now; what they show was made a little before."""
    return datetime.now(UTC) - timedelta(hours=1)
